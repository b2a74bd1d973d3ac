//! From the bytes of a picture to its three sizes and its thumbhash.

use crate::WIDTHS;
use crate::colour::to_srgb;
use crate::decode::{Decoded, decode};
use crate::error::MediaError;
use crate::pixels::{fitted, has_alpha, resize, scaled, turn};
use crate::timed::Deadline;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Rendition;
use fast_image_resize::images::Image as Pixels;
use image::metadata::Orientation;
use sha2::{Digest, Sha256};
use webp::{PixelLayout, WebPConfig};

/// Lossy quality of the renditions, of 100.
const QUALITY: f32 = 80.0;
/// Longest side of what a thumbhash is made of, pixels; the algorithm takes no more than 100.
const THUMB_SIDE: u32 = 100;

/// One encoded file with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// SHA-256, dimensions and length.
    pub rendition: Rendition,
    /// WebP.
    pub bytes: Vec<u8>,
}

/// A picture ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// At most 480 px wide.
    pub small: File,
    /// At most 1,080 px wide.
    pub medium: File,
    /// At most 1,920 px wide and high.
    pub large: File,
    /// Thumbhash, base64.
    pub thumbhash: String,
}

/// Makes the three renditions and the thumbhash of a JPEG, PNG or WebP picture. Upright, in sRGB, never enlarged; the
/// same bytes always give the same files on one kind of processor. Every step works on what the step before left, so
/// that the whole source is never held beside anything but the large size.
pub(crate) fn prepare(bytes: Vec<u8>, deadline: Deadline) -> Result<Prepared, MediaError> {
    let Decoded {
        pixels,
        orientation,
        wanted,
        profile,
    } = decode(&bytes, WIDTHS[2], deadline)?;
    drop(bytes);
    let pixels = resized(pixels, wanted)?;
    deadline.check()?;
    let pixels = turn(to_srgb(pixels, profile.as_deref())?, orientation)?;
    let large = encoded(&pixels)?;
    deadline.check()?;
    let (pixels, medium) = narrower(pixels, WIDTHS[1], &large)?;
    let (pixels, small) = narrower(pixels, WIDTHS[0], &medium)?;
    deadline.check()?;
    Ok(Prepared {
        small,
        medium,
        large,
        thumbhash: thumbhash(&pixels)?,
    })
}

/// Takes the picture, so that a large one is not kept beside its smaller copy.
fn resized(pixels: Pixels<'static>, (width, height): (u32, u32)) -> Result<Pixels<'static>, MediaError> {
    if (pixels.width(), pixels.height()) == (width, height) {
        Ok(pixels)
    } else {
        resize(&pixels, width, height)
    }
}

/// The picture at most `width` wide, and its file; `before` is the file that it had.
fn narrower(
    pixels: Pixels<'static>,
    width: u32,
    before: &File,
) -> Result<(Pixels<'static>, File), MediaError> {
    if pixels.width() <= width {
        return Ok((pixels, before.clone()));
    }
    let size = fitted(
        (pixels.width(), pixels.height()),
        Orientation::NoTransforms,
        width,
    );
    let pixels = resized(pixels, size)?;
    let file = encoded(&pixels)?;
    Ok((pixels, file))
}

fn encoded(pixels: &Pixels<'_>) -> Result<File, MediaError> {
    let layout = if has_alpha(pixels) {
        PixelLayout::Rgba
    } else {
        PixelLayout::Rgb
    };
    let mut config = WebPConfig::new().map_err(|()| MediaError::encoding("no encoder"))?;
    config.quality = QUALITY;
    let encoded = webp::Encoder::new(pixels.buffer(), layout, pixels.width(), pixels.height())
        .encode_advanced(&config)
        .map_err(|error| MediaError::encoding(format!("{error:?}")))?;
    let bytes = encoded.to_vec();
    Ok(File {
        rendition: Rendition {
            hash: hex::encode(Sha256::digest(&bytes)),
            width: pixels.width(),
            height: pixels.height(),
            bytes: bytes.len() as u64,
        },
        bytes,
    })
}

fn thumbhash(picture: &Pixels<'_>) -> Result<String, MediaError> {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    let small = if longest > THUMB_SIDE {
        let side = |side| scaled(side, THUMB_SIDE, longest);
        Some(resize(picture, side(width), side(height))?)
    } else {
        None
    };
    let small = small.as_ref().unwrap_or(picture);
    let rgba: Vec<u8> = if has_alpha(small) {
        small.buffer().to_vec()
    } else {
        let colours = small.buffer().chunks_exact(3);
        colours.flat_map(|p| [p[0], p[1], p[2], u8::MAX]).collect()
    };
    let hash = thumbhash::rgba_to_thumb_hash(small.width() as usize, small.height() as usize, &rgba);
    Ok(STANDARD.encode(hash))
}
