//! Address of a store, as given on the command line.

use std::path::{Path, PathBuf};

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A folder with an SQLite file.
    Folder(PathBuf),
    /// The URL of a PostgreSQL database.
    Postgres(String),
}

impl StoreAddress {
    /// Adds the file with the authorities that sign the certificate of the database server.
    pub fn with_authorities(self, file: &Path) -> Result<Self, String> {
        let Self::Postgres(url) = self else {
            return Err("--database-ca is only for a PostgreSQL store".to_owned());
        };
        let file = file
            .to_str()
            .ok_or("the name of the file with authorities is not UTF-8")?;
        let encoded: String = file.bytes().map(percent_encoded).collect();
        let separator = if url.contains('?') { '&' } else { '?' };
        Ok(Self::Postgres(format!("{url}{separator}sslrootcert={encoded}")))
    }

    /// Whether the address contains a password, which must not be on a command line: every user of the machine sees
    /// it there.
    pub fn has_password(&self) -> bool {
        let Self::Postgres(url) = self else {
            return false;
        };
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let user = base
            .split_once("://")
            .and_then(|(_, rest)| rest.rsplit_once('@'))
            .map_or("", |(user, _)| user);
        user.contains(':') || query.split('&').any(|option| option.starts_with("password="))
    }
}

/// A byte of a file name as an option of a URL.
fn percent_encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

impl std::str::FromStr for StoreAddress {
    type Err = String;

    /// Parses `DIR`, `sqlite:DIR`, `postgres://…` or `postgresql://…`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("sqlite", dir)) if !dir.is_empty() => Ok(Self::Folder(dir.into())),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => {
                Ok(Self::Postgres(text.to_owned()))
            }
            Some((kind, rest)) if kind == "sqlite" || rest.starts_with("//") => {
                Err("use DIR, sqlite:DIR or postgres://USER@HOST/DATABASE".to_owned())
            }
            _ => Ok(Self::Folder(text.into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_is_a_folder_or_a_postgres_url() {
        let folder = |dir: &str| Ok(StoreAddress::Folder(dir.into()));
        assert_eq!("sqlite:a/b".parse(), folder("a/b"));
        assert_eq!("a/b".parse(), folder("a/b"));
        let url = "postgres://host/db";
        assert_eq!(url.parse(), Ok(StoreAddress::Postgres(url.to_owned())));
        let with_authorities = |url: &str, file: &str| {
            let address: StoreAddress = url.parse().unwrap();
            address.with_authorities(Path::new(file))
        };
        let expected = StoreAddress::Postgres("postgres://h/d?sslrootcert=/a%20b.pem".to_owned());
        assert_eq!(with_authorities("postgres://h/d", "/a b.pem"), Ok(expected));
        assert!(with_authorities("folder", "/a.pem").is_err());
        for (url, has_password) in [
            ("postgres://expo:secret@h/d", true),
            ("postgres://expo@h/d?password=secret", true),
            ("postgres://expo@h:5432/d?application_name=a:b@c", false),
            ("folder", false),
        ] {
            assert_eq!(
                url.parse::<StoreAddress>().unwrap().has_password(),
                has_password,
                "{url}"
            );
        }
        assert!("sqlite:".parse::<StoreAddress>().is_err());
        assert!("mysql://host/db".parse::<StoreAddress>().is_err());
    }
}
