/** Shares and durations inside sentences, in German. They are figures of the rules, never part of a sentence. */
import { formatsIn } from "../format";
import { de as plural } from "../plural";

const { number } = formatsIn("de");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `${number(basisPoints / 100, 2)}\u00a0%`;
export const years = (n: number) => plural(n, { one: `${n}\u00a0Jahr`, other: `${n}\u00a0Jahre` });
export const months = (n: number) => plural(n, { one: `${n}\u00a0Monat`, other: `${n}\u00a0Monate` });
export const rooms = (n: number) => plural(n, { one: `${n}\u00a0Zimmer`, other: `${n}\u00a0Zimmer` });
/** After `in` and `nach`. */
export const yearsDative = (n: number) => plural(n, { one: `${n}\u00a0Jahr`, other: `${n}\u00a0Jahren` });
export const monthsDative = (n: number) => plural(n, { one: `${n}\u00a0Monat`, other: `${n}\u00a0Monaten` });
/** In years if it is a number of years. */
export const daysOrYears = (days: number) =>
	days % DAYS_OF_A_YEAR === 0
		? years(days / DAYS_OF_A_YEAR)
		: plural(days, { one: `${days}\u00a0Tag`, other: `${days}\u00a0Tage` });
