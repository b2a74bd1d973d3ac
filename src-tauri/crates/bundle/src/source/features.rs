//! Codes of the features a project may have. Must not know tables.

/// Values of the column `features`.
pub(super) const FEATURES: &[&str] = &[
    "parking",
    "lift",
    "green_space",
    "playground",
    "school",
    "mosque",
    "shops",
    "security",
    "sea_view",
    "mountain_view",
    "transport",
    "health_centre",
    "sport",
    "pool",
    "terrace",
];
