//! The suite against the reference platform on both of its stores, and against platforms with one fault each.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

mod faulty;
mod rig;
mod schema;

use cluster::Cluster;
use contract::run;
use rig::{Rig, runtime};

#[test]
fn on_sqlite_the_reference_platform_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let place = platform::Place::folder(dir.path());
    keeps_it(&place);
}

#[test]
fn on_postgresql_the_reference_platform_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let url = Cluster::shared().unwrap().database().unwrap();
    let place = platform::Place {
        store: platform::Address::Postgres(url),
        keys: platform::KeySource::Folder(dir.path().join("keys")),
    };
    keeps_it(&place);
}

fn keeps_it(place: &platform::Place) {
    runtime().block_on(async {
        let rig = Rig::start(place).await;
        let mut options = rig.options(&rig.url);
        options.exhaustive = true;
        let report = run(options).await;
        let (broken, open) = (report.broken().count(), report.not_seen().count());
        assert!(report.findings.len() > 40 && (broken, open) == (0, 0), "{report}");
    });
}
