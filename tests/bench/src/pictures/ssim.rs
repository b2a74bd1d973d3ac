//! Structural similarity (SSIM, Wang et al. 2004) of a picture to its original: luma, windows of 8 by 8 pixels. Must not
//! know which program made the picture.

use crate::Failure;
use expo_media::{MAX_HEIGHT, WIDTHS};
use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader};
use std::path::Path;

/// Side of a window, in pixels.
const WINDOW_SIZE: u32 = 8;
/// Distance between two windows, in pixels.
const WINDOW_STEP: u32 = 4;

/// The original, upright, in each of the three widths. Uses a different decoder and resizer than the measured programs.
pub fn reference(path: &Path) -> Result<Vec<GrayImage>, Failure> {
    let mut decoder = ImageReader::open(path)?.with_guessed_format()?.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    let original = picture.to_luma8();
    let sized = WIDTHS.map(|width| {
        let by_width = f64::from(width) / f64::from(original.width());
        let by_height = f64::from(MAX_HEIGHT) / f64::from(original.height());
        let side = |side| (f64::from(side) * by_width.min(by_height)).round() as u32;
        imageops::resize(
            &original,
            side(original.width()),
            side(original.height()),
            FilterType::Lanczos3,
        )
    });
    Ok(sized.into())
}

/// SSIM of a picture to its original; 1 for equal pictures.
pub fn ssim(original: &GrayImage, shown: &GrayImage) -> Result<f64, Failure> {
    // Rounding may add or remove one row or column; a larger difference is an error.
    if original.width().abs_diff(shown.width()) > 1 || original.height().abs_diff(shown.height()) > 1 {
        return Err(format!(
            "different sizes: {:?} and {:?}",
            original.dimensions(),
            shown.dimensions()
        )
        .into());
    }
    let (width, height) = (
        original.width().min(shown.width()),
        original.height().min(shown.height()),
    );
    let (mut sum, mut windows) = (0.0, 0.0);
    for top in (0..=height.saturating_sub(WINDOW_SIZE)).step_by(WINDOW_STEP as usize) {
        for left in (0..=width.saturating_sub(WINDOW_SIZE)).step_by(WINDOW_STEP as usize) {
            sum += window(original, shown, left, top);
            windows += 1.0;
        }
    }
    Ok(sum / windows)
}

fn window(a: &GrayImage, b: &GrayImage, left: u32, top: u32) -> f64 {
    let count = f64::from(WINDOW_SIZE * WINDOW_SIZE);
    let (mut sum_a, mut sum_b, mut squares_a, mut squares_b, mut products) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for y in top..top + WINDOW_SIZE {
        for x in left..left + WINDOW_SIZE {
            let (a, b) = (f64::from(a.get_pixel(x, y)[0]), f64::from(b.get_pixel(x, y)[0]));
            sum_a += a;
            sum_b += b;
            squares_a += a * a;
            squares_b += b * b;
            products += a * b;
        }
    }
    let (mean_a, mean_b) = (sum_a / count, sum_b / count);
    let variance_a = squares_a / count - mean_a * mean_a;
    let variance_b = squares_b / count - mean_b * mean_b;
    let covariance = products / count - mean_a * mean_b;
    let (c1, c2) = ((0.01 * 255.0_f64).powi(2), (0.03 * 255.0_f64).powi(2));
    ((2.0 * mean_a * mean_b + c1) * (2.0 * covariance + c2))
        / ((mean_a * mean_a + mean_b * mean_b + c1) * (variance_a + variance_b + c2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    #[test]
    fn ssim_is_one_for_equal_and_lower_for_changed_pictures() {
        let picture = GrayImage::from_fn(64, 48, |x, y| Luma([((x * 37 + y * 91) % 256) as u8]));
        let same = ssim(&picture, &picture).unwrap();
        assert!((same - 1.0).abs() < 1e-9, "{same}");
        let blurred = ssim(&picture, &imageops::blur(&picture, 0.8)).unwrap();
        let rotated = ssim(&picture, &imageops::rotate180(&picture)).unwrap();
        assert!(rotated < blurred && blurred < 0.95, "{rotated} {blurred}");
        assert!(ssim(&picture, &imageops::rotate90(&picture)).is_err());
    }
}
