//! The data folders from which all testbeds start, made by the real programs.

use acceptance::Failure;
use acceptance::catalogue::{copy_folder, is_newer, write_one_project_source};
use acceptance::programs::{Kiosk, PASSPHRASE, PIN, Platform, program, repository};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Leads of a kiosk that was offline for a long time: three batches.
pub const BACKLOG: usize = 230;
/// File whose time says when the template was made.
const TIMESTAMP_FILE: &str = "made";

/// An invented lead, as JSON.
pub fn invented_lead() -> String {
    json!({ "name": "Test Visiteur", "phone": "+33612345678", "language": "fr", "country": "FR",
            "consents": { "call": true }, "note": "invented for a test" })
    .to_string()
}

/// Returns the folder of the template: kiosks that are set up, and platforms with no, one and two catalogue versions.
/// It is made once, and again when the programs change.
pub fn template() -> Result<PathBuf, Failure> {
    let folder = repository().join("target/chaos");
    fs::create_dir_all(&folder)?;
    // Tests run in parallel and in several processes: one makes the template, the others wait.
    let lock = File::create(folder.join("template.lock"))?;
    lock.lock()?;
    let template = folder.join("template");
    let programs = [program("expo-kiosk")?, program("expo-platform")?];
    if !is_newer(&template.join(TIMESTAMP_FILE), &programs) {
        if template.exists() {
            fs::remove_dir_all(&template)?;
        }
        make(&template)?;
        fs::write(template.join(TIMESTAMP_FILE), "")?;
    }
    Ok(template)
}

fn make(template: &Path) -> Result<(), Failure> {
    let path = |name: &str| template.join(name);
    fs::create_dir_all(template)?;
    write_one_project_source(&path("source-1"))?;
    copy_folder(&path("source-1"), &path("source-2"))?;
    let units = path("source-2").join("units.csv");
    fs::write(
        &units,
        fs::read_to_string(&units)?.replace(";288000;", ";285000;"),
    )?;
    for (version, before) in [(0, None), (1, Some(0)), (2, Some(1))] {
        let store = path(&format!("published-{version}"));
        if let Some(before) = before {
            copy_folder(&path(&format!("published-{before}")), &store)?;
        }
        let platform = Platform::new(&store)?;
        if version > 0 {
            let source = path(&format!("source-{version}"));
            platform.run(["publish", &source.display().to_string()])?;
        }
    }
    let key = Platform::new(&path("published-0"))?.run(["keygen"])?;
    let key = key["publisher_key"]
        .as_str()
        .ok_or("keygen prints no key")?
        .to_owned();
    let stop = fs::read_to_string(repository().join("assets/demo/event.toml"))?;
    let event = path("event.toml");
    let secrets = format!("pin = \"{PIN}\"\npassphrase = \"{PASSPHRASE}\"\npublisher_key = \"{key}\"\n");
    fs::write(&event, secrets + &stop)?;
    let empty = Kiosk {
        folder: path("empty"),
    };
    empty.run(["provision", "--event", &event.display().to_string()])?;
    copy_folder(&empty.folder, &path("full"))?;
    let tickets = add_leads(&Kiosk { folder: path("full") }, BACKLOG)?;
    fs::write(path("tickets.json"), serde_json::to_vec(&tickets)?)?;
    Ok(())
}

/// Takes this many leads and returns their tickets.
pub fn add_leads(kiosk: &Kiosk, count: usize) -> Result<BTreeSet<String>, Failure> {
    let lead = invented_lead();
    (0..count)
        .map(|_| {
            Ok(kiosk.add_lead(&lead)?["ticket"]
                .as_str()
                .ok_or("the lead has no ticket")?
                .to_owned())
        })
        .collect()
}
