//! Photos: houses before hills under a sky, another scene a number, in the three formats a source may hold. Must not
//! know where they stand.

use image::{ImageError, ImageFormat, Rgb, RgbImage};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

/// File name of a photo: mostly JPEG, as telephones make them, some PNG and WebP.
pub fn name(photo: usize) -> String {
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

/// Writes photo number `photo` of a seed.
pub fn write(seed: u64, photo: usize, path: &Path) -> Result<(), ImageError> {
    let mut chance = StdRng::seed_from_u64(seed ^ (photo as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let format = format(photo);
    // The lossless formats would be large, so their scenes are small.
    let (width, height) = if format == ImageFormat::Jpeg {
        (960, 640)
    } else {
        (600, 400)
    };
    let picture = scene(width, height, &mut chance);
    picture.write_to(&mut BufWriter::new(File::create(path)?), format)
}

fn scene(width: u32, height: u32, chance: &mut StdRng) -> RgbImage {
    let mut colour = |low: u8, high: u8| [(); 3].map(|()| chance.random_range(low..=high));
    let (zenith, horizon, ground) = (colour(40, 170), colour(170, 255), colour(70, 190));
    let walls: Vec<[u8; 3]> = (0..6).map(|_| colour(130, 250)).collect();
    let skyline = height * chance.random_range(45..65) / 100;
    let houses: Vec<(u32, u32, u32)> = (0..6)
        .map(|place| {
            let left = place * width / 6 + chance.random_range(0..width / 20);
            (
                left,
                left + chance.random_range(width / 12..width / 6),
                skyline - chance.random_range(height / 12..height / 3),
            )
        })
        .collect();
    RgbImage::from_fn(width, height, |x, y| {
        if y < skyline + height / 12
            && let Some((place, (left, _, top))) = houses
                .iter()
                .enumerate()
                .find(|(_, (left, right, top))| x >= *left && x < *right && y >= *top)
        {
            let (column, row) = ((x - left) % (width / 32), (y - top) % (height / 16));
            let window = column > width / 96 && row > height / 48;
            return Rgb(if window { [60, 80, 100] } else { walls[place] });
        }
        if y < skyline {
            Rgb(mix(zenith, horizon, y, skyline))
        } else {
            Rgb(mix(ground, zenith, y - skyline, 2 * height))
        }
    })
}

fn mix(from: [u8; 3], to: [u8; 3], part: u32, whole: u32) -> [u8; 3] {
    [0, 1, 2].map(|i| ((u32::from(from[i]) * (whole - part) + u32::from(to[i]) * part) / whole) as u8)
}
