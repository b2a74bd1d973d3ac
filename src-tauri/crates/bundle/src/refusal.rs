//! Reasons to refuse a bundle, checkpoint or snapshot: a code for programs, a sentence and a remedy for people. Must
//! not know how the checks work.

use expo_vault::signature::SignatureError;
use std::io;

/// Why a bundle, checkpoint or snapshot is refused. Nothing of it is used; the installed catalogue stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is something else.
    #[error("this is not a catalogue bundle: {problem}")]
    NotABundle {
        /// What is wrong.
        problem: String,
    },
    /// Signed with the key of another publisher.
    #[error("{signed} is signed with another key than the publisher's")]
    WrongKey {
        /// The signed file or entry.
        signed: String,
    },
    /// The signature does not match the signed bytes.
    #[error("the signature of {signed} is not valid: it was changed after signing")]
    WrongSignature {
        /// The signed file or entry.
        signed: String,
    },
    /// Made by a newer program.
    #[error("the catalogue has format {format}, which this program does not support")]
    NewerFormat {
        /// Format number of the checkpoint.
        format: u64,
    },
    /// The version is not higher than the installed one.
    #[error("catalogue version {offered} is not newer than the installed version {installed}")]
    OlderVersion {
        /// Version offered.
        offered: u64,
        /// Version installed.
        installed: u64,
    },
    /// The version is from the future. If it were installed, no real version could follow.
    #[error("catalogue version {offered} is from the future: the highest version today is {highest}")]
    FutureVersion {
        /// Version offered.
        offered: u64,
        /// Highest version that is accepted today.
        highest: u64,
    },
    /// A part does not match the checkpoint.
    #[error("{entry} is damaged: {problem}")]
    Damaged {
        /// Name of the part.
        entry: String,
        /// What is wrong.
        problem: String,
    },
    /// The bundle lacks a picture of the catalogue.
    #[error("the picture {hash} of project {project} is missing")]
    MissingPicture {
        /// SHA-256 of the file.
        hash: String,
        /// A project that shows it.
        project: String,
    },
    /// The file cannot be read.
    #[error("the file cannot be read: {problem}")]
    Unreadable {
        /// Error message of the operating system.
        problem: String,
    },
}

impl Refusal {
    /// Stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotABundle { .. } => "not_a_bundle",
            Self::WrongKey { .. } => "wrong_key",
            Self::WrongSignature { .. } => "wrong_signature",
            Self::NewerFormat { .. } => "newer_format",
            Self::OlderVersion { .. } => "older_version",
            Self::FutureVersion { .. } => "future_version",
            Self::Damaged { .. } => "damaged",
            Self::MissingPicture { .. } => "missing_picture",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// Advice for the person who installs the catalogue.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NotABundle { .. } => "choose the file that `bundle build` made",
            Self::WrongKey { .. } => {
                "ask headquarters for a bundle signed with the key this kiosk knows, or enrol the kiosk again"
            }
            Self::WrongSignature { .. } | Self::Damaged { .. } => {
                "copy the bundle again from headquarters; if it is refused again, ask for a new build"
            }
            Self::NewerFormat { .. } => "update the program of this kiosk first",
            Self::OlderVersion { .. } => {
                "nothing needs to be done; to go back to an older catalogue, use 'expo-kiosk catalogue rollback'"
            }
            Self::FutureVersion { .. } => {
                "ask for a new build without --version, on a machine whose clock is right"
            }
            Self::MissingPicture { .. } => {
                "ask for a new build of the bundle from its source with all photos"
            }
            Self::Unreadable { .. } => "check that the file exists and that the USB stick is plugged in",
        }
    }

    /// The refusal for a failed signature check of `signed`.
    pub(crate) fn signature(signed: &str, error: SignatureError) -> Self {
        let signed = signed.to_owned();
        match error {
            SignatureError::WrongKey => Self::WrongKey { signed },
            _ => Self::WrongSignature { signed },
        }
    }

    pub(crate) fn damaged(entry: &str, problem: impl Into<String>) -> Self {
        Self::Damaged {
            entry: entry.to_owned(),
            problem: problem.into(),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Unreadable {
            problem: error.to_string(),
        }
    }
}
