import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Outline, Surrounding, UnitGroup, UnitRow } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { search } from "@/visitor/explore/search.svelte";
import SitePlan from "@/visitor/project/SitePlan.svelte";
import Surroundings from "@/visitor/project/Surroundings.svelte";
import { measure, parcels, planLabels, planView } from "@/visitor/project/site-plan";
import { scaleBar, sketchView, unitsPerKm } from "@/visitor/project/surroundings";

const rectangle = (x: number, width: number): Outline => [
	[x, 0],
	[x + width, 0],
	[x + width, 100],
	[x, 100],
];
const unit = (number: string, change: Partial<UnitRow> = {}): UnitRow => ({
	id: `U-${number}`,
	number,
	price: 20_000_000,
	surface: 100,
	floor: null,
	rooms: null,
	levels: 2,
	facades: 1,
	cos: null,
	status: "available",
	designation: null,
	outline: null,
	aid: { kind: "not_eligible", amount: null },
	...change,
});
const group = (units: UnitRow[]): UnitGroup => ({
	id: "G",
	product_type: "residential_plot",
	title: { text: "Lots", lang: "fr" },
	available: 1,
	total: units.length,
	price_from: null,
	price_to: null,
	surface_min: 1,
	surface_max: 1,
	units,
});
const units = [
	unit("L-10", { outline: rectangle(200, 100), status: "sold" }),
	unit("L-2", { outline: rectangle(0, 100) }),
	unit("L-3", { outline: rectangle(100, 100), price: 50_000_000 }),
	unit("L-4"),
];

beforeEach(() => {
	i18n.use("fr");
	search.start({});
});

describe("geometry of a site plan", () => {
	it("has the units with an outline, by number", () => {
		expect(parcels([group(units)]).map(({ unit }) => unit.number)).toEqual(["L-2", "L-3", "L-10"]);
	});
	it("shows all outlines with a margin", () => {
		expect(planView([rectangle(0, 100), rectangle(200, 100)])).toEqual({ x: -12, y: -12, width: 324, height: 124 });
	});
	it("finds the middle of a polygon in both directions", () => {
		const middle = { area: 10_000, x: 50, y: 50 };
		expect(measure(rectangle(0, 100))).toEqual(middle);
		expect(measure([...rectangle(0, 100)].reverse())).toEqual(middle);
	});
	it("splits a number only where it is narrow", () => {
		const narrow = unit("L-104", { outline: rectangle(0, 40) });
		const wide = unit("L-105", { outline: rectangle(40, 300) });
		const labels = planLabels(parcels([group([narrow, wide])]), () => false);
		expect(labels.map(({ lines }) => lines)).toEqual([["L", "104"], ["L-105"]]);
	});
});

describe("site plan", () => {
	const show = () => {
		const open = vi.fn();
		render(SitePlan, { groups: [group(units)], open });
		return open;
	};
	const row = (number: string) => screen.getByTestId(`plan-unit-U-${number}`);

	it("opens a unit from the plan and from the list", async () => {
		const open = show();
		await fireEvent.click(screen.getByTestId("parcel-U-L-2"));
		await fireEvent.click(row("L-10"));
		expect(open.mock.calls.map(([opened]) => opened.number)).toEqual(["L-2", "L-10"]);
	});
	it("says the status of each unit in words", () => {
		show();
		expect(row("L-2").textContent).toContain("Disponible");
		expect(row("L-10").textContent).toContain("Vendu");
		expect(row("L-2").textContent).not.toContain("budget");
	});
	it("marks the units within the budget", () => {
		search.start({ max_price: 30_000_000 });
		show();
		expect(row("L-2").textContent).toContain("dans votre budget");
		expect(row("L-3").textContent).toContain("au-dessus de votre budget");
		expect(row("L-10").textContent).not.toContain("budget");
		expect(screen.getByTestId("parcel-U-L-2").textContent).toContain("✓");
		expect(screen.getByTestId("parcel-U-L-3").textContent).not.toContain("✓");
	});
	it("lists a long plan on request", async () => {
		const many = Array.from({ length: 20 }, (_, i) => unit(`L-${i}`, { outline: rectangle(i * 100, 100) }));
		render(SitePlan, { groups: [group(many)], open: vi.fn() });
		expect(screen.queryByTestId("plan-unit-U-L-19")).toBeNull();
		await fireEvent.click(screen.getByTestId("plan-more"));
		expect(screen.getByTestId("plan-unit-U-L-19")).toBeTruthy();
	});
});

describe("surroundings", () => {
	const at = { latitude: 35.7, longitude: -5.8 };
	const station: Surrounding = {
		kind: "station",
		name: { text: "Tanger-Ville", lang: "fr" },
		km: 12,
		latitude: 35.77,
		longitude: -5.69,
	};

	it("are listed with their distances", () => {
		const sea: Surrounding = { kind: "sea", name: null, km: 0, ...at };
		render(Surroundings, { at, places: [sea, station] });
		const rows = screen.getAllByRole("listitem").map((one) => one.textContent?.replace(/\s+/g, " ").trim());
		expect(rows).toEqual(["Mer moins de 1 km", "Gare Tanger-Ville environ 12 km"]);
	});
	it("are all in the sketch, which is never too narrow", () => {
		const perKm = unitsPerKm(at.latitude);
		expect(sketchView([at], 1).width / perKm).toBeCloseTo(16);
		const view = sketchView([at, station], 1.5);
		expect(view.width / view.height).toBeCloseTo(1.5);
		expect(view.width / perKm).toBeGreaterThan(16);
	});
	it("have a scale of a round distance", () => {
		const view = sketchView([at], 1);
		const bar = scaleBar(view, at.latitude);
		expect(bar.km).toBe(5);
		expect(bar.share).toBeCloseTo(5 / 16);
	});
});
