//! Deltas between random catalogues, and whatever a hostile platform might send instead of one.

use super::*;
use crate::snapshot;
use domain::{Catalogue, Lang, ProductType, Region};
use proptest::prelude::*;

fn header() -> Header {
    Header {
        delta: FORMAT,
        from: 1,
        to: 2,
        from_sha256: "00".repeat(32),
        to_sha256: "11".repeat(32),
    }
}

fn town(number: usize, words: &str, latitude: f64) -> Town {
    Town {
        id: format!("T-{number}"),
        region: Region::Fes,
        name: Texts::fr(words),
        aliases: vec![],
        latitude,
        longitude: -5.0,
    }
}

fn picture(project: usize, position: u32, words: &str) -> Picture {
    let size = |width| domain::Rendition {
        hash: "ab".repeat(32),
        width,
        height: width,
        bytes: 9,
    };
    Picture {
        project: format!("P-{project}"),
        position,
        kind: domain::PictureKind::View,
        caption: Texts::fr(words),
        small: size(1),
        medium: size(2),
        large: size(3),
        thumbhash: String::new(),
    }
}

fn subsidiary() -> Subsidiary {
    Subsidiary {
        id: "S-1".to_owned(),
        name: Texts::fr("Filiale d'essai"),
        phone: None,
        regions: vec![Region::Fes],
    }
}

fn project(number: usize, words: &str) -> Project {
    Project {
        id: format!("P-{number}"),
        subsidiary: "S-1".to_owned(),
        town: "T-0".to_owned(),
        district: Texts::fr(words),
        title: Texts::fr(words),
        description: Texts::fr(words),
        delivery: domain::Delivery::OffPlan,
        delivery_on: None,
        building_permit_on: None,
        habitation_permit_on: None,
        land_title: domain::LandTitle::Titled,
        land_title_number: None,
        latitude: None,
        longitude: None,
        features: vec![],
    }
}

/// Catalogues whose lists hold some of the same few rows, in any order and with any words.
fn catalogue() -> impl Strategy<Value = Catalogue> {
    let words = || prop::sample::select(vec!["un", "deux", "trois\nlignes", "أربعة", ""]);
    let some = |most: usize| {
        prop::collection::vec(any::<bool>(), most)
            .prop_map(|taken| (0..taken.len()).filter(|n| taken[*n]).collect::<Vec<usize>>())
            .prop_shuffle()
    };
    let about = (any::<bool>(), words());
    let towns = prop::collection::vec((words(), -1e3..1e3_f64), 6);
    let projects = (some(9), prop::collection::vec(words(), 9));
    let pictures = (some(6), prop::collection::vec(words(), 6));
    (about, some(5), towns, projects, pictures).prop_map(|(about, order, towns, projects, pictures)| {
        let order = order.into_iter().map(|n| n + 1).chain([0]);
        let rows = projects.0.iter().map(|n| project(*n, projects.1[*n]));
        let rows: Vec<Project> = rows.collect();
        let groups = rows.iter().map(|project| Group {
            id: format!("G-{}", project.id),
            project: project.id.clone(),
            product_type: ProductType::Shop,
            title: Texts([(Lang::Fr, pictures.1[0].to_owned())].into()),
        });
        let first = projects.0.first().copied();
        let positions = pictures.0.iter().filter_map(|n| Some((first?, *n)));
        Catalogue {
            demonstration: about.0,
            notice: Texts::fr(about.1),
            subsidiaries: vec![subsidiary()],
            towns: order.map(|n| town(n, towns[n].0, towns[n].1)).collect(),
            groups: groups.collect(),
            pictures: positions
                .map(|(project, n)| picture(project, n as u32, pictures.1[n]))
                .collect(),
            projects: rows,
            ..Catalogue::default()
        }
    })
}

/// Lines that look like those of a delta, and lines that do not.
fn hostile_line() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["T-0", "T-1", "P-1", "", "../x"]);
    let kind = prop::sample::select(vec!["town", "project", "unit", "picture", "nothing"]);
    let row = prop::sample::select(vec![
        serde_json::to_string(&town(1, "x", 1.5)).unwrap(),
        serde_json::to_string(&project(1, "x")).unwrap(),
        "{}".to_owned(),
        "[[[[1]]]]".to_owned(),
    ]);
    prop_oneof![
        (kind.clone(), id).prop_map(|(kind, id)| format!(r#"{{"gone":"{kind}","id":"{id}"}}"#)),
        (kind, any::<u64>(), 0..4_u64, row).prop_map(|(kind, far, near, row)| {
            let at = if far % 3 == 0 { far } else { near };
            format!(r#"{{"put":"{kind}","at":{at},"row":{row}}}"#)
        }),
        Just(r#"{"about":{"demonstration":true,"notice":{}}}"#.to_owned()),
        ".{0,40}",
    ]
}

proptest! {
    #[test]
    fn applying_what_was_made_gives_the_new_catalogue_to_the_byte(old in catalogue(), new in catalogue()) {
        let text = make(&old, &new, &header()).unwrap();
        let applied = apply(old.clone(), &text).unwrap();
        prop_assert_eq!(snapshot::write(&applied).unwrap(), snapshot::write(&new).unwrap());
        let old_text = snapshot::write(&old).unwrap();
        let packed = compress(&text, &old_text).unwrap();
        prop_assert_eq!(decompress(&packed, &old_text, text.len() as u64), Ok(text));
    }

    #[test]
    fn hostile_deltas_are_errors_or_whole_catalogues(
        old in catalogue(), lines in prop::collection::vec(hostile_line(), 0..8),
    ) {
        let mut text = serde_json::to_string(&header()).unwrap();
        for line in lines {
            text.push('\n');
            text.push_str(&line);
        }
        if let Ok(new) = apply(old, &text) {
            prop_assert_eq!(snapshot::check_references(&new), Ok(()));
        }
    }

    #[test]
    fn bytes_that_were_damaged_never_unpack_beyond_the_cap(
        noise in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut: prop::sample::Index,
    ) {
        let old = "une ligne\n".repeat(200);
        let mut packed = compress(&old.repeat(3), &old).unwrap();
        for (at, byte) in noise {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        packed.truncate(cut.index(packed.len()) + 1);
        if let Ok(plain) = decompress(&packed, &old, 6_000) {
            prop_assert!(plain.len() <= 6_000);
        }
        prop_assert!(decompress(&packed, &old, 100).is_err());
    }

    #[test]
    fn anything_at_all_instead_of_a_delta_is_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(decompress(&bytes, "alt", 1 << 20).is_err());
        prop_assert!(apply(Catalogue::default(), &String::from_utf8_lossy(&bytes)).is_err());
    }
}

#[test]
fn a_change_says_only_what_changed() {
    let old = Catalogue {
        subsidiaries: vec![subsidiary()],
        towns: (0..5).map(|n| town(n, "un", 34.0)).collect(),
        ..Catalogue::default()
    };
    let mut new = old.clone();
    new.towns.remove(1);
    new.towns[2].latitude = -0.0;
    new.towns.rotate_right(1);
    let text = make(&old, &new, &header()).unwrap();
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let starts: Vec<&str> = lines
        .iter()
        .map(|line| line.split(",\"row\"").next().unwrap())
        .collect();
    assert_eq!(
        starts,
        [
            r#"{"gone":"town","id":"T-1"}"#,
            r#"{"gone":"town","id":"T-4"}"#,
            r#"{"put":"town","at":0"#,
            r#"{"put":"town","at":3"#,
        ]
    );
    assert!(make(&old, &old, &header()).unwrap().lines().count() == 1);
}

#[test]
fn what_does_not_fit_is_named() {
    let old = Catalogue {
        towns: vec![town(0, "un", 1.0)],
        ..Catalogue::default()
    };
    let with = |line: &str| {
        let head = serde_json::to_string(&header()).unwrap();
        apply(old.clone(), &format!("{head}\n{line}\n")).unwrap_err()
    };
    let gone = r#"{"gone":"town","id":"T-0"}"#;
    assert_eq!(
        with(r#"{"gone":"town","id":"T-9"}"#),
        DeltaError::NotThere("town")
    );
    assert_eq!(with(&format!("{gone}\n{gone}")), DeltaError::NotThere("town"));
    let row = serde_json::to_string(&town(7, "deux", 2.0)).unwrap();
    let put = |at: u64| format!(r#"{{"put":"town","at":{at},"row":{row}}}"#);
    assert_eq!(with(&put(2)), DeltaError::Misplaced("town"));
    assert_eq!(with(&put(u64::MAX)), DeltaError::Misplaced("town"));
    assert_eq!(
        with(&format!("{}\n{}", put(1), put(0))),
        DeltaError::Misplaced("town")
    );
    assert!(matches!(
        with(&format!("{}\n{}", put(0), put(1))),
        DeltaError::Broken(_)
    ));
    assert!(matches!(with("{}"), DeltaError::Line { line: 2, .. }));
    assert!(matches!(
        apply(
            old,
            r#"{"delta":2,"from":1,"to":2,"from_sha256":"","to_sha256":""}"#
        ),
        Err(DeltaError::Header(_))
    ));
}
