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

/** Layouts of Latin letters. */
export type LatinLayout = "azerty" | "qwerty" | "qwertz";
export type LayoutName = LatinLayout | "arabic" | "tifinagh" | "symbols" | "tel";

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

/** Letters beyond a to z: those of the language, then those of names from its neighbours. */
const ACCENTS: Record<string, readonly string[]> = {
	fr: chars("éèêëàâçîïôùûœ"),
	en: chars("éèëáçïíóöüñß"),
	es: chars("ñáéíóúüçàèïö"),
	nl: chars("éëïèöüáóêçàñ"),
	de: chars("äöüßéèàçñïëô"),
	it: chars("àèéìòùîóíúçñ"),
};
const accentsFor = (lang: string): readonly string[] => ACCENTS[lang] ?? ACCENTS["fr"] ?? [];

/** Rows of letters; the accents depend on the language. */
const LATIN_ROWS: Record<LatinLayout, Layout["rows"]> = {
	azerty: [chars("azertyuiop"), chars("qsdfghjklm"), chars("wxcvbn'-")],
	qwerty: [chars("qwertyuiop"), chars("asdfghjkl'"), chars("zxcvbnm-")],
	qwertz: [chars("qwertzuiop"), chars("asdfghjkl'"), chars("yxcvbnm-")],
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

/** The 33 letters of Tifinagh-IRCAM, roughly where AZERTY has their Latin counterparts. */
const TIFINAGH: Layout = {
	rows: [chars("ⴰⵣⴻⵔⵜⵢⵓⵉⵄⵃ"), chars("ⵇⵙⴷⴼⴳⵀⵊⴽⵍⵎ"), chars("ⵡⵅⵛⵖⴱⵏ'-")],
	extras: chars("ⴹⵟⵚⵥⵕⵯ"),
	cased: false,
};

const OTHER_LAYOUTS: Record<Exclude<LayoutName, LatinLayout>, Layout> = {
	arabic: ARABIC,
	tifinagh: TIFINAGH,
	symbols: SYMBOLS,
	tel: TEL,
};

const isLatin = (name: LayoutName): name is LatinLayout => name in LATIN_ROWS;

function layoutOf(name: LayoutName, lang: string): Layout {
	return isLatin(name) ? { rows: LATIN_ROWS[name], extras: accentsFor(lang), cased: true } : OTHER_LAYOUTS[name];
}

/** Common mail domains; one key writes the part after the @. */
export const MAIL_DOMAINS = ["gmail.com", "hotmail.com", "outlook.com"] as const;

const AZERTY_LANGUAGES = new Set(["fr", "ar", "zgh"]);

/** The Latin layout that people who read `lang` usually have at home. */
export function latinFor(lang: string): LatinLayout {
	if (lang === "de") return "qwertz";
	return AZERTY_LANGUAGES.has(lang) ? "azerty" : "qwerty";
}

/** The layout in the script of `lang`. */
function scriptLayout(lang: string): LayoutName {
	if (lang === "ar") return "arabic";
	return lang === "zgh" ? "tifinagh" : latinFor(lang);
}

/** The layout a field opens with. */
export function firstLayout(kind: FieldKind, lang: string): LayoutName {
	if (kind === "tel") return "tel";
	return kind === "text" || kind === "search" ? scriptLayout(lang) : latinFor(lang);
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
				: [...new Set<LayoutName>(["symbols", scriptLayout(lang), latin, "arabic", otherLatin])];
	return order.filter((name) => name !== current);
}

/**
 * The keys of a layout for a kind of field. Mail addresses get digits, the plus and the underscore and no capitals.
 * Passphrases get digits next to the letters, and accents next to the symbols.
 */
export function keysFor(name: LayoutName, kind: FieldKind, lang: string): Layout {
	const layout = layoutOf(name, lang);
	if (kind === "email") {
		const [first = [], second = [], third = []] = layout.rows.map((row) =>
			row.map((char) => (char === "'" ? "_" : char)),
		);
		return { rows: [first, second, [...third, "+"]], extras: DIGITS, cased: false };
	}
	if (kind === "password") {
		return { ...layout, extras: name === "symbols" ? accentsFor(lang) : DIGITS };
	}
	return layout;
}
