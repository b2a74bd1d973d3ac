use super::*;
use expo_domain::{ProductType, UnitStatus};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

const RECIPE: Recipe = Recipe {
    seed: 7,
    projects: 600,
    units: 6_000,
    pictures: 40,
};

#[test]
fn catalogue_depends_only_on_the_recipe() {
    assert_eq!(catalogue(&RECIPE), catalogue(&RECIPE));
    let other = catalogue(&Recipe { seed: 8, ..RECIPE });
    assert_ne!(catalogue(&RECIPE).projects, other.projects);
}

#[test]
fn more_units_or_pictures_do_not_change_projects() {
    let larger = catalogue(&Recipe {
        units: 9_000,
        pictures: 900,
        ..RECIPE
    });
    assert_eq!(larger.projects, catalogue(&RECIPE).projects);
    assert_eq!((larger.units.len(), larger.pictures.len()), (9_000, 900));
}

#[test]
fn written_source_is_valid_and_reads_back_equal() {
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
    let read = expo_bundle::source::read(folder.path()).unwrap_or_else(|faults| panic!("{faults}"));
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
fn catalogue_has_the_requested_numbers() {
    let generated = catalogue(&RECIPE);
    expo_protocol::snapshot::check_references(&generated).unwrap();
    assert_eq!(
        (generated.projects.len(), generated.units.len()),
        (RECIPE.projects, RECIPE.units)
    );
    assert!(generated.towns.len() >= 150 && generated.subsidiaries.len() == 10);
    let towns: HashMap<&str, _> = generated
        .towns
        .iter()
        .map(|t| (t.id.as_str(), t.region))
        .collect();
    let used: HashSet<&str> = generated.projects.iter().map(|p| p.town.as_str()).collect();
    assert!(used.len() >= 150, "only {} towns have projects", used.len());
    for project in &generated.projects {
        let subsidiary = generated
            .subsidiaries
            .iter()
            .find(|s| s.id == project.subsidiary)
            .unwrap();
        assert!(
            subsidiary.regions.contains(&towns[project.town.as_str()]),
            "{}",
            project.id
        );
    }
    let types: BTreeSet<_> = generated.groups.iter().map(|g| g.product_type).collect();
    assert_eq!(types.len(), ProductType::ALL.len());
    let hashes: HashSet<_> = generated.pictures.iter().map(|p| &p.small.hash).collect();
    assert_eq!(
        (hashes.len(), generated.pictures.len()),
        (RECIPE.pictures, RECIPE.projects)
    );
}

#[test]
fn one_project_is_very_large_and_some_are_sold_out() {
    let generated = catalogue(&RECIPE);
    let project_of_group: HashMap<&str, &str> = generated
        .groups
        .iter()
        .map(|g| (g.id.as_str(), g.project.as_str()))
        .collect();
    let mut units: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for unit in &generated.units {
        let (all, available) = units.entry(project_of_group[unit.group.as_str()]).or_default();
        *all += 1;
        *available += usize::from(unit.status == UnitStatus::Available);
    }
    assert_eq!(units.len(), RECIPE.projects, "every project has units");
    assert_eq!(units.values().map(|(all, _)| *all).max(), Some(1_000));
    assert!(units.values().any(|(all, available)| *all > 5 && *available == 0));
}

#[test]
fn titles_cover_every_script() {
    let generated = catalogue(&RECIPE);
    let titles_only_in = |range: std::ops::RangeInclusive<char>| {
        let is_in_range = |title: &String| {
            title
                .chars()
                .filter(|c| c.is_alphabetic())
                .all(|c| range.contains(&c))
        };
        generated
            .projects
            .iter()
            .filter(|p| p.title.0.values().all(is_in_range))
            .count()
    };
    for (script, range) in [
        ("Arabic", '\u{600}'..='\u{6ff}'),
        ("Tifinagh", '\u{2d30}'..='\u{2d7f}'),
        ("Cyrillic", '\u{400}'..='\u{4ff}'),
        ("Greek", '\u{370}'..='\u{3ff}'),
    ] {
        assert!(titles_only_in(range) >= 5, "too few titles only in {script}");
    }
    let different: HashSet<_> = generated.projects.iter().map(|p| p.title.french()).collect();
    assert!(
        different.len() > RECIPE.projects * 8 / 10,
        "{} different titles",
        different.len()
    );
    assert!(
        generated
            .projects
            .iter()
            .any(|p| p.title.french().chars().count() > 60)
    );
}
