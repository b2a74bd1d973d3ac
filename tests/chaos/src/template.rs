//! What all stands begin with, made by the real programs.

use acceptance::Failure;
use acceptance::catalogue::{copy_folder, is_newer, one_project};
use acceptance::programs::{Kiosk, PASSPHRASE, PIN, Platform, program, repository};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Leads of a kiosk that has been offline for long: three batches.
pub const BACKLOG: usize = 230;
/// How the template's set-up says when it was made.
const MADE: &str = "made";

/// A lead of nobody.
pub fn invented_lead() -> String {
    json!({ "name": "Test Visiteur", "phone": "+33612345678", "language": "fr", "country": "FR",
            "consents": { "call": true }, "note": "invented for a test" })
    .to_string()
}

/// What all stands begin with, made once and again when the programs changed: kiosks set up, a platform with none, one
/// and two versions.
pub fn template() -> Result<PathBuf, Failure> {
    let folder = repository().join("target/chaos");
    fs::create_dir_all(&folder)?;
    // Tests run side by side, in several processes even: one makes it, the others wait.
    let lock = File::create(folder.join("template.lock"))?;
    lock.lock()?;
    let template = folder.join("template");
    let makers = [program("expo-kiosk")?, program("expo-platform")?];
    if !is_newer(&template.join(MADE), &makers) {
        if template.exists() {
            fs::remove_dir_all(&template)?;
        }
        make(&template)?;
        fs::write(template.join(MADE), "")?;
    }
    Ok(template)
}

fn make(template: &Path) -> Result<(), Failure> {
    let path = |name: &str| template.join(name);
    fs::create_dir_all(template)?;
    one_project(&path("source-1"))?;
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
    let key = key["publisher_key"].as_str().ok_or("no key")?.to_owned();
    let stop = fs::read_to_string(repository().join("assets/demo/event.toml"))?;
    let event = path("event.toml");
    let secrets = format!("pin = \"{PIN}\"\npassphrase = \"{PASSPHRASE}\"\npublisher_key = \"{key}\"\n");
    fs::write(&event, secrets + &stop)?;
    let empty = Kiosk {
        folder: path("empty"),
    };
    empty.run(["provision", "--event", &event.display().to_string()])?;
    copy_folder(&empty.folder, &path("full"))?;
    let tickets = leads_of(&Kiosk { folder: path("full") }, BACKLOG)?;
    fs::write(path("tickets.json"), serde_json::to_vec(&tickets)?)?;
    Ok(())
}

/// Takes so many leads; their tickets.
pub fn leads_of(kiosk: &Kiosk, count: usize) -> Result<BTreeSet<String>, Failure> {
    let lead = invented_lead();
    (0..count)
        .map(|_| {
            Ok(kiosk.lead(&lead)?["ticket"]
                .as_str()
                .ok_or("no ticket")?
                .to_owned())
        })
        .collect()
}
