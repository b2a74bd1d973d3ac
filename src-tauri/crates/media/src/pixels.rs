//! Pixels in memory: channels of 8 bits that are resized, turned and handed to the encoder.

use crate::MAX_HEIGHT;
use crate::error::MediaError;
use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

/// Rows made at a time. The resizer keeps one row of the source for each of them; all at once would be as much as the
/// source itself.
const STRIP: u32 = 64;

/// Wraps samples of 8 bits, `channels` a pixel, from 1 to 4.
pub(crate) fn from_samples(
    samples: Vec<u8>,
    width: u32,
    height: u32,
    channels: usize,
) -> Result<Pixels<'static>, MediaError> {
    let kind = match channels {
        1 => PixelType::U8,
        2 => PixelType::U8x2,
        3 => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    Pixels::from_vec_u8(width, height, samples, kind).map_err(MediaError::encoding)
}

/// Takes the samples of a decoded picture, cut down to 8 bits.
pub(crate) fn from_image(picture: DynamicImage) -> Result<Pixels<'static>, MediaError> {
    let (width, height, channels) = (picture.width(), picture.height(), picture.color().channel_count());
    let samples = match channels {
        1 => picture.into_luma8().into_raw(),
        2 => picture.into_luma_alpha8().into_raw(),
        3 => picture.into_rgb8().into_raw(),
        _ => picture.into_rgba8().into_raw(),
    };
    from_samples(samples, width, height, channels.into())
}

/// Samples a pixel.
pub(crate) fn channels(pixels: &Pixels<'_>) -> usize {
    match pixels.pixel_type() {
        PixelType::U8 => 1,
        PixelType::U8x2 => 2,
        PixelType::U8x3 => 3,
        _ => 4,
    }
}

/// Whether one of the channels is alpha.
pub(crate) fn has_alpha(pixels: &Pixels<'_>) -> bool {
    channels(pixels).is_multiple_of(2)
}

/// The picture in another size.
pub(crate) fn resize(pixels: &Pixels<'_>, width: u32, height: u32) -> Result<Pixels<'static>, MediaError> {
    let mut resizer = Resizer::new();
    if has_alpha(pixels) {
        // Each strip would multiply the whole source by its alpha again.
        let mut whole = Pixels::new(width, height, pixels.pixel_type());
        resizer
            .resize(pixels, &mut whole, None)
            .map_err(MediaError::encoding)?;
        return Ok(whole);
    }
    let mut samples = Vec::with_capacity(width as usize * height as usize * channels(pixels));
    let scale = f64::from(pixels.height()) / f64::from(height);
    for top in (0..height).step_by(STRIP as usize) {
        let rows = STRIP.min(height - top);
        let mut strip = Pixels::new(width, rows, pixels.pixel_type());
        let (from, rows) = (f64::from(top) * scale, f64::from(rows) * scale);
        // Rounding must not reach a hair below the last row.
        let rows = rows.min(f64::from(pixels.height()) - from);
        let part = ResizeOptions::new().crop(0.0, from, pixels.width().into(), rows);
        resizer
            .resize(pixels, &mut strip, &part)
            .map_err(MediaError::encoding)?;
        samples.extend_from_slice(strip.buffer());
    }
    from_samples(samples, width, height, channels(pixels))
}

/// The picture turned as EXIF asks.
pub(crate) fn turn(pixels: Pixels<'static>, orientation: Orientation) -> Result<Pixels<'static>, MediaError> {
    if orientation == Orientation::NoTransforms {
        return Ok(pixels);
    }
    let (width, height, channels) = (pixels.width(), pixels.height(), channels(&pixels));
    let samples = pixels.into_vec();
    let picture = match channels {
        1 => GrayImage::from_raw(width, height, samples).map(DynamicImage::from),
        2 => GrayAlphaImage::from_raw(width, height, samples).map(DynamicImage::from),
        3 => RgbImage::from_raw(width, height, samples).map(DynamicImage::from),
        _ => RgbaImage::from_raw(width, height, samples).map(DynamicImage::from),
    };
    let mut picture = picture.ok_or_else(|| MediaError::encoding("the pixels do not fill the picture"))?;
    picture.apply_orientation(orientation);
    from_image(picture)
}

/// Width and height, as they lie in the file, of a picture that is to be at most `width` wide, and at most
/// [`MAX_HEIGHT`] high, once it is turned upright; never more than it has.
pub(crate) fn fitted(file: (u32, u32), orientation: Orientation, width: u32) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let sideways = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let turned = |(a, b)| if sideways { (b, a) } else { (a, b) };
    let upright: (u32, u32) = turned(file);
    let is_flat = u64::from(upright.0) * u64::from(MAX_HEIGHT) >= u64::from(upright.1) * u64::from(width);
    turned(match is_flat {
        _ if upright.0 <= width && upright.1 <= MAX_HEIGHT => upright,
        true => (width, scaled(upright.1, width, upright.0)),
        false => (scaled(upright.0, MAX_HEIGHT, upright.1), MAX_HEIGHT),
    })
}

/// `side · to / from`, rounded, at least 1 pixel.
pub(crate) fn scaled(side: u32, to: u32, from: u32) -> u32 {
    let (side, to, from) = (u64::from(side), u64::from(to), u64::from(from));
    ((side * to + from / 2) / from).max(1) as u32
}
