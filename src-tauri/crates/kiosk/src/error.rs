//! What use-cases can fail with: a stable code for the windows, a sentence with its remedy for the command line.

use crate::views::HostError;
use domain::FieldError;
use std::collections::BTreeMap;
use store::StoreError;

/// A use-case that could not be done. Never holds personal data.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The data folder has no stop yet.
    #[error("this kiosk is not set up: run 'expo-kiosk provision --event FILE.toml' (or --demo)")]
    NotProvisioned,
    /// It has one already.
    #[error("this kiosk is set up for {0}: use another --data-dir for another stop")]
    AlreadyProvisioned(String),
    /// No catalogue was installed yet.
    #[error("there is no catalogue yet: run 'expo-kiosk catalogue import FILE' or sync")]
    NoCatalogue,
    /// No version to go back to.
    #[error("there is no previous catalogue to go back to")]
    NoPrevious,
    /// Another version is shown than the one staff meant to leave.
    #[error("another version came meanwhile: look again before going back")]
    VersionChanged,
    /// No such project.
    #[error("project {0} is not in the catalogue: look it up with 'expo-kiosk catalogue search'")]
    NotFound(String),
    /// A lead with faults.
    #[error("the lead is not complete: {}", sentences(.0))]
    InvalidLead(Vec<FieldError>),
    /// Text that is not the expected JSON.
    #[error("the lead is not readable: {0}")]
    Unreadable(String),
    /// A weak secret, a wrong event file, a missing key.
    #[error("{place}: {problem}")]
    Setup {
        /// File or field.
        place: String,
        /// What was expected.
        problem: String,
    },
    /// A bundle or snapshot that is not taken.
    #[error("{refusal}: {}", .refusal.remedy())]
    Refused {
        /// Why.
        #[from]
        refusal: bundle::Refusal,
    },
    /// A catalogue source with faults.
    #[error(transparent)]
    Source(bundle::Faults),
    /// The PIN is wrong.
    #[error("wrong PIN, {left} tries left before a wait")]
    WrongPin {
        /// Tries without wait.
        left: u32,
    },
    /// Too many wrong PINs.
    #[error("too many wrong PINs: wait {seconds} seconds")]
    LockedOut {
        /// How long.
        seconds: u64,
    },
    /// The PIN was not given.
    #[error("staff functions are locked: give the PIN first")]
    Locked,
    /// The passphrase was not given.
    #[error("leads are locked: give the passphrase first")]
    LeadsLocked,
    /// The passphrase is wrong.
    #[error("wrong passphrase: check capital letters and spaces")]
    WrongPassphrase,
    /// An export cannot be written there.
    #[error("cannot write to {path}: {problem}; choose another folder or stick")]
    Destination {
        /// Where.
        path: String,
        /// Why.
        problem: String,
    },
    /// Not enrolled.
    #[error("this kiosk is not enrolled: run 'expo-kiosk enrol --platform URL --code CODE'")]
    NotEnrolled,
    /// A database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that should not happen.
    #[error("{0}")]
    Internal(String),
}

impl KioskError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotProvisioned => "not_provisioned",
            Self::AlreadyProvisioned(_) => "already_provisioned",
            Self::NoCatalogue => "no_catalogue",
            Self::NoPrevious => "no_previous",
            Self::VersionChanged => "version_changed",
            Self::NotFound(_) => "not_found",
            Self::InvalidLead(_) | Self::Unreadable(_) => "invalid_lead",
            Self::Setup { .. } => "setup",
            Self::Refused { refusal } => refusal.code(),
            Self::WrongPin { .. } => "wrong_pin",
            Self::LockedOut { .. } => "locked_out",
            Self::Locked => "locked",
            Self::LeadsLocked => "leads_locked",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::Destination { .. } => "destination",
            Self::Source(_) => "source",
            Self::NotEnrolled => "not_enrolled",
            Self::Store(StoreError::Full) => "storage_full",
            Self::Store(_) => "storage",
            Self::Internal(_) => "internal",
        }
    }

    /// What a window is told.
    pub fn for_window(&self) -> HostError {
        let mut params = BTreeMap::new();
        let mut set = |name: &str, value: String| drop(params.insert(name.to_owned(), value));
        match self {
            Self::WrongPin { left } => set("left", left.to_string()),
            Self::LockedOut { seconds } => set("seconds", seconds.to_string()),
            Self::Destination { path, .. } => set("path", path.clone()),
            _ => {}
        }
        let fields = if let Self::InvalidLead(faults) = self {
            faults.clone()
        } else {
            Vec::new()
        };
        HostError {
            code: self.code().to_owned(),
            params,
            fields,
        }
    }
}

fn sentences(faults: &[FieldError]) -> String {
    faults
        .iter()
        .map(FieldError::sentence)
        .collect::<Vec<_>>()
        .join("; ")
}
