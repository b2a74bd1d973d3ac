//! Pixels in memory with channels of 8 bits: resizing and rotation.

use crate::MAX_HEIGHT;
use crate::error::MediaError;
use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};

/// Rows of the result that are resized at a time. The resizer buffers source rows for them; for all rows at once, the
/// buffer would be as large as the source.
const ROWS_PER_STRIP: u32 = 64;

/// Wraps samples of 8 bits, with 1 to 4 `channels` per pixel.
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

/// Converts a decoded picture to channels of 8 bits.
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

/// Channels per pixel.
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

/// Resizes the picture.
pub(crate) fn resize(pixels: &Pixels<'_>, width: u32, height: u32) -> Result<Pixels<'static>, MediaError> {
    let mut resizer = Resizer::new();
    if has_alpha(pixels) {
        // In strips, each strip would premultiply the complete source by its alpha again.
        let mut target = Pixels::new(width, height, pixels.pixel_type());
        resizer
            .resize(pixels, &mut target, None)
            .map_err(MediaError::encoding)?;
        return Ok(target);
    }
    let mut samples = Vec::with_capacity(width as usize * height as usize * channels(pixels));
    let scale = f64::from(pixels.height()) / f64::from(height);
    for top in (0..height).step_by(ROWS_PER_STRIP as usize) {
        let rows = ROWS_PER_STRIP.min(height - top);
        let mut strip = Pixels::new(width, rows, pixels.pixel_type());
        let (from, rows) = (f64::from(top) * scale, f64::from(rows) * scale);
        // Rounding must not exceed the last row.
        let rows = rows.min(f64::from(pixels.height()) - from);
        let options = ResizeOptions::new().crop(0.0, from, pixels.width().into(), rows);
        resizer
            .resize(pixels, &mut strip, &options)
            .map_err(MediaError::encoding)?;
        samples.extend_from_slice(strip.buffer());
    }
    from_samples(samples, width, height, channels(pixels))
}

/// Applies the EXIF orientation.
pub(crate) fn rotate(
    pixels: Pixels<'static>,
    orientation: Orientation,
) -> Result<Pixels<'static>, MediaError> {
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

/// Size of a picture of size `file` after shrinking it so that it is at most `max_width` wide and [`MAX_HEIGHT`] high
/// when upright. Both sizes are before the EXIF rotation. Never enlarges.
pub(crate) fn fitted_size(file: (u32, u32), orientation: Orientation, max_width: u32) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let sideways = matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH);
    let rotated = |(a, b)| if sideways { (b, a) } else { (a, b) };
    let upright: (u32, u32) = rotated(file);
    let width_limits =
        u64::from(upright.0) * u64::from(MAX_HEIGHT) >= u64::from(upright.1) * u64::from(max_width);
    rotated(match width_limits {
        _ if upright.0 <= max_width && upright.1 <= MAX_HEIGHT => upright,
        true => (max_width, scaled(upright.1, max_width, upright.0)),
        false => (scaled(upright.0, MAX_HEIGHT, upright.1), MAX_HEIGHT),
    })
}

/// `side · to / from`, rounded and at least 1 pixel.
pub(crate) fn scaled(side: u32, to: u32, from: u32) -> u32 {
    let (side, to, from) = (u64::from(side), u64::from(to), u64::from(from));
    ((side * to + from / 2) / from).max(1) as u32
}
