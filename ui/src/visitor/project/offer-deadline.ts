/** How the end of an offer is shown. The shell counts the days. */

/** `soon`: within two weeks, the remaining days are shown. `later`: only the dates. */
export type Deadline = "today" | "tomorrow" | "soon" | "later";

export function deadline(daysLeft: number): Deadline {
	if (daysLeft <= 0) return "today";
	if (daysLeft === 1) return "tomorrow";
	return daysLeft <= 14 ? "soon" : "later";
}
