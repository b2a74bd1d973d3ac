/** Plural forms. The types require every form that a language has. */
type Forms<K extends string> = Record<K, string>;

/** One form for one thing, one for several. `many` is for round millions: `un million de biens`. */
interface RomanceForms {
	one: string;
	many?: string;
	other: string;
}

function romance(tag: "fr" | "es" | "it") {
	const rules = new Intl.PluralRules(tag);
	return (n: number, { one, many, other }: RomanceForms): string => {
		const form = rules.select(n);
		return form === "one" ? one : form === "many" ? (many ?? other) : other;
	};
}

function germanic(tag: "en" | "nl" | "de") {
	const rules = new Intl.PluralRules(tag);
	return (n: number, { one, other }: Forms<"one" | "other">): string => (rules.select(n) === "one" ? one : other);
}

/** French: 0 and 1 are singular. */
export const fr = romance("fr");
export const es = romance("es");
export const it = romance("it");
export const en = germanic("en");
export const nl = germanic("nl");
export const de = germanic("de");

const arabic = new Intl.PluralRules("ar");

/** Arabic has six forms. */
export function ar(n: number, forms: Forms<Intl.LDMLPluralRule>): string {
	return forms[arabic.select(n)];
}
