/** Steps of a ladder and moving along them: pure, so that the slider only draws. Knows nothing of what is limited. */

/** One rung: how many there would be (`null` if not known), and its words. The rung without a limit has `value: null`. */
export type Step = { value: number | null; count: number | null; text: string };

/** A step that would find nothing cannot be moved to; the one in force stays where it is. */
export function reachable(steps: Step[], at: number): boolean {
	const step = steps[at];
	return step !== undefined && step.count !== 0;
}

/** The next step in a direction that finds something, or the same if there is none. */
export function next(steps: Step[], from: number, by: 1 | -1): number {
	for (let at = from + by; at >= 0 && at < steps.length; at += by) if (reachable(steps, at)) return at;
	return from;
}

/** The reachable step nearest to where a finger is: `share` runs from 0 at the start of the line to 1 at its end. */
export function nearest(steps: Step[], share: number, current: number): number {
	const wanted = Math.min(1, Math.max(0, share)) * (steps.length - 1);
	let best = current;
	let least = Number.POSITIVE_INFINITY;
	for (let at = 0; at < steps.length; at++) {
		const far = Math.abs(at - wanted);
		if (far < least && reachable(steps, at)) {
			best = at;
			least = far;
		}
	}
	return best;
}

/**
 * What each rung adds to the one before it, as shares of the most: the hills above the line. Counts grow towards the rung
 * without a limit, wherever that stands.
 */
export function hills(steps: Step[]): number[] {
	const rising = steps[0]?.value !== null;
	const added = steps.map(({ count }, at) => {
		const smaller = steps[rising ? at - 1 : at + 1]?.count ?? 0;
		return Math.max(0, (count ?? 0) - smaller);
	});
	const most = Math.max(1, ...added);
	return added.map((one) => one / most);
}

/** What a key means to a slider, in the direction of reading. `null` for keys that are none of its business. */
export function byKey(steps: Step[], from: number, key: string, rtl: boolean): number | null {
	const forward = rtl ? "ArrowLeft" : "ArrowRight";
	const backward = rtl ? "ArrowRight" : "ArrowLeft";
	if (key === forward || key === "ArrowUp" || key === "PageUp") return next(steps, from, 1);
	if (key === backward || key === "ArrowDown" || key === "PageDown") return next(steps, from, -1);
	if (key === "Home") return nearest(steps, 0, from);
	if (key === "End") return nearest(steps, 1, from);
	return null;
}
