/**
 * Shares and durations inside sentences, in Arabic: in the genitive or accusative, as after a preposition or as an object.
 * They are figures of the rules, never part of a sentence.
 */
import { formatsIn } from "../format";
import { ar as plural } from "../plural";

const { number } = formatsIn("ar");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `\u2068${number(basisPoints / 100, 2)}%\u2069`;
export const years = (n: number) =>
	plural(n, {
		zero: `${n} سنة`,
		one: "سنة واحدة",
		two: "سنتين",
		few: `${n} سنوات`,
		many: `${n} سنة`,
		other: `${n} سنة`,
	});
export const months = (n: number) =>
	plural(n, {
		zero: `${n} شهر`,
		one: "شهر واحد",
		two: "شهرين",
		few: `${n} أشهر`,
		many: `${n} شهرًا`,
		other: `${n} شهر`,
	});
export const rooms = (n: number) =>
	plural(n, {
		zero: `${n} غرفة`,
		one: "غرفة واحدة",
		two: "غرفتين",
		few: `${n} غرف`,
		many: `${n} غرفة`,
		other: `${n} غرفة`,
	});
const days = (n: number) =>
	plural(n, {
		zero: `${n} يوم`,
		one: "يوم واحد",
		two: "يومين",
		few: `${n} أيام`,
		many: `${n} يومًا`,
		other: `${n} يوم`,
	});
/** In years if it is a number of years. */
export const daysOrYears = (n: number) => (n % DAYS_OF_A_YEAR === 0 ? years(n / DAYS_OF_A_YEAR) : days(n));
