import { describe, expect, it } from "vitest";
import { byKey, hills, nearest, next, type Step } from "./steps";

const step = (value: number | null, count: number | null): Step => ({ value, count, text: String(value) });
/** A budget: nothing at 1, then more and more, the end without a limit not counted. */
const steps = [step(1, 0), step(2, 3), step(3, 0), step(4, 8), step(null, null)];

describe("a ladder", () => {
	it("steps over what finds nothing, and stays where nothing more is found", () => {
		expect(next(steps, 3, -1)).toBe(1);
		expect(next(steps, 1, -1)).toBe(1);
		expect(next(steps, 3, 1)).toBe(4);
		expect(next(steps, 4, 1)).toBe(4);
	});
	it("takes the reachable step nearest to a finger, also beyond its ends", () => {
		expect(nearest(steps, 0, 4)).toBe(1);
		expect(nearest(steps, 0.7, 4)).toBe(3);
		expect(nearest(steps, -3, 4)).toBe(1);
		expect(nearest(steps, 9, 1)).toBe(4);
		expect(nearest([step(1, 0), step(2, 0)], 1, 0)).toBe(0);
	});
	it("follows the direction of reading", () => {
		expect(byKey(steps, 3, "ArrowRight", false)).toBe(4);
		expect(byKey(steps, 3, "ArrowRight", true)).toBe(1);
		expect(byKey(steps, 3, "ArrowUp", true)).toBe(4);
		expect(byKey(steps, 3, "Home", true)).toBe(1);
		expect(byKey(steps, 1, "End", false)).toBe(4);
		expect(byKey(steps, 1, "a", false)).toBe(null);
	});
	it("draws what each step adds, whichever way counts grow", () => {
		expect(hills([step(1, 2), step(2, 6), step(null, 7)])).toEqual([0.5, 1, 0.25]);
		expect(hills([step(null, 7), step(1, 6), step(2, 2)])).toEqual([0.25, 1, 0.5]);
	});
});
