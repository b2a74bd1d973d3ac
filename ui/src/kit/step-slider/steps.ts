/** The steps of a slider and how to move between them. Must not know: what the steps limit, how they are drawn. */

export type Step = {
	/** The limit of this step; `null` for "no limit". */
	value: number | null;
	/** Number of results with this limit; `null` when it is not known. */
	count: number | null;
	/** The limit in words. */
	text: string;
};

/** A step without results cannot be chosen. */
export function isReachable(steps: Step[], at: number): boolean {
	const step = steps[at];
	return step !== undefined && step.count !== 0;
}

/** The next reachable step in a direction, or `from` if there is none. */
export function nextStep(steps: Step[], from: number, by: 1 | -1): number {
	for (let at = from + by; at >= 0 && at < steps.length; at += by) if (isReachable(steps, at)) return at;
	return from;
}

/** The reachable step nearest to a position; `share` is 0 at the start of the track and 1 at its end. */
export function nearestStep(steps: Step[], share: number, current: number): number {
	const wanted = Math.min(1, Math.max(0, share)) * (steps.length - 1);
	let best = current;
	let bestDistance = Number.POSITIVE_INFINITY;
	for (let at = 0; at < steps.length; at++) {
		const distance = Math.abs(at - wanted);
		if (distance < bestDistance && isReachable(steps, at)) {
			best = at;
			bestDistance = distance;
		}
	}
	return best;
}

/**
 * Bar heights above the track: the results that each step adds to the stricter step next to it, relative to the largest
 * such number. Counts grow towards the step without a limit, which is the first or the last one.
 */
export function histogram(steps: Step[]): number[] {
	const rising = steps[0]?.value !== null;
	const added = steps.map(({ count }, at) => {
		const smaller = steps[rising ? at - 1 : at + 1]?.count ?? 0;
		return Math.max(0, (count ?? 0) - smaller);
	});
	const largest = Math.max(1, ...added);
	return added.map((one) => one / largest);
}

/** The step that a key leads to in the reading direction, or `null` for keys without a meaning for sliders. */
export function stepForKey(steps: Step[], from: number, key: string, rtl: boolean): number | null {
	const forward = rtl ? "ArrowLeft" : "ArrowRight";
	const backward = rtl ? "ArrowRight" : "ArrowLeft";
	if (key === forward || key === "ArrowUp" || key === "PageUp") return nextStep(steps, from, 1);
	if (key === backward || key === "ArrowDown" || key === "PageDown") return nextStep(steps, from, -1);
	if (key === "Home") return nearestStep(steps, 0, from);
	if (key === "End") return nearestStep(steps, 1, from);
	return null;
}
