//! Enrolment codes and bearer tokens. Both are random, and the store keeps only their SHA-256. They have enough entropy for
//! a plain hash. Must not know: the store, HTTP.

use expo_protocol::sha256_hex;

/// Digits of enrolment codes: Crockford's base 32, which has no letters that look like digits.
const CODE_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Creates an enrolment code of 60 random bits in three groups, such as `7K3M-0QXD-R5TN`.
pub fn new_code() -> String {
    let random: [u8; 12] = rand::random();
    let digits: Vec<char> = random
        .iter()
        .map(|byte| char::from(CODE_DIGITS[usize::from(byte % 32)]))
        .collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// Creates a bearer token of 256 random bits.
pub fn new_token() -> String {
    hex::encode(rand::random::<[u8; 32]>())
}

/// Hash of an enrolment code. Case, hyphens and spaces do not matter, and O, I and L count as the digits they look like.
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

/// Hash of a token.
pub fn token_hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_hash_ignores_case_hyphens_and_lookalikes() {
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
