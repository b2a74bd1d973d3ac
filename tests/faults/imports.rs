//! The options of `bundle check` and `bundle build`, with the real program: depth, language, confirmation of warnings,
//! and a bundle that verifies.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::catalogue::write_one_project_source;
use acceptance::programs::{own_folders, program, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with a valid source, and the names of what the commands write.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_one_project_source(&folder.path().join("catalogue")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes the cell in the first row below the header of a table.
    fn set(&self, table: &str, column: &str, value: &str) {
        let path = self.path("catalogue").join(table);
        let text = fs::read_to_string(&path).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let index = lines[0].split(';').position(|name| name == column).unwrap();
        let mut cells: Vec<&str> = lines[1].split(';').collect();
        cells[index] = value;
        lines[1] = cells.join(";");
        fs::write(path, lines.join("\n")).unwrap();
    }

    /// Runs `bundle COMMAND catalogue/` with options.
    fn run(&self, command: &str, options: &[&str]) -> Finished {
        let mut run = Command::new(program("expo-kiosk").unwrap());
        run.arg("--data-dir")
            .arg(self.path("kiosk"))
            .args(["bundle", command]);
        run.arg(self.path("catalogue")).args(options);
        if command == "build" {
            let key = repository().join("assets/demo/publisher.key");
            run.arg("--out").arg(self.bundle()).arg("--key").arg(key);
        }
        run.envs(own_folders(&self.path("home")).unwrap());
        Finished::from(run.output().unwrap())
    }

    fn bundle(&self) -> PathBuf {
        self.path("out/catalogue.bundle")
    }

    fn verify(&self) -> Finished {
        let mut run = Command::new(program("expo-kiosk").unwrap());
        run.arg("--data-dir")
            .arg(self.path("kiosk"))
            .args(["bundle", "verify"]);
        run.arg(self.bundle());
        run.arg("--key")
            .arg(repository().join("assets/demo/publisher.key"));
        run.envs(own_folders(&self.path("home")).unwrap());
        Finished::from(run.output().unwrap())
    }
}

struct Finished {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Finished {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Finished {
    /// Checks exit code and output; `stream` chooses what must contain the texts.
    fn says(&self, code: i32, stream: &str, texts: &[&str]) {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        for text in texts {
            assert!(stream.contains(text), "{text} is missing in:\n{stream}");
        }
    }
}

fn truncate(photo: &Path) {
    let intact = fs::read(photo).unwrap();
    fs::write(photo, &intact[..intact.len() / 2]).unwrap();
}

fn first_photo(desk: &Desk) -> PathBuf {
    let photos = desk.path("catalogue/photos/tet-dersa");
    let names = fs::read_dir(photos).unwrap().map(|entry| entry.unwrap().path());
    names.min().unwrap()
}

#[test]
fn report_counts_rows_in_the_chosen_language() {
    let desk = Desk::new();
    let english = desk.run("check", &[]);
    english.says(
        0,
        &english.out,
        &["units.csv: ", " row(s) read", "No errors in the tables."],
    );
    let french = desk.run("check", &["--lang", "fr"]);
    french.says(
        0,
        &french.out,
        &["units.csv : ", " ligne(s) lue(s)", "Aucune erreur"],
    );
    let unknown = desk.run("check", &["--lang", "de"]);
    unknown.says(2, &unknown.err, &["--lang"]);
}

#[test]
fn faults_are_written_in_the_chosen_language() {
    let desk = Desk::new();
    desk.set("units.csv", "price_dh", "cher");
    desk.set("units.csv", "status", "libre");
    for command in ["check", "build"] {
        let english = desk.run(command, &[]);
        english.says(
            1,
            &english.err,
            &["2 fault(s)", "units.csv, row 2, column price_dh: found “cher”"],
        );
        let french = desk.run(command, &["--lang", "fr"]);
        let line = "units.csv, ligne 2, colonne status: trouvé « libre », attendu : un code parmi";
        french.says(1, &french.err, &["erreurs dans la source : 2", line]);
        assert_eq!((english.out, french.out), (String::new(), String::new()));
    }
    assert!(!desk.bundle().exists());
}

#[test]
fn only_a_full_check_decodes_the_photos() {
    let desk = Desk::new();
    truncate(&first_photo(&desk));
    let quick = desk.run("check", &[]);
    quick.says(0, &quick.out, &["No errors in the tables."]);
    let full = desk.run("check", &["--full", "--lang", "fr"]);
    full.says(
        1,
        &full.err,
        &["pictures.csv, ligne 2, colonne file", "la photo est endommagée"],
    );
    let build = desk.run("build", &[]);
    build.says(1, &build.err, &["pictures.csv, row 2, column file", "is damaged"]);
}

#[test]
fn warnings_are_confirmed_by_an_option() {
    let desk = Desk::new();
    desk.set("units.csv", "price_dh", "288");
    for command in ["check", "build"] {
        let refused = desk.run(command, &["--lang", "fr"]);
        let hint = "relancez la commande avec --accept-warnings";
        refused.says(
            1,
            &refused.err,
            &["valeurs à confirmer : 1", hint, "units.csv, ligne 2"],
        );
        assert!(!desk.bundle().exists());
    }
    for command in ["check", "build"] {
        let accepted = desk.run(command, &["--accept-warnings", "--lang", "fr"]);
        accepted.says(
            0,
            &accepted.out,
            &["units.csv, ligne 2, colonne price_dh: trouvé « 288 »"],
        );
    }
    // A fault cannot be confirmed.
    desk.set("units.csv", "status", "libre");
    let fault = desk.run("check", &["--accept-warnings"]);
    fault.says(1, &fault.err, &["1 fault(s)"]);
}

#[test]
fn reported_bundle_verifies_and_survives_a_failed_build() {
    let desk = Desk::new();
    let built = desk.run("build", &[]);
    built.says(0, &built.out, &["The signature is valid."]);
    let before = fs::read(desk.bundle()).unwrap();
    truncate(&first_photo(&desk));
    let failed = desk.run("build", &[]);
    failed.says(1, &failed.err, &["1 fault(s)"]);
    assert!(!failed.out.contains("valid"), "{}", failed.out);
    assert!(fs::read(desk.bundle()).unwrap() == before);
    let verified = desk.verify();
    verified.says(0, &verified.out, &["The signature is valid."]);
}
