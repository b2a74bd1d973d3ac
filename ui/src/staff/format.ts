/** Figures and faults in words for staff. */
import type { HostError } from "@/host";
import { moment, number } from "@/i18n/format";
import { type Complete, i18n, type Messages } from "@/i18n/index.svelte";

type Staff = Messages["staff"];

/** `3 h`: the largest unit that says something. */
export function age(seconds: number, staff: Staff): string {
	if (seconds < 90) return staff.ages.seconds(Math.round(seconds));
	if (seconds < 90 * 60) return staff.ages.minutes(Math.round(seconds / 60));
	if (seconds < 36 * 3600) return staff.ages.hours(Math.round(seconds / 3600));
	return staff.ages.days(Math.round(seconds / 86_400));
}

/** `4:05`, for what runs down. */
export function countdown(seconds: number): string {
	const hours = Math.floor(seconds / 3600);
	const two = (value: number) => String(value).padStart(2, "0");
	const rest = `${hours > 0 ? two(Math.floor((seconds % 3600) / 60)) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
	return hours > 0 ? `${hours}:${rest}` : rest;
}

const UNITS: Record<Complete, readonly string[]> = {
	fr: ["Ko", "Mo", "Go", "To"],
	en: ["kB", "MB", "GB", "TB"],
	ar: ["kB", "MB", "GB", "TB"],
};

export function size(bytes: number, lang: Complete): string {
	const power = Math.min(4, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
	const value = bytes / 1000 ** power;
	return `\u2068${number(value, lang, value < 10 ? 1 : 0)}\u00a0${UNITS[lang][power - 1]}\u2069`;
}

let zone: string | undefined;

/** From now on instants are written in the zone of the hall. */
export function writeIn(timeZone: string): void {
	zone = timeZone;
}

/** An instant in the zone of the hall: `13 févr. 2026, 18:04`. */
export const when = (instant: string, lang: Complete): string => moment(instant, lang, "short", zone);

/** The same for a sentence: `13 février 2026 à 18:04`. */
export const whenInFull = (instant: string, lang: Complete): string => moment(instant, lang, "long", zone);

/** What went wrong, or nothing. */
export function fault(error: HostError | null): string {
	if (!error) return "";
	const { errors } = i18n.m.staff;
	const known = Object.hasOwn(errors, error.code) ? (error.code as keyof Staff["errors"]) : "internal";
	return errors[known](error.params);
}

const REGIONS: Record<string, { latin: string; arabic: string }> = {
	"MA-01": { latin: "Tanger-Tétouan-Al Hoceïma", arabic: "طنجة-تطوان-الحسيمة" },
	"MA-02": { latin: "L’Oriental", arabic: "الشرق" },
	"MA-03": { latin: "Fès-Meknès", arabic: "فاس-مكناس" },
	"MA-04": { latin: "Rabat-Salé-Kénitra", arabic: "الرباط-سلا-القنيطرة" },
	"MA-05": { latin: "Béni Mellal-Khénifra", arabic: "بني ملال-خنيفرة" },
	"MA-06": { latin: "Casablanca-Settat", arabic: "الدار البيضاء-سطات" },
	"MA-07": { latin: "Marrakech-Safi", arabic: "مراكش-آسفي" },
	"MA-08": { latin: "Drâa-Tafilalet", arabic: "درعة-تافيلالت" },
	"MA-09": { latin: "Souss-Massa", arabic: "سوس-ماسة" },
	"MA-10": { latin: "Guelmim-Oued Noun", arabic: "كلميم-واد نون" },
	"MA-11": { latin: "Laâyoune-Sakia El Hamra", arabic: "العيون-الساقية الحمراء" },
	"MA-12": { latin: "Dakhla-Oued Ed-Dahab", arabic: "الداخلة-وادي الذهب" },
};

/** A region's name from its ISO code; anything else stays as it is. */
export function region(code: string, lang: Complete): string {
	const names = REGIONS[code];
	return names ? (lang === "ar" ? names.arabic : names.latin) : code;
}
