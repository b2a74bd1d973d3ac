//! The house as ARCHITECTURE.md draws it: which crate may use which, and which library lives where. Reads what Cargo
//! itself says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Crate → crates of ours it may use.
const EDGES: [(&str, &[&str]); 20] = [
    ("domain", &[]),
    ("protocol", &["domain"]),
    ("vault", &[]),
    ("media", &["domain"]),
    ("export", &["domain", "vault"]),
    ("bundle", &["domain", "protocol", "vault", "media"]),
    ("store", &["domain"]),
    ("search", &["domain"]),
    ("sync", &["protocol"]),
    ("client", &["protocol", "sync"]),
    (
        "kiosk",
        &[
            "domain", "protocol", "vault", "media", "bundle", "store", "search", "sync", "export",
        ],
    ),
    ("expo-kiosk", &["kiosk", "client"]),
    ("platform", &["domain", "protocol", "vault", "bundle"]),
    ("contract", &["domain", "protocol", "vault"]),
    ("cluster", &[]),
    ("generator", &["domain"]),
    (
        "bench",
        &[
            "domain",
            "protocol",
            "vault",
            "media",
            "bundle",
            "search",
            "sync",
            "client",
            "kiosk",
            "generator",
            "contract",
            "cluster",
            "acceptance",
        ],
    ),
    (
        "simulation",
        &[
            "domain",
            "protocol",
            "vault",
            "store",
            "sync",
            "kiosk",
            "generator",
            "platform",
        ],
    ),
    ("chaos", &["acceptance"]),
    ("acceptance", &[]),
];

/// Library → the only crates that may use it.
const HOMES: [(&str, &[&str]); 6] = [
    ("tauri", &["expo-kiosk"]),
    ("rusqlite", &["store", "platform", "bench"]),
    ("reqwest", &["client", "contract"]),
    ("image", &["media", "generator", "bench"]),
    ("axum", &["platform", "bench"]),
    ("age", &["vault"]),
];

fn workspace() -> Vec<Package> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .exec()
        .unwrap();
    metadata.packages
}

fn used(package: &Package) -> BTreeSet<String> {
    let normal = package
        .dependencies
        .iter()
        .filter(|d| d.kind != DependencyKind::Development);
    normal.map(|d| d.name.clone()).collect()
}

#[test]
fn crates_use_only_what_stands_below_them() {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.into_iter().collect();
    let packages = workspace();
    let ours: BTreeSet<&str> = packages.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        ours,
        allowed.keys().copied().collect(),
        "a crate is not in the picture"
    );
    for package in &packages {
        let uses = used(package);
        let uses: BTreeSet<&str> = uses
            .iter()
            .map(String::as_str)
            .filter(|n| ours.contains(n))
            .collect();
        let may: BTreeSet<&str> = allowed[package.name.as_str()].iter().copied().collect();
        let forbidden: Vec<_> = uses.difference(&may).collect();
        assert!(
            forbidden.is_empty(),
            "{} uses {forbidden:?}, which ARCHITECTURE.md does not allow",
            package.name
        );
        let unused: Vec<_> = may.difference(&uses).collect();
        assert!(
            unused.is_empty(),
            "{} no longer uses {unused:?}: take the edge out",
            package.name
        );
    }
}

#[test]
fn each_library_has_one_home() {
    let packages = workspace();
    for (library, homes) in HOMES {
        for package in &packages {
            if used(package).contains(library) {
                assert!(
                    homes.contains(&package.name.as_str()),
                    "{library} is used in {}",
                    package.name
                );
            }
        }
    }
}

#[test]
fn only_the_host_module_of_the_windows_knows_tauri() {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                files(&entry.path(), found);
            } else {
                found.push(entry.path());
            }
        }
    }
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src");
    let mut found = Vec::new();
    files(&ui, &mut found);
    assert!(found.len() > 20);
    for file in found {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let relative = file.strip_prefix(&ui).unwrap();
        assert!(
            !text.contains("@tauri-apps") || relative.starts_with("host"),
            "{}",
            relative.display()
        );
        let staff = text.contains("@/staff") || text.contains("../staff/");
        let visitor = text.contains("@/visitor") || text.contains("../visitor/");
        assert!(
            !staff || !relative.starts_with("visitor"),
            "{}",
            relative.display()
        );
        assert!(
            !visitor || !relative.starts_with("staff"),
            "{}",
            relative.display()
        );
    }
}

#[test]
fn every_licence_is_one_we_allow() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rules = std::fs::read_to_string(root.join("deny.toml")).unwrap();
    let list = rules
        .split_once("allow = [")
        .unwrap()
        .1
        .split_once("\n]")
        .unwrap()
        .0;
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .exec()
        .unwrap();
    assert!(metadata.packages.len() > 300 && allowed.contains("MIT"));
    for package in metadata.packages {
        let licence = package
            .license
            .unwrap_or_default()
            .replace('/', " OR ")
            .replace(['(', ')'], "");
        // Every part joined by AND must be met by one of its alternatives.
        let met = licence
            .split(" AND ")
            .all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim())));
        assert!(met, "{} is under {licence:?}", package.name);
    }
}
