/** Shares and durations inside sentences, in Dutch. They are figures of the rules, never part of a sentence. */
import { formatsIn } from "../format";
import { nl as plural } from "../plural";

const { number } = formatsIn("nl");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `${number(basisPoints / 100, 2)}%`;
export const years = (n: number) => plural(n, { one: `${n}\u00a0jaar`, other: `${n}\u00a0jaar` });
export const months = (n: number) => plural(n, { one: `${n}\u00a0maand`, other: `${n}\u00a0maanden` });
export const rooms = (n: number) => plural(n, { one: `${n}\u00a0kamer`, other: `${n}\u00a0kamers` });
/** In years if it is a number of years. */
export const daysOrYears = (days: number) =>
	days % DAYS_OF_A_YEAR === 0
		? years(days / DAYS_OF_A_YEAR)
		: plural(days, { one: `${days}\u00a0dag`, other: `${days}\u00a0dagen` });
