//! `catalogue.db`.

use domain::{Catalogue, Delivery, LandTitle, Lang, Project, Region, RowTexts, Subsidiary, Texts, Town};
use std::collections::BTreeMap;
use store::{Catalogues, Installed, StoreError};

fn texts(fr: &str, ar: &str) -> Texts {
    Texts(BTreeMap::from([
        (Lang::Fr, fr.to_owned()),
        (Lang::Ar, ar.to_owned()),
    ]))
}

fn project(id: &str, town: &str, fr: &str, ar: &str) -> Project {
    Project {
        id: id.to_owned(),
        subsidiary: "S".to_owned(),
        town: town.to_owned(),
        district: Texts::default(),
        title: texts(fr, ar),
        description: Texts::fr("Près de la mer"),
        delivery: Delivery::Delivered,
        delivery_on: None,
        building_permit_on: None,
        habitation_permit_on: None,
        land_title: LandTitle::Titled,
        land_title_number: None,
        latitude: None,
        longitude: None,
        features: vec![],
    }
}

fn town(id: &str, fr: &str, ar: &str, alias: &str) -> Town {
    Town {
        id: id.to_owned(),
        region: Region::Tangier,
        name: texts(fr, ar),
        aliases: vec![alias.to_owned()],
        latitude: 35.0,
        longitude: -5.0,
    }
}

fn catalogue() -> Catalogue {
    Catalogue {
        subsidiaries: vec![Subsidiary {
            id: "S".to_owned(),
            name: Texts::fr("Filiale"),
            phone: None,
            regions: vec![Region::Tangier],
        }],
        towns: vec![
            town("TET", "Tétouan", "تطوان", "Tetuán"),
            town("TNG", "Tanger", "طنجة", "Tangier"),
        ],
        projects: vec![
            project("P-1", "TET", "Jnane Test", "جنان الاختبار"),
            project("P-2", "TNG", "Les Terrasses d'essai", "شرفات التجربة"),
        ],
        ..Catalogue::default()
    }
}

fn install(catalogues: &Catalogues, content: &Catalogue, installed: &Installed) -> Result<(), StoreError> {
    catalogues.install(content, &RowTexts::of(content).unwrap(), installed)
}

fn installed(version: u64) -> Installed {
    Installed {
        version,
        published_at: "2026-02-12T00:00:00Z".to_owned(),
        checkpoint: "{}".to_owned(),
        signature: String::new(),
    }
}

#[test]
fn a_version_is_read_back_as_it_was_installed() {
    let folder = tempfile::tempdir().unwrap();
    let catalogues = Catalogues::new(folder.path());
    assert!(catalogues.current().unwrap().is_none());
    install(&catalogues, &catalogue(), &installed(7)).unwrap();
    let version = catalogues.current().unwrap().unwrap();
    assert_eq!(version.installed(), &installed(7));
    assert_eq!(version.read_all().unwrap(), catalogue());
    assert_eq!(version.project("P-2").unwrap().unwrap().town.id, "TNG");
    assert!(version.project("P-9").unwrap().is_none());
}

#[test]
fn a_reader_keeps_its_version_while_another_takes_its_place_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let catalogues = Catalogues::new(folder.path());
    install(&catalogues, &catalogue(), &installed(1)).unwrap();
    let old = catalogues.current().unwrap().unwrap();
    let newer = Catalogue {
        projects: vec![],
        ..catalogue()
    };
    install(&catalogues, &newer, &installed(2)).unwrap();
    assert_eq!(old.read_all().unwrap().projects.len(), 2);
    assert_eq!(catalogues.current().unwrap().unwrap().installed().version, 2);
    assert_eq!(catalogues.previous().unwrap().map(|p| p.version), Some(1));
    assert_eq!(catalogues.roll_back().unwrap().map(|p| p.version), Some(1));
    let current = catalogues.current().unwrap().unwrap();
    assert_eq!(current.read_all().unwrap().projects.len(), 2);
    assert_eq!(catalogues.previous().unwrap().map(|p| p.version), Some(2));
}

#[test]
fn a_damaged_file_is_set_aside_and_a_new_version_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    for damage in [
        &b""[..],
        &b"this is no database, only words that take some room on the disk"[..],
    ] {
        std::fs::write(folder.path().join("catalogue.db"), damage).unwrap();
        let catalogues = Catalogues::new(folder.path());
        assert!(catalogues.current().unwrap().is_none());
        assert!(catalogues.was_damaged());
        install(&catalogues, &catalogue(), &installed(3)).unwrap();
        assert!(!catalogues.was_damaged());
        assert_eq!(catalogues.current().unwrap().unwrap().installed().version, 3);
    }
}

#[test]
fn a_good_file_that_cannot_be_read_now_stays_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let before = Catalogues::new(folder.path());
    install(&before, &catalogue(), &installed(3)).unwrap();
    drop(before);
    let other = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let catalogues = Catalogues::new(folder.path());
    let refused = catalogues.current().map(drop);
    assert!(matches!(refused, Err(StoreError::Other { .. })), "{refused:?}");
    assert!(!catalogues.was_damaged());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(catalogues.current().unwrap().unwrap().installed().version, 3);
}

#[test]
fn a_crash_between_two_steps_of_a_switch_leaves_no_false_way_back() {
    let folder = tempfile::tempdir().unwrap();
    let catalogues = Catalogues::new(folder.path());
    install(&catalogues, &catalogue(), &installed(1)).unwrap();
    std::fs::hard_link(
        folder.path().join("catalogue.db"),
        folder.path().join("catalogue.previous.db"),
    )
    .unwrap();
    assert_eq!(catalogues.previous().unwrap(), None);
    assert_eq!(catalogues.roll_back().unwrap(), None);
    assert_eq!(catalogues.current().unwrap().unwrap().installed().version, 1);
}

#[test]
fn many_installing_at_once_never_show_half_a_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let one = |version: u64| {
        let path = folder.path().to_owned();
        std::thread::spawn(move || {
            let catalogues = Catalogues::new(&path);
            for step in 0..10 {
                let version = version + step;
                let placed = install(&catalogues, &catalogue(), &installed(version));
                let shown = catalogues.current().unwrap().unwrap();
                assert_eq!(shown.read_all().unwrap().projects.len(), 2);
                match placed {
                    Ok(()) => assert!(shown.installed().version >= version),
                    Err(StoreError::Outdated {
                        version: offered,
                        shown,
                    }) => {
                        assert!(offered == version && shown > version);
                    }
                    Err(other) => panic!("{other}"),
                }
            }
        })
    };
    for thread in [one(100), one(200), one(300)] {
        thread.join().unwrap();
    }
    let shown = Catalogues::new(folder.path()).current().unwrap().unwrap();
    assert_eq!(
        shown.installed().version,
        309,
        "the highest stays, whoever came last"
    );
}

#[test]
fn rows_come_back_in_the_order_of_the_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let catalogues = Catalogues::new(folder.path());
    let mut shuffled = catalogue();
    shuffled.towns.reverse();
    shuffled.projects.reverse();
    install(&catalogues, &shuffled, &installed(1)).unwrap();
    assert_eq!(
        catalogues.current().unwrap().unwrap().read_all().unwrap(),
        shuffled
    );
}

#[test]
fn a_catalogue_of_the_first_format_is_still_shown() {
    let folder = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(folder.path().join(store::catalogue::FILE)).unwrap();
    old.execute_batch(include_str!("frozen/catalogue-0.sql")).unwrap();
    drop(old);
    let catalogues = Catalogues::new(folder.path());
    let version = catalogues.current().unwrap().unwrap();
    let content = version.read_all().unwrap();
    assert_eq!((version.installed().version, content.towns.len()), (3, 1));
    install(&catalogues, &catalogue(), &installed(4)).unwrap();
    assert_eq!(catalogues.previous().unwrap().unwrap().version, 3);
}
