//! Sets of filters.

use crate::views::FilterName;

/// A set of filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Filters(u16);

impl Filters {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self(u16::MAX);

    pub const fn one(filter: FilterName) -> Self {
        Self(1 << filter as u16)
    }

    /// The filter, when it fails.
    pub const fn when(fails: bool, filter: FilterName) -> Self {
        if fails { Self::one(filter) } else { Self::NONE }
    }

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn has(self, filter: FilterName) -> bool {
        self.0 & Self::one(filter).0 != 0
    }

    /// Whether nothing is in it but perhaps this one.
    pub const fn only(self, filter: FilterName) -> bool {
        self.0 & !Self::one(filter).0 == 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }
}
