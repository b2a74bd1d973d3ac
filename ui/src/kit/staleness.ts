/** How strongly the age of prices is shown. The shell counts the days. */

/**
 * `date`: only the date. `soft`: also the age. `clear`: also a notice that prices may have changed. `strong`: the same
 * notice, more visible.
 */
export type Staleness = "date" | "soft" | "clear" | "strong";

/** `days` is `null` when the clock is before the publication date, so the age is unknown. */
export function staleness(days: number | null): Staleness {
	if (days === null || days < 3) return "date";
	if (days < 8) return "soft";
	return days < 30 ? "clear" : "strong";
}
