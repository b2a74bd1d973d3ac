//! A catalogue at the size of the real one: invented by the generator, built and signed by the program itself.

use crate::Failure;
use crate::programs::{program, repository};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Projects of [`large`].
pub const PROJECTS: u64 = 2_000;
/// Units of [`large`].
pub const UNITS: u64 = 20_000;

/// A signed bundle of [`PROJECTS`] projects with the demonstration's key. Made once, and again when the programs that
/// make it changed.
pub fn large() -> Result<PathBuf, Failure> {
    let folder = repository().join("target/e2e");
    fs::create_dir_all(&folder)?;
    // Tests run side by side, in several processes even: one makes it, the others wait.
    let lock = File::create(folder.join("catalogue.lock"))?;
    lock.lock()?;
    let bundle = folder.join("large.bundle");
    let makers = [program("generator")?, program("expo-kiosk")?];
    if is_newer(&bundle, &makers) {
        return Ok(bundle);
    }
    let source = folder.join("large");
    let (projects, units) = (PROJECTS.to_string(), UNITS.to_string());
    run(Command::new(&makers[0])
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

/// A signed bundle in a folder, made of [`one_project`]. It is younger than all others.
pub fn bundle_of_one(folder: &Path) -> Result<PathBuf, Failure> {
    let (source, bundle) = (folder.join("source"), folder.join("one.bundle"));
    one_project(&source)?;
    build(&source, &bundle)?;
    Ok(bundle)
}

/// Signs what is in a source folder with the demonstration's key.
fn build(source: &Path, bundle: &Path) -> Result<(), Failure> {
    run(Command::new(program("expo-kiosk")?)
        .args(["bundle", "build"])
        .arg(source)
        .arg("--out")
        .arg(bundle)
        .arg("--key")
        .arg(repository().join("assets/demo/publisher.key")))
}

/// The project of [`one_project`].
pub const PROJECT: &str = "TET-DERSA";

/// One project of the demonstration as a source of its own, with its pictures.
pub fn one_project(folder: &Path) -> Result<(), Failure> {
    let demo = repository().join("assets/demo/source");
    for whole in ["source.csv", "subsidiaries.csv", "towns.csv"] {
        fs::create_dir_all(folder)?;
        fs::copy(demo.join(whole), folder.join(whole))?;
    }
    for name in [
        "projects.csv",
        "groups.csv",
        "units.csv",
        "pictures.csv",
        "offers.csv",
    ] {
        let text = fs::read_to_string(demo.join(name))?;
        let is_kept = |line: &str| name != "offers.csv" && line.contains(PROJECT);
        let lines = text.lines().enumerate();
        let kept = lines.filter(|(number, line)| *number == 0 || is_kept(line));
        let text: Vec<&str> = kept.map(|(_, line)| line).collect();
        fs::write(folder.join(name), text.join("\n"))?;
    }
    let photos = Path::new("photos").join(PROJECT.to_lowercase());
    copy_folder(&demo.join(&photos), &folder.join(&photos))
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// Whether a file is younger than the programs that make it.
pub fn is_newer(made: &Path, makers: &[PathBuf]) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|m| m.modified()).ok();
    makers.iter().all(|maker| time(made) > time(maker))
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into())
    }
}
