//! Installs peers for the benches. A missing peer fails the bench; it is never skipped. Must not know the benches.

use crate::Failure;
use crate::machine::version;
use crate::report::folder;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Installs a Debian package if its program is missing. Returns the first line that the program prints with
/// `version_arguments`.
pub fn install_debian(program: &str, package: &str, version_arguments: &[&str]) -> Result<String, Failure> {
    if version(program, version_arguments).is_none() {
        let sudo = if version("id", &["-u"]).as_deref() == Some("0") {
            None
        } else {
            Some("sudo")
        };
        let install = ["apt-get", "install", "-y", "--no-install-recommends", package];
        let words: Vec<&str> = sudo.into_iter().chain(install).collect();
        run(Command::new(words[0])
            .args(&words[1..])
            .env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    version(program, version_arguments)
        .ok_or_else(|| format!("{program} of the package {package} does not run").into())
}

/// Installs an exact version of an npm package below `target/bench/npm`. Returns the folder.
pub fn install_npm(package: &str, exact_version: &str) -> Result<PathBuf, Failure> {
    let target = folder()
        .join("npm")
        .join(format!("{}-{exact_version}", package.replace('/', "-")));
    let manifest = target.join("node_modules").join(package).join("package.json");
    if !manifest.is_file() {
        std::fs::create_dir_all(&target)?;
        std::fs::write(
            target.join("package.json"),
            "{ \"private\": true, \"type\": \"module\" }\n",
        )?;
        let wanted = format!("{package}@{exact_version}");
        run(Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", &wanted])
            .current_dir(&target))?;
    }
    let manifest: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(manifest)?)?;
    if manifest["version"] == exact_version {
        Ok(target)
    } else {
        Err(format!(
            "{package} is installed in version {}, not {exact_version}",
            manifest["version"]
        )
        .into())
    }
}

/// Runs a command that must succeed. The error contains the last line of its standard error.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let program = command.get_program().to_string_lossy();
    Err(format!(
        "{program}: {}",
        stderr.trim().lines().last().unwrap_or("it failed")
    )
    .into())
}
