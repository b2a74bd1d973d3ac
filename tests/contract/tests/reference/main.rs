//! Runs the suite against the reference platform on both of its stores, and against platforms with one fault each.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod faulty_platforms;
mod openapi;
mod reference_platform;

use cluster::Cluster;
use contract::run;
use reference_platform::{ReferencePlatform, runtime};

#[test]
fn reference_platform_on_sqlite_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let config = expo_platform::StorageConfig::folder(dir.path());
    assert_contract_kept(&config);
}

#[test]
fn reference_platform_on_postgresql_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    let url = Cluster::shared().unwrap().database().unwrap();
    let config = expo_platform::StorageConfig {
        store: expo_platform::StoreAddress::Postgres(url),
        keys: expo_platform::KeySource::Folder(dir.path().join("keys")),
    };
    assert_contract_kept(&config);
}

fn assert_contract_kept(config: &expo_platform::StorageConfig) {
    runtime().block_on(async {
        let reference = ReferencePlatform::start(config).await;
        let mut options = reference.options(&reference.url);
        options.exhaustive = true;
        let report = run(options).await;
        let (broken, not_checked) = (report.broken().count(), report.not_checked().count());
        assert!(
            report.results.len() > 40 && (broken, not_checked) == (0, 0),
            "{report}"
        );
    });
}
