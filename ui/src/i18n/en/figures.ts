/** Shares and durations inside sentences, in English. They are figures of the rules, never part of a sentence. */
import { formatsIn } from "../format";
import { en as plural } from "../plural";

const { number } = formatsIn("en");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `${number(basisPoints / 100, 2)}%`;
export const years = (n: number) => plural(n, { one: `${n}\u00a0year`, other: `${n}\u00a0years` });
export const months = (n: number) => plural(n, { one: `${n}\u00a0month`, other: `${n}\u00a0months` });
export const rooms = (n: number) => plural(n, { one: `${n}\u00a0room is`, other: `${n}\u00a0rooms are` });
/** In years if it is a number of years. */
export const daysOrYears = (days: number) =>
	days % DAYS_OF_A_YEAR === 0
		? years(days / DAYS_OF_A_YEAR)
		: plural(days, { one: `${days}\u00a0day`, other: `${days}\u00a0days` });
