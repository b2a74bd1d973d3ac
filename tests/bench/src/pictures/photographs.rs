//! The measured photographs: illustrations of the demonstration, enlarged to the size of camera pictures, with grain and
//! vignetting. Some are rotated by Exif, as phones store them. Created once, from a seed.

use crate::Failure;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ImageEncoder, RgbImage};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Illustration, width, height, and the orientation written into the file.
const SOURCES: [(&str, u32, u32, u8); 6] = [
    ("aga-anza/1-view.webp", 4_032, 3_024, 1),
    ("cas-phares/1-view.webp", 4_032, 3_024, 6),
    ("fes-maalem/1-view.webp", 4_624, 3_468, 1),
    ("nad-gourougou/1-view.webp", 4_000, 3_000, 8),
    ("tet-dersa/1-view.webp", 6_000, 4_000, 1),
    ("zag-dattiers/1-view.webp", 5_472, 3_648, 3),
];

/// A JPEG file.
pub struct Photograph {
    pub path: PathBuf,
    pub megapixels: f64,
}

/// The photographs in `folder`. Missing ones are created.
pub fn create_missing(folder: &Path) -> Result<Vec<Photograph>, Failure> {
    fs::create_dir_all(folder)?;
    let illustrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/demo/source/photos");
    for (number, (name, width, height, orientation)) in SOURCES.into_iter().enumerate() {
        let path = folder.join(format!("{number}.jpg"));
        if path.is_file() {
            continue;
        }
        crate::print_text(&format!("Creating photograph {number} …\n"));
        let picture = image::open(illustrations.join(name))?;
        let picture = picture
            .resize_to_fill(width, height, FilterType::CatmullRom)
            .into_rgb8();
        let picture = with_camera_noise(picture, number as u64);
        let part = path.with_extension("part");
        let mut encoder = JpegEncoder::new_with_quality(BufWriter::new(fs::File::create(&part)?), 92);
        encoder.set_exif_metadata(exif(orientation))?;
        encoder.encode_image(&picture)?;
        fs::rename(part, path)?;
    }
    find(folder)
}

/// The photographs in a folder, in order.
pub fn find(folder: &Path) -> Result<Vec<Photograph>, Failure> {
    (0..SOURCES.len())
        .map(|number| {
            let path = folder.join(format!("{number}.jpg"));
            let (width, height) = image::image_dimensions(&path)?;
            Ok(Photograph {
                path,
                megapixels: f64::from(width) * f64::from(height) / 1e6,
            })
        })
        .collect()
}

/// Adds vignetting and grain, because a drawing is too easy for every encoder.
fn with_camera_noise(mut picture: RgbImage, seed: u64) -> RgbImage {
    let mut random = StdRng::seed_from_u64(seed);
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let mut grain = 0.0;
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (across, down) = (f64::from(x) / width - 0.5, f64::from(y) / height - 0.5);
        let light = 1.05 - 0.5 * (across * across + down * down);
        // Neighbouring pixels share part of the grain, as in a sensor with a colour filter.
        grain = 0.5 * grain + random.random_range(-9.0..9.0);
        for channel in &mut pixel.0 {
            *channel = (f64::from(*channel) * light + grain).clamp(0.0, 255.0) as u8;
        }
    }
    picture
}

/// An Exif block with one entry, the orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif
}
