import { describe, expect, it } from "vitest";
import { span } from "@/kit/windowing";

const ROW = 80;
const HEIGHT = 1200;

describe("rows kept of a long list", () => {
	it("cover what is in sight and a screen on either side, wherever it is scrolled to", () => {
		const total = 1000;
		for (let above = 0; above <= total * ROW - HEIGHT; above += 37) {
			const { first, last } = span(above, HEIGHT, ROW, total);
			const seen = { first: Math.floor(above / ROW), last: Math.ceil((above + HEIGHT) / ROW) };
			expect(first).toBeLessThanOrEqual(Math.max(0, seen.first - HEIGHT / ROW));
			expect(last).toBeGreaterThanOrEqual(Math.min(total, seen.last + HEIGHT / ROW));
			expect(last - first).toBeLessThan(70);
		}
	});
	it("stay the same while one scrolls within a row", () => {
		expect(span(40_010, HEIGHT, ROW, 1000)).toEqual(span(40_030, HEIGHT, ROW, 1000));
	});
	it("are a first screen's worth before anything is measured, and never more than there are", () => {
		expect(span(0, 0, 0, 1000)).toEqual({ first: 0, last: 16 });
		expect(span(0, HEIGHT, ROW, 3)).toEqual({ first: 0, last: 3 });
		expect(span(0, HEIGHT, ROW, 0)).toEqual({ first: 0, last: 0 });
	});
	it("are the first ones while the list is still below, the last ones when it became shorter than where one was", () => {
		expect(span(-5000, HEIGHT, ROW, 1000).first).toBe(0);
		expect(span(-5000, HEIGHT, ROW, 1000).last).toBeGreaterThanOrEqual(HEIGHT / ROW);
		const { first, last } = span(70_000, HEIGHT, ROW, 100);
		expect(last).toBe(100);
		expect(first).toBeLessThanOrEqual(100 - HEIGHT / ROW);
	});
});
