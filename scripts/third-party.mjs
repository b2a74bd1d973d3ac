#!/usr/bin/env node
// Writes the licences of everything that the programs contain besides this project: crates, parts of the windows, fonts
// and data of maps. Fails if a licence is unknown. Usage: third-party.mjs FILE
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));
const PROGRAMS = ["expo-kiosk", "expo-platform"];
/** Packages that the windows contain although they are only needed to build them. */
const COMPILED_IN = ["svelte"];
const LICENCE_FILE = /^(licen[cs]e|copying|notice|unlicense|ofl)/i;
const DATA = [
	"Region outlines and coast line: © OpenStreetMap contributors, Open Database License 1.0",
	"  (https://opendatacommons.org/licenses/odbl/1-0/), from morocco-map. Derived data: ui/src/visitor and assets/places.",
];

/** The texts of the licences in a folder. */
function texts(folder) {
	const names = readdirSync(folder).filter((name) => LICENCE_FILE.test(name));
	const files = names.sort().map((name) => join(folder, name));
	return files.filter((file) => !file.endsWith(".rs")).flatMap((file) => {
		try {
			return [readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim()];
		} catch {
			return [];
		}
	});
}

function crates() {
	const target = execFileSync("rustc", ["-vV"], { encoding: "utf8" }).match(/^host: (.*)$/m)[1];
	const metadata = JSON.parse(
		execFileSync("cargo", ["metadata", "--locked", "--format-version", "1", "--filter-platform", target], {
			cwd: REPOSITORY,
			encoding: "utf8",
			maxBuffer: 256 * 1024 * 1024,
		}),
	);
	const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
	const packages = new Map(metadata.packages.map((found) => [found.id, found]));
	const own = new Set(metadata.workspace_members);
	const seen = new Set();
	const visit = (id) => {
		if (seen.has(id)) return;
		seen.add(id);
		for (const dependency of nodes.get(id).deps) {
			if (dependency.dep_kinds.some(({ kind }) => kind === null)) visit(dependency.pkg);
		}
	};
	for (const found of metadata.packages) {
		if (own.has(found.id) && PROGRAMS.includes(found.name)) visit(found.id);
	}
	return [...seen]
		.filter((id) => !own.has(id))
		.map((id) => packages.get(id))
		.map(({ name, version, license, manifest_path }) => ({
			name: `${name} ${version}`,
			licence: license,
			texts: texts(dirname(manifest_path)),
		}));
}

function packagesOfWindows() {
	const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY, "ui/package.json"), "utf8"));
	return [...Object.keys(dependencies), ...COMPILED_IN].map((name) => {
		const folder = join(REPOSITORY, "ui/node_modules", name);
		if (!existsSync(folder)) throw new Error(`${folder} is missing: run 'npm install' in ui`);
		const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
		return { name: `${name} ${version}`, licence: license, texts: texts(folder) };
	});
}

function section(title, found) {
	const sorted = found.sort((a, b) => a.name.localeCompare(b.name, "en"));
	const unknown = sorted.filter(({ licence }) => !licence);
	if (unknown.length > 0) throw new Error(`no licence is stated by ${unknown.map(({ name }) => name).join(", ")}`);
	return [title, "=".repeat(title.length), "", ...sorted.map(({ name, licence }) => `${name}: ${licence}`), ""];
}

/** Each text once, below the names of all parts that have it. */
function fullTexts(found) {
	const names = new Map();
	for (const part of found) {
		for (const text of part.texts) names.set(text, [...(names.get(text) ?? []), part.name]);
	}
	return [...names].flatMap(([text, parts]) => ["-".repeat(78), [...new Set(parts)].join(", "), "", text, ""]);
}

const [out] = process.argv.slice(2);
if (!out) {
	console.error("usage: third-party.mjs FILE");
	process.exit(2);
}
const libraries = crates();
const windows = packagesOfWindows();
const lines = [
	...section("Libraries in the programs", libraries),
	...section("Libraries, fonts and icons in the windows", windows),
	"Data",
	"====",
	"",
	...DATA,
	"",
	"Texts of the licences",
	"=====================",
	"",
	...fullTexts([...libraries, ...windows]),
];
mkdirSync(dirname(resolve(out)), { recursive: true });
writeFileSync(out, lines.join("\n"));
console.log(`${out}: ${libraries.length} libraries in the programs, ${windows.length} packages in the windows`);
