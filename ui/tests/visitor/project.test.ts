import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type CostPlan, type UnitGroup, type UnitRow, visitor } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { staleness } from "@/kit/staleness";
import Freshness from "@/visitor/project/Freshness.svelte";
import Plan from "@/visitor/project/Plan.svelte";
import { CHEAPEST, type SortKey, sorted, touched } from "@/visitor/project/sorting";
import { ending } from "@/visitor/project/timing";
import UnitTable from "@/visitor/project/UnitTable.svelte";
import { cell, columns, features, traits } from "@/visitor/project/vocabulary";

const unit = (more: Partial<UnitRow> = {}): UnitRow => ({
	id: "U",
	number: "A-104",
	price: 28_800_000,
	surface: 48,
	floor: 0,
	rooms: 2,
	levels: null,
	facades: null,
	cos: null,
	status: "available",
	designation: null,
	aid: { kind: "eligible", amount: 10_000_000 },
	...more,
});
const costs: CostPlan = {
	lines: [
		{ code: "price", amount: 28_800_000, estimated: false },
		{ code: "registration", amount: 1_152_000, estimated: true },
		{ code: "aid", amount: -10_000_000, estimated: true },
	],
	total: 19_952_000,
	checked_on: "2026-02-01",
};
const rule = { version: "daam-2024", checked_on: "2026-02-01" };
const numbers = (units: UnitRow[]) => units.map((one) => one.number);

beforeEach(() => {
	vi.restoreAllMocks();
	i18n.use("fr");
});

describe("vocabulary", () => {
	it("speaks of rooms and floors for a flat, of height, fronts and COS for a plot", () => {
		expect(columns("apartment", [unit()])).toEqual(["number", "surface", "rooms", "floor"]);
		expect(columns("residential_plot", [unit({ levels: 2, facades: 1, cos: 1.8 })])).toEqual([
			"number",
			"surface",
			"levels",
			"facades",
			"cos",
		]);
	});
	it("names the ground floor and isolates R+2 in Arabic", () => {
		expect(cell(unit(), "floor", i18n.m.project, "fr")).toBe("RDC");
		i18n.use("ar");
		expect(cell(unit({ levels: 2 }), "levels", i18n.m.project, "ar")).toBe("\u2066R+2\u2069");
	});
	it("tells a project's traits from least to most, and once where they are the same", () => {
		const units = [unit({ floor: 0, rooms: 3 }), unit({ floor: 7, rooms: 3 }), unit({ floor: null, rooms: null })];
		expect(traits(units, false, i18n.m.project, "fr")).toEqual([
			{ trait: "rooms", text: "3 pièces" },
			{ trait: "floor", text: "du RDC au 7e étage" },
		]);
	});
	it("parts what is in a project from what is around it, and leaves out what has no name", () => {
		const { inside, around } = features(["lift", "school", "teleport"], i18n.m.project);
		expect([inside.map((one) => one.code), around.map((one) => one.code)]).toEqual([["lift"], ["school"]]);
	});
});

describe("order of units", () => {
	const units = [
		unit({ id: "1", number: "A-10", price: 300, floor: 2, status: "sold" }),
		unit({ id: "2", number: "A-2", price: 300, floor: null }),
		unit({ id: "3", number: "B-1", price: 100, floor: 5, status: "reserved" }),
		unit({ id: "4", number: "A-1", price: 300, floor: 2 }),
	];
	it("begins with the cheapest, ties by number as people count", () => {
		expect(numbers(sorted(units, CHEAPEST))).toEqual(["B-1", "A-1", "A-2", "A-10"]);
	});
	it("keeps ties in the same order when it is turned round", () => {
		expect(numbers(sorted(units, { key: "price", descending: true }))).toEqual(["A-1", "A-2", "A-10", "B-1"]);
	});
	it("puts what has no value last in either direction", () => {
		expect(numbers(sorted(units, { key: "floor", descending: false }))).toEqual(["A-1", "A-10", "B-1", "A-2"]);
		expect(numbers(sorted(units, { key: "floor", descending: true }))).toEqual(["B-1", "A-1", "A-10", "A-2"]);
	});
	it("counts in numbers, both ways", () => {
		expect(numbers(sorted(units, { key: "number", descending: false }))).toEqual(["A-1", "A-2", "A-10", "B-1"]);
		expect(numbers(sorted(units, { key: "number", descending: true }))).toEqual(["B-1", "A-10", "A-2", "A-1"]);
	});
	it("has what can be had before what is reserved before what is sold", () => {
		expect(numbers(sorted(units, { key: "status", descending: false }))).toEqual(["A-1", "A-2", "B-1", "A-10"]);
	});
	it("leaves the given list as it is", () => {
		sorted(units, { key: "number", descending: false });
		expect(numbers(units)).toEqual(["A-10", "A-2", "B-1", "A-1"]);
	});
	it("turns round at a second touch and begins anew at another column", () => {
		const once = touched(CHEAPEST, "surface");
		expect([once, touched(once, "surface"), touched(touched(once, "surface"), "rooms")]).toEqual([
			{ key: "surface", descending: false },
			{ key: "surface", descending: true },
			{ key: "rooms", descending: false },
		]);
	});
});

describe("table of units", () => {
	const group = (count: number): UnitGroup => ({
		id: "G",
		product_type: "apartment",
		title: { text: "Deux chambres", lang: "fr" },
		available: count,
		total: count,
		price_from: 1,
		price_to: 2,
		surface_min: 48,
		surface_max: 48,
		units: Array.from({ length: count }, (_, i) => unit({ id: `U${i}`, number: `A-${i}` })),
	});
	const shown = (of: UnitGroup, sort: (key: SortKey) => void, open: (chosen: UnitRow) => void) =>
		render(UnitTable, { group: of, rows: of.units, sorting: CHEAPEST, sort, open, windowed: true });

	it("holds a handful of a thousand rows, and says how many there are", () => {
		const of = group(1000);
		shown(of, vi.fn(), vi.fn());
		expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("1001");
		const rows = screen.getAllByRole("row");
		expect(rows.length).toBeLessThan(40);
		expect(rows[1]?.getAttribute("aria-rowindex")).toBe("2");
	});
	it("says by what it is sorted, and which unit or column was touched", async () => {
		const of = group(3);
		const sort = vi.fn();
		const open = vi.fn();
		shown(of, sort, open);
		const order = screen.getAllByRole("columnheader").map((head) => head.getAttribute("aria-sort"));
		expect(order).toEqual(["none", "none", "none", "none", "ascending", "none"]);
		await fireEvent.click(screen.getByTestId("sort-floor"));
		expect(sort).toHaveBeenCalledWith("floor");
		await fireEvent.click(screen.getByTestId("unit-U2"));
		expect(open).toHaveBeenCalledWith(of.units[2]);
	});
});

describe("what to plan", () => {
	const plan = (made: () => Promise<CostPlan | null>) => vi.spyOn(visitor, "plan").mockImplementation(made);

	it.each(["fr", "ar", "en"] as const)("puts each sign before its figure in %s", async (lang) => {
		i18n.use(lang);
		const asked = plan(async () => costs);
		render(Plan, { project: "P", unit: unit(), rule });
		await screen.findByText(i18n.m.project.planTotal);
		expect(asked).toHaveBeenCalledWith("P", "U");
		const amounts = [...document.querySelectorAll("dd")].map((cell) => cell.textContent ?? "");
		expect(amounts[0]).toMatch(/^288\u202f000/);
		expect(amounts[1]).toMatch(/^\+\u202f11\u202f520/);
		expect(amounts[2]).toMatch(/^\u2212\u202f100\u202f000/);
		expect(amounts[3]).toMatch(/^199\u202f520/);
	});
	it("always says that it is indicative, by which rule, of which day", () => {
		plan(async () => costs);
		render(Plan, { project: "P", unit: unit(), rule });
		expect(screen.getByText(/Indicatif/).textContent).toMatch(/daam-2024.*1er\u00a0février 2026/);
	});
	it("promises the aid only for later where there is no permit to inhabit", () => {
		plan(async () => costs);
		render(Plan, { project: "P", unit: unit({ aid: { kind: "at_delivery", amount: 7_000_000 } }), rule });
		expect(screen.getByText(/Potentiellement/)).toBeTruthy();
	});
	it("says calmly when there is no sum, and still answers about the aid", async () => {
		plan(() => Promise.reject({ code: "internal" }));
		render(Plan, { project: "P", unit: unit(), rule });
		expect(await screen.findByText(i18n.m.project.planTrouble)).toBeTruthy();
		expect(screen.getByText(/Indicatif/)).toBeTruthy();
	});
	it("shows the sum of the unit asked for last, whichever answer comes first", async () => {
		const answers: Record<string, (made: CostPlan) => void> = {};
		vi.spyOn(visitor, "plan").mockImplementation((_project, id) => new Promise((done) => (answers[id] = done)));
		const { rerender } = render(Plan, { project: "P", unit: unit({ id: "first" }), rule });
		await rerender({ project: "P", unit: unit({ id: "second" }), rule });
		answers.second?.({ ...costs, total: 22_200_000 });
		answers.first?.({ ...costs, total: 11_100_000 });
		expect(await screen.findByText(/^222\s000$/)).toBeTruthy();
		expect(screen.queryByText(/^111\s000$/)).toBeNull();
	});
});

describe("age of the catalogue", () => {
	it("grows from a date to a warning", () => {
		expect([null, 0, 2, 3, 7, 8, 29, 30, 400].map(staleness)).toEqual([
			"date",
			"date",
			"date",
			"soft",
			"soft",
			"clear",
			"clear",
			"strong",
			"strong",
		]);
	});
	it("says the day always, the age from the third day, what may have changed from the eighth", async () => {
		const { rerender } = render(Freshness, { published: "2026-11-16", days: null });
		expect(document.body.textContent).toMatch(/16\u00a0novembre 2026/);
		expect(document.body.textContent).not.toMatch(/il y a/);
		await rerender({ published: "2026-11-16", days: 3 });
		expect(document.body.textContent).toMatch(/il y a 3 jours/);
		expect(screen.queryByRole("note")).toBeNull();
		await rerender({ published: "2026-11-16", days: 8 });
		expect(screen.getByRole("note").textContent).toContain(i18n.m.project.stale.clear);
		await rerender({ published: "2026-11-16", days: 30 });
		expect(screen.getByRole("note").textContent).toContain(i18n.m.project.stale.strong);
	});
});

describe("end of an offer", () => {
	it("is said from two weeks before", () => {
		expect([0, 1, 2, 14, 15].map(ending)).toEqual(["today", "tomorrow", "soon", "soon", "later"]);
	});
	it("counts days with the right form in Arabic", () => {
		i18n.use("ar");
		const said = [2, 3, 11].map((days) => i18n.m.project.endsIn(days).replace(/\u200c/g, ""));
		expect(said).toEqual(["ينتهي خلال يومين", "ينتهي خلال 3 أيام", "ينتهي خلال 11 يومًا"]);
	});
});
