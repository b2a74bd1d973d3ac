import { render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import type { UnitRow } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import Plan from "@/visitor/project/Plan.svelte";
import { cell, columns } from "@/visitor/project/vocabulary";

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
	aid: { kind: "eligible", amount: 10_000_000, rule: "daam-2024", checked_on: "2026-02-01" },
	plan: {
		lines: [
			{ code: "price", amount: 28_800_000, estimated: false },
			{ code: "registration", amount: 1_152_000, estimated: true },
			{ code: "aid", amount: -10_000_000, estimated: true },
		],
		total: 19_952_000,
		checked_on: "2026-02-01",
	},
	...more,
});

beforeEach(() => i18n.use("fr"));

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
});

describe("what to plan", () => {
	it.each(["fr", "ar", "en"] as const)("puts each sign before its figure in %s", (lang) => {
		i18n.use(lang);
		render(Plan, { unit: unit() });
		const amounts = [...document.querySelectorAll("dd")].map((cell) => cell.textContent ?? "");
		expect(amounts[0]).toMatch(/^288\u202f000/);
		expect(amounts[1]).toMatch(/^\+\u202f11\u202f520/);
		expect(amounts[2]).toMatch(/^\u2212\u202f100\u202f000/);
		expect(amounts[3]).toMatch(/^199\u202f520/);
	});
	it("always says that it is indicative, by which rule, of which day", () => {
		render(Plan, { unit: unit() });
		expect(screen.getByText(/Indicatif/).textContent).toMatch(/daam-2024.*1\u00a0février 2026/);
	});
	it("promises the aid only for later where there is no permit to inhabit", () => {
		render(Plan, {
			unit: unit({ aid: { kind: "at_delivery", amount: 7_000_000, rule: "daam-2024", checked_on: "2026-02-01" } }),
		});
		expect(screen.getByText(/Potentiellement/)).toBeTruthy();
	});
});
