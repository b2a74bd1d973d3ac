//! Errors of pictures, worded for the people who chose the picture.

use crate::{MAX_PIXELS, MAX_SIDE, MAX_SOURCE_BYTES};

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_SOURCE_BYTES`].
    #[error("the file has {bytes} bytes; at most {MAX_SOURCE_BYTES} are allowed")]
    TooManyBytes {
        /// Size of the file.
        bytes: usize,
    },
    /// The content is not in a supported format.
    #[error("the file is not a JPEG, PNG or WebP picture")]
    UnknownFormat,
    /// HEIC, the format of photos on an iPhone.
    #[error("the file is a HEIC picture, from an iPhone: export as JPEG")]
    Heic,
    /// AVIF, which some cameras and web pages use.
    #[error("the file is an AVIF picture; open it and export it as JPEG")]
    Avif,
    /// A JPEG with arithmetic coding, which no browser shows.
    #[error("the JPEG uses arithmetic coding; open it and save it as a normal JPEG")]
    ArithmeticCoding,
    /// More than [`MAX_PIXELS`] or [`MAX_SIDE`].
    #[error(
        "the picture is {width} × {height}; at most {MAX_PIXELS} pixels and {MAX_SIDE} per side are allowed"
    )]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The picture is animated.
    #[error("the picture is animated; use a still picture")]
    Animated,
    /// Width or height is 0.
    #[error("the picture has no pixels")]
    NoPixels,
    /// Print colours, whose conversion to screen colours needs the profile of the printing press.
    #[error("the picture is in CMYK, the colours of print; save it in sRGB")]
    Cmyk,
    /// Decoding failed.
    #[error("the picture is damaged: {problem}")]
    Damaged {
        /// Error of the decoder.
        problem: String,
    },
    /// Decoding and encoding took longer than the timeout of the worker.
    #[error("the picture took longer than {seconds} s; save it again in the program that created it")]
    TooSlow {
        /// Timeout in seconds.
        seconds: u64,
    },
    /// Encoding failed.
    #[error("the picture could not be encoded: {problem}")]
    Encoding {
        /// Error of the encoder.
        problem: String,
    },
}

impl MediaError {
    /// From an error of a decoder. Truncates it, because decoders can quote bytes of the file.
    pub(crate) fn damaged(error: impl std::fmt::Display) -> Self {
        Self::Damaged {
            problem: error.to_string().chars().take(160).collect(),
        }
    }

    /// From an error of an encoder or resizer.
    pub(crate) fn encoding(error: impl std::fmt::Display) -> Self {
        Self::Encoding {
            problem: error.to_string(),
        }
    }
}
