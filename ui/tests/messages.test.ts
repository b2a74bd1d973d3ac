/** Checks of the messages that the compiler cannot do. */
import { describe, expect, it } from "vitest";
import * as ar from "@/i18n/ar";
import * as en from "@/i18n/en";
import * as fr from "@/i18n/fr";

type Tree = { [key: string]: unknown };
function leaves(tree: Tree, path = ""): [string, unknown][] {
	return Object.entries(tree).flatMap(([key, value]) =>
		value && typeof value === "object"
			? leaves(value as Tree, `${path}${key}.`)
			: [[`${path}${key}`, value] as [string, unknown]],
	);
}
const all = { fr: leaves({ ...fr }), ar: leaves({ ...ar }), en: leaves({ ...en }) };

describe("messages", () => {
	it("have the same keys and kinds in every language", () => {
		const shape = (list: [string, unknown][]) => list.map(([key, value]) => `${key}: ${typeof value}`).sort();
		expect(all.fr.length).toBeGreaterThan(150);
		expect(shape(all.ar)).toEqual(shape(all.fr));
		expect(shape(all.en)).toEqual(shape(all.fr));
	});
	it("are never empty", () => {
		for (const [lang, list] of Object.entries(all))
			for (const [key, value] of list)
				if (typeof value === "string") expect(value.trim(), `${lang} ${key}`).not.toBe("");
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
		expect(Object.keys(sources)).toHaveLength(6);
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
