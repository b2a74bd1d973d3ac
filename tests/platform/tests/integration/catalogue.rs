//! Publishes source folders and bundles, downloads them as a kiosk, and creates deltas between versions.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, folder, run};
use expo_bundle::{Options, build};
use expo_platform::publish::{PublishError, publish};
use expo_platform::store::CatalogueError;
use expo_protocol::{Checkpoint, Heartbeat, sha256_hex, snapshot};
use expo_vault::signature::{PublicKey, PublisherKey};
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

on_both_stores!(
    published_source_reaches_a_kiosk_completely,
    foreign_and_older_bundles_are_refused,
    deltas_are_created_once_from_the_last_ten_versions,
    deltas_longer_than_the_snapshot_are_not_offered,
    future_versions_are_not_published,
    withdrawn_version_is_replaced_by_the_newest_remaining,
    versions_after_a_withdrawn_one_are_higher,
    requests_share_one_snapshot,
    earlier_kiosks_are_offered_the_format_that_they_read,
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

fn bundle_of(tables: &Path, out: &Path, key: &PublisherKey, version: u64) -> PathBuf {
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

/// A bundle whose version and time of publication fit together.
fn bundle_published_at(tables: &Path, out: &Path, key: &PublisherKey, published_at: Timestamp) -> PathBuf {
    let options = Options {
        version: None,
        published_at,
        expires_at: None,
        cache: None,
    };
    let path = out.join(published_at.as_second().to_string());
    build(tables, &path, key, &options, &mut |_| {}).unwrap().path
}

fn future_versions_are_not_published(test_store: &TestStore) {
    run(async {
        let (tables, work) = (folder(), folder());
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let own = platform.app.keys.signing().unwrap();
        let now = Timestamp::now();
        let publish_built_at = |published_at| {
            let file = bundle_published_at(tables.path(), work.path(), own, published_at);
            publish(&platform.app, &file, now)
        };
        let ahead = publish_built_at(now + SignedDuration::from_hours(25)).unwrap_err();
        assert!(
            matches!(&ahead, PublishError::Refused(refusal) if refusal.code() == "future_version"),
            "{ahead}"
        );
        assert_eq!(platform.app.store.newest_version().unwrap(), None);
        // The clock of the machine that built it may be a little ahead.
        let accepted = publish_built_at(now + SignedDuration::from_hours(23)).unwrap();
        assert_eq!(
            platform.app.store.newest_version().unwrap(),
            Some(accepted.version)
        );
        // The next source gets a higher version, although its clock is behind.
        let next = publish(&platform.app, tables.path(), now).unwrap();
        assert_eq!(next.version, accepted.version + 1);
    });
}

fn withdrawn_version_is_replaced_by_the_newest_remaining(test_store: &TestStore) {
    run(async {
        let (tables, work) = (folder(), folder());
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let store = &platform.app.store;
        let own = platform.app.keys.signing().unwrap();
        let now = Timestamp::now();
        for version in 1..=3 {
            let file = bundle_of(tables.path(), work.path(), own, version);
            publish(&platform.app, &file, now).unwrap();
        }
        let status = async |path| kiosk.get(path).await.unwrap().status;
        assert_eq!(status("/v1/catalogue/3/snapshot").await, 200);
        store.withdraw(3, now).unwrap();
        let offered = kiosk.checkpoint().await.unwrap().unwrap();
        let offered: Checkpoint = serde_json::from_str(&offered.checkpoint).unwrap();
        let announced = kiosk.heartbeat(&Heartbeat::default()).await.unwrap();
        assert_eq!((offered.version, announced.catalogue_version), (2, Some(2)));
        assert_eq!(
            status("/v1/catalogue/3/snapshot").await,
            404,
            "although it is in memory"
        );
        assert_eq!(status("/v1/catalogue/3/delta?from=2").await, 404);
        assert_eq!(status("/v1/catalogue/2/snapshot").await, 200);
        assert_eq!(status("/v1/catalogue/2/delta?from=1").await, 200);
        for version in [3, 4] {
            let refused = store.withdraw(version, now).unwrap_err();
            assert!(
                matches!(refused, CatalogueError::NotPublished { newest: Some(2), .. }),
                "{refused}"
            );
        }
        store.withdraw(1, now).unwrap();
        store.withdraw(2, now).unwrap();
        assert_eq!(kiosk.checkpoint().await.unwrap(), None);
    });
}

fn versions_after_a_withdrawn_one_are_higher(test_store: &TestStore) {
    run(async {
        let (tables, work) = (folder(), folder());
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let store = &platform.app.store;
        let own = platform.app.keys.signing().unwrap();
        let now = Timestamp::now();
        let offer = |version| {
            let file = bundle_of(tables.path(), work.path(), own, version);
            publish(&platform.app, &file, now)
        };
        offer(5).unwrap();
        store.withdraw(5, now).unwrap();
        for version in [4, 5] {
            let refused = offer(version).unwrap_err();
            assert!(
                matches!(
                    refused,
                    PublishError::Catalogue(CatalogueError::NotAboveWithdrawn { withdrawn: 5, .. })
                ),
                "{refused}"
            );
        }
        offer(6).unwrap();
        // A kiosk that shows the withdrawn version gets there without the snapshot.
        let delta = kiosk.get("/v1/catalogue/6/delta?from=5").await.unwrap();
        assert_eq!(delta.status, 200);
        // A version of the future, as earlier programs published it, blocks nothing once it is withdrawn.
        let signed = store.checkpoint(1).unwrap().unwrap();
        store.publish(9_999_999_999, &signed, b"snapshot", now).unwrap();
        assert!(publish(&platform.app, tables.path(), now).is_err());
        store.withdraw(9_999_999_999, now).unwrap();
        let next = publish(&platform.app, tables.path(), now).unwrap();
        assert_eq!(next.version, now.as_second() as u64);
    });
}

fn requests_share_one_snapshot(test_store: &TestStore) {
    run(async {
        let tables = folder();
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let now = Timestamp::now();
        let version = publish(&platform.app, tables.path(), now).unwrap().version;
        let read = |version| {
            platform
                .app
                .snapshots
                .snapshot(&platform.app.store, version)
                .unwrap()
        };
        let (first, second) = (read(version).unwrap(), read(version).unwrap());
        assert!(Arc::ptr_eq(&first, &second));
        assert_eq!(
            platform.app.store.snapshot(version).unwrap().as_deref(),
            Some(&first[..])
        );
        assert_eq!(read(version + 1), None);
        let next = publish(&platform.app, tables.path(), now).unwrap().version;
        assert!(!Arc::ptr_eq(&read(next).unwrap(), &first));
    });
}

fn unit(number: u64) -> String {
    format!("U-1{number:02};FES-A-G1;B-{number};288000;58.5;1;3;available\n")
}

fn earlier_kiosks_are_offered_the_format_that_they_read(test_store: &TestStore) {
    run(async {
        let tables = folder();
        fixtures::write_catalogue_source(tables.path());
        let platform = TestPlatform::start(test_store).await;
        let (kiosk, _) = platform.enrol().await;
        let now = Timestamp::now();
        let first = publish(&platform.app, tables.path(), now).unwrap();
        let partner = "id;kind;name_fr;desk_fr;text_fr;languages;topics\nBANK-A;bank;Banque A;Comptoir 4;Essai;fr;credit\n";
        fs::write(tables.path().join("partners.csv"), partner).unwrap();
        let second = publish(&platform.app, tables.path(), now).unwrap();
        assert_eq!((first.documents, second.documents), (0, 1));
        fs::create_dir(tables.path().join("rules")).unwrap();
        let rates = include_str!("../../../../assets/rules/rates.toml");
        fs::write(tables.path().join("rules/rates.toml"), rates).unwrap();
        let third = publish(&platform.app, tables.path(), now).unwrap();
        assert_eq!(third.documents, 2);
        for (path, version) in [
            ("", first.version),
            ("?format=1", first.version),
            ("?format=2", second.version),
            ("?format=3", third.version),
        ] {
            let answer = kiosk
                .get(&format!("/v1/catalogue/checkpoint{path}"))
                .await
                .unwrap();
            let text = String::from_utf8(answer.body).unwrap();
            assert!(text.contains(&format!("{version}")), "{path}: {text}");
        }
        let store = &platform.app.store;
        assert_eq!(store.newest_version_for(1).unwrap(), Some(first.version));
        assert_eq!(store.newest_version_for(2).unwrap(), Some(second.version));
        assert_eq!(store.newest_version_for(3).unwrap(), Some(third.version));
        let delta = format!("/v1/catalogue/{}/delta?from={}", second.version, first.version);
        assert!([200, 404].contains(&kiosk.get(&delta).await.unwrap().status));
    });
}
