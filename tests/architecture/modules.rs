//! Modules of one crate do not import each other in a circle. A module and its submodules may: they are one part.

use super::{files, workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

type Module = Vec<String>;

#[test]
fn modules_do_not_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    let mut seen = 0;
    for package in workspace() {
        for target in &package.targets {
            let is_product = target.is_lib() || target.is_bin();
            let source = target.src_path.as_std_path();
            if !is_product
                || !source.ends_with("lib.rs")
                    && package
                        .targets
                        .iter()
                        .any(|t| t.is_lib() && t.src_path.parent() == target.src_path.parent())
            {
                continue;
            }
            let imports = imports(source);
            seen += imports.len();
            circles.extend(circle(&imports).map(|names| format!("{}: {names}", package.name)));
        }
    }
    assert!(seen > 100, "only {seen} modules were read");
    assert!(circles.is_empty(), "circular modules:\n{}", circles.join("\n"));
}

/// Every module of the crate with the modules that it imports by `crate::` or `super::`.
fn imports(crate_root: &Path) -> BTreeMap<Module, BTreeSet<Module>> {
    let folder = crate_root.parent().unwrap();
    let mut texts = BTreeMap::new();
    for file in files(folder) {
        let relative = file.strip_prefix(folder).unwrap().with_extension("");
        let mut module: Module = relative
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if file.extension().is_none_or(|e| e != "rs")
            || module.iter().any(|part| part == "tests" || part == "bin")
        {
            continue;
        }
        if module
            .last()
            .is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str()))
        {
            module.pop();
        }
        texts.insert(module, fs::read_to_string(&file).unwrap());
    }
    let of = |(module, text): (&Module, &String)| {
        let imported = paths(module, &product_code(text))
            .into_iter()
            .filter_map(|mut path| {
                while !path.is_empty() && !texts.contains_key(&path) {
                    path.pop();
                }
                let is_same_part = path.starts_with(module) || module.starts_with(&path);
                (!is_same_part).then_some(path)
            });
        (module.clone(), imported.collect())
    };
    texts.iter().map(of).collect()
}

/// The text without comments and without the unit tests at its end.
fn product_code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    code.collect::<Vec<_>>().join("\n")
}

/// Paths below the crate root of everything that `code` names by `crate::` or `super::`.
fn paths(module: &Module, code: &str) -> Vec<Module> {
    let mut found = Vec::new();
    for (keyword, base) in [
        ("crate::", Vec::new()),
        ("super::", module[..module.len().saturating_sub(1)].to_vec()),
    ] {
        for (at, _) in code.match_indices(keyword) {
            let is_start = code[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
            if is_start {
                tree(&code[at + keyword.len()..], &base, &mut found);
            }
        }
    }
    found
}

/// Reads one use tree such as `a::{b, c::D}` and returns the rest of the text.
fn tree<'a>(code: &'a str, base: &[String], found: &mut Vec<Module>) -> &'a str {
    let mut path = base.to_vec();
    let mut rest = code.trim_start();
    loop {
        if let Some(inner) = rest.strip_prefix('{') {
            rest = inner.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                rest = tree(rest, &path, found).trim_start();
                // An alias, or the comma.
                rest = rest.find([',', '}']).map_or("", |at| &rest[at..]);
                rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        if end == 0 {
            return rest;
        }
        match &rest[..end] {
            "super" => drop(path.pop()),
            "self" => {}
            name => path.push(name.to_owned()),
        }
        rest = &rest[end..];
        let Some(next) = rest.strip_prefix("::") else {
            found.push(path);
            return rest;
        };
        rest = next;
    }
}

/// The modules of one circle, if there is one: what remains after removing every module that imports none of the rest.
fn circle(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Option<String> {
    let mut rest: BTreeSet<&Module> = imports.keys().collect();
    loop {
        let before = rest.len();
        let outside = |module: &&Module| !imports[*module].iter().any(|imported| rest.contains(imported));
        let removable: Vec<_> = rest.iter().copied().filter(|module| outside(module)).collect();
        rest.retain(|module| !removable.contains(module));
        if rest.len() == before {
            break;
        }
    }
    // Modules that only import a circle are not part of it.
    loop {
        let before = rest.len();
        let imported: BTreeSet<&Module> = rest.iter().flat_map(|module| &imports[*module]).collect();
        rest.retain(|module| imported.contains(module));
        if rest.len() == before {
            break;
        }
    }
    let names = rest.iter().map(|module| module.join("::")).collect::<Vec<_>>();
    (!names.is_empty()).then(|| names.join(", "))
}

#[test]
fn a_circle_is_found_through_a_use_tree() {
    let module = |name: &str| vec![name.to_owned()];
    let read = |name: &str, code: &str| {
        (
            module(name),
            paths(&module(name), code)
                .into_iter()
                .map(|p| p[..1].to_vec())
                .collect(),
        )
    };
    let imports = BTreeMap::from([
        read("a", "use crate::{b::{X, Y as Z}, c::W};"),
        read("b", "fn f() { super::a::g() }"),
        read("c", "use std::fs;"),
        read("d", "use crate::a::V;"),
    ]);
    assert_eq!(circle(&imports).as_deref(), Some("a, b"));
}
