//! Checks the rules of ARCHITECTURE.md: crate graph, owner crate of each library, no circular modules, licences, and that
//! every test named in docs/invariants.toml exists.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

mod invariants;
mod modules;
mod time_zones;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each crate and the workspace crates it may use.
const EDGES: [(&str, &[&str]); 22] = [
    ("expo-domain", &[]),
    ("expo-protocol", &["expo-domain"]),
    ("expo-vault", &[]),
    ("expo-media", &["expo-domain"]),
    ("expo-texts", &["expo-domain"]),
    ("expo-export", &["expo-domain", "expo-texts", "expo-vault"]),
    (
        "expo-bundle",
        &[
            "expo-domain",
            "expo-texts",
            "expo-protocol",
            "expo-vault",
            "expo-media",
        ],
    ),
    ("expo-store", &["expo-domain"]),
    ("expo-search", &["expo-domain"]),
    ("expo-sync", &["expo-protocol"]),
    ("expo-client", &["expo-protocol", "expo-sync"]),
    (
        "expo-kiosk-core",
        &[
            "expo-domain",
            "expo-texts",
            "expo-protocol",
            "expo-vault",
            "expo-media",
            "expo-bundle",
            "expo-store",
            "expo-search",
            "expo-sync",
            "expo-export",
        ],
    ),
    ("expo-kiosk", &["expo-kiosk-core", "expo-client"]),
    (
        "expo-platform",
        &["expo-domain", "expo-protocol", "expo-vault", "expo-bundle"],
    ),
    ("contract", &["expo-domain", "expo-protocol", "expo-vault"]),
    ("cluster", &[]),
    ("fixtures", &["expo-domain", "expo-protocol", "expo-vault"]),
    ("generator", &["expo-domain"]),
    (
        "bench",
        &[
            "expo-domain",
            "expo-protocol",
            "expo-vault",
            "expo-media",
            "expo-bundle",
            "expo-search",
            "expo-sync",
            "expo-client",
            "expo-kiosk-core",
            "generator",
            "contract",
            "cluster",
            "fixtures",
            "acceptance",
        ],
    ),
    (
        "simulation",
        &[
            "expo-domain",
            "expo-protocol",
            "expo-vault",
            "expo-store",
            "expo-sync",
            "expo-kiosk-core",
            "generator",
            "fixtures",
            "expo-platform",
        ],
    ),
    ("chaos", &["acceptance"]),
    ("acceptance", &[]),
];

/// Each library and the only crates that may use it.
const OWNERS: [(&str, &[&str]); 8] = [
    ("tauri", &["expo-kiosk"]),
    ("gtk", &["expo-kiosk"]),
    ("webkit2gtk", &["expo-kiosk"]),
    ("rusqlite", &["expo-store", "expo-platform", "bench"]),
    ("reqwest", &["expo-client", "contract"]),
    ("image", &["expo-media", "generator", "bench"]),
    ("axum", &["expo-platform", "bench"]),
    ("age", &["expo-vault"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All files below `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

fn workspace() -> Vec<Package> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    metadata.packages
}

fn dependencies(package: &Package) -> BTreeSet<String> {
    let normal = package
        .dependencies
        .iter()
        .filter(|d| d.kind != DependencyKind::Development);
    normal.map(|d| d.name.clone()).collect()
}

#[test]
fn crates_use_only_allowed_crates() {
    let allowed: BTreeMap<&str, &[&str]> = EDGES.into_iter().collect();
    let packages = workspace();
    let ours: BTreeSet<&str> = packages.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        ours,
        allowed.keys().copied().collect(),
        "EDGES does not list exactly the crates of the workspace"
    );
    for package in &packages {
        let uses = dependencies(package);
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
            "{} no longer uses {unused:?}: remove the edge",
            package.name
        );
    }
}

#[test]
fn each_library_has_one_owner() {
    let packages = workspace();
    for (library, owners) in OWNERS {
        for package in &packages {
            if dependencies(package).contains(library) {
                assert!(
                    owners.contains(&package.name.as_str()),
                    "{library} is used in {}",
                    package.name
                );
            }
        }
    }
}

#[test]
fn only_the_host_module_imports_tauri() {
    let ui = root().join("ui/src");
    let found = files(&ui);
    assert!(found.len() > 20);
    for file in found {
        let text = fs::read_to_string(&file).unwrap_or_default();
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
fn every_licence_is_allowed() {
    let root = root();
    let rules = fs::read_to_string(root.join("deny.toml")).unwrap();
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
        // One alternative of every part joined by AND must be allowed.
        let met = licence
            .split(" AND ")
            .all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim())));
        assert!(met, "{} is under {licence:?}", package.name);
    }
}
