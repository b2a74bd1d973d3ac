//! Errors of the kiosk's public methods: a stable code for the windows, a sentence with its remedy for the command line.
//! Must not know: how windows show them.

use crate::destination_fault::DestinationFault;
use crate::enrolment_fault::EnrolmentFault;
use crate::lead_sealing::SealingError;
use crate::settings::SettingsError;
use crate::views::{ErrorCode, HostError};
use expo_domain::FieldError;
use expo_store::StoreError;
use std::collections::BTreeMap;
use std::fmt::Display;

/// A public method of [`crate::Kiosk`] that failed. Never holds personal data.
#[derive(Debug, thiserror::Error)]
pub enum KioskError {
    /// The data folder has no stop yet.
    #[error("this kiosk is not set up: run 'expo-kiosk provision --event FILE.toml' (or --demo)")]
    NotProvisioned,
    /// The data folder has a stop already.
    #[error("this kiosk is set up for {0}: use another --data-dir for another stop")]
    AlreadyProvisioned(String),
    /// No catalogue is installed.
    #[error("there is no catalogue yet: run 'expo-kiosk catalogue import FILE' or sync")]
    NoCatalogue,
    /// There is no version to roll back to.
    #[error("there is no previous catalogue to roll back to")]
    NoPrevious,
    /// The installed version is not the one that staff wanted to roll back from.
    #[error("another version was installed: check it before you roll back")]
    VersionChanged,
    /// The catalogue has no such project or unit.
    #[error("project {0} is not in the catalogue: find its identifier with 'expo-kiosk catalogue search'")]
    NotFound(String),
    /// A lead with invalid fields.
    #[error("the lead is not complete: {}", sentences(.0))]
    InvalidLead(Vec<FieldError>),
    /// This kiosk has no such lead, or cannot open it.
    #[error("this kiosk has no such lead, or it does not open with this passphrase: check the ticket")]
    LeadNotFound,
    /// The lead has a newer revision than the one that was changed.
    #[error("another change of this lead was saved first: open the lead again, then repeat your change")]
    LeadChanged,
    /// The lead was merged into another one.
    #[error("the lead was merged into another one: change that one")]
    LeadMerged,
    /// Lead text that is not the expected JSON.
    #[error("the lead cannot be read: {0}")]
    Unreadable(String),
    /// Invalid input for the set-up, such as a weak secret or a wrong event file.
    #[error("{place}: {problem}")]
    Setup {
        /// File or field.
        place: String,
        /// What was expected.
        problem: String,
    },
    /// The platform's reply to an enrolment is not accepted.
    #[error("enrolment: {0}")]
    Enrolment(#[from] EnrolmentFault),
    /// A refused bundle or snapshot.
    #[error("{refusal}: {}", .refusal.remedy())]
    Refused {
        /// The reason.
        #[from]
        refusal: expo_bundle::Refusal,
    },
    /// The PIN is wrong.
    #[error("wrong PIN, {left} attempts left before a wait")]
    WrongPin {
        /// Attempts left before a wait.
        left: u32,
    },
    /// Too many wrong PINs.
    #[error("too many wrong PINs: wait {seconds} seconds")]
    LockedOut {
        /// Seconds until the next attempt.
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
    /// A new PIN is too easy to guess.
    #[error("this PIN is too easy to guess: use 6 to 12 digits without a pattern")]
    WeakPin,
    /// A new passphrase is too easy to guess.
    #[error("this passphrase is too weak: use at least 16 characters, such as four random words")]
    WeakPassphrase,
    /// A new PIN or passphrase is printed in the demonstration or the guide.
    #[error("this secret is published, in the demonstration or in the guide: choose your own")]
    PublishedSecret,
    /// An export cannot be written there.
    #[error("cannot write to {path}: {fault}; choose another folder or stick")]
    Destination {
        /// The destination.
        path: String,
        /// The reason.
        fault: DestinationFault,
    },
    /// Staff cancelled an export.
    #[error("the export was cancelled: nothing is written and the day stays open")]
    Cancelled,
    /// All leads are in earlier exports.
    #[error("no lead is new since the last export: export all leads instead")]
    NothingNew,
    /// Another operation on removable media runs.
    #[error("another operation with a stick is still running: wait for it, or pull the stick out")]
    MediaBusy,
    /// A removable medium does not answer in time.
    #[error("the stick does not respond: pull it out and use another one")]
    MediaNotResponding,
    /// The kiosk is not enrolled.
    #[error("this kiosk is not enrolled: run 'expo-kiosk enrol --platform URL --code CODE'")]
    NotEnrolled,
    /// A database or file operation failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An unexpected error.
    #[error("{0}")]
    Internal(String),
}

impl From<SettingsError> for KioskError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::NotProvisioned => Self::NotProvisioned,
            SettingsError::Store(error) => Self::Store(error),
            SettingsError::Invalid { .. } => Self::internal(error),
        }
    }
}

impl From<SealingError> for KioskError {
    fn from(error: SealingError) -> Self {
        match error {
            SealingError::WrongPassphrase => Self::WrongPassphrase,
            SealingError::Settings(error) => error.into(),
            SealingError::Store(error) => error.into(),
            SealingError::Encode(_) | SealingError::Seal(_) => Self::internal(error),
        }
    }
}

impl KioskError {
    /// Wraps an unexpected error, for `map_err`.
    pub(crate) fn internal(error: impl Display) -> Self {
        Self::Internal(error.to_string())
    }

    /// An error for an unknown project or unit; shows at most 40 characters of `id`.
    pub(crate) fn not_found(id: &str) -> Self {
        Self::NotFound(id.chars().take(40).collect())
    }

    /// The stable code.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::NotProvisioned => ErrorCode::NotProvisioned,
            Self::AlreadyProvisioned(_) => ErrorCode::AlreadyProvisioned,
            Self::NoCatalogue => ErrorCode::NoCatalogue,
            Self::NoPrevious => ErrorCode::NoPrevious,
            Self::VersionChanged => ErrorCode::VersionChanged,
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::LeadNotFound => ErrorCode::LeadNotFound,
            Self::LeadChanged => ErrorCode::LeadChanged,
            Self::LeadMerged => ErrorCode::LeadMerged,
            Self::InvalidLead(_) | Self::Unreadable(_) => ErrorCode::InvalidLead,
            Self::Setup { .. } | Self::Enrolment(_) => ErrorCode::Setup,
            Self::Refused { refusal } => ErrorCode::of_refusal(refusal),
            Self::WrongPin { .. } => ErrorCode::WrongPin,
            Self::LockedOut { .. } => ErrorCode::LockedOut,
            Self::Locked => ErrorCode::Locked,
            Self::LeadsLocked => ErrorCode::LeadsLocked,
            Self::WrongPassphrase => ErrorCode::WrongPassphrase,
            Self::WeakPin => ErrorCode::WeakPin,
            Self::WeakPassphrase => ErrorCode::WeakPassphrase,
            Self::PublishedSecret => ErrorCode::PublishedSecret,
            Self::Destination { fault, .. } => ErrorCode::of_destination(fault),
            Self::Cancelled => ErrorCode::Cancelled,
            Self::NothingNew => ErrorCode::NothingNew,
            Self::MediaBusy => ErrorCode::MediaBusy,
            Self::MediaNotResponding => ErrorCode::MediaNotResponding,
            Self::NotEnrolled => ErrorCode::NotEnrolled,
            Self::Store(StoreError::Full) => ErrorCode::StorageFull,
            Self::Store(_) => ErrorCode::Storage,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }

    /// The error as a window receives it.
    pub fn for_window(&self) -> HostError {
        let mut params = BTreeMap::new();
        let mut set = |name: &str, value: String| drop(params.insert(name.to_owned(), value));
        match self {
            Self::WrongPin { left } => set("left", left.to_string()),
            Self::LockedOut { seconds } => set("seconds", seconds.to_string()),
            Self::Destination { path, fault } => {
                set("path", path.clone());
                if let DestinationFault::Full { needed, free } = fault {
                    set("needed", needed.to_string());
                    set("free", free.to_string());
                }
            }
            _ => {}
        }
        let fields = if let Self::InvalidLead(faults) = self {
            faults.clone()
        } else {
            Vec::new()
        };
        HostError {
            code: self.code(),
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
