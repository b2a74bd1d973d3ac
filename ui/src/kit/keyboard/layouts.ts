/**
 * The layouts of the on-screen keyboard as data, and which layouts a field offers in a language. Must not know: the
 * page, fields, Svelte.
 *
 * A layout has at most three rows of letters and one group of extra keys (accents or digits). The extra keys are always
 * visible, so that no accented letter needs a long press or shift.
 */

/** Values of the `data-keyboard` attribute. */
export const FIELD_KINDS = ["text", "search", "tel", "email", "password"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export type LayoutName = "azerty" | "qwerty" | "arabic" | "symbols" | "tel";

/** Keys that do not enter a character of their own. */
export type KeyAction = "backspace" | "space" | "enter" | "shift" | "close";

export interface Layout {
	rows: readonly (readonly string[])[];
	extras: readonly string[];
	/** Whether the layout has capitals, and so a shift key. */
	cased: boolean;
}

const chars = (text: string): readonly string[] => Array.from(text.replaceAll(" ", ""));

const DIGITS = chars("1234567890");
const FRENCH_ACCENTS = chars("éèêëàâçîïôùû");
const EUROPEAN_ACCENTS = chars("éèëáçïíóöüñß");

const AZERTY: Layout = {
	rows: [chars("azertyuiop"), chars("qsdfghjklm"), chars("wxcvbn'-")],
	extras: FRENCH_ACCENTS,
	cased: true,
};

const QWERTY: Layout = {
	rows: [chars("qwertyuiop"), chars("asdfghjkl'"), chars("zxcvbnm-")],
	extras: EUROPEAN_ACCENTS,
	cased: true,
};

/** The letters of the Arabic 101 keyboard. Extra keys: letters with hamza or madda, and Moroccan letters. */
const ARABIC: Layout = {
	rows: [chars("ضصثقفغعهخحجد"), chars("شسيبلاتنمكط"), chars("ئءؤرىةوزظ-")],
	extras: chars("أإآذڭگڤپچ"),
	cased: false,
};

/** Together with the letters, all of ASCII, so that any passphrase can be entered. */
const SYMBOLS: Layout = {
	rows: [chars("@#&%*+=/\\|"), chars("()[]{}<>_~"), chars(".,;:!?'\"-^`$")],
	extras: DIGITS,
	cased: false,
};

const TEL: Layout = { rows: [chars("123"), chars("456"), chars("789"), chars("+0")], extras: [], cased: false };

const LAYOUTS: Record<LayoutName, Layout> = {
	azerty: AZERTY,
	qwerty: QWERTY,
	arabic: ARABIC,
	symbols: SYMBOLS,
	tel: TEL,
};

/** Common mail domains; one key writes the part after the @. */
export const MAIL_DOMAINS = ["gmail.com", "hotmail.com", "outlook.com"] as const;

const AZERTY_LANGUAGES = new Set(["fr", "ar", "zgh"]);

/** The Latin layout that people who read `lang` usually have at home. */
export function latinFor(lang: string): "azerty" | "qwerty" {
	return AZERTY_LANGUAGES.has(lang) ? "azerty" : "qwerty";
}

/** The layout a field opens with. */
export function firstLayout(kind: FieldKind, lang: string): LayoutName {
	if (kind === "tel") return "tel";
	if (lang === "ar" && (kind === "text" || kind === "search")) return "arabic";
	return latinFor(lang);
}

/** The layouts to switch to from `current`, in the order of their keys. */
export function layoutSwitches(kind: FieldKind, current: LayoutName, lang: string): LayoutName[] {
	if (kind === "tel") return [];
	const latin = latinFor(lang);
	const otherLatin = latin === "azerty" ? "qwerty" : "azerty";
	const order: LayoutName[] =
		kind === "email"
			? [latin, otherLatin]
			: kind === "password"
				? ["symbols", latin, otherLatin]
				: ["symbols", latin, "arabic", otherLatin];
	return order.filter((name) => name !== current);
}

/**
 * The keys of a layout for a kind of field. Mail addresses get digits and the underscore and no capitals. Passphrases
 * get digits next to the letters, and accents next to the symbols.
 */
export function keysFor(name: LayoutName, kind: FieldKind, lang: string): Layout {
	const layout = LAYOUTS[name];
	if (kind === "email") {
		const rows = layout.rows.map((row) => row.map((char) => (char === "'" ? "_" : char)));
		return { rows, extras: DIGITS, cased: false };
	}
	if (kind === "password") {
		const accents = latinFor(lang) === "azerty" ? FRENCH_ACCENTS : EUROPEAN_ACCENTS;
		return { ...layout, extras: name === "symbols" ? accents : DIGITS };
	}
	return layout;
}
