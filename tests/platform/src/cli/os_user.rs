//! The user of the operating system who runs a command.

use std::fs;
use std::os::unix::fs::MetadataExt;

/// Name of the user. With `sudo` also the name of the user who called it, which that user could have changed.
pub fn current() -> String {
    // The files of a process in /proc belong to its user.
    let number = fs::metadata("/proc/self").map(|metadata| metadata.uid()).ok();
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = number.map_or_else(|| "unknown".to_owned(), |number| name_of(number, &accounts));
    match std::env::var("SUDO_USER") {
        Ok(caller) if !caller.is_empty() => format!("{name} (sudo by {caller})"),
        _ => name,
    }
}

fn name_of(number: u32, accounts: &str) -> String {
    let number = number.to_string();
    let name = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| format!("user {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_without_an_account_has_a_number() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\nexpo:x:1000:1000::/home/expo:/bin/sh\n";
        assert_eq!(name_of(1000, accounts), "expo");
        assert_eq!(name_of(7, accounts), "user 7");
        assert!(!current().is_empty());
    }
}
