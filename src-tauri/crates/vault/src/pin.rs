//! The staff PIN: its hash (argon2id) and the growing lock-out after wrong attempts. The lock-out uses the monotonic
//! clock, never the wall clock. After a reboot of the machine a pending wait starts again.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};

/// Why a PIN is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Not six to twelve digits.
    #[error("expected a PIN of 6 to 12 digits")]
    Format,
    /// Fewer than three different digits, consecutive digits or a repeated group.
    #[error(
        "the PIN is too easy to guess: three different digits, no run such as 123456, no repetition such as 123123"
    )]
    Weak,
    /// Hashing failed.
    #[error("the PIN could not be hashed")]
    Hash,
}

/// Rejects PINs that are not 6 to 12 digits or are among the first that people try: two different digits at most, digits
/// that count up or down (also twice each, and past 9), a repeated group.
pub fn check_strength(pin: &str) -> Result<(), PinError> {
    let digits = pin.as_bytes();
    if !(6..=12).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(PinError::Format);
    }
    let mut different = digits.to_vec();
    different.sort_unstable();
    different.dedup();
    let mut once = digits.to_vec();
    once.dedup();
    let counts_by = |step: u8| {
        once.windows(2)
            .all(|pair| (pair[0] - b'0' + step) % 10 == pair[1] - b'0')
    };
    let repeats = |length: usize| {
        let (group, rest) = digits.split_at(length);
        rest.chunks(length).all(|next| next == group)
    };
    let is_weak = different.len() < 3 || counts_by(1) || counts_by(9) || (2..=digits.len() / 2).any(repeats);
    if is_weak { Err(PinError::Weak) } else { Ok(()) }
}

/// Hashes the PIN; the result is a PHC string.
pub fn hash(pin: &str) -> Result<String, PinError> {
    let hash = Argon2::default()
        .hash_password(pin.as_bytes())
        .map_err(|_| PinError::Hash)?;
    Ok(hash.to_string())
}

/// Whether `pin` matches the hash. No PIN matches a damaged hash.
pub fn verify(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// Wrong attempts so far, and the time of the last one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinAttempts {
    /// Number of consecutive wrong attempts.
    pub failures: u32,
    /// Identifier of the boot of the machine at the last wrong attempt.
    pub boot_id: String,
    /// Milliseconds from that boot to the last wrong attempt.
    pub monotonic_ms: u64,
}

/// Number of wrong attempts before the first wait.
pub const FREE_ATTEMPTS: u32 = 5;

impl PinAttempts {
    /// Milliseconds to wait before the next attempt, or 0. The wait is 5 minutes after the fifth wrong attempt and doubles
    /// with each further one, up to 2.5 hours. This allows fewer than 20 attempts on the first day and 10 on each later day.
    pub fn wait_ms(&self, boot_id: &str, monotonic_ms: u64) -> u64 {
        let wait = Self::wait_after(self.failures);
        if wait == 0 {
            return 0;
        }
        let waited = if self.boot_id == boot_id {
            monotonic_ms.saturating_sub(self.monotonic_ms)
        } else {
            // After a reboot the time waited before is unknown, so only the time since the reboot counts.
            monotonic_ms
        };
        wait.saturating_sub(waited)
    }

    /// The state after one more wrong attempt.
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
        match failures.checked_sub(FREE_ATTEMPTS) {
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
    fn weak_pins_are_rejected() {
        for (pin, expected) in [
            ("12345", Err(PinError::Format)),
            ("12a456", Err(PinError::Format)),
            ("111111", Err(PinError::Weak)),
            ("123456", Err(PinError::Weak)),
            ("987654", Err(PinError::Weak)),
            ("890123", Err(PinError::Weak)),
            ("112233", Err(PinError::Weak)),
            ("332211", Err(PinError::Weak)),
            ("123123", Err(PinError::Weak)),
            ("48274827", Err(PinError::Weak)),
            ("121121", Err(PinError::Weak)),
            ("000001", Err(PinError::Weak)),
            ("240616", Ok(())),
            ("112358", Ok(())),
            ("1231234", Ok(())),
        ] {
            assert_eq!(check_strength(pin), expected, "{pin}");
        }
    }

    #[test]
    fn at_most_twenty_attempts_are_possible_on_the_first_day() {
        let mut attempts = PinAttempts::default();
        let (mut now, mut first_day) = (0, 0);
        while now < 24 * 3_600_000 {
            now += attempts.wait_ms("boot", now);
            if now < 24 * 3_600_000 {
                attempts = attempts.failed("boot", now);
                first_day += 1;
            }
        }
        assert!(first_day <= 20, "{first_day}");
    }

    #[test]
    fn reboot_does_not_shorten_the_wait() {
        let attempts = (0..8).fold(PinAttempts::default(), |a, _| a.failed("first", 1_000_000));
        let full = attempts.wait_ms("first", 1_000_000);
        assert_eq!(full, 40 * 60_000);
        assert_eq!(attempts.wait_ms("second", 0), full);
        assert_eq!(attempts.wait_ms("second", 60_000), full - 60_000);
    }
}
