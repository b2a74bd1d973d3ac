/** Editing a number as text: digits with at most one decimal point. Must not know: components. */
import type { Lang } from "@/host";
import { number } from "@/i18n/format";

/** The text after one more key: a digit, or `.` where decimals are allowed. A key that does not fit changes nothing. */
export function append(text: string, key: string, maxDigits: number, decimals: number): string {
	const [whole = "", part] = text.split(".");
	if (key === ".") return decimals === 0 || part !== undefined ? text : `${whole || "0"}.`;
	if (part !== undefined) return part.length < decimals ? text + key : text;
	if (whole === "0") return key;
	return whole.length < maxDigits ? text + key : text;
}

/** The text after one step, which never leads below zero or to more digits than allowed. */
export function step(text: string, by: number, maxDigits: number): string {
	const next = Math.max(0, hundredths(text) ?? 0) + Math.round(by * 100);
	const bounded = Math.min(Math.max(0, next), 10 ** maxDigits * 100 - 100);
	return String(bounded / 100);
}

/** The number in hundredths; `null` without digits. */
export function hundredths(text: string): number | null {
	const [whole = "", part = ""] = text.split(".");
	if (whole === "") return null;
	return Number(whole) * 100 + Number(part.slice(0, 2).padEnd(2, "0"));
}

/** The text with grouped digits in a language. */
export function shown(text: string, lang: Lang): string {
	const [whole = "", part] = text.split(".");
	if (whole === "") return "…";
	const decimal = lang === "en" ? "." : ",";
	return number(Number(whole), lang) + (part === undefined ? "" : decimal + part);
}
