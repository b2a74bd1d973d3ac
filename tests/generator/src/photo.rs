//! Generates photos: houses in a landscape, in the three formats of a source. Each number gives another scene. Must not
//! know projects.

use image::{ImageError, ImageFormat, Rgb, RgbImage};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// File name of a photo. Most photos are JPEG, some are PNG and WebP.
pub fn file_name(photo: usize) -> String {
    let extension = match format(photo) {
        ImageFormat::Png => "png",
        ImageFormat::WebP => "webp",
        _ => "jpg",
    };
    format!("{:03}/{photo:05}.{extension}", photo / 1_000)
}

const fn format(photo: usize) -> ImageFormat {
    match photo % 20 {
        7 => ImageFormat::Png,
        13 => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    }
}

/// Writes the photo with index `photo` for a seed.
pub fn write(seed: u64, photo: usize, path: &Path) -> Result<(), ImageError> {
    let mut rng = StdRng::seed_from_u64(seed ^ (photo as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let format = format(photo);
    // Lossless files are large, so their scenes are smaller.
    let (width, height) = if format == ImageFormat::Jpeg {
        (960, 640)
    } else {
        (600, 400)
    };
    let picture = scene(width, height, &mut rng);
    picture.write_to(&mut BufWriter::new(File::create(path)?), format)
}

fn scene(width: u32, height: u32, rng: &mut StdRng) -> RgbImage {
    let mut colour = |low: u8, high: u8| [(); 3].map(|()| rng.random_range(low..=high));
    let (zenith, horizon, ground) = (colour(40, 170), colour(170, 255), colour(70, 190));
    let walls: Vec<[u8; 3]> = (0..6).map(|_| colour(130, 250)).collect();
    let skyline = height * rng.random_range(45..65) / 100;
    let houses: Vec<(u32, u32, u32)> = (0..6)
        .map(|index| {
            let left = index * width / 6 + rng.random_range(0..width / 20);
            (
                left,
                left + rng.random_range(width / 12..width / 6),
                skyline - rng.random_range(height / 12..height / 3),
            )
        })
        .collect();
    RgbImage::from_fn(width, height, |x, y| {
        if y < skyline + height / 12
            && let Some((index, (left, _, top))) = houses
                .iter()
                .enumerate()
                .find(|(_, (left, right, top))| x >= *left && x < *right && y >= *top)
        {
            let (column, row) = ((x - left) % (width / 32), (y - top) % (height / 16));
            let is_window = column > width / 96 && row > height / 48;
            return Rgb(if is_window { [60, 80, 100] } else { walls[index] });
        }
        if y < skyline {
            Rgb(mix(zenith, horizon, y, skyline))
        } else {
            Rgb(mix(ground, zenith, y - skyline, 2 * height))
        }
    })
}

/// The colour at `step` of `steps` between two colours.
fn mix(from: [u8; 3], to: [u8; 3], step: u32, steps: u32) -> [u8; 3] {
    [0, 1, 2].map(|i| ((u32::from(from[i]) * (steps - step) + u32::from(to[i]) * step) / steps) as u8)
}
