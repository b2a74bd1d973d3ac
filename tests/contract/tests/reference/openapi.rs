//! Third-party tools check that the OpenAPI document is valid and that the reference platform behaves as it says.

use crate::reference_platform::{ReferencePlatform, runtime};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool from the virtual environment that `make setup` creates.
fn tool(name: &str) -> Command {
    let path = repository().join("target/venv/bin").join(name);
    assert!(path.exists(), "{} is missing: run 'make setup'", path.display());
    Command::new(path)
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> PathBuf {
    repository().join("docs/openapi.json")
}

fn assert_success(command: &mut Command) {
    let output = command.output().unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{err}");
}

#[test]
fn openapi_document_is_valid() {
    assert_success(tool("openapi-spec-validator").arg(document()));
}

#[test]
fn platform_answers_as_the_openapi_document_says() {
    let dir = tempfile::tempdir().unwrap();
    let (reference, kiosk, overview, _running) = {
        let runtime = runtime();
        let (reference, kiosk) = runtime.block_on(async {
            let reference = ReferencePlatform::start(&expo_platform::StorageConfig::folder(dir.path())).await;
            let api = contract::Api::new(&reference.url, None).unwrap();
            let kiosk = api.enrol(&reference.code()).await.unwrap().token;
            (reference, kiosk)
        });
        let overview = {
            let now = Timestamp::now();
            let expires_at = now + jiff::SignedDuration::from_hours(1);
            reference
                .app
                .store
                .new_overview_token(None, now, expires_at)
                .unwrap()
        };
        (reference, kiosk, overview, runtime)
    };
    let config = dir.path().join("schemathesis.toml");
    std::fs::write(&config, schemathesis_config(&reference)).unwrap();
    for (tag, token) in [
        ("kiosk", &kiosk),
        ("operators", &overview),
        ("headquarters", &overview),
    ] {
        assert_success(
            tool("schemathesis")
                .current_dir(dir.path())
                .arg("--config-file")
                .arg(&config)
                .arg("run")
                .arg(document())
                .args(["--url", &reference.url, "--include-tag", tag])
                .args(["--header", &format!("Authorization: Bearer {token}")])
                // A random enrolment code fits the schema but is refused, which is correct.
                .args(["--exclude-checks", "positive_data_acceptance"])
                .args([
                    "--phases",
                    "examples,coverage,fuzzing",
                    "--max-examples",
                    "15",
                    "--seed",
                    "1",
                ])
                .args([
                    "--no-shrink",
                    "--generation-database",
                    "none",
                    "--warnings",
                    "off",
                ]),
        );
    }
}

/// Tells schemathesis which versions and pictures exist, and that too many items are refused with 413.
fn schemathesis_config(reference: &ReferencePlatform) -> String {
    let (older, newest) = (
        reference.older,
        reference.app.store.newest_version().unwrap().unwrap(),
    );
    let picture = &reference.picture;
    format!(
        "[parameters]\nversion = {newest}\nfrom = {older}\nsha256 = \"{picture}\"\n\
         [checks.negative_data_rejection]\nexpected-statuses = [400, 401, 404, 405, 413, 415, 422]\n"
    )
}
