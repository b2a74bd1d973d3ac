/**
 * The keys of the on-screen keyboard, as data: which letters each layout has, and in which order the
 * layouts are offered for a field and a language. It knows nothing of the page, of fields or of Svelte.
 *
 * Every layout has at most three rows of letters and one group of extras (accents or digits). The extras
 * are always in sight, so that no accented letter hides behind a long press or a shift layer.
 */

/** What a field asks for with its `data-keyboard` attribute. */
export const FIELD_KINDS = ["text", "search", "tel", "email", "password"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

export type LayoutName = "azerty" | "qwerty" | "arabic" | "symbols" | "tel";

/** Everything a key can do besides entering its own character. */
export type KeyAction = "backspace" | "space" | "enter" | "shift" | "close";

export interface Layout {
	rows: readonly (readonly string[])[];
	extras: readonly string[];
	/** Whether a shift key makes sense: Arabic, digits and symbols have no capitals. */
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

/** The letters of the Arabic 101 keyboard at their usual places; extras: hamza carriers and Moroccan letters. */
const ARABIC: Layout = {
	rows: [chars("ضصثقفغعهخحجد"), chars("شسيبلاتنمكط"), chars("ئءؤرىةوزظ-")],
	extras: chars("أإآذڭگڤپچ"),
	cased: false,
};

/** Every ASCII sign, so that any passphrase can be entered. */
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

/** Complete addresses most visitors have; one touch writes the part after the @. */
export const MAIL_DOMAINS = ["gmail.com", "hotmail.com", "outlook.com"] as const;

const AZERTY_LANGUAGES = new Set(["fr", "ar", "zgh"]);

/** The Latin alphabet people who read `lang` have under their fingers at home. */
export function latinFor(lang: string): "azerty" | "qwerty" {
	return AZERTY_LANGUAGES.has(lang) ? "azerty" : "qwerty";
}

/** The layout a field opens with. */
export function firstLayout(kind: FieldKind, lang: string): LayoutName {
	if (kind === "tel") return "tel";
	if (lang === "ar" && (kind === "text" || kind === "search")) return "arabic";
	return latinFor(lang);
}

/** The keys that change the layout, in the order they stand, for the layout shown now. */
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
 * The keys of a layout for a kind of field. Addresses have no capitals and need digits and the underscore
 * at hand; passphrases need digits beside the letters, and then the accents beside the symbols.
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
