//! Chance from a seed: one stream a name, so that one more draw here does not change what is drawn there.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::ops::RangeInclusive;
use std::time::Duration;

/// A stream of chance.
pub struct Chance(StdRng);

impl Chance {
    /// The stream of a name under a seed.
    pub fn of(seed: u64, name: &str) -> Self {
        // FNV-1a: any mixing does, as long as it is the same for ever.
        let mixed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(StdRng::seed_from_u64(mixed))
    }

    /// 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.random()
    }

    /// A number within a range, ends included.
    pub fn within(&mut self, range: RangeInclusive<u64>) -> u64 {
        self.0.random_range(range)
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.within(1..=times) == 1
    }

    /// An index into a list of that length, which is not empty.
    pub fn index(&mut self, length: usize) -> usize {
        self.0.random_range(0..length)
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, among: &[T]) -> T {
        among[self.index(among.len())]
    }

    /// Milliseconds within a range.
    pub fn millis(&mut self, range: RangeInclusive<u64>) -> Duration {
        Duration::from_millis(self.within(range))
    }
}
