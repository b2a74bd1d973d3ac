//! What can go wrong, and whether trying the same again can help. Messages never hold personal data: they speak of
//! statuses, codes and counts.

use crate::state::State;
use std::time::Duration;

/// A question to the platform that was not answered as hoped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// No network, no such host, refused, or no answer in time.
    #[error("the platform does not answer: {0}")]
    Offline(String),
    /// Something else answered in its place.
    #[error("something else answers in the platform's place: {0}")]
    Captive(String),
    /// The certificate or the handshake does not hold.
    #[error("the platform's certificate does not hold: {0}")]
    Tls(String),
    /// 401 or 403.
    #[error("the platform does not accept this kiosk ({status})")]
    Unauthorized {
        /// HTTP status.
        status: u16,
    },
    /// 429.
    #[error("the platform asks to wait")]
    RateLimited {
        /// How long, when it said so.
        retry_after: Option<Duration>,
    },
    /// 426, or a protocol version this program does not speak.
    #[error("the platform needs a newer version of this program")]
    UpgradeRequired,
    /// 5xx, or an answer that makes no sense.
    #[error("the platform has a fault: {detail}")]
    Server {
        /// What was seen.
        detail: String,
        /// How long to wait, when it said so.
        retry_after: Option<Duration>,
    },
    /// Any other 4xx: this very request is not wanted.
    #[error("the platform refuses the request ({status}, {code}): {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Code of the problem document, or `unknown`.
        code: String,
        /// Its sentence.
        detail: String,
    },
}

impl PlatformError {
    /// The state that staff should read.
    pub const fn state(&self) -> State {
        match self {
            Self::Offline(_) => State::Offline,
            Self::Captive(_) => State::Captive,
            Self::Tls(_) => State::ClockOrTls,
            Self::Unauthorized { .. } => State::Unauthorized,
            Self::RateLimited { .. } => State::RateLimited,
            Self::UpgradeRequired => State::UpgradeRequired,
            Self::Server { .. } | Self::Refused { .. } => State::Server,
        }
    }

    /// Whether the same request can never succeed until somebody changes something.
    pub const fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized { .. } | Self::UpgradeRequired | Self::Refused { .. }
        )
    }

    /// Whether it is the content that is refused, so that leaving a part of it out can help.
    pub const fn refuses_content(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 400 | 413 | 422,
                ..
            }
        )
    }

    /// How long the platform wants to be left alone.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Server { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

/// What the kiosk's own side could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocalError {
    /// What was received is not taken, whatever is tried: a wrong signature, an older version, a damaged picture.
    #[error("refused ({code}): {detail}")]
    Refused {
        /// Stable code, such as `wrong_signature`.
        code: &'static str,
        /// A sentence.
        detail: String,
    },
    /// A version that is the publisher's and that this kiosk cannot show: it will be the same until another is published.
    #[error("version {version} refused ({code}): {detail}")]
    Unusable {
        /// The version offered.
        version: u64,
        /// Stable code, such as `older_version`.
        code: &'static str,
        /// A sentence.
        detail: String,
    },
    /// The disk or the database did not do its work.
    #[error("storage: {0}")]
    Storage(String),
}

/// Why a part of the work failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// The platform's side.
    #[error(transparent)]
    Platform(#[from] PlatformError),
    /// The kiosk's side.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// Some leads got no usable receipt.
    #[error("the platform gave no receipt for {0} leads")]
    Unanswered(u64),
    /// A snapshot came that is not the one of the checkpoint; it may be another time.
    #[error("the snapshot of version {version} is not what was announced: length or SHA-256 differ")]
    DamagedSnapshot {
        /// The version offered.
        version: u64,
    },
    /// A picture that the platform has came empty.
    #[error("a picture came empty")]
    EmptyPicture,
}

impl SyncError {
    /// Whether trying the same again cannot help until somebody changes something.
    pub const fn is_permanent(&self) -> bool {
        match self {
            Self::Platform(error) => error.is_permanent(),
            Self::Local(LocalError::Refused { .. } | LocalError::Unusable { .. }) => true,
            Self::Local(LocalError::Storage(_))
            | Self::Unanswered(_)
            | Self::DamagedSnapshot { .. }
            | Self::EmptyPicture => false,
        }
    }

    /// The state that staff should read, when the platform is the cause.
    pub const fn state(&self) -> Option<State> {
        match self {
            Self::Platform(error) => Some(error.state()),
            Self::Unanswered(_) | Self::DamagedSnapshot { .. } | Self::EmptyPicture => Some(State::Server),
            Self::Local(_) => None,
        }
    }

    /// How long the platform wants to be left alone.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Platform(error) => error.retry_after(),
            _ => None,
        }
    }

    /// Stable code for reports.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Platform(PlatformError::Refused { .. }) => "refused",
            Self::Platform(error) => error.state().code(),
            Self::Local(LocalError::Refused { code, .. } | LocalError::Unusable { code, .. }) => code,
            Self::Local(LocalError::Storage(_)) => "storage",
            Self::Unanswered(_) => "unanswered",
            Self::DamagedSnapshot { .. } => "damaged",
            Self::EmptyPicture => "empty_picture",
        }
    }
}
