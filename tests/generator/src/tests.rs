use super::*;
use domain::{ProductType, UnitStatus};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const RECIPE: Recipe = Recipe {
    seed: 7,
    projects: 600,
    units: 6_000,
    pictures: 40,
};

#[test]
fn the_same_recipe_gives_the_same_catalogue_and_another_seed_another() {
    assert_eq!(catalogue(&RECIPE), catalogue(&RECIPE));
    let other = catalogue(&Recipe { seed: 8, ..RECIPE });
    assert_ne!(catalogue(&RECIPE).projects, other.projects);
}

#[test]
fn more_units_or_pictures_leave_the_projects_as_they_are() {
    let larger = catalogue(&Recipe {
        units: 9_000,
        pictures: 900,
        ..RECIPE
    });
    assert_eq!(larger.projects, catalogue(&RECIPE).projects);
    assert_eq!((larger.units.len(), larger.pictures.len()), (9_000, 900));
}

#[test]
fn a_written_source_passes_every_check_and_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let written = write_source(
        &Recipe {
            projects: 300,
            units: 2_000,
            ..RECIPE
        },
        folder.path(),
    )
    .unwrap();
    let read = bundle::source::read(folder.path()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(read.photos.len(), 300);
    assert_eq!(
        read.catalogue,
        Catalogue {
            pictures: Vec::new(),
            ..written
        }
    );
}

#[test]
fn it_holds_as_many_of_everything_as_was_asked() {
    let made = catalogue(&RECIPE);
    protocol::snapshot::check_references(&made).unwrap();
    assert_eq!(
        (made.projects.len(), made.units.len()),
        (RECIPE.projects, RECIPE.units)
    );
    assert!(made.towns.len() >= 150 && made.subsidiaries.len() == 10);
    let towns: HashMap<&str, _> = made.towns.iter().map(|t| (t.id.as_str(), t.region)).collect();
    let used: HashSet<&str> = made.projects.iter().map(|p| p.town.as_str()).collect();
    assert!(used.len() >= 150, "{} towns have projects", used.len());
    for project in &made.projects {
        let seller = made
            .subsidiaries
            .iter()
            .find(|s| s.id == project.subsidiary)
            .unwrap();
        assert!(
            seller.regions.contains(&towns[project.town.as_str()]),
            "{}",
            project.id
        );
    }
    let types: BTreeSet<_> = made.groups.iter().map(|g| g.product_type).collect();
    assert_eq!(types.len(), ProductType::ALL.len());
    let hashes: HashSet<_> = made.pictures.iter().map(|p| &p.small.hash).collect();
    assert_eq!(
        (hashes.len(), made.pictures.len()),
        (RECIPE.pictures, RECIPE.projects)
    );
}

#[test]
fn one_project_is_very_large_and_some_are_sold_out() {
    let made = catalogue(&RECIPE);
    let project: HashMap<&str, &str> = made
        .groups
        .iter()
        .map(|g| (g.id.as_str(), g.project.as_str()))
        .collect();
    let mut units: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for unit in &made.units {
        let (all, free) = units.entry(project[unit.group.as_str()]).or_default();
        *all += 1;
        *free += usize::from(unit.status == UnitStatus::Available);
    }
    assert_eq!(units.len(), RECIPE.projects, "every project has units");
    assert_eq!(units.values().map(|(all, _)| *all).max(), Some(1_000));
    assert!(units.values().any(|(all, free)| *all > 5 && *free == 0));
}

#[test]
fn titles_come_in_every_script() {
    let made = catalogue(&RECIPE);
    let all_of = |range: std::ops::RangeInclusive<char>| {
        let only = |title: &String| {
            title
                .chars()
                .filter(|c| c.is_alphabetic())
                .all(|c| range.contains(&c))
        };
        made.projects
            .iter()
            .filter(|p| p.title.0.values().all(only))
            .count()
    };
    for (script, range) in [
        ("Arabic", '\u{600}'..='\u{6ff}'),
        ("Tifinagh", '\u{2d30}'..='\u{2d7f}'),
        ("Cyrillic", '\u{400}'..='\u{4ff}'),
        ("Greek", '\u{370}'..='\u{3ff}'),
    ] {
        assert!(all_of(range) >= 5, "too few titles only in {script}");
    }
    let different: HashSet<_> = made.projects.iter().map(|p| p.title.french()).collect();
    assert!(
        different.len() > RECIPE.projects * 8 / 10,
        "{} different titles",
        different.len()
    );
    assert!(
        made.projects
            .iter()
            .any(|p| p.title.french().chars().count() > 60)
    );
}
