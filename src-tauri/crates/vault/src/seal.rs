//! Encryption to X25519 recipients in the `age` format (age-encryption.org/v1), compatible with the `age` tool.

use age::secrecy::SecretString;
use std::fmt;
use std::io::Read;
use std::str::FromStr;
use zeroize::Zeroizing;

/// Why something cannot be sealed or opened. Never contains plain text.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// Not an `age1…` recipient.
    #[error("not an age recipient: expected a text that starts with age1")]
    Recipient,
    /// Not an `AGE-SECRET-KEY-1…` identity.
    #[error("not an age identity: expected a text that starts with AGE-SECRET-KEY-1")]
    Identity,
    /// The list of recipients is empty.
    #[error("no recipient to seal to")]
    NoRecipient,
    /// The envelope is damaged or sealed to other recipients.
    #[error("the envelope cannot be opened with this key: it is damaged or sealed to other recipients")]
    Open,
    /// Sealing failed.
    #[error("sealing failed")]
    Seal,
}

/// Public key that data is sealed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recipient(age::x25519::Recipient);

impl FromStr for Recipient {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        text.trim().parse().map(Self).map_err(|_| SealError::Recipient)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Secret key of a [`Recipient`].
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(secret)")
    }
}

impl Identity {
    /// Generates an identity from the operating system's randomness.
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// Its public key.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// The secret key as text: `AGE-SECRET-KEY-1…`.
    pub fn secret_text(&self) -> SecretString {
        self.0.to_string()
    }
}

impl FromStr for Identity {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        let line = text
            .lines()
            .map(str::trim)
            .find(|l| !l.is_empty() && !l.starts_with('#'));
        line.unwrap_or_default()
            .parse()
            .map(Self)
            .map_err(|_| SealError::Identity)
    }
}

/// Seals bytes to all recipients; each of them can open the result.
pub fn seal(plain: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, SealError> {
    let recipients = recipients.iter().map(|r| &r.0 as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|_| SealError::NoRecipient)?;
    let mut sealed = Vec::with_capacity(plain.len() + 400);
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| SealError::Seal)?;
    std::io::Write::write_all(&mut writer, plain).map_err(|_| SealError::Seal)?;
    writer.finish().map_err(|_| SealError::Seal)?;
    Ok(sealed)
}

/// Number of recipients that bytes are sealed to, from their header; 0 if they are not sealed.
pub fn recipient_count(sealed: &[u8]) -> usize {
    let header = sealed.windows(4).position(|bytes| bytes == b"\n---");
    let header = &sealed[..header.unwrap_or(0)];
    let lines = header.split(|byte| *byte == b'\n');
    lines.filter(|line| line.starts_with(b"-> X25519 ")).count()
}

/// Opens bytes that are sealed to `identity`. The plain bytes are zeroed in memory when dropped.
pub fn open(sealed: &[u8], identity: &Identity) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let decryptor = age::Decryptor::new_buffered(sealed).map_err(|_| SealError::Open)?;
    let identities = std::iter::once(&identity.0 as &dyn age::Identity);
    let mut reader = decryptor.decrypt(identities).map_err(|_| SealError::Open)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(|_| SealError::Open)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_recipients_can_open() {
        let [a, b, c] = [Identity::generate(), Identity::generate(), Identity::generate()];
        let sealed = seal(b"canary", &[a.recipient(), b.recipient()]).unwrap();
        assert!(!sealed.windows(6).any(|w| w == b"canary"));
        assert_eq!(&**open(&sealed, &a).unwrap(), b"canary");
        assert_eq!(&**open(&sealed, &b).unwrap(), b"canary");
        assert!(matches!(open(&sealed, &c), Err(SealError::Open)));
        assert!(matches!(seal(b"x", &[]), Err(SealError::NoRecipient)));
    }

    #[test]
    fn recipients_are_counted_without_a_key() {
        let [a, b] = [Identity::generate(), Identity::generate()];
        let one = seal(b"canary", &[a.recipient()]).unwrap();
        let two = seal(b"canary", &[a.recipient(), b.recipient()]).unwrap();
        assert_eq!((recipient_count(&one), recipient_count(&two)), (1, 2));
        assert_eq!((recipient_count(b"\n-> X25519 "), recipient_count(b"")), (0, 0));
    }

    #[test]
    fn any_changed_byte_is_detected() {
        let identity = Identity::generate();
        let sealed = seal(b"some words that matter", &[identity.recipient()]).unwrap();
        for index in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[index] ^= 1;
            assert!(open(&damaged, &identity).is_err(), "byte {index}");
        }
    }

    #[test]
    fn keys_round_trip_as_text() {
        use age::secrecy::ExposeSecret;
        let identity = Identity::generate();
        let again: Identity = identity.secret_text().expose_secret().parse().unwrap();
        assert_eq!(again.recipient().to_string(), identity.recipient().to_string());
        assert!("age1nonsense".parse::<Recipient>().is_err());
        assert_eq!(format!("{identity:?}"), "Identity(secret)");
    }
}
