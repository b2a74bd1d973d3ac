import { describe, expect, it } from "vitest";
import { clampView, MAX_SCALE, panView, UNZOOMED, ZOOM_STEP, zoomView } from "@/kit/zoom";

const stage = { width: 1000, height: 1600 };
const picture = { width: 1000, height: 750 };

describe("zoom", () => {
	it("keeps the point under the fingers in place", () => {
		const point = { x: 100, y: 0 };
		const before = zoomView(UNZOOMED, 2, { x: 0, y: 0 }, stage, picture);
		const after = zoomView(before, 1.5, point, stage, picture);
		const under = (view: typeof UNZOOMED) => (point.x - view.x) / view.scale;
		expect(under(after)).toBeCloseTo(under(before));
	});
	it("limits the scale on both sides", () => {
		expect(zoomView(UNZOOMED, 0.2, { x: 300, y: 10 }, stage, picture)).toEqual(UNZOOMED);
		expect(zoomView(UNZOOMED, 100, { x: 0, y: 0 }, stage, picture).scale).toBe(MAX_SCALE);
	});
	it("reaches the limit in three taps and returns in three", () => {
		let view = UNZOOMED;
		for (let i = 0; i < 3; i++) view = zoomView(view, ZOOM_STEP, { x: 0, y: 0 }, stage, picture);
		expect(view.scale).toBeCloseTo(MAX_SCALE);
		for (let i = 0; i < 3; i++) view = zoomView(view, 1 / ZOOM_STEP, { x: 0, y: 0 }, stage, picture);
		expect(view.scale).toBeCloseTo(1);
	});
	it("pans only to the edges, and not where the picture fits", () => {
		const near = clampView({ scale: 2, x: 0, y: 0 }, stage, picture);
		expect(panView(near, 9999, 9999, stage, picture)).toEqual({ scale: 2, x: 500, y: 0 });
		expect(panView(near, -9999, 0, stage, picture).x).toBe(-500);
		expect(panView(UNZOOMED, 50, 50, stage, picture)).toEqual(UNZOOMED);
	});
	it("reduces the offset when the scale gets smaller", () => {
		const far = panView(clampView({ scale: 4, x: 0, y: 0 }, stage, picture), 9999, 0, stage, picture);
		expect(zoomView(far, 0.25, { x: 0, y: 0 }, stage, picture)).toEqual(UNZOOMED);
	});
});
