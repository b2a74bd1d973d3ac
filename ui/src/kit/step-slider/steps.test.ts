import { describe, expect, it } from "vitest";
import { histogram, nearestStep, nextStep, type Step, stepForKey } from "./steps";

const step = (value: number | null, count: number | null): Step => ({ value, count, text: String(value) });
/** Budget steps: no results at 1 and 3; the step without a limit has no count. */
const steps = [step(1, 0), step(2, 3), step(3, 0), step(4, 8), step(null, null)];

describe("slider steps", () => {
	it("skips steps without results and stops at the last one", () => {
		expect(nextStep(steps, 3, -1)).toBe(1);
		expect(nextStep(steps, 1, -1)).toBe(1);
		expect(nextStep(steps, 3, 1)).toBe(4);
		expect(nextStep(steps, 4, 1)).toBe(4);
	});
	it("snaps to the nearest reachable step", () => {
		expect(nearestStep(steps, 0, 4)).toBe(1);
		expect(nearestStep(steps, 0.7, 4)).toBe(3);
		expect(nearestStep(steps, -3, 4)).toBe(1);
		expect(nearestStep(steps, 9, 1)).toBe(4);
		expect(nearestStep([step(1, 0), step(2, 0)], 1, 0)).toBe(0);
	});
	it("follows the reading direction", () => {
		expect(stepForKey(steps, 3, "ArrowRight", false)).toBe(4);
		expect(stepForKey(steps, 3, "ArrowRight", true)).toBe(1);
		expect(stepForKey(steps, 3, "ArrowUp", true)).toBe(4);
		expect(stepForKey(steps, 3, "Home", true)).toBe(1);
		expect(stepForKey(steps, 1, "End", false)).toBe(4);
		expect(stepForKey(steps, 1, "a", false)).toBe(null);
	});
	it("draws what each step adds, in both directions", () => {
		expect(histogram([step(1, 2), step(2, 6), step(null, 7)])).toEqual([0.5, 1, 0.25]);
		expect(histogram([step(null, 7), step(1, 6), step(2, 2)])).toEqual([0.25, 1, 0.5]);
	});
});
