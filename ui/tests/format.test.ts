import { describe, expect, it } from "vitest";
import { amount, date, dateRange, dateTime, dirhams, month, number, phone, surface } from "@/i18n/format";
import * as plural from "@/i18n/plural";

describe("amounts", () => {
	it("groups digits with narrow no-break spaces, in English with commas", () => {
		expect(amount(125_000_000, "fr")).toBe("1\u202f250\u202f000\u00a0DH");
		expect(amount(125_000_000, "ar")).toBe("\u20681\u202f250\u202f000\u00a0درهم\u2069");
		expect(amount(125_000_000, "en")).toBe("1,250,000\u00a0MAD");
	});
	it("shows centimes only when they are not zero", () => {
		expect(dirhams(28_800_050, "fr")).toBe("288\u202f000,5");
		expect(dirhams(28_800_000, "fr")).toBe("288\u202f000");
	});
	it("uses a real minus sign", () => {
		expect(number(-1234, "fr")).toBe("\u22121\u202f234");
	});
	it("rounds large surfaces only", () => {
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
	it("keeps the day in every time zone", () => {
		expect(date("2026-02-01", "fr")).toBe("1er\u00a0février 2026");
	});
	it("writes 1er only for the first of a month in French", () => {
		expect(date("2026-09-01", "fr")).toBe("1er\u00a0septembre 2026");
		expect(date("2026-09-11", "fr")).toBe("11\u00a0septembre 2026");
		expect(date("2026-09-01", "en")).toBe("1\u00a0September 2026");
		expect(date("2026-09-01", "ar")).not.toContain("er");
		expect(dateRange("2026-09-01", "2026-09-03", "fr")).toMatch(/^1er\s?[–-]\s?3 septembre 2026$/);
		expect(dateRange("2026-08-31", "2026-09-01", "fr")).toMatch(/^31 août\s[–-]\s1er septembre 2026$/);
	});
	it("shows a time as written at the stop, whatever the zone of the machine", () => {
		expect(dateTime("2026-09-01T18:05:00+02:00", "fr", "long")).toBe("1er septembre 2026 à 18:05");
		expect(dateTime("2026-02-01T00:30:12.345678+01:00", "fr")).toMatch(/^1er févr\. 2026.+00:30$/);
		expect(dateTime("2026-12-01T23:30:00+00:00", "fr")).toMatch(/^1er déc\. 2026.+23:30$/);
	});
	it("accepts a month without a day", () => {
		expect(month("2027-09", "fr")).toBe("septembre\u00a02027");
	});
});

describe("telephone numbers", () => {
	const spaced = (number: string) => phone(number).replaceAll("\u00a0", " ");
	it("are grouped as their country writes them", () => {
		expect(spaced("+212539400001")).toBe("+212 5 39 40 00 01");
		expect(spaced("+33600010001")).toBe("+33 6 00 01 00 01");
		expect(spaced("+15140000001")).toBe("+1 514 000 0001");
	});
	it("are grouped by three where that is unknown", () => {
		expect(spaced("+971500000001")).toBe("+971 500 000 001");
		expect(spaced("+4670000001")).toBe("+46 700 000 01");
		expect(spaced("+3361")).toBe("+3361");
		expect(spaced("poste 12")).toBe("poste 12");
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
	it("treats zero as singular in French", () => {
		expect([0, 1, 2].map((n) => plural.fr(n, { one: "s", other: "p" }))).toEqual(["s", "s", "p"]);
	});
});
