//! A stick that is plugged in: a file system in memory, mounted where machines mount sticks. Needs root or sudo.

use crate::Failure;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A stick; unplugged when dropped.
pub struct Stick {
    folder: PathBuf,
}

impl Stick {
    /// Plugs one in under a name that no other has.
    pub fn plug_in(name: &str) -> Result<Self, Failure> {
        let folder = Path::new("/media").join(format!("{name}-{}", std::process::id()));
        as_root(Command::new("mkdir").arg("-p").arg(&folder))?;
        as_root(
            Command::new("mount")
                .args(["-t", "tmpfs", "-o", "size=64m,mode=777", "stick"])
                .arg(&folder),
        )?;
        Ok(Self { folder })
    }

    /// A place on it.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for Stick {
    fn drop(&mut self) {
        // Whoever still looks at it does not keep it plugged in.
        as_root(Command::new("umount").arg("--lazy").arg(&self.folder)).ok();
        as_root(Command::new("rmdir").arg(&self.folder)).ok();
    }
}

fn as_root(command: &mut Command) -> Result<(), Failure> {
    let own = Command::new("id").arg("-u").output()?;
    let is_root = own.stdout == b"0\n";
    let done = if is_root {
        command.output()?
    } else {
        let program = command.get_program().to_owned();
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        Command::new("sudo")
            .arg("-n")
            .arg(program)
            .args(arguments)
            .output()?
    };
    if done.status.success() {
        return Ok(());
    }
    let why = String::from_utf8_lossy(&done.stderr).into_owned();
    Err(format!("sticks are mounted as root or with sudo: {why}").into())
}
