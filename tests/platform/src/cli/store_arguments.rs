//! Where the store is: on the command line, in a file, or in the environment. An address with a password belongs into
//! one of the last two, because every user of the machine sees command lines.

use super::output::CommandError;
use crate::log;
use crate::store::StoreAddress;
use std::env;
use std::path::PathBuf;

/// Environment variable with the address of the store.
const STORE_VARIABLE: &str = "EXPO_STORE";
/// Environment variable with the file of the authorities for the database server.
const DATABASE_CA_VARIABLE: &str = "EXPO_DATABASE_CA";
const DEFAULT_STORE: &str = "sqlite:expo-platform";

#[derive(clap::Args)]
pub struct StoreArguments {
    /// Where all data are stored: a folder, as DIR or sqlite:DIR, created if missing; or
    /// `postgres://USER@HOST/DATABASE`. Default: the environment variable `EXPO_STORE`, or sqlite:expo-platform.
    #[arg(long, global = true, value_name = "STORE")]
    store: Option<StoreAddress>,
    /// File with the address of the store, for an address with a password.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "store")]
    store_file: Option<PathBuf>,
    /// File with the authorities (PEM) that sign the certificate of the database server; the connection is encrypted
    /// then. Default: the environment variable `EXPO_DATABASE_CA`.
    #[arg(long, global = true, value_name = "FILE")]
    database_ca: Option<PathBuf>,
}

impl StoreArguments {
    /// The address of the store.
    pub fn address(&self) -> Result<StoreAddress, CommandError> {
        let address = match (&self.store, &self.store_file) {
            (Some(address), _) => {
                if address.has_password() {
                    log::line(&format_args!(
                        "every user of this machine can see the password on the command line: use --store-file or \
                         {STORE_VARIABLE}"
                    ));
                }
                address.clone()
            }
            (None, Some(file)) => {
                let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
                text.trim().parse()?
            }
            (None, None) => match env::var(STORE_VARIABLE) {
                Ok(text) if !text.is_empty() => text.parse()?,
                _ => DEFAULT_STORE.parse()?,
            },
        };
        let is_database = matches!(address, StoreAddress::Postgres(_));
        let from_environment =
            || env::var_os(DATABASE_CA_VARIABLE).filter(|file| is_database && !file.is_empty());
        let authorities = self
            .database_ca
            .clone()
            .or_else(|| from_environment().map(PathBuf::from));
        Ok(match authorities {
            Some(file) => address.with_authorities(&file)?,
            None => address,
        })
    }
}
