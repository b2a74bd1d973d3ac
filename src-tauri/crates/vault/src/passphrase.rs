//! Passphrases: the staff identity wrapped in one, files encrypted to one, and which ones are too weak.

use crate::seal::{Identity, SealError};
use age::secrecy::{ExposeSecret, SecretString};
use std::io::{self, Read, Write};
use zeroize::Zeroizing;

/// Cost of turning a passphrase into a key: scrypt with N = 2^n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFactor(pub u8);

impl WorkFactor {
    /// 2^17 (128 MiB, about half a second): what the kiosk uses.
    pub const STANDARD: Self = Self(17);
    /// Highest factor accepted when opening: 1 GiB.
    const HIGHEST: u8 = 20;
}

/// Why a passphrase is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassphrase {
    /// Shorter than sixteen characters.
    #[error("the passphrase is too short: use at least 16 characters, for instance four random words")]
    Short,
    /// Made of few different characters.
    #[error("the passphrase repeats itself: use at least four different words")]
    Repetitive,
}

/// Refuses passphrases that can be guessed: at least 16 characters, at least 8 of them different.
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

/// The identity, encrypted to the passphrase.
pub fn wrap(identity: &Identity, passphrase: &SecretString, cost: WorkFactor) -> io::Result<Vec<u8>> {
    let mut wrapped = Vec::new();
    let mut writer = encrypt_to(&mut wrapped, passphrase, cost)?;
    writer.write_all(identity.secret_text().expose_secret().as_bytes())?;
    writer.finish()?;
    Ok(wrapped)
}

/// The identity again; [`SealError::Open`] when the passphrase is wrong.
pub fn unwrap(wrapped: &[u8], passphrase: &SecretString) -> Result<Identity, SealError> {
    let decryptor = age::Decryptor::new_buffered(wrapped).map_err(|_| SealError::Open)?;
    let mut key = age::scrypt::Identity::new(passphrase.clone());
    key.set_max_work_factor(WorkFactor::HIGHEST);
    let identities = std::iter::once(&key as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|_| SealError::Open)?;
    let mut text = Zeroizing::new(String::new());
    reader.read_to_string(&mut text).map_err(|_| SealError::Open)?;
    text.parse()
}

/// A writer that encrypts to the passphrase; call `finish` on it or the file is cut short.
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
        let again = unwrap(&wrapped, &right).unwrap();
        assert_eq!(again.recipient(), identity.recipient());
        assert!(unwrap(&wrapped, &SecretString::from("another".to_owned())).is_err());
    }

    #[test]
    fn weak_passphrases_are_named() {
        assert_eq!(check_strength("short"), Err(WeakPassphrase::Short));
        assert_eq!(
            check_strength("abababababababababab"),
            Err(WeakPassphrase::Repetitive)
        );
        assert_eq!(check_strength("zellige plaster saffron"), Ok(()));
    }
}
