//! Signatures of catalogues and of closed days in the minisign format, compatible with the `minisign` tool.

use minisign::{KeyPair, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};
use secrecy::SecretString;
use std::fmt;
use std::io::{Cursor, Read, Seek};
use std::str::FromStr;

/// Why a signature or a key is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not a minisign key.
    #[error("not a minisign key: expected the text of a key file or its base64 line")]
    Key,
    /// The secret key is password-protected, or lacks its checksum like keys made by `minisign -G -W` 0.11.
    #[error(
        "the signing key is password-protected or has no checksum: make one with 'expo-kiosk bundle keygen'"
    )]
    Protected,
    /// Not a minisign signature.
    #[error("not a minisign signature")]
    Format,
    /// Signed with another key.
    #[error("signed with another key than the expected one")]
    WrongKey,
    /// The signature does not match the bytes.
    #[error("the signature does not match: the content was changed after signing")]
    Mismatch,
    /// Signing failed.
    #[error("signing failed")]
    Sign,
}

/// The publisher's secret key.
pub struct PublisherKey(KeyPair);

impl fmt::Debug for PublisherKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublisherKey(secret)")
    }
}

impl PublisherKey {
    /// Generates a key from the operating system's randomness.
    pub fn generate() -> Result<Self, SignatureError> {
        generate().map(Self)
    }

    /// Parses the text of a minisign secret key file without a password.
    pub fn from_text(text: &str) -> Result<Self, SignatureError> {
        from_text(text).map(Self)
    }

    /// The text of its minisign secret key file.
    pub fn to_text(&self) -> Result<SecretString, SignatureError> {
        to_text(&self.0, "publisher key of the catalogue: keep secret")
    }

    /// Its public key.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.pk.clone())
    }

    /// Signs the content of `reader`; returns the text of a minisign signature file.
    pub fn sign_reader(&self, reader: impl Read, trusted_comment: &str) -> Result<String, SignatureError> {
        sign(&self.0, reader, trusted_comment, "signature of a catalogue")
    }

    /// Signs `bytes`; returns the text of a minisign signature file.
    pub fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String, SignatureError> {
        self.sign_reader(Cursor::new(bytes), trusted_comment)
    }
}

/// The secret key of a kiosk, which signs the closings of days.
pub struct KioskKey(KeyPair);

impl fmt::Debug for KioskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KioskKey(secret)")
    }
}

impl KioskKey {
    /// Generates a key from the operating system's randomness.
    pub fn generate() -> Result<Self, SignatureError> {
        generate().map(Self)
    }

    /// Parses what [`Self::to_text`] returned.
    pub fn from_text(text: &str) -> Result<Self, SignatureError> {
        from_text(text).map(Self)
    }

    /// The text of its minisign secret key file.
    pub fn to_text(&self) -> Result<SecretString, SignatureError> {
        to_text(&self.0, "key of a kiosk: keep secret")
    }

    /// Its public key.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.pk.clone())
    }

    /// Signs `bytes`; returns the text of a minisign signature file.
    pub fn sign(&self, bytes: &[u8], trusted_comment: &str) -> Result<String, SignatureError> {
        sign(
            &self.0,
            Cursor::new(bytes),
            trusted_comment,
            "signature of a closed day",
        )
    }
}

fn generate() -> Result<KeyPair, SignatureError> {
    KeyPair::generate_unencrypted_keypair().map_err(|_| SignatureError::Sign)
}

fn from_text(text: &str) -> Result<KeyPair, SignatureError> {
    let boxed = SecretKeyBox::from_string(text.trim()).map_err(|_| SignatureError::Key)?;
    let sk = SecretKey::from_unencrypted_box(boxed).map_err(|_| SignatureError::Protected)?;
    let pk = minisign::PublicKey::from_secret_key(&sk).map_err(|_| SignatureError::Key)?;
    Ok(KeyPair { pk, sk })
}

fn to_text(key: &KeyPair, comment: &str) -> Result<SecretString, SignatureError> {
    key.sk
        .to_box(Some(comment))
        .map(|boxed| SecretString::from(boxed.into_string()))
        .map_err(|_| SignatureError::Key)
}

fn sign(
    key: &KeyPair,
    reader: impl Read,
    trusted_comment: &str,
    untrusted_comment: &str,
) -> Result<String, SignatureError> {
    minisign::sign(
        Some(&key.pk),
        &key.sk,
        reader,
        Some(trusted_comment),
        Some(untrusted_comment),
    )
    .map(SignatureBox::into_string)
    .map_err(|_| SignatureError::Sign)
}

#[cfg(feature = "counter")]
thread_local! {
    static VERIFICATIONS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Number of signatures that this thread verified or refused.
#[cfg(feature = "counter")]
pub fn verification_count() -> u64 {
    VERIFICATIONS.get()
}

/// The public key of a publisher or a kiosk.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(minisign::PublicKey);

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_base64())
    }
}

impl FromStr for PublicKey {
    type Err = SignatureError;

    /// Parses the base64 line of a key or the complete text of a `.pub` file.
    fn from_str(text: &str) -> Result<Self, SignatureError> {
        let text = text.trim();
        let key = if text.lines().count() > 1 {
            PublicKeyBox::from_string(text).and_then(PublicKeyBox::into_public_key)
        } else {
            minisign::PublicKey::from_base64(text)
        };
        key.map(Self).map_err(|_| SignatureError::Key)
    }
}

impl PublicKey {
    /// The text of a `.pub` file for the `minisign` tool.
    pub fn file_text(&self) -> Result<String, SignatureError> {
        self.0
            .to_box()
            .map(PublicKeyBox::into_string)
            .map_err(|_| SignatureError::Key)
    }

    /// Verifies a signature of the content of `reader` and returns its trusted comment.
    pub fn verify_reader(&self, reader: impl Read + Seek, signature: &str) -> Result<String, SignatureError> {
        #[cfg(feature = "counter")]
        VERIFICATIONS.set(VERIFICATIONS.get() + 1);
        let signature = SignatureBox::from_string(signature.trim()).map_err(|_| SignatureError::Format)?;
        if signature.keynum() != self.0.keynum() {
            return Err(SignatureError::WrongKey);
        }
        minisign::verify(&self.0, &signature, reader, true, false, false)
            .map_err(|_| SignatureError::Mismatch)?;
        signature.trusted_comment().map_err(|_| SignatureError::Format)
    }

    /// Verifies a signature of `bytes` and returns its trusted comment.
    pub fn verify(&self, bytes: &[u8], signature: &str) -> Result<String, SignatureError> {
        self.verify_reader(Cursor::new(bytes), signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn signature_is_valid_only_for_its_bytes_and_key() {
        let key = PublisherKey::generate().unwrap();
        let signature = key.sign(b"catalogue", "version 3").unwrap();
        assert_eq!(
            key.public().verify(b"catalogue", &signature).as_deref(),
            Ok("version 3")
        );
        assert_eq!(
            key.public().verify(b"Catalogue", &signature),
            Err(SignatureError::Mismatch)
        );
        let other = PublisherKey::generate().unwrap().public();
        assert_eq!(
            other.verify(b"catalogue", &signature),
            Err(SignatureError::WrongKey)
        );
        assert_eq!(
            key.public().verify(b"catalogue", "nonsense"),
            Err(SignatureError::Format)
        );
    }

    #[test]
    fn keys_round_trip_as_text() {
        let key = PublisherKey::generate().unwrap();
        let parsed = PublisherKey::from_text(key.to_text().unwrap().expose_secret()).unwrap();
        assert_eq!(parsed.public(), key.public());
        assert_eq!(key.public().to_string().parse(), Ok(key.public()));
        assert_eq!(key.public().file_text().unwrap().parse(), Ok(key.public()));
        assert_eq!("nonsense".parse::<PublicKey>(), Err(SignatureError::Key));
    }

    #[test]
    fn key_of_a_kiosk_signs_again_after_it_was_stored() {
        let key = KioskKey::generate().unwrap();
        let stored = KioskKey::from_text(key.to_text().unwrap().expose_secret()).unwrap();
        let signature = stored.sign(b"closing", "day 1").unwrap();
        assert_eq!(
            key.public().verify(b"closing", &signature).as_deref(),
            Ok("day 1")
        );
        assert_eq!(
            key.public().verify(b"closing of another day", &signature),
            Err(SignatureError::Mismatch)
        );
        assert_eq!(format!("{key:?}"), "KioskKey(secret)");
    }
}
