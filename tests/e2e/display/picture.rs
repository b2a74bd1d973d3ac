//! What a display shows: its pixels, as PNG, and compared with what it showed before.

use super::{Area, Display};
use crate::Failure;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};

/// Side of a cell of a [`Thumbnail`], in pixels.
const CELL: usize = 8;
/// Cells whose brightness or colour differs by at most this are equal. Text with other antialiasing differs less.
const CELL_TOLERANCE: u8 = 24;
/// Interval between two pictures of a display that is waited for.
const SETTLE_INTERVAL: Duration = Duration::from_millis(150);

/// The pixels of a display.
#[derive(PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Red, green and blue of each pixel.
    pub pixels: Vec<u8>,
}

/// A picture at a fraction of its size: each cell is the mean colour of some pixels. Small differences disappear.
#[derive(Clone, PartialEq, Eq)]
pub struct Thumbnail {
    columns: usize,
    cells: Vec<[u8; 3]>,
}

impl Display {
    /// What the display shows now.
    pub fn picture(&self) -> Result<Picture, Failure> {
        let Area { width, height, .. } = self.area();
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, width, height, u32::MAX)?
            .reply()?;
        let pixels = usize::from(width) * usize::from(height);
        if image.data.len() != pixels * 4 {
            return Err(format!("the display has a depth of {} bits, not 24", image.depth).into());
        }
        // A pixel is stored as blue, green, red and an unused byte.
        let pixels = image.data.as_chunks::<4>().0;
        Ok(Picture {
            width: width.into(),
            height: height.into(),
            pixels: pixels
                .iter()
                .flat_map(|[blue, green, red, _]| [*red, *green, *blue])
                .collect(),
        })
    }

    /// What the display shows once it no longer changes, or after `limit`.
    pub fn settled_picture(&self, limit: Duration) -> Result<Picture, Failure> {
        let start = Instant::now();
        let mut before = self.picture()?;
        while start.elapsed() < limit {
            thread::sleep(SETTLE_INTERVAL);
            let now = self.picture()?;
            if now == before {
                break;
            }
            before = now;
        }
        Ok(before)
    }
}

impl Picture {
    /// The picture as PNG.
    pub fn png(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// Saves the picture as PNG.
    pub fn save(&self, path: &Path) -> Result<(), Failure> {
        Ok(fs::write(path, self.png()?)?)
    }

    /// The picture at a fraction of its size.
    pub fn thumbnail(&self) -> Thumbnail {
        let columns = self.width / CELL;
        let rows = self.height / CELL;
        let cell = |index: usize| {
            let (left, top) = (index % columns * CELL, index / columns * CELL);
            let mut sums = [0_u32; 3];
            for y in top..top + CELL {
                let line = &self.pixels[(y * self.width + left) * 3..][..CELL * 3];
                for [red, green, blue] in line.as_chunks::<3>().0 {
                    sums[0] += u32::from(*red);
                    sums[1] += u32::from(*green);
                    sums[2] += u32::from(*blue);
                }
            }
            sums.map(|sum| (sum / (CELL * CELL) as u32) as u8)
        };
        Thumbnail {
            columns,
            cells: (0..columns * rows).map(cell).collect(),
        }
    }
}

impl Thumbnail {
    /// The share of cells that differ, from 0 to 1.
    pub fn difference(&self, other: &Self) -> f64 {
        self.difference_at(other, (0..self.cells.len()).collect())
    }

    /// The share of cells inside any of the areas that differ, from 0 to 1.
    pub fn difference_in(&self, other: &Self, areas: &[Area]) -> f64 {
        let is_inside = |index: &usize| {
            let (x, y) = (index % self.columns * CELL, index / self.columns * CELL);
            areas.iter().any(|area| {
                let inside = |at: usize, start: i16, length: u16| {
                    let (at, start) = (at as i64, i64::from(start));
                    at >= start && at + CELL as i64 <= start + i64::from(length)
                };
                inside(x, area.x, area.width) && inside(y, area.y, area.height)
            })
        };
        self.difference_at(other, (0..self.cells.len()).filter(is_inside).collect())
    }

    /// The number of clearly different colours. A blank display has one.
    pub fn colours(&self) -> usize {
        let coarse = |cell: &[u8; 3]| cell.map(|value| value / 32);
        let colours: std::collections::BTreeSet<_> = self.cells.iter().map(coarse).collect();
        colours.len()
    }

    fn difference_at(&self, other: &Self, indexes: Vec<usize>) -> f64 {
        if self.columns != other.columns || self.cells.len() != other.cells.len() || indexes.is_empty() {
            return 1.0;
        }
        let count = indexes.len();
        let differs = |index: &usize| {
            let (own, theirs) = (self.cells[*index], other.cells[*index]);
            own.iter()
                .zip(theirs)
                .any(|(own, theirs)| own.abs_diff(theirs) > CELL_TOLERANCE)
        };
        indexes.into_iter().filter(differs).count() as f64 / count as f64
    }
}
