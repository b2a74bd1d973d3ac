/** Checks of the messages that the compiler cannot do. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { messagesOf, STAFF_LANGUAGES, UI_LANGUAGES, type UiLang } from "@/i18n/index.svelte";

type Tree = { [key: string]: unknown };
function leaves(tree: Tree, path = ""): [string, unknown][] {
	return Object.entries(tree).flatMap(([key, value]) =>
		value && typeof value === "object"
			? leaves(value as Tree, `${path}${key}.`)
			: [[`${path}${key}`, value] as [string, unknown]],
	);
}
const all = Object.fromEntries(UI_LANGUAGES.map((lang) => [lang, leaves({ ...messagesOf(lang) })])) as Record<
	UiLang,
	[string, unknown][]
>;
const isForStaff = (key: string) => /^(?:staff|supply|device|today)\w*\./.test(key);

/** The cells of `docs/terms.csv`: no cell contains a line break or a doubled quotation mark. */
function terms(): Record<string, string>[] {
	const [head = "", ...lines] = readFileSync("../docs/terms.csv", "utf8").trimEnd().split("\n");
	const cells = (line: string) =>
		[...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
	const names = cells(head);
	return lines.map((line) => Object.fromEntries(cells(line).map((cell, index) => [names[index], cell])));
}

/** Terms that are no longer used for visitors, by language, such as `fr unité`. */
function replacedTerms(): { lang: UiLang; term: string }[] {
	return terms()
		.flatMap(({ replaced }) => (replaced ? replaced.split(" | ") : []))
		.map((entry) => ({ lang: entry.slice(0, 2) as UiLang, term: entry.slice(3).toLowerCase() }));
}

/** The text of a message without its arguments. */
const source = (value: unknown): string =>
	(typeof value === "function" ? value.toString() : String(value)).toLowerCase();

describe("messages", () => {
	it("avoid the replaced terms of the term list", () => {
		const replaced = replacedTerms();
		expect(replaced.length).toBeGreaterThan(15);
		for (const { lang, term } of replaced) {
			const word = new RegExp(`(?<![\\p{L}_."])${term}(?![\\p{L}_(:])`, "u");
			const found = all[lang].filter(([key, value]) => !isForStaff(key) && word.test(source(value)));
			expect(
				found.map(([key]) => key),
				`${lang} ${term}`,
			).toEqual([]);
		}
	});
	it("have the same keys and kinds in every language", () => {
		const shape = (list: [string, unknown][]) => list.map(([key, value]) => `${key}: ${typeof value}`).sort();
		expect(all.fr.length).toBeGreaterThan(150);
		for (const lang of UI_LANGUAGES) expect(shape(all[lang]), lang).toEqual(shape(all.fr));
	});
	it("isolate the names that they contain", () => {
		const withName = {
			explore: [
				"corrected",
				"correctedFrom",
				"less",
				"liftText",
				"more",
				"nearbyAnswer",
				"nearbyEmpty",
				"nothingTitle",
			],
			lead: ["what.remove"],
			project: ["by"],
			shortlist: ["removeThis", "removed", "pickThis", "compared.removeThis", "compared.callAboutThis"],
		};
		for (const lang of UI_LANGUAGES) {
			const messages = new Map(all[lang]);
			for (const [area, keys] of Object.entries(withName))
				for (const key of keys) {
					const message = messages.get(`${area}.${key}`) as (name: string) => string;
					expect(message("Nom"), `${lang} ${area}.${key}`).toContain("\u2068Nom\u2069");
				}
		}
	});
	it("are never empty", () => {
		for (const [lang, list] of Object.entries(all))
			for (const [key, value] of list)
				if (typeof value === "string") expect(value.trim(), `${lang} ${key}`).not.toBe("");
	});
	it("are translated", () => {
		// A sentence of four words or more is not the same in two languages.
		const words = (value: unknown) => (typeof value === "string" ? value.split(/\s+/).length : 0);
		const english = new Map(all.en);
		for (const lang of UI_LANGUAGES.filter((lang) => lang !== "en")) {
			const visitor = all[lang].filter(([key]) => STAFF_LANGUAGES.some((name) => name === lang) || !isForStaff(key));
			const same = visitor.filter(([key, value]) => words(value) >= 4 && value === english.get(key));
			expect(same, lang).toEqual([]);
		}
	});
	it("are written in Arabic letters in Arabic", () => {
		const latin = all.ar.filter(
			([, value]) => typeof value === "string" && /[a-z]{3}/i.test(value) && !/[\u0600-\u06ff]/.test(value),
		);
		// Exceptions: file formats, domains, trade names.
		expect(
			latin
				.map(([key, value]) => `${key}: ${value}`)
				.filter((line) => !/XLSX|CSV|WhatsApp|Excel|age|AZERTY|QWERTY|\./i.test(line)),
		).toEqual([]);
	});
	// An update of a rule changes every sentence, because figures come from the rule files.
	it("write no figure of a rule in a sentence", () => {
		const sources = import.meta.glob<string>("../src/i18n/*/{aid,summer}.ts", {
			query: "?raw",
			import: "default",
			eager: true,
		});
		expect(Object.keys(sources)).toHaveLength(2 * UI_LANGUAGES.length);
		for (const [file, source] of Object.entries(sources)) {
			const sentences = source.match(/"[^"\n]*"|`[^`]*`/g) ?? [];
			expect(sentences.length).toBeGreaterThan(40);
			for (const sentence of sentences) {
				const written = sentence.replace(/\$\{[^}]*\}/g, "").replace(/\\u[0-9a-f]{4}/g, "");
				expect(written, file).not.toMatch(/[1-9]|\b(cinq ans|five years|six mois|six months)\b|خمس سنوات|ستة أشهر/);
			}
		}
	});
	it("contain no eastern Arabic digits", () => {
		expect(all.ar.filter(([, value]) => typeof value === "string" && /[٠-٩۰-۹]/.test(value))).toEqual([]);
	});
});
