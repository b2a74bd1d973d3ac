//! Reading untrusted pictures: every limit is checked on the header before a pixel is decoded.

use crate::error::MediaError;
use crate::{MAX_PIXELS, MAX_SIDE, MAX_SOURCE_BYTES};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Most bytes a decoder may allocate: the greatest picture with 16 bits a channel and alpha, and room to work.
const MAX_ALLOC: u64 = MAX_PIXELS * 8 + 64 * 1024 * 1024;

/// A format that is taken, told by content and never by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
}

/// What the header of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// Format by content.
    pub format: Format,
    /// Pixels, before any turning that EXIF asks for.
    pub width: u32,
    /// Pixels, before any turning that EXIF asks for.
    pub height: u32,
}

/// Reads the header only: format and dimensions within the limits. Nothing is decoded.
pub fn inspect(bytes: &[u8]) -> Result<Image, MediaError> {
    let format = sniff(bytes)?;
    let (width, height) = reader(bytes, format).into_dimensions().map_err(damaged)?;
    check_dimensions(width, height)?;
    Ok(Image {
        format,
        width,
        height,
    })
}

/// Decodes within the limits and turns the picture upright as EXIF asks.
pub(crate) fn decode(bytes: &[u8]) -> Result<DynamicImage, MediaError> {
    let Image {
        format,
        width,
        height,
    } = inspect(bytes)?;
    let mut decoder = reader(bytes, format).into_decoder().map_err(damaged)?;
    // The decoder that gives the pixels must say what the header said, or the check above was of something else.
    if decoder.dimensions() != (width, height) {
        return Err(MediaError::Damaged {
            problem: "its dimensions contradict each other".to_owned(),
        });
    }
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn sniff(bytes: &[u8]) -> Result<Format, MediaError> {
    if bytes.is_empty() {
        return Err(MediaError::Empty);
    }
    if bytes.len() > MAX_SOURCE_BYTES {
        return Err(MediaError::TooManyBytes { bytes: bytes.len() });
    }
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => Ok(Format::Jpeg),
        Ok(ImageFormat::Png) => Ok(Format::Png),
        Ok(ImageFormat::WebP) => Ok(Format::WebP),
        _ => Err(MediaError::UnknownFormat),
    }
}

fn reader(bytes: &[u8], format: Format) -> ImageReader<Cursor<&[u8]>> {
    let format = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::WebP => ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // Width and height are left to check_dimensions, which can name them.
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    reader
}

fn check_dimensions(width: u32, height: u32) -> Result<(), MediaError> {
    if width == 0 || height == 0 {
        return Err(MediaError::NoPixels);
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(MediaError::TooLarge { width, height });
    }
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
fn damaged(error: image::ImageError) -> MediaError {
    // Decoders quote bytes of the file; a short extract is enough for people.
    MediaError::Damaged {
        problem: error.to_string().chars().take(160).collect(),
    }
}
