/** What the end of an offer means to a visitor. Days are counted by the shell; here they get their weight. */

/** From two weeks before its end an offer says how long it still lasts; before, its dates are enough. */
export type Ending = "today" | "tomorrow" | "soon" | "later";

export function ending(daysLeft: number): Ending {
	if (daysLeft <= 0) return "today";
	if (daysLeft === 1) return "tomorrow";
	return daysLeft <= 14 ? "soon" : "later";
}
