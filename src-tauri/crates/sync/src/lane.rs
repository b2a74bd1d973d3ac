//! Lanes: kinds of work with their own back-off. Must not know: when they are due.

use crate::ports::{DiskSpace, Facts};
use serde::Serialize;

/// A kind of work, or where a failure occurred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Upload of leads.
    Leads,
    /// Erasure of leads.
    Erasures,
    /// Download of catalogue versions.
    Catalogue,
    /// Status report.
    Heartbeat,
    /// Download of the configuration.
    Configuration,
    /// Download of picture files.
    Pictures,
    /// Check whether the platform answers.
    Probe,
    /// The kiosk's own storage; only in failures.
    Storage,
}

impl Lane {
    /// Number of lanes.
    pub const COUNT: usize = 8;

    /// Lanes that do planned work, most important first.
    pub const WORK: [Self; 6] = [
        Self::Leads,
        Self::Erasures,
        Self::Catalogue,
        Self::Heartbeat,
        Self::Configuration,
        Self::Pictures,
    ];

    /// Stable code, as in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Leads => "leads",
            Self::Erasures => "erasures",
            Self::Catalogue => "catalogue",
            Self::Heartbeat => "heartbeat",
            Self::Configuration => "configuration",
            Self::Pictures => "pictures",
            Self::Probe => "probe",
            Self::Storage => "storage",
        }
    }

    /// Whether this lane may take long. Downloads run concurrently with other lanes, one at a time.
    pub const fn is_download(self) -> bool {
        matches!(self, Self::Catalogue | Self::Pictures)
    }

    /// Whether the outcome of this lane decides the [`State`](crate::State) shown to staff.
    pub(crate) const fn is_essential(self) -> bool {
        matches!(self, Self::Leads | Self::Heartbeat)
    }

    /// Whether the facts ask for this work.
    pub(crate) fn is_wanted(self, facts: &Facts) -> bool {
        match self {
            Self::Leads => facts.waiting > 0,
            Self::Erasures => facts.erasures_due,
            Self::Catalogue => facts.disk_space != DiskSpace::ForLeadsOnly,
            Self::Heartbeat => true,
            Self::Configuration => facts.configuration_due,
            Self::Pictures => facts.missing_pictures > 0 && facts.disk_space == DiskSpace::ForAll,
            Self::Probe | Self::Storage => false,
        }
    }
}
