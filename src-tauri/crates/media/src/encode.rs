//! Encoding: makes the three sizes and the thumbhash of a picture.

use crate::WIDTHS;
use crate::colour::to_srgb;
use crate::deadline::Deadline;
use crate::decode::{DecodedPicture, decode};
use crate::error::MediaError;
use crate::pixels::{fitted_size, has_alpha, resize, rotate, scaled};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use expo_domain::Rendition;
use expo_domain::hash::sha256_hex;
use fast_image_resize::images::Image as Pixels;
use image::metadata::Orientation;
use webp::{PixelLayout, WebPConfig};

/// WebP quality of the renditions, from 0 to 100.
const WEBP_QUALITY: f32 = 80.0;
/// Longest side of the input of a thumbhash, in pixels. The algorithm accepts at most 100.
const THUMBHASH_SIDE: u32 = 100;

/// One encoded file with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodedFile {
    /// SHA-256, dimensions and size.
    pub rendition: Rendition,
    /// WebP file.
    pub bytes: Vec<u8>,
}

/// A picture ready to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedPicture {
    /// At most 480 px wide.
    pub small: EncodedFile,
    /// At most 1,080 px wide.
    pub medium: EncodedFile,
    /// At most 1,920 px wide and high.
    pub large: EncodedFile,
    /// Thumbhash, base64.
    pub thumbhash: String,
}

/// Makes the three renditions and the thumbhash of a JPEG, PNG or WebP picture: upright, in sRGB, never enlarged. On one
/// processor architecture the same bytes always give the same files. Each step consumes the result of the previous step,
/// so at most the source and the large size are in memory together.
pub(crate) fn prepare(bytes: Vec<u8>, deadline: Deadline) -> Result<PreparedPicture, MediaError> {
    let DecodedPicture {
        pixels,
        orientation,
        target_size,
        profile,
    } = decode(&bytes, WIDTHS[2], deadline)?;
    drop(bytes);
    let pixels = resize_owned(pixels, target_size)?;
    deadline.check()?;
    let pixels = rotate(to_srgb(pixels, profile.as_deref())?, orientation)?;
    let large = encode(&pixels)?;
    deadline.check()?;
    let (pixels, medium) = shrink(pixels, WIDTHS[1], &large)?;
    let (pixels, small) = shrink(pixels, WIDTHS[0], &medium)?;
    deadline.check()?;
    Ok(PreparedPicture {
        small,
        medium,
        large,
        thumbhash: thumbhash(&pixels)?,
    })
}

/// Takes ownership, so that the large picture is freed as soon as the smaller copy exists.
fn resize_owned(pixels: Pixels<'static>, (width, height): (u32, u32)) -> Result<Pixels<'static>, MediaError> {
    if (pixels.width(), pixels.height()) == (width, height) {
        Ok(pixels)
    } else {
        resize(&pixels, width, height)
    }
}

/// Shrinks the picture to at most `max_width` and encodes it. A picture that is small enough keeps its file `current`.
fn shrink(
    pixels: Pixels<'static>,
    max_width: u32,
    current: &EncodedFile,
) -> Result<(Pixels<'static>, EncodedFile), MediaError> {
    if pixels.width() <= max_width {
        return Ok((pixels, current.clone()));
    }
    let size = fitted_size(
        (pixels.width(), pixels.height()),
        Orientation::NoTransforms,
        max_width,
    );
    let pixels = resize_owned(pixels, size)?;
    let file = encode(&pixels)?;
    Ok((pixels, file))
}

fn encode(pixels: &Pixels<'_>) -> Result<EncodedFile, MediaError> {
    let layout = if has_alpha(pixels) {
        PixelLayout::Rgba
    } else {
        PixelLayout::Rgb
    };
    let mut config = WebPConfig::new().map_err(|()| MediaError::encoding("no encoder"))?;
    config.quality = WEBP_QUALITY;
    let encoded = webp::Encoder::new(pixels.buffer(), layout, pixels.width(), pixels.height())
        .encode_advanced(&config)
        .map_err(|error| MediaError::encoding(format!("{error:?}")))?;
    let bytes = encoded.to_vec();
    Ok(EncodedFile {
        rendition: Rendition {
            hash: sha256_hex(&bytes),
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
    let small = if longest > THUMBHASH_SIDE {
        let side = |side| scaled(side, THUMBHASH_SIDE, longest);
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
