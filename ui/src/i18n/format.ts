/**
 * Formats numbers, amounts and dates: western digits in all languages, digits grouped by a narrow no-break
 * space (a comma in English), dirhams as DH (درهم in Arabic). `Intl` is not used for numbers, because ICU groups fr-MA with dots.
 */
import type { Lang } from "@/host";

const groupMark = (lang: Lang): string => (lang === "en" ? "," : "\u202f");
const decimalMark = (lang: Lang): string => (lang === "en" ? "." : ",");

/** A number with at most `decimals` decimals; trailing zeros are dropped. */
export function number(value: number, lang: Lang, decimals = 0): string {
	const [whole = "0", part] = Math.abs(value).toFixed(decimals).split(".");
	const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, groupMark(lang));
	const rest = part && Number(part) > 0 ? decimalMark(lang) + part.replace(/0+$/, "") : "";
	return (value < 0 ? "\u2212" : "") + grouped + rest;
}

/** An amount in dirhams without the currency. Shows centimes only when they are not zero. */
export function dirhams(centimes: number, lang: Lang): string {
	return number(centimes / 100, lang, centimes % 100 === 0 ? 0 : 2);
}

/** The sign of the Moroccan dirham. */
export const currency = (lang: Lang): string => (lang === "ar" ? "درهم" : lang === "en" ? "MAD" : "DH");

/** A name inside a sentence, isolated from its direction: it may be written in another script than the sentence. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

/** An amount inside a sentence. For an amount on its own use the `Price` component, which isolates its direction. */
export function amount(centimes: number, lang: Lang): string {
	const text = `${dirhams(centimes, lang)}\u00a0${currency(lang)}`;
	return lang === "ar" ? isolated(text) : text;
}

/** Square metres without the unit: one decimal below 1000, none above. */
export function surface(squareMetres: number, lang: Lang): string {
	const hundredths = Math.round(squareMetres * 100);
	return squareMetres < 1000
		? number(Math.round(hundredths / 10) / 10, lang, 1)
		: number(Math.round(hundredths / 100), lang, 0);
}

/** Square metres with the unit. */
export const area = (squareMetres: number, lang: Lang): string =>
	`${surface(squareMetres, lang)}\u00a0${lang === "ar" ? "م²" : "m²"}`;

const LOCALES: Record<Lang, string> = {
	fr: "fr-FR",
	ar: "ar-MA",
	zgh: "zgh",
	en: "en-GB",
	es: "es-ES",
	nl: "nl-NL",
	de: "de-DE",
	it: "it-IT",
};
const tag = (lang: Lang): string => `${LOCALES[lang]}-u-nu-latn-ca-gregory`;

function utc(date: string): Date {
	return new Date(`${date.length === 7 ? `${date}-01` : date.slice(0, 10)}T00:00:00Z`);
}

type DatePart = { type: string; value: string };

/** Joins the parts of a date. Writes the first of a month as `1er` in French, which ICU does not do. */
function joined(parts: DatePart[], lang: Lang): string {
	const first = ({ type, value }: DatePart) => (lang === "fr" && type === "day" && value === "1" ? "1er" : value);
	return parts.map(first).join("");
}

const DAY = { day: "numeric", month: "long", year: "numeric" } as const;

/** `12 février 2026`; the line does not break between day and month. */
export function date(day: string, lang: Lang): string {
	const written = new Intl.DateTimeFormat(tag(lang), { ...DAY, timeZone: "UTC" });
	return joined(written.formatToParts(utc(day)), lang).replace(/^(\d+\S*) /, "$1\u00a0");
}

/** `février 2026`, from a day or from `2026-02`; the line does not break inside. */
export function month(day: string, lang: Lang): string {
	const written = new Intl.DateTimeFormat(tag(lang), { month: "long", year: "numeric", timeZone: "UTC" });
	return written.format(utc(day)).replaceAll(" ", "\u00a0");
}

/** The short name of a day of the week: `lun.` */
export function weekday(day: string, lang: Lang): string {
	return new Intl.DateTimeFormat(tag(lang), { weekday: "short", timeZone: "UTC" }).format(utc(day));
}

/** `12–14 février 2026` */
export function dateRange(from: string, to: string, lang: Lang): string {
	const written = new Intl.DateTimeFormat(tag(lang), { ...DAY, timeZone: "UTC" });
	return joined(written.formatRangeToParts(utc(from), utc(to)), lang);
}

/**
 * A time: `13 févr. 2026, 18:04`, or with `long` the full name of the month. `time` is RFC 3339 with the offset at the
 * stop; its day and hour are shown as written there. The engine never converts it: its time zones may be outdated.
 */
export function dateTime(time: string, lang: Lang, length: "short" | "long" = "short"): string {
	const clock = { hour: "2-digit", minute: "2-digit", timeZone: "UTC" } as const;
	const written = new Intl.DateTimeFormat(tag(lang), { ...DAY, ...clock, month: length });
	return joined(written.formatToParts(new Date(`${time.slice(0, 19)}Z`)), lang);
}

/** The largest unit in which a duration is a suitable number, and that number, rounded. */
export function largestUnit(seconds: number): { value: number; unit: "second" | "minute" | "hour" | "day" } {
	if (seconds < 90) return { value: Math.round(seconds), unit: "second" };
	if (seconds < 90 * 60) return { value: Math.round(seconds / 60), unit: "minute" };
	if (seconds < 36 * 3600) return { value: Math.round(seconds / 3600), unit: "hour" };
	return { value: Math.round(seconds / 86_400), unit: "day" };
}

const BYTE_UNITS: Partial<Record<Lang, readonly string[]>> = { fr: ["Ko", "Mo", "Go", "To"] };
const DEFAULT_BYTE_UNITS = ["kB", "MB", "GB", "TB"] as const;

/** `184 Mo`: a number of bytes in decimal units, isolated from the direction of the text. */
export function fileSize(bytes: number, lang: Lang): string {
	const power = Math.min(4, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
	const value = bytes / 1000 ** power;
	const unit = (BYTE_UNITS[lang] ?? DEFAULT_BYTE_UNITS)[power - 1];
	return isolated(`${number(value, lang, value < 10 ? 1 : 0)}\u00a0${unit}`);
}

/** Country codes of two digits; 1 and 7 have one digit, all others three. */
const TWO_DIGIT_CODE = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
/** How numbers of these country codes are grouped. */
const PHONE_GROUPS: Partial<Record<string, readonly number[]>> = {
	1: [3, 3, 4],
	31: [1, 4, 4],
	32: [3, 2, 2, 2],
	33: [1, 2, 2, 2, 2],
	34: [3, 3, 3],
	39: [3, 3, 4],
	41: [2, 3, 2, 2],
	44: [4, 3, 3],
	49: [3, 4, 4],
	212: [1, 2, 2, 2, 2],
};

/** Groups of three digits, and at the end one of up to four. */
function groupsOfThree(length: number): number[] {
	const groups: number[] = [];
	let rest = length;
	for (; rest > 4; rest -= 3) groups.push(3);
	return rest > 0 ? [...groups, rest] : groups;
}

/** A telephone number in E.164, grouped: `+212 5 39 40 00 01`. Its line does not break. */
export function phone(international: string): string {
	if (!/^\+\d{5,15}$/.test(international)) return international;
	const digits = international.slice(1);
	const code = /^[17]/.test(digits) ? 1 : TWO_DIGIT_CODE.test(digits) ? 2 : 3;
	const usual = PHONE_GROUPS[digits.slice(0, code)];
	const length = digits.length - code;
	const fits = usual?.reduce((sum, size) => sum + size, 0) === length;
	const groups = [`+${digits.slice(0, code)}`];
	let at = code;
	for (const size of fits && usual ? usual : groupsOfThree(length)) {
		groups.push(digits.slice(at, at + size));
		at += size;
	}
	return groups.join("\u00a0");
}

/** The formatters of one language, for its messages. */
export const formatsIn = (lang: Lang) => ({
	amount: (centimes: number) => amount(centimes, lang),
	date: (day: string) => date(day, lang),
	dateTime: (instant: string, length?: "short" | "long") => dateTime(instant, lang, length),
	fileSize: (bytes: number) => fileSize(bytes, lang),
	month: (day: string) => month(day, lang),
	number: (value: number, decimals?: number) => number(value, lang, decimals),
	surface: (squareMetres: number) => surface(squareMetres, lang),
});
