//! Publishes source folders and bundles, downloads them as a kiosk, and creates deltas between versions.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, folder, run};
use expo_bundle::{Options, build};
use expo_platform::publish::{PublishError, publish};
use expo_platform::store::CatalogueError;
use expo_protocol::{sha256_hex, snapshot};
use expo_vault::signature::{PublicKey, PublisherKey};
use jiff::Timestamp;
use std::fs;
use std::path::Path;

on_both_stores!(
    published_source_reaches_a_kiosk_completely,
    foreign_and_older_bundles_are_refused,
    deltas_are_created_once_from_the_last_ten_versions,
    deltas_longer_than_the_snapshot_are_not_offered,
);

fn published_source_reaches_a_kiosk_completely(test_store: &TestStore) {
    run(async {
        let tables = folder();
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, enrolled) = platform.enrol().await;
        let now = Timestamp::now();
        let first = publish(&platform.app, tables.path(), now).unwrap();
        assert_eq!((first.projects, first.units), (1, 1));
        let signed = kiosk.checkpoint().await.unwrap().unwrap();
        let key: PublicKey = enrolled.publisher_key.parse().unwrap();
        let path = format!("/v1/catalogue/{}/snapshot", first.version);
        let packed = kiosk.file(&path).await.unwrap();
        let checkpoint = expo_bundle::VerifiedCheckpoint::open(&signed, &key).unwrap();
        let catalogue = expo_bundle::open_snapshot(&checkpoint, &packed).unwrap();
        assert_eq!(catalogue.projects[0].id, "FES-A");
        for (sha256, length) in snapshot::picture_files(&catalogue) {
            let bytes = kiosk.file(&format!("/v1/pictures/{sha256}")).await.unwrap();
            assert_eq!((sha256_hex(&bytes), bytes.len() as u64), (sha256, length));
        }
        // Published within the same second.
        let second = publish(&platform.app, tables.path(), now).unwrap();
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

fn foreign_and_older_bundles_are_refused(test_store: &TestStore) {
    run(async {
        let (tables, work) = (folder(), folder());
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let own = platform.app.keys.signing().unwrap();
        let offer = |key: &PublisherKey, version| {
            let file = bundle_of(tables.path(), work.path(), key, version);
            publish(&platform.app, &file, Timestamp::now())
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
        assert_eq!(platform.app.store.newest_version().unwrap(), Some(5));
    });
}

fn deltas_are_created_once_from_the_last_ten_versions(test_store: &TestStore) {
    run(async {
        let (tables, work) = (folder(), folder());
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let own = platform.app.keys.signing().unwrap();
        let units = tables.path().join("units.csv");
        for version in 1..=12 {
            let text = fs::read_to_string(&units).unwrap();
            fs::write(&units, text.replace("288000", "289000") + &unit(version)).unwrap();
            let file = bundle_of(tables.path(), work.path(), own, version);
            publish(&platform.app, &file, Timestamp::now()).unwrap();
        }
        let between = |from, to| expo_platform::deltas::between(&platform.app, from, to).unwrap();
        for from in 2..=11 {
            let made = between(from, 12).unwrap();
            assert_eq!(
                platform.app.store.delta(from, 12).unwrap().unwrap(),
                made,
                "it is stored"
            );
            assert!(made.len() < platform.app.store.snapshot(12).unwrap().unwrap().len());
        }
        assert_eq!(between(1, 12), None, "eleven versions back");
        assert_eq!(between(10, 11), None, "does not lead to the newest version");
        assert_eq!(between(12, 12), None);
        let file = bundle_of(tables.path(), work.path(), own, 13);
        publish(&platform.app, &file, Timestamp::now()).unwrap();
        assert_eq!(between(11, 12), None, "12 is no longer the newest version");
        between(12, 13).unwrap();
        assert_eq!(
            platform.app.store.delta(11, 12).unwrap(),
            None,
            "deleted, because its target is outdated"
        );
    });
}

fn deltas_longer_than_the_snapshot_are_not_offered(test_store: &TestStore) {
    run(async {
        let (tables, work) = (folder(), folder());
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let own = platform.app.keys.signing().unwrap();
        let units = tables.path().join("units.csv");
        let few = fs::read_to_string(&units).unwrap();
        let many: String = std::iter::once(few.clone()).chain((1..8_000).map(unit)).collect();
        for (version, text) in [(1, &many), (2, &few)] {
            fs::write(&units, text).unwrap();
            let file = bundle_of(tables.path(), work.path(), own, version);
            publish(&platform.app, &file, Timestamp::now()).unwrap();
        }
        // So many rows are removed that the plan is longer than the new catalogue.
        for _ in 0..2 {
            assert_eq!(expo_platform::deltas::between(&platform.app, 1, 2).unwrap(), None);
        }
        assert_eq!(
            platform.app.store.delta(1, 2).unwrap().as_deref(),
            Some(&[][..]),
            "stored as empty, so it is not tried again"
        );
    });
}

fn unit(number: u64) -> String {
    format!("U-1{number:02};FES-A-G1;B-{number};288000;58.5;1;3;available\n")
}
