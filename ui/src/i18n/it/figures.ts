/** Shares and durations inside sentences, in Italian. They are figures of the rules, never part of a sentence. */
import { formatsIn } from "../format";
import { it as plural } from "../plural";

const { number } = formatsIn("it");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `${number(basisPoints / 100, 2)}%`;
export const years = (n: number) => plural(n, { one: `${n}\u00a0anno`, other: `${n}\u00a0anni` });
export const months = (n: number) => plural(n, { one: `${n}\u00a0mese`, other: `${n}\u00a0mesi` });
export const rooms = (n: number) => plural(n, { one: `${n}\u00a0locale`, other: `${n}\u00a0locali` });
/** In years if it is a number of years. */
export const daysOrYears = (days: number) =>
	days % DAYS_OF_A_YEAR === 0
		? years(days / DAYS_OF_A_YEAR)
		: plural(days, { one: `${days}\u00a0giorno`, other: `${days}\u00a0giorni` });
