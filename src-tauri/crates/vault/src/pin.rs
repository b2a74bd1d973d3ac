//! The staff PIN: its hash (argon2id) and the growing lock-out. The lock-out is counted in time since the machine
//! started, never by the wall clock; after a restart of the machine a pending wait begins anew.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};

/// Why a PIN is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Not six to twelve digits.
    #[error("expected a PIN of 6 to 12 digits")]
    Shape,
    /// One digit repeated, or digits in a row.
    #[error("the PIN is too easy to guess: no repeated digit, no run such as 123456")]
    Weak,
    /// Hashing failed.
    #[error("the PIN could not be hashed")]
    Hash,
}

/// Refuses PINs that are not 6 to 12 digits, repeat one digit or count up or down.
pub fn check_strength(pin: &str) -> Result<(), PinError> {
    let digits = pin.as_bytes();
    if !(6..=12).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(PinError::Shape);
    }
    let steps: Vec<i16> = digits
        .windows(2)
        .map(|w| i16::from(w[1]) - i16::from(w[0]))
        .collect();
    if [0, 1, -1].iter().any(|step| steps.iter().all(|s| s == step)) {
        return Err(PinError::Weak);
    }
    Ok(())
}

/// The PIN's hash in PHC form.
pub fn hash(pin: &str) -> Result<String, PinError> {
    let hash = Argon2::default()
        .hash_password(pin.as_bytes())
        .map_err(|_| PinError::Hash)?;
    Ok(hash.to_string())
}

/// Whether `pin` is the one hashed. A damaged hash opens to nobody.
pub fn verify(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// Wrong guesses so far and when the last one was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guesses {
    /// Wrong guesses in a row.
    pub failures: u32,
    /// Start of the machine at the last wrong guess.
    pub boot_id: String,
    /// Milliseconds since that start.
    pub monotonic_ms: u64,
}

/// Guesses without any wait.
pub const FREE_GUESSES: u32 = 5;

impl Guesses {
    /// Milliseconds to wait before another guess, 0 when none. After the fifth wrong guess 5 minutes, doubled each
    /// time up to two and a half hours: at most 19 guesses in the first day and 10 in every other.
    pub fn wait_ms(&self, boot_id: &str, monotonic_ms: u64) -> u64 {
        let wait = Self::wait_after(self.failures);
        if wait == 0 {
            return 0;
        }
        let waited = if self.boot_id == boot_id {
            monotonic_ms.saturating_sub(self.monotonic_ms)
        } else {
            // Another start of the machine: what was waited before cannot be known, so only this start counts.
            monotonic_ms
        };
        wait.saturating_sub(waited)
    }

    /// After one more wrong guess.
    #[must_use]
    pub fn failed(&self, boot_id: &str, monotonic_ms: u64) -> Self {
        Self {
            failures: self.failures.saturating_add(1),
            boot_id: boot_id.to_owned(),
            monotonic_ms,
        }
    }

    fn wait_after(failures: u32) -> u64 {
        const MINUTE: u64 = 60_000;
        match failures.checked_sub(FREE_GUESSES) {
            None => 0,
            Some(over) => (5 * MINUTE).saturating_mul(1 << over.min(5)).min(150 * MINUTE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_pin_verifies() {
        let hashed = hash("240616").unwrap();
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("240616", &hashed));
        assert!(!verify("240617", &hashed));
        assert!(!verify("240616", "damaged"));
    }

    #[test]
    fn easy_pins_are_refused() {
        for (pin, expected) in [
            ("12345", Err(PinError::Shape)),
            ("12a456", Err(PinError::Shape)),
            ("111111", Err(PinError::Weak)),
            ("123456", Err(PinError::Weak)),
            ("987654", Err(PinError::Weak)),
            ("240616", Ok(())),
        ] {
            assert_eq!(check_strength(pin), expected, "{pin}");
        }
    }

    #[test]
    fn a_tireless_thief_has_at_most_twenty_guesses_a_day() {
        let mut guesses = Guesses::default();
        let (mut now, mut first_day) = (0, 0);
        while now < 24 * 3_600_000 {
            now += guesses.wait_ms("boot", now);
            if now < 24 * 3_600_000 {
                guesses = guesses.failed("boot", now);
                first_day += 1;
            }
        }
        assert!(first_day <= 20, "{first_day}");
    }

    #[test]
    fn restarting_the_machine_shortens_nothing() {
        let guesses = (0..8).fold(Guesses::default(), |g, _| g.failed("first", 1_000_000));
        let full = guesses.wait_ms("first", 1_000_000);
        assert_eq!(full, 40 * 60_000);
        assert_eq!(guesses.wait_ms("second", 0), full);
        assert_eq!(guesses.wait_ms("second", 60_000), full - 60_000);
    }
}
