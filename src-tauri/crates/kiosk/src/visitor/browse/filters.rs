//! Sets of filters. Must not know: what filters mean.

use crate::views::FilterName;

const _: () = assert!(
    FilterName::ALL.len() <= u32::BITS as usize,
    "a set has one bit per filter"
);

/// A set of filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Filters(u32);

impl Filters {
    pub const NONE: Self = Self(0);

    /// The set with one filter.
    pub const fn one(filter: FilterName) -> Self {
        Self(1 << filter as u32)
    }

    /// The set with one filter if the condition holds, otherwise the empty set.
    pub const fn when(condition: bool, filter: FilterName) -> Self {
        if condition { Self::one(filter) } else { Self::NONE }
    }

    /// The union of two sets.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set is empty or contains only this filter.
    pub const fn is_at_most(self, filter: FilterName) -> bool {
        self.0 & !Self::one(filter).0 == 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Number of the only filter in the set.
    pub const fn only(self) -> Option<usize> {
        if self.len() == 1 {
            Some(self.0.trailing_zeros() as usize)
        } else {
            None
        }
    }
}
