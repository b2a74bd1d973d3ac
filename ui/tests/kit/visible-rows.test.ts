import { describe, expect, it } from "vitest";
import { visibleRows } from "@/kit/visible-rows";

const ROW = 80;
const HEIGHT = 1200;

describe("visible rows of a long list", () => {
	it("cover the screen and one more before and after", () => {
		const total = 1000;
		for (let above = 0; above <= total * ROW - HEIGHT; above += 37) {
			const { first, last } = visibleRows(above, HEIGHT, ROW, total);
			const seen = { first: Math.floor(above / ROW), last: Math.ceil((above + HEIGHT) / ROW) };
			expect(first).toBeLessThanOrEqual(Math.max(0, seen.first - HEIGHT / ROW));
			expect(last).toBeGreaterThanOrEqual(Math.min(total, seen.last + HEIGHT / ROW));
			expect(last - first).toBeLessThan(70);
		}
	});
	it("stay the same while scrolling within a row", () => {
		expect(visibleRows(40_010, HEIGHT, ROW, 1000)).toEqual(visibleRows(40_030, HEIGHT, ROW, 1000));
	});
	it("are about one screen before anything is measured", () => {
		expect(visibleRows(0, 0, 0, 1000)).toEqual({ first: 0, last: 16 });
		expect(visibleRows(0, HEIGHT, ROW, 3)).toEqual({ first: 0, last: 3 });
		expect(visibleRows(0, HEIGHT, ROW, 0)).toEqual({ first: 0, last: 0 });
	});
	it("are the first or last ones outside the list", () => {
		expect(visibleRows(-5000, HEIGHT, ROW, 1000).first).toBe(0);
		expect(visibleRows(-5000, HEIGHT, ROW, 1000).last).toBeGreaterThanOrEqual(HEIGHT / ROW);
		const { first, last } = visibleRows(70_000, HEIGHT, ROW, 100);
		expect(last).toBe(100);
		expect(first).toBeLessThanOrEqual(100 - HEIGHT / ROW);
	});
});
