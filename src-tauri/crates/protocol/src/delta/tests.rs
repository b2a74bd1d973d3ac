//! Deltas between random catalogues, and invalid input that a hostile platform can send.

use super::*;
use crate::snapshot;
use expo_domain::{Catalogue, Lang, ProductType, Region};
use proptest::prelude::*;
use serde_json::json;

const MAX_BYTES: u64 = 1 << 20;

const HEADER: Header = Header {
    delta: FORMAT,
    from: 1,
    to: 2,
};

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
    let size = |width| expo_domain::Rendition {
        hash: "ab".repeat(32),
        width,
        height: width,
        bytes: 9,
    };
    Picture {
        project: format!("P-{project}"),
        position,
        kind: expo_domain::PictureKind::View,
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
        delivery: expo_domain::Delivery::OffPlan,
        delivery_on: None,
        building_permit_on: None,
        habitation_permit_on: None,
        land_title: expo_domain::LandTitle::Titled,
        land_title_number: None,
        latitude: None,
        longitude: None,
        features: vec![],
    }
}

/// Catalogues whose lists contain some of the same few rows, in any order and with any texts.
fn catalogue() -> impl Strategy<Value = Catalogue> {
    let words = || prop::sample::select(vec!["un", "deux", "trois\nlignes", "أربعة", ""]);
    let some = |max: usize| {
        prop::collection::vec(any::<bool>(), max)
            .prop_map(|chosen| (0..chosen.len()).filter(|n| chosen[*n]).collect::<Vec<usize>>())
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

/// Lines that look like steps of a plan, and lines that do not.
fn hostile_step() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec!["about", "town", "project", "unit", "picture", "nothing"]);
    let what = prop::sample::select(vec!["gone", "edit", "put", "moved"]);
    prop_oneof![
        8 => (kind, what, any::<u64>(), 0..3_u64).prop_map(|(kind, what, far, near)| {
            let stay = if far % 5 == 0 { far } else { near };
            format!(r#"["{kind}","{what}",{stay}]"#)
        }),
        1 => ".{0,40}",
    ]
}

/// Lines that look like values of a delta, and lines that do not.
fn hostile_value() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            serde_json::to_string(&town(1, "x", 1.5)).unwrap(),
            serde_json::to_string(&project(1, "x")).unwrap(),
            r#"{"latitude":1.5}"#.to_owned(),
            r#"{"demonstration":true,"notice":{}}"#.to_owned(),
            r#"{"id":"T-2"}"#.to_owned(),
            "{}".to_owned(),
            "[[[[1]]]]".to_owned(),
        ]),
        ".{0,40}",
    ]
}

fn header_line() -> String {
    serde_json::to_string(&HEADER).unwrap()
}

/// The decompressed plan and values of a delta.
fn unpacked(packed: &[u8], old: &Catalogue) -> (String, String) {
    let (plan, rest) = compression::decompress(packed, "", MAX_BYTES).unwrap();
    let rows = JsonRows::of(old).unwrap();
    let touched = apply::all_touched_rows(
        &[About::json(&rows).unwrap()],
        &rows,
        &apply::steps(&plan).unwrap(),
    )
    .unwrap();
    let (values, rest) = compression::decompress(rest, &touched, MAX_BYTES).unwrap();
    assert!(rest.is_empty());
    (plan, values)
}

/// Compresses any plan and values without checks.
fn pack_unchecked(plan: &str, values: &str, old: &Catalogue) -> Vec<u8> {
    let rows = JsonRows::of(old).unwrap();
    let touched = apply::steps(plan)
        .and_then(|steps| apply::all_touched_rows(&[About::json(&rows).unwrap()], &rows, &steps))
        .unwrap_or_default();
    let frame = |text, dictionary| compression::compress(text, dictionary).unwrap();
    [frame(plan, ""), frame(values, &touched)].concat()
}

#[test]
fn outlines_of_units_are_added_changed_and_removed() {
    let with = |outline: Option<&str>| {
        let unit = json!({
            "id": "U-1", "group": "G-1", "number": "1", "price": 1, "surface_dm2": 1, "floor": null, "rooms": null,
            "levels": null, "facades": null, "cos_hundredths": null, "status": "sold", "designation": {},
        });
        let mut unit: Unit = serde_json::from_value(unit).unwrap();
        unit.outline = outline.map(|outline| serde_json::from_str(outline).unwrap());
        Catalogue {
            units: vec![unit],
            ..Catalogue::default()
        }
    };
    let states = [None, Some("[[0,0],[9,0],[0,9]]"), Some("[[0,0],[9,0],[9,9]]")];
    for (old, new) in states.iter().flat_map(|old| states.map(|new| (*old, new))) {
        let (old, new) = (with(old), with(new));
        let rows = JsonRows::of(&old).unwrap();
        let packed = make(&old, &new, &HEADER).unwrap();
        assert_eq!(
            apply_to_rows(rows, &packed, MAX_BYTES),
            Ok(JsonRows::of(&new).unwrap())
        );
    }
    assert!(!snapshot::write(&with(None)).unwrap().contains("outline"));
}

proptest! {
    #[test]
    fn applying_a_delta_gives_the_exact_new_catalogue(old in catalogue(), new in catalogue()) {
        let packed = make(&old, &new, &HEADER).unwrap();
        prop_assert_eq!(header(&packed, MAX_BYTES), Ok(HEADER));
        let applied = apply(&old, &packed, MAX_BYTES).unwrap();
        prop_assert_eq!(snapshot::write(&applied).unwrap(), snapshot::write(&new).unwrap());
        let rows = JsonRows::of(&new).unwrap();
        let sha256 = snapshot::content_sha256(&snapshot::write(&new).unwrap());
        prop_assert_eq!(snapshot::json_rows_sha256(&rows).unwrap(), sha256);
        prop_assert_eq!(apply_to_rows(JsonRows::of(&old).unwrap(), &packed, MAX_BYTES), Ok(rows));
        let (plan, values) = unpacked(&packed, &old);
        prop_assert_eq!(pack(&plan, &values, &old), Ok(packed));
    }

    #[test]
    fn hostile_delta_is_an_error_or_a_valid_catalogue(
        old in catalogue(),
        steps in prop::collection::vec(hostile_step(), 0..6),
        values in prop::collection::vec(hostile_value(), 0..4),
    ) {
        let plan = [vec![header_line()], steps].concat().join("\n");
        let packed = pack_unchecked(&plan, &values.join("\n"), &old);
        if let Ok(new) = apply(&old, &packed, MAX_BYTES) {
            prop_assert_eq!(snapshot::check_references(&new), Ok(()));
        }
    }

    #[test]
    fn damaged_delta_never_decompresses_beyond_the_limit(
        noise in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), cut: prop::sample::Index,
    ) {
        let old = "une ligne\n".repeat(200);
        let mut packed = compression::compress(&old.repeat(3), &old).unwrap();
        for (at, byte) in noise {
            let at = at.index(packed.len());
            packed[at] = byte;
        }
        packed.truncate(cut.index(packed.len()) + 1);
        if let Ok((plain, _)) = compression::decompress(&packed, &old, 6_000) {
            prop_assert!(plain.len() <= 6_000);
        }
        prop_assert!(compression::decompress(&packed, &old, 100).is_err());
    }

    #[test]
    fn arbitrary_bytes_are_not_a_delta(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(header(&bytes, MAX_BYTES).is_err());
        prop_assert!(apply(&Catalogue::default(), &bytes, MAX_BYTES).is_err());
    }
}

#[test]
fn delta_contains_only_the_differences() {
    let old = Catalogue {
        subsidiaries: vec![subsidiary()],
        towns: (0..5).map(|n| town(n, "un", 34.0)).collect(),
        ..Catalogue::default()
    };
    let mut new = old.clone();
    new.towns.remove(1);
    new.towns[2].latitude = -0.0;
    new.towns.rotate_right(1);
    let (plan, values) = unpacked(&make(&old, &new, &HEADER).unwrap(), &old);
    let steps: Vec<&str> = plan.lines().skip(1).collect();
    assert_eq!(
        steps,
        [
            r#"["town","put",0]"#,
            r#"["town","gone",1]"#,
            r#"["town","edit",1]"#,
            r#"["town","gone",0]"#,
        ]
    );
    let last = serde_json::to_string(&town(4, "un", 34.0)).unwrap();
    assert_eq!(values, format!("{last}\n{{\"latitude\":-0.0}}\n"));
    let (plan, values) = unpacked(&make(&old, &old, &HEADER).unwrap(), &old);
    assert_eq!((plan, values), (format!("{}\n", header_line()), String::new()));
}

#[test]
fn invalid_steps_and_values_are_named() {
    let old = Catalogue {
        towns: vec![town(0, "un", 1.0)],
        ..Catalogue::default()
    };
    let apply_error = |steps: &str, values: &str| {
        let packed = pack_unchecked(&format!("{}\n{steps}", header_line()), values, &old);
        apply(&old, &packed, MAX_BYTES).unwrap_err()
    };
    let gone = r#"["town","gone",0]"#;
    let beyond = DeltaError::Misplaced("town");
    assert_eq!(apply_error(r#"["town","gone",1]"#, ""), beyond);
    assert_eq!(apply_error(&format!("{gone}\n{gone}"), ""), beyond);
    let row = serde_json::to_string(&town(7, "deux", 2.0)).unwrap();
    assert_eq!(apply_error(r#"["town","put",2]"#, &row), beyond);
    assert_eq!(
        apply_error(&format!(r#"["town","put",{}]"#, u64::MAX), &row),
        beyond
    );
    let out_of_order = format!("[\"unit\",\"put\",0]\n{gone}");
    assert_eq!(apply_error(&out_of_order, "{}"), beyond);
    let put = r#"["town","put",0]"#;
    assert!(matches!(
        apply_error(&format!("{put}\n{put}"), &format!("{row}\n{row}")),
        DeltaError::InvalidCatalogue(SnapshotError::DuplicateId { .. })
    ));
    assert!(matches!(
        apply_error(r#"["about","gone",0]"#, ""),
        DeltaError::InvalidCatalogue(SnapshotError::About(0))
    ));
    let value = |values: &str| match apply_error(r#"["town","edit",0]"#, values) {
        DeltaError::Value {
            kind: "town",
            line: 1,
            problem,
        } => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(value(r#"{"height":1}"#), "there is no field \"height\"");
    assert!(value(r#"{"latitude":"north"}"#).contains("invalid type"));
    assert!(matches!(apply_error(put, ""), DeltaError::Malformed(_)));
    assert!(matches!(apply_error(gone, &row), DeltaError::Malformed(_)));
    assert!(matches!(apply_error("{}", ""), DeltaError::Step { line: 2, .. }));
    let former = pack(r#"{"delta":1,"from":1,"to":2}"#, "", &old).unwrap();
    assert!(matches!(
        apply(&old, &former, MAX_BYTES),
        Err(DeltaError::Header(_))
    ));
}
