//! One-time codes and tokens: made of chance, kept only as SHA-256. Both hold enough of it that a plain hash is safe.

use protocol::sha256_hex;

/// Digits of codes: no letter that is taken for another (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code of 60 random bits in three groups, such as `7K3M-0QXD-R5TN`.
pub fn new_code() -> String {
    let random: [u8; 12] = rand::random();
    let digits: Vec<char> = random
        .iter()
        .map(|byte| char::from(DIGITS[usize::from(byte % 32)]))
        .collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// A bearer token of 256 random bits.
pub fn new_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// What is kept of a code: case, hyphens, spaces and letters taken for digits do not matter.
pub fn code_hash(typed: &str) -> String {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    sha256_hex(plain.as_bytes())
}

/// What is kept of a token.
pub fn token_hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_way() {
        let code = new_code();
        assert_eq!(code.len(), 14);
        assert_ne!(code, new_code());
        let sloppy = code
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(code_hash(&code), code_hash(&sloppy));
    }
}
