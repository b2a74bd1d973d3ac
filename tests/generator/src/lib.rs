//! Large invented catalogues from a seed, as rows in memory or as a source folder with photos. Owns what is plausible;
//! must not know the program that shows them. Never a dependency of the program: only tests and benches use it.
//!
//! The same recipe always gives the same catalogue. Everything is invented but the names and places of towns, which are
//! those of the demonstration.

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

use domain::{Catalogue, Lang, Picture, PictureKind, Rendition, Texts};
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use words::texts;

/// The day of the invented edition: offers around it are current, past and to come.
pub const PUBLISHED_ON: Date = Date::constant(2026, 11, 16);

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// Same seed, same catalogue.
    pub seed: u64,
    /// Projects.
    pub projects: usize,
    /// Units in all: one project has up to 1,000 of them, every project has at least one if there are as many.
    pub units: usize,
    /// Different photos. Every project has a cover, so there are as many rows as projects or photos, whichever is
    /// more; fewer photos than projects stand in several projects.
    pub pictures: usize,
}

/// A catalogue that a source could hold. The files of its pictures do not exist: [`write_source`] makes photos.
pub fn catalogue(recipe: &Recipe) -> Catalogue {
    // One stream of chance a part, so that more units do not change the titles.
    let chance = |part: u64| StdRng::seed_from_u64(recipe.seed.wrapping_mul(1_000).wrapping_add(part));
    let towns = places::towns();
    let subsidiaries = places::subsidiaries();
    let drafts = projects::projects(recipe, &towns, &subsidiaries, &mut chance(1));
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
    units::fill(&mut catalogue, recipe, &drafts, &mut chance(2));
    catalogue.projects = drafts.into_iter().map(|draft| draft.project).collect();
    catalogue.offers = offers::offers(&catalogue.projects, &mut chance(3));
    catalogue.pictures = pictures(recipe, &catalogue, &mut chance(4));
    catalogue
}

/// Which photo stands where: index of the photo by project index and position, in order of the catalogue.
fn placing(recipe: &Recipe) -> Vec<(usize, u32, usize)> {
    let photos = recipe.pictures.max(1);
    let rows = if recipe.projects == 0 {
        0
    } else {
        photos.max(recipe.projects)
    };
    let mut placed: Vec<(usize, u32, usize)> = (0..rows)
        .map(|row| {
            (
                row % recipe.projects,
                (row / recipe.projects) as u32 + 1,
                row % photos,
            )
        })
        // A gallery has at most 99 places.
        .filter(|(_, position, _)| *position <= 99)
        .collect();
    placed.sort_unstable();
    placed
}

fn pictures(recipe: &Recipe, catalogue: &Catalogue, chance: &mut StdRng) -> Vec<Picture> {
    /// Any valid thumbhash.
    const THUMBHASH: &str = "1QcSHQRnh493V4dIh4eXh1h4kJUI";
    let mut rendition = |width: u32| Rendition {
        hash: (0..8).fold(String::new(), |hash, _| {
            format!("{hash}{:08x}", chance.random::<u32>())
        }),
        width,
        height: width * 2 / 3,
        bytes: u64::from(width) * 60,
    };
    let files: Vec<[Rendition; 3]> = (0..recipe.pictures.max(1))
        .map(|_| [rendition(480), rendition(1080), rendition(1920)])
        .collect();
    let rows = placing(recipe).into_iter();
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

/// The cover is a view; plans come last.
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
