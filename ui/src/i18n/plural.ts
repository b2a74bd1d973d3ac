/** Plural forms. The types require every form that a language has. */
type Forms<K extends string> = Record<K, string>;
const rules = {
	fr: new Intl.PluralRules("fr"),
	en: new Intl.PluralRules("en"),
	ar: new Intl.PluralRules("ar"),
};

/** French: 0 and 1 are singular. The form `many` is for round millions, which do not occur here. */
export function fr(n: number, forms: Forms<"one" | "other">): string {
	return rules.fr.select(n) === "one" ? forms.one : forms.other;
}

export function en(n: number, forms: Forms<"one" | "other">): string {
	return rules.en.select(n) === "one" ? forms.one : forms.other;
}

/** Arabic has six forms. */
export function ar(n: number, forms: Forms<Intl.LDMLPluralRule>): string {
	return forms[rules.ar.select(n)];
}
