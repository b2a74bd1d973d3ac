//! Why a picture cannot be used, in sentences for the people who chose it.

use crate::{MAX_PIXELS, MAX_SIDE, MAX_SOURCE_BYTES};

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_SOURCE_BYTES`].
    #[error("the file has {bytes} bytes; at most {MAX_SOURCE_BYTES} are taken")]
    TooManyBytes {
        /// Length of the file.
        bytes: usize,
    },
    /// Not a format that is taken, whatever its name says.
    #[error("the file is not a JPEG, PNG or WebP picture")]
    UnknownFormat,
    /// More than [`MAX_PIXELS`] or [`MAX_SIDE`].
    #[error("the picture is {width} × {height}; at most {MAX_PIXELS} pixels and {MAX_SIDE} a side are taken")]
    TooLarge {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// A picture that moves.
    #[error("the picture is animated; send one that stands still")]
    Animated,
    /// Width or height is nought.
    #[error("the picture has no pixels")]
    NoPixels,
    /// The colours of print, which only a profile of the press could turn into those of a screen.
    #[error("the picture is in CMYK, the colours of print; save it in sRGB")]
    Cmyk,
    /// The decoder gave up.
    #[error("the picture is damaged: {problem}")]
    Damaged {
        /// What the decoder said.
        problem: String,
    },
    /// Decoding and encoding took longer than the worker allows.
    #[error("the picture was given up after {seconds} s; save it again from the program it was made with")]
    TooSlow {
        /// Whole seconds allowed.
        seconds: u64,
    },
    /// The encoder gave up.
    #[error("the picture could not be encoded: {problem}")]
    Encoding {
        /// What the encoder said.
        problem: String,
    },
}

impl MediaError {
    /// What a decoder said. Decoders quote bytes of the file; a short extract is enough for people.
    pub(crate) fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged {
            problem: error.to_string().chars().take(160).collect(),
        }
    }

    /// What an encoder or resizer said.
    pub(crate) fn encoding(error: impl std::fmt::Display) -> Self {
        Self::Encoding {
            problem: error.to_string(),
        }
    }
}
