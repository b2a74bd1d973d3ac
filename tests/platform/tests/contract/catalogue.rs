//! Publishing from a source folder and from a bundle, and what kiosks get of it.

use crate::stand::{Stand, folder, run};
use base64::Engine;
use bundle::{Options, build};
use jiff::Timestamp;
use platform::publish::{PublishError, publish};
use platform::store::CatalogueError;
use protocol::sha256_hex;
use std::fs;
use std::path::Path;
use sync::Platform;
use vault::signature::{PublicKey, PublisherKey};

const TABLES: [(&str, &str); 8] = [
    (
        "source.csv",
        "demonstration;published_on;notice_fr\nyes;2026-11-16;Essai\n",
    ),
    (
        "subsidiaries.csv",
        "id;name_fr;phone;regions\nAO-T;Filiale d’essai;+212537000000;MA-03\n",
    ),
    (
        "towns.csv",
        "id;region;name_fr;name_ar;aliases;latitude;longitude\nFES;MA-03;Fès;فاس;Fez;34.0331;-5.0003\n",
    ),
    (
        "projects.csv",
        "id;subsidiary;town;title_fr;description_fr;delivery;habitation_permit_on;land_title\n\
         FES-A;AO-T;FES;Résidence Essai;Un essai.;delivered;2024-05-02;titled\n",
    ),
    (
        "groups.csv",
        "id;project;product_type;title_fr\nFES-A-G1;FES-A;apartment;Appartements\n",
    ),
    (
        "units.csv",
        "id;group;number;price_dh;surface_m2;floor;rooms;status\nU-01;FES-A-G1;A-101;288000;58.5;1;3;available\n",
    ),
    ("offers.csv", "id;projects;title_fr;text_fr;valid_from;valid_to\n"),
    (
        "pictures.csv",
        "project;file;position;kind;caption_fr\nFES-A;1.png;1;view;Vue\n",
    ),
];
/// One pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn source(dir: &Path) {
    fs::create_dir_all(dir.join("photos")).unwrap();
    for (name, text) in TABLES {
        fs::write(dir.join(name), text).unwrap();
    }
    let png = base64::engine::general_purpose::STANDARD.decode(PNG).unwrap();
    fs::write(dir.join("photos/1.png"), png).unwrap();
}

#[test]
fn a_source_is_published_and_reaches_a_kiosk_whole() {
    run(async {
        let (dir, tables) = (folder(), folder());
        source(tables.path());
        let stand = Stand::start(dir.path()).await;
        let (client, enrolled) = stand.enrol().await;
        let app = &stand.app;
        let now = Timestamp::now();
        let first = publish(&app.store, &app.keys, dir.path(), tables.path(), now).unwrap();
        assert_eq!((first.projects, first.units), (1, 1));
        let signed = client.checkpoint().await.unwrap().unwrap();
        let key: PublicKey = enrolled.publisher_key.parse().unwrap();
        let checkpoint = bundle::open_checkpoint(&signed, &key).unwrap();
        let snapshot = client
            .snapshot(first.version, checkpoint.snapshot_bytes)
            .await
            .unwrap();
        let (_, catalogue) = bundle::open_snapshot(&signed, &snapshot, &key).unwrap();
        assert_eq!(catalogue.projects[0].id, "FES-A");
        for (sha256, length) in protocol::snapshot::picture_files(&catalogue) {
            let bytes = client.picture(&sha256).await.unwrap();
            assert_eq!((sha256_hex(&bytes), bytes.len() as u64), (sha256, length));
        }
        // Within the same second.
        let second = publish(&app.store, &app.keys, dir.path(), tables.path(), now).unwrap();
        assert!(second.version > first.version);
    });
}

#[test]
fn a_part_of_a_picture_can_be_asked_for() {
    run(async {
        let dir = folder();
        let stand = Stand::start(dir.path()).await;
        let (_, enrolled) = stand.enrol().await;
        stand.app.store.keep_picture("aa", b"0123456789").unwrap();
        let ask = |range: &str| {
            let token = &enrolled.token;
            stand.raw(format!(
                "GET /v1/pictures/aa HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nRange: {range}\r\n\r\n"
            ))
        };
        let rest = ask("bytes=6-").await;
        assert!(
            rest.starts_with("HTTP/1.1 206") && rest.ends_with("\r\n\r\n6789"),
            "{rest}"
        );
        assert!(rest.contains("content-range: bytes 6-9/10"), "{rest}");
        assert!(ask("bytes=2-3").await.ends_with("\r\n\r\n23"));
        assert!(ask("bytes=10-").await.starts_with("HTTP/1.1 416"));
        assert!(ask("lines=1-2").await.starts_with("HTTP/1.1 200"));
    });
}

#[test]
fn bundles_of_strangers_and_of_yesterday_are_refused() {
    run(async {
        let (dir, tables, work) = (folder(), folder(), folder());
        source(tables.path());
        let stand = Stand::start(dir.path()).await;
        let (store, keys) = (&stand.app.store, &stand.app.keys);
        let bundle = |name: &str, key: &PublisherKey, version| {
            let options = Options {
                version: Some(version),
                published_at: Timestamp::UNIX_EPOCH,
                expires_at: None,
                cache: None,
            };
            build(tables.path(), &work.path().join(name), key, &options, &mut |_| {})
                .unwrap()
                .path
        };
        let own = keys.signing().unwrap();
        let publish = |file: &Path| publish(store, keys, dir.path(), file, Timestamp::now());
        assert_eq!(publish(&bundle("5", own, 5)).unwrap().version, 5);
        let older = publish(&bundle("4", own, 4)).unwrap_err();
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
        let stranger = PublisherKey::generate().unwrap();
        let foreign = publish(&bundle("6", &stranger, 6)).unwrap_err();
        assert!(matches!(foreign, PublishError::Refused(_)), "{foreign}");
        assert_eq!(store.newest_version().unwrap(), Some(5));
    });
}
