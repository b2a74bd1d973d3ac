//! Secrets: sealed leads, the staff identity encrypted with a passphrase, the staff PIN, catalogue signatures. Owns every
//! use of cryptography. Must not know: what is sealed or signed, where keys are stored.

pub mod passphrase;
pub mod pin;
pub mod seal;
pub mod signature;

pub use secrecy::{ExposeSecret, SecretString};
