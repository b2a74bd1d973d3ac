//! Secrets: sealing leads, wrapping the staff identity in a passphrase, the staff PIN, signatures of catalogues.
//! Owns every use of cryptography. Must not know what is sealed or signed, nor where keys lie.

pub mod passphrase;
pub mod pin;
pub mod seal;
pub mod signature;

pub use secrecy::{ExposeSecret, SecretString};
