//! Why a bundle, checkpoint or snapshot is refused: a code for programs, a sentence and a remedy for people.

use std::io;
use vault::signature::SignatureError;

/// Why a bundle, checkpoint or snapshot is refused. Nothing of it counts; what was there before stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is something else.
    #[error("this is not a catalogue bundle: {problem}")]
    NotABundle {
        /// What was found.
        problem: String,
    },
    /// Signed by somebody else.
    #[error("{signed} is signed with another key than the publisher's")]
    WrongKey {
        /// What carries the signature.
        signed: String,
    },
    /// The signature does not fit.
    #[error("the signature of {signed} does not fit: it was changed after signing")]
    WrongSignature {
        /// What carries the signature.
        signed: String,
    },
    /// Made by a newer program.
    #[error("the catalogue has format {format}, which this program does not know")]
    NewerFormat {
        /// The format found.
        format: u64,
    },
    /// Not higher than what is installed.
    #[error("catalogue version {offered} is not newer than the installed version {installed}")]
    OlderVersion {
        /// Version offered.
        offered: u64,
        /// Version installed.
        installed: u64,
    },
    /// A part is not what the checkpoint says.
    #[error("{entry} is damaged: {problem}")]
    Damaged {
        /// Name of the part.
        entry: String,
        /// What was found.
        problem: String,
    },
    /// A picture that the catalogue needs is not there.
    #[error("the picture {hash} of project {project} is missing")]
    MissingPicture {
        /// SHA-256 of the file.
        hash: String,
        /// A project that shows it.
        project: String,
    },
    /// The file cannot be read at all.
    #[error("the file cannot be read: {problem}")]
    Unreadable {
        /// What the operating system said.
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
            Self::Damaged { .. } => "damaged",
            Self::MissingPicture { .. } => "missing_picture",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NotABundle { .. } => "choose the file that `bundle build` made",
            Self::WrongKey { .. } => {
                "ask headquarters for a bundle signed with the key this kiosk knows, or enrol the kiosk again"
            }
            Self::WrongSignature { .. } | Self::Damaged { .. } => {
                "copy the bundle again from headquarters; if it is refused again, have it built anew"
            }
            Self::NewerFormat { .. } => "update the program of this kiosk first",
            Self::OlderVersion { .. } => {
                "nothing needs to be done; to go back to an older catalogue, use 'expo-kiosk catalogue rollback'"
            }
            Self::MissingPicture { .. } => "have the bundle built anew from its source with all photos",
            Self::Unreadable { .. } => "check that the file is there and that the stick is plugged in",
        }
    }

    /// The same for everything that a signature covers.
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
