import { describe, expect, it } from "vitest";
import { amount, date, dateRange, dirhams, month, number, surface } from "@/i18n/format";
import * as plural from "@/i18n/plural";

describe("amounts", () => {
	it("groups with narrow no-break spaces in every language", () => {
		expect(amount(125_000_000, "fr")).toBe("1\u202f250\u202f000\u00a0DH");
		expect(amount(125_000_000, "ar")).toBe("\u20681\u202f250\u202f000\u00a0درهم\u2069");
		expect(amount(125_000_000, "en")).toBe("1\u202f250\u202f000\u00a0MAD");
	});
	it("shows centimes only when there are some", () => {
		expect(dirhams(28_800_050, "fr")).toBe("288\u202f000,5");
		expect(dirhams(28_800_000, "fr")).toBe("288\u202f000");
	});
	it("puts a true minus before the figure", () => {
		expect(number(-1234, "fr")).toBe("\u22121\u202f234");
	});
	it("rounds the surface of land, not of homes", () => {
		expect(surface(66.1, "fr")).toBe("66,1");
		expect(surface(66.1, "en")).toBe("66.1");
		expect(surface(1880.4, "fr")).toBe("1\u202f880");
	});
});

describe("dates", () => {
	it("writes western digits in Arabic", () => {
		for (const text of [date("2026-02-12", "ar"), month("2026-02", "ar"), dateRange("2026-02-12", "2026-02-14", "ar")])
			expect(text).not.toMatch(/[٠-٩]/);
		expect(date("2026-02-12", "ar")).toContain("12");
	});
	it("does not slip a day in any zone", () => {
		expect(date("2026-02-01", "fr")).toBe("1\u00a0février 2026");
	});
	it("takes a month alone", () => {
		expect(month("2027-09", "fr")).toBe("septembre\u00a02027");
	});
});

describe("plurals", () => {
	it("has the six Arabic forms", () => {
		const forms = { zero: "0", one: "1", two: "2", few: "few", many: "many", other: "other" };
		expect([0, 1, 2, 3, 10, 11, 99, 100, 102].map((n) => plural.ar(n, forms))).toEqual([
			"0",
			"1",
			"2",
			"few",
			"few",
			"many",
			"many",
			"other",
			"other",
		]);
	});
	it("keeps French zero singular", () => {
		expect([0, 1, 2].map((n) => plural.fr(n, { one: "s", other: "p" }))).toEqual(["s", "s", "p"]);
	});
});
