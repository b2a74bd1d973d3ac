//! Catalogues for tests: a generated one of realistic size, and one with a single project. The program builds and signs
//! them.

use crate::Failure;
use crate::programs::{program, repository};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Number of projects in [`large_bundle`].
pub const LARGE_PROJECT_COUNT: u64 = 2_000;
/// Number of units in [`large_bundle`].
pub const LARGE_UNIT_COUNT: u64 = 20_000;

/// A bundle of [`LARGE_PROJECT_COUNT`] projects, signed with the demonstration key. It is cached and built again when
/// the generator or the kiosk program changed.
pub fn large_bundle() -> Result<PathBuf, Failure> {
    let folder = repository().join("target/e2e");
    fs::create_dir_all(&folder)?;
    // Tests run in parallel, also in several processes: one builds the bundle, the others wait.
    let lock = File::create(folder.join("catalogue.lock"))?;
    lock.lock()?;
    let bundle = folder.join("large.bundle");
    let tools = [program("generator")?, program("expo-kiosk")?];
    if is_newer(&bundle, &tools) {
        return Ok(bundle);
    }
    let source = folder.join("large");
    let (projects, units) = (LARGE_PROJECT_COUNT.to_string(), LARGE_UNIT_COUNT.to_string());
    run(Command::new(&tools[0])
        .args([
            "--projects",
            &projects,
            "--units",
            &units,
            "--pictures",
            "60",
            "--out",
        ])
        .arg(&source))?;
    build(&source, &bundle)?;
    Ok(bundle)
}

/// Builds a signed bundle with one project in `folder`. Its catalogue version is higher than that of all earlier
/// bundles.
pub fn one_project_bundle(folder: &Path) -> Result<PathBuf, Failure> {
    let (source, bundle) = (folder.join("source"), folder.join("one.bundle"));
    write_one_project_source(&source)?;
    build(&source, &bundle)?;
    Ok(bundle)
}

/// Builds a bundle from a source folder and signs it with the demonstration key. Generated dates may be unusual, which
/// somebody would have to confirm.
fn build(source: &Path, bundle: &Path) -> Result<(), Failure> {
    run(Command::new(program("expo-kiosk")?)
        .args(["bundle", "build", "--accept-warnings"])
        .arg(source)
        .arg("--out")
        .arg(bundle)
        .arg("--key")
        .arg(repository().join("assets/demo/publisher.key")))
}

/// The project that [`write_one_project_source`] keeps.
pub const ONE_PROJECT_ID: &str = "TET-DERSA";

/// Writes a source with one project of the demonstration and its pictures.
pub fn write_one_project_source(folder: &Path) -> Result<(), Failure> {
    let demo = repository().join("assets/demo/source");
    for name in ["source.csv", "subsidiaries.csv", "towns.csv"] {
        fs::create_dir_all(folder)?;
        fs::copy(demo.join(name), folder.join(name))?;
    }
    for name in [
        "projects.csv",
        "groups.csv",
        "units.csv",
        "pictures.csv",
        "offers.csv",
    ] {
        let text = fs::read_to_string(demo.join(name))?;
        let is_kept = |line: &str| name != "offers.csv" && line.contains(ONE_PROJECT_ID);
        let lines = text.lines().enumerate();
        let kept = lines.filter(|(number, line)| *number == 0 || is_kept(line));
        let text: Vec<&str> = kept.map(|(_, line)| line).collect();
        fs::write(folder.join(name), text.join("\n"))?;
    }
    let photos = Path::new("photos").join(ONE_PROJECT_ID.to_lowercase());
    copy_folder(&demo.join(&photos), &folder.join(&photos))
}

/// Copies a folder recursively.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Whether a file is newer than all tools that produce it.
pub fn is_newer(file: &Path, tools: &[PathBuf]) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    tools.iter().all(|tool| time(file) > time(tool))
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into())
    }
}
