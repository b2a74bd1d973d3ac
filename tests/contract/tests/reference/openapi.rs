//! The OpenAPI document: valid, and true of the reference platform, as tools that others wrote see it.

use crate::rig::{Rig, runtime};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A tool of the virtual environment that `make setup` makes.
fn tool(name: &str) -> Command {
    let path = root().join("target/venv/bin").join(name);
    assert!(path.exists(), "{} is missing: run 'make setup'", path.display());
    Command::new(path)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> PathBuf {
    root().join("docs/openapi.json")
}

fn passes(command: &mut Command) {
    let output = command.output().unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{out}{err}");
}

#[test]
fn the_document_is_valid() {
    passes(tool("openapi-spec-validator").arg(document()));
}

#[test]
fn the_platform_answers_as_the_document_says() {
    let dir = tempfile::tempdir().unwrap();
    let (rig, kiosk, overview, _running) = {
        let runtime = runtime();
        let (rig, kiosk) = runtime.block_on(async {
            let rig = Rig::start(&platform::Place::folder(dir.path())).await;
            let api = contract::Api::new(&rig.url, None).unwrap();
            let kiosk = api.enrol(&rig.code()).await.unwrap().token;
            (rig, kiosk)
        });
        let overview = rig.app.store.new_overview_token(Timestamp::now()).unwrap();
        (rig, kiosk, overview, runtime)
    };
    let config = dir.path().join("schemathesis.toml");
    std::fs::write(&config, settings(&rig)).unwrap();
    for (tag, token) in [
        ("kiosk", &kiosk),
        ("operators", &overview),
        ("headquarters", &overview),
    ] {
        passes(
            tool("schemathesis")
                .current_dir(dir.path())
                .arg("--config-file")
                .arg(&config)
                .arg("run")
                .arg(document())
                .args(["--url", &rig.url, "--include-tag", tag])
                .args(["--header", &format!("Authorization: Bearer {token}")])
                // A random code is refused, as it should be: that data fit the schema does not make them right.
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

/// What schemathesis cannot know: what is there to ask for, and that too many items are refused as too large.
fn settings(rig: &Rig) -> String {
    let (older, newest) = (rig.older, rig.app.store.newest_version().unwrap().unwrap());
    let picture = &rig.picture;
    format!(
        "[parameters]\nversion = {newest}\nfrom = {older}\nsha256 = \"{picture}\"\n\
         [checks.negative_data_rejection]\nexpected-statuses = [400, 401, 404, 405, 413, 415, 422]\n"
    )
}
