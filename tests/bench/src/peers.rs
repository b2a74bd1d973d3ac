//! Peers, installed by the bench that needs them: a missing peer fails the bench, it is never left out. Must not know
//! what is measured.

use crate::Failure;
use crate::machine::version;
use crate::report::folder;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A program of a Debian package; installs the package when it is missing. Returns what the program says when asked
/// for its version.
pub fn debian(program: &str, package: &str, ask: &[&str]) -> Result<String, Failure> {
    if version(program, ask).is_none() {
        let sudo = if version("id", &["-u"]).as_deref() == Some("0") {
            None
        } else {
            Some("sudo")
        };
        let install = ["apt-get", "install", "-y", "--no-install-recommends", package];
        let line: Vec<&str> = sudo.into_iter().chain(install).collect();
        run(Command::new(line[0])
            .args(&line[1..])
            .env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    version(program, ask).ok_or_else(|| format!("{program} of the package {package} does not run").into())
}

/// A folder with an npm package of exactly that version, below `target/bench/npm`.
pub fn npm(package: &str, exactly: &str) -> Result<PathBuf, Failure> {
    let place = folder()
        .join("npm")
        .join(format!("{}-{exactly}", package.replace('/', "-")));
    let manifest = place.join("node_modules").join(package).join("package.json");
    if !manifest.is_file() {
        std::fs::create_dir_all(&place)?;
        std::fs::write(
            place.join("package.json"),
            "{ \"private\": true, \"type\": \"module\" }\n",
        )?;
        let wanted = format!("{package}@{exactly}");
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", &wanted])
            .current_dir(&place))?;
    }
    let manifest: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(manifest)?)?;
    if manifest["version"] == exactly {
        Ok(place)
    } else {
        Err(format!(
            "{package} is there in version {}, not {exactly}",
            manifest["version"]
        )
        .into())
    }
}

/// Runs a command that must succeed, and shows what it says when it does not.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let program = command.get_program().to_string_lossy();
    Err(format!("{program}: {}", said.trim().lines().last().unwrap_or("it failed")).into())
}
