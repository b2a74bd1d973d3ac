//! Generates large invented catalogues from a seed, as rows in memory or as a source folder with photos. Owns which
//! values are plausible. Must not know the program that shows them. Only tests and benchmarks depend on this crate.
//!
//! The same recipe always gives the same catalogue. Everything is invented except names and coordinates of towns, which
//! are those of the demonstration.

mod offers;
mod photo;
mod places;
mod projects;
mod source;
#[cfg(test)]
mod tests;
mod units;
mod words;

pub use source::write_source;

use expo_domain::{Catalogue, Lang, Picture, PictureKind, Rendition, Texts};
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use words::texts;

/// Publication day of the invented catalogue. Offers are past, current or future relative to it.
pub const PUBLISHED_ON: Date = Date::constant(2026, 11, 16);

/// Parameters of a generated catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// The same seed gives the same catalogue.
    pub seed: u64,
    /// Number of projects.
    pub projects: usize,
    /// Total number of units. One project has up to 1,000 of them. With at least as many units as projects, every
    /// project has one.
    pub units: usize,
    /// Number of different photos. Every project has a cover, so the number of picture rows is the larger one of
    /// projects and photos. With fewer photos than projects, projects share photos.
    pub pictures: usize,
}

/// Generates a catalogue that passes all checks of a source. Its picture files do not exist; [`write_source`] writes
/// photos.
pub fn catalogue(recipe: &Recipe) -> Catalogue {
    // Each part has its own random stream, so that more units do not change the titles.
    let rng = |part: u64| StdRng::seed_from_u64(recipe.seed.wrapping_mul(1_000).wrapping_add(part));
    let towns = places::towns();
    let subsidiaries = places::subsidiaries();
    let plans = projects::projects(recipe, &towns, &subsidiaries, &mut rng(1));
    let mut catalogue = Catalogue {
        demonstration: true,
        notice: texts(&[
            (Lang::Fr, "Catalogue inventé pour des essais."),
            (Lang::Ar, "فهرس مختلق للتجارب."),
            (Lang::En, "Catalogue invented for tests."),
        ]),
        subsidiaries,
        towns,
        ..Catalogue::default()
    };
    units::add_units(&mut catalogue, recipe, &plans, &mut rng(2));
    catalogue.projects = plans.into_iter().map(|plan| plan.project).collect();
    catalogue.offers = offers::offers(&catalogue.projects, &mut rng(3));
    catalogue.pictures = pictures(recipe, &catalogue, &mut rng(4));
    catalogue
}

/// Gallery entries as project index, position and photo index, in the order of the catalogue.
fn gallery_entries(recipe: &Recipe) -> Vec<(usize, u32, usize)> {
    let photos = recipe.pictures.max(1);
    let rows = if recipe.projects == 0 {
        0
    } else {
        photos.max(recipe.projects)
    };
    let mut entries: Vec<(usize, u32, usize)> = (0..rows)
        .map(|row| {
            (
                row % recipe.projects,
                (row / recipe.projects) as u32 + 1,
                row % photos,
            )
        })
        // A gallery has at most 99 positions.
        .filter(|(_, position, _)| *position <= 99)
        .collect();
    entries.sort_unstable();
    entries
}

fn pictures(recipe: &Recipe, catalogue: &Catalogue, rng: &mut StdRng) -> Vec<Picture> {
    /// Any valid thumbhash.
    const THUMBHASH: &str = "1QcSHQRnh493V4dIh4eXh1h4kJUI";
    let mut rendition = |width: u32| Rendition {
        hash: (0..8).fold(String::new(), |hash, _| {
            format!("{hash}{:08x}", rng.random::<u32>())
        }),
        width,
        height: width * 2 / 3,
        bytes: u64::from(width) * 60,
    };
    let files: Vec<[Rendition; 3]> = (0..recipe.pictures.max(1))
        .map(|_| [rendition(480), rendition(1080), rendition(1920)])
        .collect();
    let rows = gallery_entries(recipe).into_iter();
    rows.map(|(project, position, photo)| {
        let [small, medium, large] = files[photo].clone();
        Picture {
            project: catalogue.projects[project].id.clone(),
            position,
            kind: kind(position),
            caption: caption(position),
            small,
            medium,
            large,
            thumbhash: THUMBHASH.to_owned(),
        }
    })
    .collect()
}

/// Kind of the picture at a position. The cover is a view.
const fn kind(position: u32) -> PictureKind {
    match position % 5 {
        0 => PictureKind::SitePlan,
        3 => PictureKind::Elevation,
        4 => PictureKind::FloorPlan,
        _ => PictureKind::View,
    }
}

fn caption(position: u32) -> Texts {
    texts(&[
        (Lang::Fr, &format!("Image d’essai {position}")),
        (Lang::Ar, &format!("صورة تجريبية {position}")),
        (Lang::En, &format!("Test picture {position}")),
    ])
}
