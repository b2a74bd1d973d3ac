/** What the age of prices means to whoever reads them. Days are counted by the shell; here they get their weight. */

/** `date`: just the day. `soft`: a line. `clear`: a notice that things may have changed. `strong`: the same, not to be missed. */
export type Staleness = "date" | "soft" | "clear" | "strong";

/** `null` is a clock that stands before the day of publishing: nothing can be said of the age then. */
export function staleness(days: number | null): Staleness {
	if (days === null || days < 3) return "date";
	if (days < 8) return "soft";
	return days < 30 ? "clear" : "strong";
}
