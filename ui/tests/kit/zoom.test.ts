import { describe, expect, it } from "vitest";
import { held, MOST, REST, STEP, shifted, zoomed } from "@/kit/zoom";

const stage = { width: 1000, height: 1600 };
const picture = { width: 1000, height: 750 };

describe("zoom", () => {
	it("keeps what is under the fingers under them", () => {
		const point = { x: 100, y: 0 };
		const before = zoomed(REST, 2, { x: 0, y: 0 }, stage, picture);
		const after = zoomed(before, 1.5, point, stage, picture);
		const under = (view: typeof REST) => (point.x - view.x) / view.scale;
		expect(under(after)).toBeCloseTo(under(before));
	});
	it("never shows less than the whole picture, nor more than its limit", () => {
		expect(zoomed(REST, 0.2, { x: 300, y: 10 }, stage, picture)).toEqual(REST);
		expect(zoomed(REST, 100, { x: 0, y: 0 }, stage, picture).scale).toBe(MOST);
	});
	it("reaches its limit with three touches of the button and comes back with three", () => {
		let view = REST;
		for (let i = 0; i < 3; i++) view = zoomed(view, STEP, { x: 0, y: 0 }, stage, picture);
		expect(view.scale).toBeCloseTo(MOST);
		for (let i = 0; i < 3; i++) view = zoomed(view, 1 / STEP, { x: 0, y: 0 }, stage, picture);
		expect(view.scale).toBeCloseTo(1);
	});
	it("moves a picture as far as its edges, and not across a side that has room to spare", () => {
		const near = held({ scale: 2, x: 0, y: 0 }, stage, picture);
		expect(shifted(near, 9999, 9999, stage, picture)).toEqual({ scale: 2, x: 500, y: 0 });
		expect(shifted(near, -9999, 0, stage, picture).x).toBe(-500);
		expect(shifted(REST, 50, 50, stage, picture)).toEqual(REST);
	});
	it("lets go of a shift that is too far once it is smaller", () => {
		const far = shifted(held({ scale: 4, x: 0, y: 0 }, stage, picture), 9999, 0, stage, picture);
		expect(zoomed(far, 0.25, { x: 0, y: 0 }, stage, picture)).toEqual(REST);
	});
});
