/** Shares and durations inside sentences, in Spanish. They are figures of the rules, never part of a sentence. */
import { formatsIn } from "../format";
import { es as plural } from "../plural";

const { number } = formatsIn("es");
const DAYS_OF_A_YEAR = 365;

export const percent = (basisPoints: number) => `${number(basisPoints / 100, 2)}\u00a0%`;
export const years = (n: number) => plural(n, { one: `${n}\u00a0año`, other: `${n}\u00a0años` });
export const months = (n: number) => plural(n, { one: `${n}\u00a0mes`, other: `${n}\u00a0meses` });
export const rooms = (n: number) => plural(n, { one: `${n}\u00a0habitación`, other: `${n}\u00a0habitaciones` });
/** In years if it is a number of years. */
export const daysOrYears = (days: number) =>
	days % DAYS_OF_A_YEAR === 0
		? years(days / DAYS_OF_A_YEAR)
		: plural(days, { one: `${days}\u00a0día`, other: `${days}\u00a0días` });
