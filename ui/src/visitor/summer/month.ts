/** The days of a month in weeks from Monday to Sunday. Days are `YYYY-MM-DD`, months `YYYY-MM`. Must not know: components. */
const DAY_MS = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The month `count` months later. */
export function addMonths(month: string, count: number): string {
	const [year = 1970, number = 1] = month.split("-").map(Number);
	return iso(Date.UTC(year, number - 1 + count, 1)).slice(0, 7);
}

/** The weeks of a month; `null` for days of its neighbours. */
export function weeks(month: string): (string | null)[][] {
	const first = Date.parse(`${month}-01T00:00:00Z`);
	const next = Date.parse(`${addMonths(month, 1)}-01T00:00:00Z`);
	const blanks = (new Date(first).getUTCDay() + 6) % 7;
	const found: (string | null)[][] = [];
	for (let at = -blanks; first + at * DAY_MS < next; at += 7) {
		const week = Array.from({ length: 7 }, (_, day) => first + (at + day) * DAY_MS);
		found.push(week.map((time) => (time >= first && time < next ? iso(time) : null)));
	}
	return found;
}

/** The stay after a touch on a day: first the arrival, then the departure, then again the arrival. */
export function touched(stay: readonly [string | null, string | null], day: string): [string, string | null] {
	const [arrival, departure] = stay;
	return arrival === null || departure !== null || day < arrival ? [day, null] : [arrival, day];
}
