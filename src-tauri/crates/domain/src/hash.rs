//! SHA-256 as lower-case hex: the form of all hashes in catalogues, file names, receipts and exports. Must not know: what
//! is hashed.

use sha2::{Digest, Sha256};

/// SHA-256 of `bytes` as 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Whether `text` has the form of a SHA-256: exactly 64 lower-case hex digits. Such a text is safe as a file name.
pub fn is_sha256_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Computes a SHA-256 of data in parts.
#[derive(Debug, Clone, Default)]
pub struct Sha256Hasher(Sha256);

impl Sha256Hasher {
    /// Appends bytes to the hashed data.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// SHA-256 of the data as 64 lower-case hex digits.
    pub fn finish(self) -> String {
        hex::encode(self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of `abc`, from FIPS 180-2.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn hash_of_parts_equals_hash_of_all_bytes() {
        assert_eq!(sha256_hex(b"abc"), ABC);
        let mut hasher = Sha256Hasher::default();
        hasher.update(b"a");
        hasher.update(b"bc");
        assert_eq!(hasher.finish(), ABC);
    }

    #[test]
    fn only_64_lower_case_hex_digits_are_a_hash() {
        assert!(is_sha256_hex(ABC));
        for wrong in ["", &ABC[1..], &ABC.to_uppercase(), &format!("../{}", &ABC[3..])] {
            assert!(!is_sha256_hex(wrong), "{wrong}");
        }
        assert!(!is_sha256_hex(&format!("{ABC}0")));
    }
}
