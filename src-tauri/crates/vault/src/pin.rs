//! The staff PIN: its hash (argon2id) and the lock-out after wrong attempts, which grows with each of them and decays over
//! time. The lock-out uses the monotonic clock, never the wall clock. After a reboot of the machine a pending wait starts
//! again.

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

/// Wrong attempts that still count, and the time of the last one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinAttempts {
    /// Number of wrong attempts that still counted at the last one, including it.
    pub failures: u32,
    /// Identifier of the boot of the machine at the last wrong attempt.
    pub boot_id: String,
    /// Milliseconds from that boot to the last wrong attempt.
    pub monotonic_ms: u64,
}

/// Number of wrong attempts before the first wait.
pub const FREE_ATTEMPTS: u32 = 5;
const MINUTE: u64 = 60_000;
/// One wrong attempt no longer counts after each period of this length without another one, in milliseconds. The period
/// is longer than the longest wait, so that pausing never gives an attacker more attempts than waiting does.
const DECAY_MS: u64 = 240 * MINUTE;

impl PinAttempts {
    /// Milliseconds to wait before the next attempt, or 0. The wait is 5 minutes after the fifth wrong attempt that counts
    /// and doubles with each further one, up to 2.5 hours. This allows fewer than 20 attempts in any 24 hours.
    pub fn wait_ms(&self, boot_id: &str, monotonic_ms: u64) -> u64 {
        Self::wait_after(self.failures).saturating_sub(self.waited_ms(boot_id, monotonic_ms))
    }

    /// The state after one more wrong attempt.
    #[must_use]
    pub fn failed(&self, boot_id: &str, monotonic_ms: u64) -> Self {
        let decayed = self.waited_ms(boot_id, monotonic_ms) / DECAY_MS;
        let still_counting = u64::from(self.failures).saturating_sub(decayed) as u32;
        Self {
            failures: still_counting.saturating_add(1),
            boot_id: boot_id.to_owned(),
            monotonic_ms,
        }
    }

    /// Measured time since the last wrong attempt.
    fn waited_ms(&self, boot_id: &str, monotonic_ms: u64) -> u64 {
        if self.boot_id == boot_id {
            monotonic_ms.saturating_sub(self.monotonic_ms)
        } else {
            // After a reboot the time waited before is unknown, so only the time since the reboot counts.
            monotonic_ms
        }
    }

    fn wait_after(failures: u32) -> u64 {
        match failures.checked_sub(FREE_ATTEMPTS) {
            None => 0,
            Some(over) => (5 * MINUTE).saturating_mul(1 << over.min(5)).min(150 * MINUTE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

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

    /// The most attempts that any choice of times after `attempts` allows within a day.
    fn most_further_attempts(attempts: &PinAttempts, known: &mut HashMap<(u32, u64), u32>) -> u32 {
        let state = (attempts.failures, attempts.monotonic_ms);
        if let Some(most) = known.get(&state) {
            return *most;
        }
        let mut most = 0;
        for now in (attempts.monotonic_ms..1_440 * MINUTE).step_by(5 * MINUTE as usize) {
            if attempts.wait_ms("boot", now) == 0 {
                most = most.max(1 + most_further_attempts(&attempts.failed("boot", now), known));
            }
        }
        known.insert(state, most);
        most
    }

    #[test]
    fn no_choice_of_times_allows_over_twenty_attempts_a_day() {
        let fresh = PinAttempts {
            boot_id: "boot".to_owned(),
            ..PinAttempts::default()
        };
        let most = most_further_attempts(&fresh, &mut HashMap::new());
        assert!((10..=20).contains(&most), "{most}");
    }

    #[test]
    fn delays_decay_over_time() {
        let attempts = (0..9).fold(PinAttempts::default(), |a, _| a.failed("boot", 0));
        assert_eq!(attempts.wait_ms("boot", 0), 80 * MINUTE);
        let next_day = attempts.failed("boot", 16 * 60 * MINUTE);
        assert_eq!(next_day.failures, 6);
        assert_eq!(next_day.wait_ms("boot", 16 * 60 * MINUTE), 10 * MINUTE);
        let after_a_week = attempts.failed("boot", 7 * 1_440 * MINUTE);
        assert_eq!(after_a_week.failures, 1);
    }

    #[test]
    fn reboot_does_not_speed_up_the_decay() {
        let attempts = (0..9).fold(PinAttempts::default(), |a, _| a.failed("first", 1_440 * MINUTE));
        assert_eq!(attempts.failed("second", 10 * MINUTE).failures, 10);
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
