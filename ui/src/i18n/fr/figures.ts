/** Shares and durations inside sentences, in French. They are figures of the rules, never part of a sentence. */
import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { number } = formatsIn("fr");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `${number(basisPoints / 100, 2)}\u00a0%`;
export const years = (n: number) => plural(n, { one: `${n}\u00a0an`, other: `${n}\u00a0ans` });
export const months = (n: number) => `${n}\u00a0mois`;
export const rooms = (n: number) => plural(n, { one: `${n}\u00a0pièce`, other: `${n}\u00a0pièces` });
/** In years if it is a number of years. */
export const daysOrYears = (days: number) =>
	days % DAYS_OF_A_YEAR === 0
		? years(days / DAYS_OF_A_YEAR)
		: plural(days, { one: `${days}\u00a0jour`, other: `${days}\u00a0jours` });
