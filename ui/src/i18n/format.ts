/**
 * Numbers, amounts and dates as this product writes them: western digits everywhere, groups parted by a narrow
 * no-break space, dirhams as DH (درهم in Arabic). ICU's own fr-MA groups with dots, hence the formatter of our own.
 */
import type { Lang } from "@/host";

const GROUP = "\u202f";
const DECIMAL: Partial<Record<Lang, string>> = { fr: ",", en: "." };

export function number(value: number, lang: Lang, decimals = 0): string {
	const [whole = "0", part] = Math.abs(value).toFixed(decimals).split(".");
	const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, GROUP);
	const rest = part && Number(part) > 0 ? (DECIMAL[lang] ?? ",") + part.replace(/0+$/, "") : "";
	return (value < 0 ? "\u2212" : "") + grouped + rest;
}

/** Centimes to dirhams; centimes themselves are shown only when there are some. */
export function dirhams(centimes: number, lang: Lang): string {
	return number(centimes / 100, lang, centimes % 100 === 0 ? 0 : 2);
}

export const currency = (lang: Lang): string => (lang === "ar" ? "درهم" : lang === "fr" ? "DH" : "MAD");

/** An amount inside a sentence; where it stands alone use the `Price` component, which isolates its direction. */
export function amount(centimes: number, lang: Lang): string {
	const text = `${dirhams(centimes, lang)}\u00a0${currency(lang)}`;
	return lang === "ar" ? `\u2068${text}\u2069` : text;
}

export function surface(squareMetres: number, lang: Lang): string {
	return number(squareMetres, lang, squareMetres < 1000 ? 1 : 0);
}

const locale: Partial<Record<Lang, string>> = { fr: "fr-FR", ar: "ar-MA", en: "en-GB" };
const tag = (lang: Lang): string => `${locale[lang] ?? lang}-u-nu-latn-ca-gregory`;

function utc(date: string): Date {
	return new Date(`${date.length === 7 ? `${date}-01` : date.slice(0, 10)}T00:00:00Z`);
}

type Part = { type: string; value: string };

/** The parts of a date put together; French calls the first of a month `1er`, which ICU does not. */
function joined(parts: Part[], lang: Lang): string {
	const first = ({ type, value }: Part) => (lang === "fr" && type === "day" && value === "1" ? "1er" : value);
	return parts.map(first).join("");
}

const DAY = { day: "numeric", month: "long", year: "numeric" } as const;

/** `12 février 2026`; the day stays on its month's line. */
export function date(day: string, lang: Lang): string {
	const written = new Intl.DateTimeFormat(tag(lang), { ...DAY, timeZone: "UTC" });
	return joined(written.formatToParts(utc(day)), lang).replace(/^(\d+\S*) /, "$1\u00a0");
}

/** `février 2026`, from a day or from `2026-02`; a line never breaks inside it. */
export function month(day: string, lang: Lang): string {
	const written = new Intl.DateTimeFormat(tag(lang), { month: "long", year: "numeric", timeZone: "UTC" });
	return written.format(utc(day)).replaceAll(" ", "\u00a0");
}

/** `12–14 février 2026` */
export function dateRange(from: string, to: string, lang: Lang): string {
	const written = new Intl.DateTimeFormat(tag(lang), { ...DAY, timeZone: "UTC" });
	return joined(written.formatRangeToParts(utc(from), utc(to)), lang);
}

/** An instant in a zone: `13 févr. 2026, 18:04`, or with the month in full. */
export function moment(instant: string, lang: Lang, length: "short" | "long", timeZone: string | undefined): string {
	const clock = { hour: "2-digit", minute: "2-digit", timeZone } as const;
	const written = new Intl.DateTimeFormat(tag(lang), { ...DAY, ...clock, month: length });
	return joined(written.formatToParts(new Date(instant)), lang);
}

/** Clock time of an instant, in the kiosk's own zone. */
export function time(instant: string, lang: Lang): string {
	return new Intl.DateTimeFormat(tag(lang), { hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

/** A number in international form, grouped where the grouping is known: `+212 5 39 40 00 01`. */
export function phone(international: string): string {
	const moroccan = /^\+212(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(international);
	return moroccan ? ["+212", ...moroccan.slice(1)].join("\u00a0") : international;
}
