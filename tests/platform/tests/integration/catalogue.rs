//! Publishing from a source folder and from a bundle, what kiosks get of it, and changes between versions.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, folder, run};
use bundle::{Options, build};
use jiff::Timestamp;
use platform::publish::{PublishError, publish};
use platform::store::CatalogueError;
use protocol::{sha256_hex, snapshot};
use std::fs;
use std::path::Path;
use vault::signature::{PublicKey, PublisherKey};

on_both_stores!(
    a_source_is_published_and_reaches_a_kiosk_whole,
    bundles_of_strangers_and_of_yesterday_are_refused,
    changes_are_made_from_the_last_ten_versions_once,
    changes_that_a_kiosk_would_not_take_are_not_offered,
);

/// A copy of the small catalogue that the contract is looked at with.
fn source(dir: &Path) {
    let fixture = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../contract/fixtures/catalogue"
    ));
    fs::create_dir_all(dir.join("photos")).unwrap();
    for folder in ["", "photos"] {
        for entry in fs::read_dir(fixture.join(folder)).unwrap().flatten() {
            if entry.path().is_file() {
                fs::copy(entry.path(), dir.join(folder).join(entry.file_name())).unwrap();
            }
        }
    }
}

fn a_source_is_published_and_reaches_a_kiosk_whole(ground: &Ground) {
    run(async {
        let tables = folder();
        source(tables.path());
        let stand = Stand::start(ground).await;
        let (kiosk, enrolled) = stand.enrol().await;
        let now = Timestamp::now();
        let first = publish(&stand.app, tables.path(), now).unwrap();
        assert_eq!((first.projects, first.units), (1, 1));
        let signed = kiosk.checkpoint().await.unwrap().unwrap();
        let key: PublicKey = enrolled.publisher_key.parse().unwrap();
        let path = format!("/v1/catalogue/{}/snapshot", first.version);
        let packed = kiosk.file(&path).await.unwrap();
        let (_, catalogue) = bundle::open_snapshot(&signed, &packed, &key).unwrap();
        assert_eq!(catalogue.projects[0].id, "FES-A");
        for (sha256, length) in snapshot::picture_files(&catalogue) {
            let bytes = kiosk.file(&format!("/v1/pictures/{sha256}")).await.unwrap();
            assert_eq!((sha256_hex(&bytes), bytes.len() as u64), (sha256, length));
        }
        // Within the same second.
        let second = publish(&stand.app, tables.path(), now).unwrap();
        assert!(second.version > first.version);
    });
}

fn bundle_of(tables: &Path, out: &Path, key: &PublisherKey, version: u64) -> std::path::PathBuf {
    let options = Options {
        version: Some(version),
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        cache: None,
    };
    let path = out.join(version.to_string());
    build(tables, &path, key, &options, &mut |_| {}).unwrap().path
}

fn bundles_of_strangers_and_of_yesterday_are_refused(ground: &Ground) {
    run(async {
        let (tables, work) = (folder(), folder());
        source(tables.path());
        let stand = Stand::start(ground).await;
        let own = stand.app.keys.signing().unwrap();
        let offer = |key: &PublisherKey, version| {
            let file = bundle_of(tables.path(), work.path(), key, version);
            publish(&stand.app, &file, Timestamp::now())
        };
        assert_eq!(offer(own, 5).unwrap().version, 5);
        let older = offer(own, 4).unwrap_err();
        assert!(
            matches!(
                older,
                PublishError::Catalogue(CatalogueError::NotHigher {
                    version: 4,
                    newest: 5
                })
            ),
            "{older}"
        );
        let foreign = offer(&PublisherKey::generate().unwrap(), 6).unwrap_err();
        assert!(matches!(foreign, PublishError::Refused(_)), "{foreign}");
        assert_eq!(stand.app.store.newest_version().unwrap(), Some(5));
    });
}

fn changes_are_made_from_the_last_ten_versions_once(ground: &Ground) {
    run(async {
        let (tables, work) = (folder(), folder());
        source(tables.path());
        let stand = Stand::start(ground).await;
        let own = stand.app.keys.signing().unwrap();
        let units = tables.path().join("units.csv");
        for version in 1..=12 {
            let text = fs::read_to_string(&units).unwrap();
            fs::write(&units, text.replace("288000", "289000") + &unit(version)).unwrap();
            let file = bundle_of(tables.path(), work.path(), own, version);
            publish(&stand.app, &file, Timestamp::now()).unwrap();
        }
        let between = |from, to| platform::deltas::between(&stand.app, from, to).unwrap();
        for from in 2..=11 {
            let made = between(from, 12).unwrap();
            assert_eq!(
                stand.app.store.delta(from, 12).unwrap().unwrap(),
                made,
                "it is kept"
            );
            assert!(made.len() < stand.app.store.snapshot(12).unwrap().unwrap().len());
        }
        assert_eq!(between(1, 12), None, "eleven versions back");
        assert_eq!(between(10, 11), None, "not to the newest");
        assert_eq!(between(12, 12), None);
        let file = bundle_of(tables.path(), work.path(), own, 13);
        publish(&stand.app, &file, Timestamp::now()).unwrap();
        assert_eq!(between(11, 12), None, "no longer the newest");
        between(12, 13).unwrap();
        assert_eq!(
            stand.app.store.delta(11, 12).unwrap(),
            None,
            "nobody needs it any more"
        );
    });
}

fn changes_that_a_kiosk_would_not_take_are_not_offered(ground: &Ground) {
    run(async {
        let (tables, work) = (folder(), folder());
        source(tables.path());
        let stand = Stand::start(ground).await;
        let own = stand.app.keys.signing().unwrap();
        let units = tables.path().join("units.csv");
        let few = fs::read_to_string(&units).unwrap();
        let many: String = std::iter::once(few.clone()).chain((1..8_000).map(unit)).collect();
        for (version, text) in [(1, &many), (2, &few)] {
            fs::write(&units, text).unwrap();
            let file = bundle_of(tables.path(), work.path(), own, version);
            publish(&stand.app, &file, Timestamp::now()).unwrap();
        }
        // So many rows go that the plan alone is longer than the new catalogue.
        for _ in 0..2 {
            assert_eq!(platform::deltas::between(&stand.app, 1, 2).unwrap(), None);
        }
        assert_eq!(
            stand.app.store.delta(1, 2).unwrap().as_deref(),
            Some(&[][..]),
            "tried once"
        );
    });
}

fn unit(number: u64) -> String {
    format!("U-1{number:02};FES-A-G1;B-{number};288000;58.5;1;3;available\n")
}
