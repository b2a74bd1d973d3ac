//! Passphrases: encrypt the staff identity and exported files with a passphrase, and check its strength.

use crate::seal::{Identity, SealError};
use age::secrecy::{ExposeSecret, SecretString};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// Cost of deriving a key from a passphrase: scrypt with N = 2^n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFactor(pub u8);

impl WorkFactor {
    /// Factor for encryption: 2^17 needs 128 MiB and about half a second.
    pub const STANDARD: Self = Self(17);
    /// Highest factor accepted for decryption: 1 GiB.
    const MAX_ACCEPTED: u8 = 20;
}

/// Why a passphrase is too weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassphrase {
    /// Shorter than sixteen characters.
    #[error("the passphrase is too short: use at least 16 characters, such as four random words")]
    Short,
    /// Too few different characters.
    #[error("the passphrase is repetitive: use at least four different words")]
    Repetitive,
}

/// Rejects weak passphrases. A passphrase needs at least 16 characters, at least 8 of them different.
pub fn check_strength(passphrase: &str) -> Result<(), WeakPassphrase> {
    if passphrase.trim().chars().count() < 16 {
        return Err(WeakPassphrase::Short);
    }
    let different: std::collections::BTreeSet<char> = passphrase.to_lowercase().chars().collect();
    if different.len() < 8 {
        return Err(WeakPassphrase::Repetitive);
    }
    Ok(())
}

/// Encrypts the identity with the passphrase.
pub fn wrap(identity: &Identity, passphrase: &SecretString, cost: WorkFactor) -> io::Result<Vec<u8>> {
    let mut wrapped = Vec::new();
    let mut writer = encrypt_to(&mut wrapped, passphrase, cost)?;
    writer.write_all(identity.secret_text().expose_secret().as_bytes())?;
    writer.finish()?;
    Ok(wrapped)
}

/// Decrypts the identity.
///
/// # Errors
/// [`SealError::Open`] when the passphrase is wrong.
pub fn unwrap(wrapped: &[u8], passphrase: &SecretString) -> Result<Identity, SealError> {
    let decryptor = age::Decryptor::new_buffered(wrapped).map_err(|_| SealError::Open)?;
    let mut key = age::scrypt::Identity::new(passphrase.clone());
    key.set_max_work_factor(WorkFactor::MAX_ACCEPTED);
    let identities = std::iter::once(&key as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|_| SealError::Open)?;
    let mut text = Zeroizing::new(String::new());
    reader.read_to_string(&mut text).map_err(|_| SealError::Open)?;
    text.parse()
}

/// Returns a writer that encrypts with the passphrase. Call its `finish`, otherwise the output is truncated.
pub fn encrypt_to<W: Write>(
    output: W,
    passphrase: &SecretString,
    cost: WorkFactor,
) -> io::Result<age::stream::StreamWriter<W>> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(cost.0);
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    age::Encryptor::with_recipients(recipients)
        .map_err(io::Error::other)?
        .wrap_output(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_passphrase_unwraps() {
        let identity = Identity::generate();
        let right = SecretString::from("zellige plaster saffron test".to_owned());
        let wrapped = wrap(&identity, &right, WorkFactor(4)).unwrap();
        let unwrapped = unwrap(&wrapped, &right).unwrap();
        assert_eq!(unwrapped.recipient(), identity.recipient());
        assert!(unwrap(&wrapped, &SecretString::from("another".to_owned())).is_err());
    }

    #[test]
    fn weak_passphrases_are_rejected() {
        assert_eq!(check_strength("short"), Err(WeakPassphrase::Short));
        assert_eq!(
            check_strength("abababababababababab"),
            Err(WeakPassphrase::Repetitive)
        );
        assert_eq!(check_strength("zellige plaster saffron"), Ok(()));
    }
}
