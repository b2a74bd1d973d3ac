//! Address of a store, as given on the command line.

use std::path::PathBuf;

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A folder with an SQLite file.
    Folder(PathBuf),
    /// The URL of a PostgreSQL database.
    Postgres(String),
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
        assert!("sqlite:".parse::<StoreAddress>().is_err());
        assert!("mysql://host/db".parse::<StoreAddress>().is_err());
    }
}
