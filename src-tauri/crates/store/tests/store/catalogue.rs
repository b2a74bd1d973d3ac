//! Tests of `catalogue.db`.

use expo_domain::{Catalogue, JsonRows, Project, Region, Texts, Town};
use expo_store::{Catalogues, Installed, StoreError};
use fixtures::texts;

fn project(id: &str, town: &str, fr: &str, ar: &str) -> Project {
    Project {
        title: texts(fr, ar),
        description: Texts::fr("Près de la mer"),
        ..fixtures::project(id, "S", town)
    }
}

fn town(id: &str, fr: &str, ar: &str, alias: &str) -> Town {
    Town {
        name: texts(fr, ar),
        aliases: vec![alias.to_owned()],
        ..fixtures::town(id, Region::Tangier)
    }
}

fn catalogue() -> Catalogue {
    Catalogue {
        subsidiaries: vec![fixtures::subsidiary("S")],
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
    catalogues.install(content, &JsonRows::of(content).unwrap(), installed)
}

fn installed(version: u64) -> Installed {
    Installed {
        version,
        published_at: "2026-02-12T00:00:00Z".to_owned(),
        checkpoint: "{}".to_owned(),
        signature: String::new(),
    }
}

mod reading {
    use super::*;

    #[test]
    fn installed_version_is_read_back() {
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
    fn rows_keep_the_order_of_the_snapshot() {
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
    fn catalogue_of_first_format_is_readable() {
        let folder = tempfile::tempdir().unwrap();
        let old = rusqlite::Connection::open(folder.path().join(expo_store::catalogue::FILE)).unwrap();
        old.execute_batch(include_str!("frozen/catalogue-0.sql")).unwrap();
        drop(old);
        let catalogues = Catalogues::new(folder.path());
        let version = catalogues.current().unwrap().unwrap();
        let content = version.read_all().unwrap();
        assert_eq!((version.installed().version, content.towns.len()), (3, 1));
        install(&catalogues, &catalogue(), &installed(4)).unwrap();
        assert_eq!(catalogues.previous().unwrap().unwrap().version, 3);
    }
}

mod switching {
    use super::*;

    #[test]
    fn reader_keeps_its_version_during_install_and_rollback() {
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
    fn crash_during_switch_leaves_no_false_previous_version() {
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
    fn concurrent_installs_never_show_a_partial_catalogue() {
        let folder = tempfile::tempdir().unwrap();
        let one = |version: u64| {
            let path = folder.path().to_owned();
            std::thread::spawn(move || {
                let catalogues = Catalogues::new(&path);
                for step in 0..10 {
                    let version = version + step;
                    let outcome = install(&catalogues, &catalogue(), &installed(version));
                    let current = catalogues.current().unwrap().unwrap();
                    assert_eq!(current.read_all().unwrap().projects.len(), 2);
                    match outcome {
                        Ok(()) => assert!(current.installed().version >= version),
                        Err(StoreError::Outdated {
                            version: offered,
                            installed,
                        }) => {
                            assert!(offered == version && installed > version);
                        }
                        Err(other) => panic!("{other}"),
                    }
                }
            })
        };
        for thread in [one(100), one(200), one(300)] {
            thread.join().unwrap();
        }
        let current = Catalogues::new(folder.path()).current().unwrap().unwrap();
        assert_eq!(
            current.installed().version,
            309,
            "the highest version stays installed"
        );
    }
}

mod damage {
    use super::*;

    #[test]
    fn damaged_file_is_replaced_by_a_new_version() {
        let folder = tempfile::tempdir().unwrap();
        for damage in [
            &b""[..],
            &b"this is not a database but text that is as long as a file header"[..],
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
    fn locked_file_is_not_treated_as_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let previous = Catalogues::new(folder.path());
        install(&previous, &catalogue(), &installed(3)).unwrap();
        drop(previous);
        let other = rusqlite::Connection::open(folder.path().join("catalogue.db")).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        let catalogues = Catalogues::new(folder.path());
        let refused = catalogues.current().map(drop);
        assert!(matches!(refused, Err(StoreError::Other { .. })), "{refused:?}");
        assert!(!catalogues.was_damaged());
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(catalogues.current().unwrap().unwrap().installed().version, 3);
    }
}
