//! Errors of the sync, and whether a retry can help. Messages hold statuses, codes and counts, never personal data.
//! Must not know: when retries happen.

use crate::state::State;
use std::time::Duration;

/// A failed request to the platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlatformError {
    /// No network, unknown host, connection refused, or no answer in time.
    #[error("the platform does not answer: {0}")]
    Offline(String),
    /// Something other than the platform answered.
    #[error("something other than the platform answers: {0}")]
    Captive(String),
    /// The certificate or the TLS handshake is not valid.
    #[error("the platform's certificate is not valid: {0}")]
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
        /// Requested delay, if any.
        retry_after: Option<Duration>,
    },
    /// 426, or a protocol version that this program does not support.
    #[error("the platform needs a newer version of this program")]
    UpgradeRequired,
    /// 5xx, or an invalid answer.
    #[error("the platform has a fault: {detail}")]
    Server {
        /// What is wrong with the answer.
        detail: String,
        /// Requested delay, if any.
        retry_after: Option<Duration>,
    },
    /// Any other 4xx: the platform refuses this request.
    #[error("the platform refuses the request ({status}, {code}): {detail}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Code of the problem document, or `unknown`.
        code: String,
        /// Sentence of the problem document.
        detail: String,
    },
}

impl PlatformError {
    /// The state shown to staff.
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

    /// Whether the same request fails until somebody changes something.
    pub const fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Unauthorized { .. } | Self::UpgradeRequired | Self::Refused { .. }
        )
    }

    /// Whether the content is refused, so that a smaller part of it may succeed.
    pub const fn refuses_content(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 400 | 413 | 422,
                ..
            }
        )
    }

    /// Delay that the platform asks for.
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Server { retry_after, .. } => *retry_after,
            _ => None,
        }
    }
}

/// A failure on the kiosk's side.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocalError {
    /// Received data is not accepted, such as a wrong signature, an older version or a damaged picture.
    #[error("refused ({code}): {detail}")]
    Refused {
        /// Stable code, such as `wrong_signature`.
        code: &'static str,
        /// A sentence.
        detail: String,
    },
    /// A validly signed catalogue version that this kiosk cannot install; a retry fails until another one is published.
    #[error("version {version} refused ({code}): {detail}")]
    Unusable {
        /// The version offered.
        version: u64,
        /// Stable code, such as `older_version`.
        code: &'static str,
        /// A sentence.
        detail: String,
    },
    /// The disk or the database failed.
    #[error("storage: {0}")]
    Storage(String),
}

/// Failure of a lane.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// The platform's side.
    #[error(transparent)]
    Platform(#[from] PlatformError),
    /// The kiosk's side.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// Number of leads without a usable receipt.
    #[error("the platform gave no receipt for {0} leads")]
    MissingReceipts(u64),
    /// The downloaded snapshot does not match the checkpoint; a retry can succeed.
    #[error("the snapshot of version {version} does not match its checkpoint: length or SHA-256 differ")]
    DamagedSnapshot {
        /// The version offered.
        version: u64,
    },
    /// The platform sent an empty picture file.
    #[error("the platform sent an empty picture")]
    EmptyPicture,
}

impl SyncError {
    /// Whether retries fail until somebody changes something.
    pub const fn is_permanent(&self) -> bool {
        match self {
            Self::Platform(error) => error.is_permanent(),
            Self::Local(LocalError::Refused { .. } | LocalError::Unusable { .. }) => true,
            Self::Local(LocalError::Storage(_))
            | Self::MissingReceipts(_)
            | Self::DamagedSnapshot { .. }
            | Self::EmptyPicture => false,
        }
    }

    /// The state shown to staff, if the platform is the cause.
    pub const fn state(&self) -> Option<State> {
        match self {
            Self::Platform(error) => Some(error.state()),
            Self::MissingReceipts(_) | Self::DamagedSnapshot { .. } | Self::EmptyPicture => {
                Some(State::Server)
            }
            Self::Local(_) => None,
        }
    }

    /// Delay that the platform asks for.
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
            Self::MissingReceipts(_) => "unanswered",
            Self::DamagedSnapshot { .. } => "damaged",
            Self::EmptyPicture => "empty_picture",
        }
    }
}
