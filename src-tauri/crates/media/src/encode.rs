//! From one decoded picture to its three sizes and its thumbhash.

use crate::WIDTHS;
use crate::decode::decode;
use crate::error::MediaError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::Rendition;
use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{PixelType, Resizer};
use image::DynamicImage;
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
    /// At most 1,920 px wide.
    pub large: File,
    /// Thumbhash, base64.
    pub thumbhash: String,
}

/// Makes the three renditions and the thumbhash of a JPEG, PNG or WebP picture. Turned upright, never enlarged; the
/// same bytes always give the same files on one kind of processor.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, MediaError> {
    let picture = upright_pixels(decode(bytes)?)?;
    let [small, medium, large] = WIDTHS.map(|width| {
        let height = scaled(picture.height(), width, picture.width());
        rendition(&picture, width, height)
    });
    Ok(Prepared {
        small: small?,
        medium: medium?,
        large: large?,
        thumbhash: thumbhash(&picture)?,
    })
}

/// RGB where nothing is transparent, else RGBA.
fn upright_pixels(picture: DynamicImage) -> Result<Pixels<'static>, MediaError> {
    let (width, height) = (picture.width(), picture.height());
    let opaque = !picture.color().has_alpha();
    let (pixels, kind) = if opaque {
        (picture.into_rgb8().into_raw(), PixelType::U8x3)
    } else {
        (picture.into_rgba8().into_raw(), PixelType::U8x4)
    };
    Pixels::from_vec_u8(width, height, pixels, kind).map_err(encoding)
}

fn rendition(picture: &Pixels<'_>, width: u32, height: u32) -> Result<File, MediaError> {
    let resized = (width < picture.width())
        .then(|| resize(picture, width, height))
        .transpose()?;
    let pixels = resized.as_ref().unwrap_or(picture);
    let layout = match pixels.pixel_type() {
        PixelType::U8x3 => PixelLayout::Rgb,
        _ => PixelLayout::Rgba,
    };
    let mut config = WebPConfig::new().map_err(|()| MediaError::Encoding {
        problem: "no encoder".to_owned(),
    })?;
    config.quality = QUALITY;
    let encoded = webp::Encoder::new(pixels.buffer(), layout, pixels.width(), pixels.height())
        .encode_advanced(&config)
        .map_err(|error| MediaError::Encoding {
            problem: format!("{error:?}"),
        })?;
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

fn resize(picture: &Pixels<'_>, width: u32, height: u32) -> Result<Pixels<'static>, MediaError> {
    let mut smaller = Pixels::new(width, height, picture.pixel_type());
    Resizer::new()
        .resize(picture, &mut smaller, None)
        .map_err(encoding)?;
    Ok(smaller)
}

fn thumbhash(picture: &Pixels<'_>) -> Result<String, MediaError> {
    let longest = picture.width().max(picture.height());
    let shrink = |side| {
        if longest > THUMB_SIDE {
            scaled(side, THUMB_SIDE, longest)
        } else {
            side
        }
    };
    let small = resize(picture, shrink(picture.width()), shrink(picture.height()))?;
    let rgba: Vec<u8> = match small.pixel_type() {
        PixelType::U8x3 => small
            .buffer()
            .chunks_exact(3)
            .flat_map(|p| [p[0], p[1], p[2], u8::MAX])
            .collect(),
        _ => small.buffer().to_vec(),
    };
    let hash = thumbhash::rgba_to_thumb_hash(small.width() as usize, small.height() as usize, &rgba);
    Ok(STANDARD.encode(hash))
}

/// `side · to / from`, rounded, at least 1 pixel.
fn scaled(side: u32, to: u32, from: u32) -> u32 {
    let (side, to, from) = (u64::from(side), u64::from(to), u64::from(from));
    ((side * to + from / 2) / from).max(1) as u32
}

fn encoding(error: impl std::fmt::Display) -> MediaError {
    MediaError::Encoding {
        problem: error.to_string(),
    }
}
