import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type CostPlan, type ProjectPage, type UnitGroup, type UnitRow, visitor } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { staleness } from "@/kit/staleness";
import { answers } from "@/visitor/afford/answers.svelte";
import { search } from "@/visitor/explore/search.svelte";
import CostBreakdown from "@/visitor/project/CostBreakdown.svelte";
import Freshness from "@/visitor/project/Freshness.svelte";
import { deadline } from "@/visitor/project/offer-deadline";
import Project from "@/visitor/project/Project.svelte";
import { CHEAPEST_FIRST, type SortKey, sorted, toggleSort } from "@/visitor/project/sorting";
import UnitTable from "@/visitor/project/UnitTable.svelte";
import { badges, cell, columns, features, traits } from "@/visitor/project/unit-traits";
import { visit } from "@/visitor/visit.svelte";

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
	outline: null,
	aid: { kind: "eligible", amount: 10_000_000 },
	...more,
});
const exactly = (centimes: number) => ({ low: centimes, high: centimes });
const source = {
	reference: "CGI, article 133",
	checked_on: "2026-11-23",
	reviewer: "Équipe d’essai",
	confidence: "high" as const,
};
const costs: CostPlan = {
	lines: [
		{ code: "price", amount: exactly(28_800_000), source: null },
		{ code: "registration", amount: exactly(1_152_000), source },
	],
	total: { low: 29_952_000, high: 30_102_000 },
	extra: [],
	checked_on: "2026-02-01",
	package_max_price: 30_000_000,
	aid: { amount: 10_000_000, total: { low: 19_952_000, high: 20_102_000 } },
	threshold: null,
	payment: {
		without_aid: { loan: 0, cash_needed: exactly(29_952_000), monthly: null, years: [] },
		with_aid: null,
		financed: null,
		off_plan: null,
		foreign: null,
	},
};
const rule = { version: "daam-2024", checked_on: "2026-02-01" };
const numbers = (units: UnitRow[]) => units.map((one) => one.number);

beforeEach(() => {
	vi.restoreAllMocks();
	i18n.use("fr");
});

describe("traits of units", () => {
	it("depend on the product type", () => {
		expect(columns("apartment", [unit()])).toEqual(["number", "surface", "rooms", "floor"]);
		expect(columns("residential_plot", [unit({ levels: 2, facades: 1, cos: 1.8 })])).toEqual([
			"number",
			"surface",
			"levels",
			"facades",
			"cos",
		]);
	});
	it("isolate R+2 in Arabic", () => {
		expect(cell(unit(), "floor", i18n.m.project, "fr")).toBe("RDC");
		i18n.use("ar");
		expect(cell(unit({ levels: 2 }), "levels", i18n.m.project, "ar")).toBe("\u2066R+2\u2069");
	});
	it("show a range, or one value if all are equal", () => {
		const units = [unit({ floor: 0, rooms: 3 }), unit({ floor: 7, rooms: 3 }), unit({ floor: null, rooms: null })];
		expect(traits(units, false, i18n.m.project)).toEqual([
			{ trait: "rooms", text: "3 pièces" },
			{ trait: "floor", text: "du RDC au 7e étage" },
		]);
	});
	it("separate features of project and neighbourhood", () => {
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
	it("starts with the cheapest, ties by number", () => {
		expect(numbers(sorted(units, CHEAPEST_FIRST))).toEqual(["B-1", "A-1", "A-2", "A-10"]);
	});
	it("keeps the order of ties when reversed", () => {
		expect(numbers(sorted(units, { key: "price", descending: true }))).toEqual(["A-1", "A-2", "A-10", "B-1"]);
	});
	it("puts units without a value last in both directions", () => {
		expect(numbers(sorted(units, { key: "floor", descending: false }))).toEqual(["A-1", "A-10", "B-1", "A-2"]);
		expect(numbers(sorted(units, { key: "floor", descending: true }))).toEqual(["B-1", "A-1", "A-10", "A-2"]);
	});
	it("compares numbers numerically in both directions", () => {
		expect(numbers(sorted(units, { key: "number", descending: false }))).toEqual(["A-1", "A-2", "A-10", "B-1"]);
		expect(numbers(sorted(units, { key: "number", descending: true }))).toEqual(["B-1", "A-10", "A-2", "A-1"]);
	});
	it("puts available before reserved before sold", () => {
		expect(numbers(sorted(units, { key: "status", descending: false }))).toEqual(["A-1", "A-2", "B-1", "A-10"]);
	});
	it("does not change the given list", () => {
		sorted(units, { key: "number", descending: false });
		expect(numbers(units)).toEqual(["A-10", "A-2", "B-1", "A-1"]);
	});
	it("reverses on a second tap on the same column", () => {
		const once = toggleSort(CHEAPEST_FIRST, "surface");
		expect([once, toggleSort(once, "surface"), toggleSort(toggleSort(once, "surface"), "rooms")]).toEqual([
			{ key: "surface", descending: false },
			{ key: "surface", descending: true },
			{ key: "rooms", descending: false },
		]);
	});
});

describe("unit table", () => {
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
		render(UnitTable, { group: of, rows: of.units, sorting: CHEAPEST_FIRST, sort, open, windowed: true });

	it("renders few of 1000 rows and announces the total", () => {
		const of = group(1000);
		shown(of, vi.fn(), vi.fn());
		expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("1001");
		const rows = screen.getAllByRole("row");
		expect(rows.length).toBeLessThan(40);
		expect(rows[1]?.getAttribute("aria-rowindex")).toBe("2");
	});
	it("shows status and aid as two badges", () => {
		const free = unit({ aid: { kind: "at_delivery", amount: 7_000_000 } });
		const m = i18n.m.project;
		expect(badges(free, m).map(({ text }) => text)).toEqual([m.status.available, m.aid.at_delivery]);
		expect(badges({ ...free, status: "reserved" }, m).map(({ text }) => text)).toEqual([m.status.reserved]);
		const of = { ...group(1), units: [free] };
		shown(of, vi.fn(), vi.fn());
		const cells = screen.getAllByRole("cell").map((one) => one.textContent?.trim() ?? "");
		expect(cells.at(-1)).toMatch(/Disponible.*Aide à la livraison/s);
	});
	it("gives the price per square metre, and says what is above the budget", () => {
		search.start({ max_price: 29_000_000 });
		const units = [unit({ id: "IN", price: 28_800_000 }), unit({ id: "OVER", price: 29_000_100 })];
		shown({ ...group(2), units }, vi.fn(), vi.fn());
		const row = (id: string) => screen.getByTestId(`unit-${id}`).closest("[role=row]");
		expect(row("IN")?.textContent).toContain("6\u202f000\u00a0DH/m²");
		expect(row("IN")?.classList.contains("over")).toBe(false);
		expect(row("OVER")?.textContent).toContain(i18n.m.project.overBudget);
		expect(row("OVER")?.classList.contains("over")).toBe(true);
		search.start({});
	});
	it("announces the order and reports taps", async () => {
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

describe("project page", () => {
	const groups = (statuses: UnitRow["status"][]): UnitGroup[] => [
		{
			id: "G",
			product_type: "apartment",
			title: { text: "Deux chambres", lang: "fr" },
			available: statuses.filter((status) => status === "available").length,
			total: statuses.length,
			price_from: 1,
			price_to: 2,
			surface_min: 48,
			surface_max: 48,
			units: statuses.map((status, i) => unit({ id: `U${i}`, number: `A-${i}`, status, surface: 50 - i })),
		},
	];
	const page = (statuses: UnitRow["status"][], change: Partial<ProjectPage> = {}): ProjectPage => ({
		id: "P",
		title: { text: "Essai", lang: "fr" },
		description: { text: "", lang: "fr" },
		town: { text: "Tanger", lang: "fr" },
		town_id: "TNG",
		region: { text: "Région", lang: "fr" },
		region_code: "MA-01",
		district: null,
		subsidiary: { name: { text: "Filiale", lang: "fr" }, phone: null },
		pictures: [],
		types: ["apartment"],
		delivery: "off_plan",
		delivery_on: null,
		building_permit_on: null,
		habitation_permit_on: null,
		land_title: "titled",
		land_title_number: null,
		features: [],
		latitude: 35.7,
		longitude: -5.8,
		surroundings: [],
		offers: [],
		groups: groups(statuses),
		nearby: [],
		similar: [],
		sold_out: false,
		aid_rule: rule,
		catalogue_version: 1,
		published_on: "2026-02-01",
		age_days: 1,
		...change,
	});
	async function open(shown: ProjectPage) {
		vi.spyOn(visitor, "project").mockResolvedValue(shown);
		vi.spyOn(visitor, "plan").mockResolvedValue(costs);
		visit.begin();
		visit.go({ name: "project", id: "P" });
		render(Project, { id: "P" });
		await screen.findByTestId("project-title");
	}
	const parts = () => [...document.querySelectorAll("[data-testid^=part-]")].map((one) => one.textContent?.trim());

	it("leads to units, costs and place", async () => {
		await open(page(["available"]));
		const { units, costs, place } = i18n.m.project.parts;
		expect(parts()).toEqual([units, costs, place]);
		const scrolled: string[] = [];
		Element.prototype.scrollIntoView = function () {
			scrolled.push(this.id);
		};
		for (const part of ["units", "costs", "place"]) await fireEvent.click(screen.getByTestId(`part-${part}`));
		expect(scrolled).toEqual(["part-units", "part-costs", "part-place"]);
	});
	it("has no button for what it does not have", async () => {
		await open(page(["sold"], { sold_out: true, latitude: null, longitude: null }));
		expect(parts()).toEqual([i18n.m.project.parts.units]);
		expect(screen.getByText(i18n.m.project.soldOutTitle)).toBeTruthy();
	});
	it("says that everything is reserved, not sold", async () => {
		await open(page(["reserved", "sold"]));
		expect(screen.getByText(i18n.m.project.allReserved)).toBeTruthy();
		expect(screen.queryByText(i18n.m.project.soldOutTitle)).toBeNull();
	});
	it("keeps the order when the list opens", async () => {
		await open(page(Array.from({ length: 8 }, () => "available" as const)));
		await fireEvent.click(screen.getByTestId("sort-surface"));
		expect(screen.getByTestId("units-all-G").textContent?.trim()).toBe("Voir la liste (8 disponibles)");
		await fireEvent.click(screen.getByTestId("units-all-G"));
		const sheet = within(screen.getByTestId("units-sheet"));
		const heads = sheet.getAllByRole("columnheader").map((head) => head.getAttribute("aria-sort"));
		expect(heads).toEqual(["none", "ascending", "none", "none", "none", "none"]);
	});
	it("asks about the unit that is open", async () => {
		await open(page(["available"]));
		await fireEvent.click(screen.getByTestId("unit-U0"));
		await fireEvent.click(screen.getByTestId("call-unit"));
		expect(visit.about).toEqual([{ project: "P", unit: "U0" }]);
	});
});

describe("cost breakdown", () => {
	const plan = (made: () => Promise<CostPlan | null>) => vi.spyOn(visitor, "plan").mockImplementation(made);

	it.each(["fr", "ar", "en"] as const)("puts each sign before its amount in %s", async (lang) => {
		i18n.use(lang);
		const asked = plan(async () => costs);
		render(CostBreakdown, { project: "P", unit: unit(), rule });
		await screen.findByText(i18n.m.project.planWithoutAid);
		expect(asked).toHaveBeenCalledWith("P", "U", lang, answers.means);
		const amounts = [...document.querySelectorAll(".amount")].map((cell) => cell.textContent ?? "");
		expect(amounts[0]).toMatch(/^288\u202f000/);
		expect(amounts[1]).toMatch(/^\+\u202f11\u202f520/);
		expect(amounts[2]).toMatch(/^299\u202f520.*301\u202f020/);
		expect(amounts[3]).toMatch(/^\u2212\u202f100\u202f000/);
		expect(amounts[4]).toMatch(/^199\u202f520/);
	});
	it("gives the total without the aid first, and one total without an aid", async () => {
		plan(async () => costs);
		const { rerender } = render(CostBreakdown, { project: "P", unit: unit(), rule });
		expect((await screen.findByTestId("plan-total")).textContent).toMatch(/^299\u202f520/);
		expect(screen.getByTestId("plan-with-aid").textContent).toMatch(/^199\u202f520/);
		plan(async () => ({ ...costs, aid: null }));
		await rerender({ project: "P", unit: unit({ id: "V", aid: { kind: "not_eligible", amount: null } }), rule });
		await screen.findByText(i18n.m.project.planTotal);
		expect(screen.getByTestId("plan-total").textContent).toMatch(/^299\u202f520/);
		expect(screen.queryByTestId("plan-with-aid")).toBeNull();
	});
	it("opens the method of a line with its source and date", async () => {
		plan(async () => costs);
		render(CostBreakdown, { project: "P", unit: unit(), rule });
		const line = (await screen.findByText(/Droits d’enregistrement/)).closest("details");
		expect(line?.textContent).toMatch(/Prix × taux.*CGI, article 133.*23\u00a0novembre 2026/s);
	});
	it("says what a threshold costs and opens the nearest unit below it", async () => {
		const nearest = {
			project: "Q",
			title: { text: "Essai", lang: "fr" as const },
			unit: "Q-1",
			number: "C-3",
			price: 29_800_000,
		};
		const threshold = { max_price: 30_000_000, excess: 100_000, lost: 3_000_000, nearest };
		plan(async () => ({ ...costs, threshold }));
		render(CostBreakdown, { project: "P", unit: unit(), rule });
		expect((await screen.findByTestId("threshold")).textContent).toMatch(/30\u202f000.*d’aide/s);
		await fireEvent.click(screen.getByTestId("threshold-nearest"));
		expect(visit.screen).toEqual({ name: "project", id: "Q", unit: "Q-1" });
	});
	it("names the rule and its date", () => {
		plan(async () => costs);
		render(CostBreakdown, { project: "P", unit: unit(), rule });
		expect(screen.getByText(/Indicatif/).textContent).toMatch(/daam-2024.*1er\u00a0février 2026/);
	});
	it("announces aid at delivery without a habitation permit", () => {
		plan(async () => costs);
		render(CostBreakdown, { project: "P", unit: unit({ aid: { kind: "at_delivery", amount: 7_000_000 } }), rule });
		expect(screen.getByText(/Potentiellement/)).toBeTruthy();
	});
	it("plans the stay for the aid and the state of the unit", async () => {
		plan(async () => costs);
		visit.begin();
		render(CostBreakdown, { project: "P", unit: unit({ aid: { kind: "not_eligible", amount: null } }), rule });
		await screen.findByTestId("plan-total");
		await fireEvent.click(screen.getByTestId("unit-summer"));
		expect(visit.screen).toEqual({ name: "summer", offPlan: false, aid: false });
	});
	it("shows a message without costs, and still the aid", async () => {
		plan(() => Promise.reject({ code: "internal" }));
		render(CostBreakdown, { project: "P", unit: unit(), rule });
		expect(await screen.findByText(i18n.m.project.planFailed)).toBeTruthy();
		expect(screen.getByText(/Indicatif/)).toBeTruthy();
	});
	it("shows the unit requested last", async () => {
		const responses: Record<string, (made: CostPlan) => void> = {};
		vi.spyOn(visitor, "plan").mockImplementation((_project, id) => new Promise((done) => (responses[id] = done)));
		const { rerender } = render(CostBreakdown, { project: "P", unit: unit({ id: "first" }), rule });
		await rerender({ project: "P", unit: unit({ id: "second" }), rule });
		responses.second?.({ ...costs, total: exactly(22_200_000) });
		responses.first?.({ ...costs, total: exactly(11_100_000) });
		expect(await screen.findByText(/^222\s000$/)).toBeTruthy();
		expect(screen.queryByText(/^111\s000$/)).toBeNull();
	});
});

describe("age of the catalogue", () => {
	it("has four levels", () => {
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
	it("shows the age from day 3 and a warning from day 8", async () => {
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
	it("is shown from two weeks before", () => {
		expect([0, 1, 2, 14, 15].map(deadline)).toEqual(["today", "tomorrow", "soon", "soon", "later"]);
	});
	it("uses the Arabic plural forms of days", () => {
		i18n.use("ar");
		const said = [2, 3, 11].map((days) => i18n.m.project.endsIn(days).replace(/\u200c/g, ""));
		expect(said).toEqual(["ينتهي خلال يومين", "ينتهي خلال 3 أيام", "ينتهي خلال 11 يومًا"]);
	});
});
