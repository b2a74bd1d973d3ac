/** Checks the import rules of `ui/README.md` by reading every import. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
	.filter((name) => /\.(ts|svelte)$/.test(name) && !name.endsWith(".test.ts"))
	.map((name) => join(SRC, name));

/** Targets of a file's imports: paths under src, or package names. */
function imports(file: string): string[] {
	const code = readFileSync(file, "utf8");
	const found = [...code.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1] ?? "");
	return found.map((name) => {
		if (name.startsWith("@/")) return name.slice(2);
		if (name.startsWith(".")) return relative(SRC, resolve(dirname(file), name));
		return name;
	});
}

const within = (folder: string) => files.filter((file) => relative(SRC, file).startsWith(`${folder}/`));
const breaches = (of: string[], bad: (target: string) => boolean) =>
	of.flatMap((file) =>
		imports(file)
			.filter(bad)
			.map((target) => `${relative(SRC, file)} imports ${target}`),
	);

describe("imports", () => {
	it("the check reads the real files", () => {
		expect(files.length).toBeGreaterThan(20);
		expect(imports(join(SRC, "host/index.ts"))).toContain("#transport");
	});
	it("only host imports Tauri", () => {
		const others = files.filter((file) => !relative(SRC, file).startsWith("host/"));
		expect(breaches(others, (name) => name.startsWith("@tauri-apps") || name === "#transport")).toEqual([]);
	});
	it("visitor and staff do not import each other", () => {
		expect(breaches(within("visitor"), (name) => name.startsWith("staff/"))).toEqual([]);
		expect(breaches(within("staff"), (name) => name.startsWith("visitor/"))).toEqual([]);
	});
	it("kit, i18n and host import no screens", () => {
		const low = [...within("kit"), ...within("i18n"), ...within("host")];
		expect(breaches(low, (name) => /^(visitor|staff)\//.test(name))).toEqual([]);
	});
	it("no file contains a remote address", () => {
		// Generated types name the address of their generator in a comment.
		const remote = files
			.filter((file) => !relative(SRC, file).startsWith("bindings/"))
			.filter((file) => /["'(]https?:\/\/(?!www\.w3\.org)/.test(readFileSync(file, "utf8")));
		expect(remote.map((file) => relative(SRC, file))).toEqual([]);
	});
});
