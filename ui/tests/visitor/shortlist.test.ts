import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ProjectPage, ShortlistItem, UnitRow } from "@/host";
import { i18n, messagesOf } from "@/i18n/index.svelte";
import Compare from "@/visitor/compare/Compare.svelte";
import { comparisonRows } from "@/visitor/compare/comparison";
import { entry } from "@/visitor/shortlist/pages.svelte";
import { MAX_PICKS, Picks } from "@/visitor/shortlist/picks.svelte";
import Shortlist from "@/visitor/shortlist/Shortlist.svelte";
import TakeAway from "@/visitor/shortlist/TakeAway.svelte";
import { visit } from "@/visitor/visit.svelte";

const shell = vi.hoisted(() => ({
	totals: null as unknown,
	answer: (_command: string, _args: Record<string, unknown>): unknown => null,
}));
vi.mock("#transport", () => ({
	call: async (command: string, args: Record<string, unknown>) =>
		command === "shortlist_totals" ? shell.totals : shell.answer(command, args),
	mediaUrl: (hash: string) => hash,
}));

const words = (text: string) => ({ text, lang: "fr" as const });
const unit = (id: string, change: Partial<UnitRow> = {}): UnitRow => ({
	id,
	number: `N-${id}`,
	price: 30_000_000,
	surface: 62.5,
	floor: 2,
	rooms: 3,
	levels: null,
	facades: null,
	cos: null,
	status: "available",
	designation: null,
	outline: null,
	aid: { kind: "eligible", amount: 10_000_000 },
	...change,
});
function page(id: string, change: Partial<ProjectPage> = {}, units = [unit(`${id}-1`)]): ProjectPage {
	const prices = units.filter(({ status }) => status === "available").map(({ price }) => price);
	return {
		id,
		title: words(`Essai ${id}`),
		description: words(""),
		town: words("Ville d’essai"),
		town_id: "T",
		region: words("Région"),
		region_code: "MA-01",
		district: null,
		subsidiary: { name: words("Filiale d’essai"), phone: null },
		pictures: [],
		types: ["apartment"],
		delivery: "off_plan",
		delivery_on: "2027-09-01",
		building_permit_on: null,
		habitation_permit_on: null,
		land_title: "titled",
		land_title_number: null,
		features: ["parking"],
		latitude: null,
		longitude: null,
		surroundings: [],
		offers: [],
		groups: [
			{
				id: `${id}-G`,
				product_type: "apartment",
				title: words("Lot"),
				available: prices.length,
				total: units.length,
				price_from: prices.length > 0 ? Math.min(...prices) : null,
				price_to: prices.length > 0 ? Math.max(...prices) : null,
				surface_min: Math.min(...units.map(({ surface }) => surface)),
				surface_max: Math.max(...units.map(({ surface }) => surface)),
				units,
			},
		],
		similar: [],
		nearby: [],
		sold_out: prices.length === 0,
		catalogue_version: 1,
		published_on: "2026-11-16",
		age_days: 7,
		aid_rule: null,
		...change,
	};
}
const item = (project: string, unit: string | null = null): ShortlistItem => ({ project, unit });
const items = (...ids: string[]) => ids.map((id) => item(id));
const ids = (list: ShortlistItem[]) => list.map(({ project }) => project).join("");

describe("picks", () => {
	it("are the first items until something is picked", () => {
		const picks = new Picks();
		expect(ids(picks.of(items("A", "B")))).toBe("AB");
		expect(ids(picks.of(items("A", "B", "C", "D", "E")))).toBe("ABC");
	});
	it("are added and removed; the oldest one is dropped", () => {
		const [picks, saved] = [new Picks(), items("A", "B", "C", "D", "E")];
		picks.toggle(item("B"), saved);
		expect(ids(picks.of(saved))).toBe("AC");
		picks.toggle(item("E"), saved);
		expect(ids(picks.of(saved))).toBe("ACE");
		picks.toggle(item("D"), saved);
		expect(ids(picks.of(saved))).toBe("CDE");
		expect(picks.of(saved)).toHaveLength(MAX_PICKS);
	});
	it("drop items that are no longer saved", () => {
		const picks = new Picks();
		const saved = items("A", "B", "C", "D", "E");
		picks.toggle(item("A"), saved);
		picks.toggle(item("E"), saved);
		expect(ids(picks.of(items("A", "B", "D", "E")))).toBe("BE");
		picks.toggle(item("D"), items("A", "B", "D", "E"));
		expect(ids(picks.of(items("A", "B", "D", "E")))).toBe("BDE");
	});
	it("distinguish a project from its units", () => {
		const saved = [item("A"), item("A", "1"), item("A", "2"), item("B")];
		const picks = new Picks();
		picks.toggle(item("A", "1"), saved);
		expect(picks.of(saved)).toEqual([item("A"), item("A", "2")]);
	});
});

describe("saved item", () => {
	it("is gone when its project or unit is gone", () => {
		expect(entry(item("A"), null, true).gone).toBe(true);
		expect(entry(item("A", "A-9"), page("A"), false).gone).toBe(true);
		expect(entry(item("A", "A-1"), page("A"), false)).toMatchObject({
			gone: false,
			unit: { id: "A-1" },
			group: { id: "A-G" },
		});
		expect(entry(item("A", "A-1"), null, false).gone).toBe(false);
	});
});

describe("comparison", () => {
	const m = messagesOf("fr");
	const of = (...pages: ProjectPage[]) =>
		comparisonRows(
			pages.map((page) => entry(item(page.id), page, false)),
			m,
			"fr",
		);
	const find = (rows: ReturnType<typeof comparisonRows>, key: string) => rows.find((row) => row.key === key);

	it("marks only the rows that differ", () => {
		const rows = of(
			page("A"),
			page("B", { town: words("Autre ville"), town_id: "U", features: ["parking", "school"] }),
		);
		expect(rows.filter((row) => row.differs).map((row) => row.key)).toEqual(["place", "features"]);
		expect(rows.length).toBeGreaterThan(8);
	});
	it("treats an empty cell as different", () => {
		const rows = of(page("A"), page("B", { building_permit_on: "2025-03-18" }));
		expect(find(rows, "building_permit")?.differs).toBe(true);
		expect(find(rows, "building_permit")?.cells[0]).toEqual([]);
		expect(find(rows, "habitation_permit")).toBeUndefined();
	});
	it("marks features that not all have, in any order", () => {
		const same = of(page("A", { features: ["school", "parking"] }), page("B", { features: ["parking", "school"] }));
		expect(find(same, "features")?.differs).toBe(false);
		const other = of(page("A", { features: ["school", "parking"] }), page("B", { features: ["parking"] }));
		expect(
			find(other, "features")?.cells.map((cell) => cell.filter((line) => line.partial).map((line) => line.text)),
		).toEqual([["École"], []]);
	});
	it("marks nothing when only one entry is left", () => {
		const rows = comparisonRows([entry(item("A"), page("A"), false), entry(item("B"), null, true)], m, "fr");
		expect(rows.some((row) => row.differs)).toBe(false);
	});
	it("describes units and projects differently", () => {
		const two = page("A", {}, [unit("A-1"), unit("A-2", { price: 25_000_000, rooms: 4, surface: 80, floor: 0 })]);
		const rows = comparisonRows([entry(item("A"), two, false), entry(item("A", "A-1"), two, false)], m, "fr");
		const said = (key: string) => find(rows, key)?.cells.map((cell) => cell.map((line) => line.text).join(" | "));
		expect(said("price")).toEqual(["dès 250\u202f000\u00a0DH", "300\u202f000\u00a0DH"]);
		expect(said("availability")).toEqual(["2 disponibles sur 2", "Disponible"]);
		expect(said("surface")).toEqual(["62,5 à 80\u00a0m²", "62,5\u00a0m²"]);
		expect(said("rooms")).toEqual(["3 à 4 pièces", "3 pièces"]);
		expect(said("aid")).toEqual(["Aide possible", "Aide 100\u202f000\u00a0DH"]);
	});
	it("compares values and not their words", () => {
		const two = page("A", {}, [unit("A-1")]);
		const rows = comparisonRows([entry(item("A"), two, false), entry(item("A", "A-1"), two, false)], m, "fr");
		expect(find(rows, "type")?.cells.map((cell) => cell[0]?.text)).toEqual(["Appartements", "Appartement"]);
		expect(rows.filter((row) => row.differs)).toEqual([]);
	});
	it("has a price per square metre", () => {
		const two = page("A", {}, [
			unit("A-1", { price: 30_000_000, surface: 60 }),
			unit("A-2", { price: 24_000_000, surface: 60 }),
			unit("A-3", { price: 6_000_000, surface: 60, status: "sold" }),
		]);
		const rows = comparisonRows([entry(item("A"), two, false), entry(item("A", "A-1"), two, false)], m, "fr");
		const row = find(rows, "price_per_square_metre");
		expect(row?.cells.map((cell) => cell.map((line) => line.text))).toEqual([
			["4\u202f000\u00a0DH/m²", "5\u202f000\u00a0DH/m²"],
			["5\u202f000\u00a0DH/m²"],
		]);
		expect(row?.differs).toBe(true);
	});
	it("says that all units are reserved, which is not sold out", () => {
		const reserved = page("A", { sold_out: false }, [unit("A-1", { status: "reserved" })]);
		const said = (rows: ReturnType<typeof comparisonRows>) => find(rows, "price")?.cells[0]?.[0]?.text;
		expect(said(of(reserved))).toBe(m.project.allReserved);
		expect(said(of(page("B", {}, [unit("B-1", { status: "sold" })])))).toBe(m.explore.soldOut);
	});
	it("shows the traits of land for land", () => {
		const plot = unit("L-1", { rooms: null, floor: null, levels: 2, facades: 1 });
		const land = page("L", { types: ["residential_plot"] }, [plot]);
		const keys = of({
			...land,
			groups: land.groups.map((group) => ({ ...group, product_type: "residential_plot" as const })),
		}).map((row) => row.key);
		expect(keys).toContain("facades");
		expect(keys).not.toContain("rooms");
	});
});

describe("shortlist screens", () => {
	beforeEach(() => {
		visit.begin("fr");
		i18n.use("fr");
		visit.shortlist = [];
		shell.totals = null;
		shell.answer = (command, { id }) => {
			if (command === "project" && id === "GONE") throw { code: "not_found" };
			return command === "project" ? page(String(id)) : null;
		};
	});

	it("an empty shortlist explains how to save", () => {
		render(Shortlist);
		expect(screen.getByText(messagesOf("fr").shortlist.emptyTitle)).toBeTruthy();
		expect(screen.queryByTestId("shortlist-compare")).toBeNull();
	});
	it("sums the prices if every item has one", async () => {
		const prices: Record<string, number | null> = { A: 30_000_000, B: 45_000_000, C: null };
		shell.answer = (_, { id }) => {
			const of = page(String(id));
			return { ...of, groups: of.groups.map((group) => ({ ...group, price_from: prices[String(id)] ?? null })) };
		};
		for (const id of ["A", "B"]) visit.toggleSaved(id, null, `Essai ${id}`);
		render(Shortlist);
		const sum = await screen.findByTestId("shortlist-sum");
		expect(sum.textContent).toBe(messagesOf("fr").shortlist.sum(75_000_000, false));
		visit.toggleSaved("C", null, "Essai C");
		await vi.waitFor(() => expect(screen.queryByTestId("shortlist-sum")).toBeNull());
	});
	it("shows what to plan for the units together", async () => {
		const range = (low: number, high: number) => ({ low, high });
		const total = { without_aid: range(33_000_000, 33_500_000), with_aid: range(26_000_000, 26_500_000) };
		shell.totals = { items: [total], units: { count: 1, ...total } };
		visit.toggleSaved("A", "A-1", "Essai A");
		render(Shortlist);
		const plan = (await screen.findByTestId("shortlist-plan")).textContent;
		expect(plan).toContain(messagesOf("fr").shortlist.toPlan(1));
		expect(plan).toContain(messagesOf("fr").shortlist.toPlanWithAid);
	});
	it("compares what to plan without and with the aid", async () => {
		const range = (low: number, high: number) => ({ low, high });
		const without = { without_aid: range(60_000_000, 60_000_000), with_aid: null };
		const aided = { without_aid: range(33_000_000, 33_500_000), with_aid: range(26_000_000, 26_500_000) };
		shell.totals = { items: [without, aided], units: null };
		visit.openWith(items("A", "B"), "compare");
		render(Compare);
		const m = messagesOf("fr").shortlist;
		const row = await screen.findByTestId("compare-row-to_plan_without_aid");
		expect(row.textContent).toContain(m.range(33_000_000, 33_500_000));
		expect(row.textContent).toContain(m.range(60_000_000, 60_000_000));
		const withAid = screen.getByTestId("compare-row-to_plan_with_aid").textContent;
		expect(withAid).toContain(m.range(26_000_000, 26_500_000));
		expect(withAid).toContain(m.compared.notSaid);
	});
	it("removing an item can be undone", async () => {
		for (const id of ["A", "B", "C"]) visit.toggleSaved(id, null, `Essai ${id}`);
		render(Shortlist);
		await fireEvent.click(screen.getByTestId("kept-remove-B"));
		expect(ids(visit.shortlist)).toBe("AC");
		await fireEvent.click(screen.getByTestId("shortlist-undo"));
		expect(ids(visit.shortlist)).toBe("ABC");
		expect(screen.queryByTestId("shortlist-undo")).toBeNull();
	});
	it("compares the picked items", async () => {
		for (const id of ["A", "B", "C", "D"]) visit.toggleSaved(id, null, `Essai ${id}`);
		render(Shortlist);
		await fireEvent.click(screen.getByTestId("kept-pick-A"));
		await fireEvent.click(screen.getByTestId("kept-pick-D"));
		await fireEvent.click(screen.getByTestId("shortlist-compare"));
		expect(visit.screen).toEqual({ name: "compare" });
		expect(ids(visit.chosen)).toBe("BCD");
	});
	it("takes away what is compared", async () => {
		visit.openWith(items("A", "B"), "compare");
		render(Compare);
		await fireEvent.click(screen.getByTestId("compare-take"));
		expect(visit.screen).toEqual({ name: "takeaway" });
		expect(ids(visit.chosen)).toBe("AB");
	});
	it("hides equal rows and removes columns", async () => {
		shell.answer = (_, { id }) => page(String(id), id === "X" ? {} : { land_title: "in_progress" });
		visit.openWith(items("X", "Y", "Z"), "compare");
		render(Compare);
		await screen.findByTestId("compare-row-land_title");
		const rows = () => document.querySelectorAll("[data-testid^=compare-row-]").length;
		expect(rows()).toBeGreaterThan(5);
		expect(screen.getByTestId("compare-row-land_title").textContent).toContain("différent");
		expect(screen.getByTestId("compare-row-delivery").textContent).not.toContain("différent");
		await fireEvent.click(screen.getByTestId("compare-only"));
		expect(rows()).toBe(1);
		await fireEvent.click(screen.getByTestId("compare-remove-X"));
		expect(ids(visit.chosen)).toBe("YZ");
		expect(rows()).toBe(0);
		expect(screen.getByText(messagesOf("fr").shortlist.compared.nothingDiffers)).toBeTruthy();
	});
	it("shows the text of the code and counts what is left out", async () => {
		const text = "Ma sélection\n1. Essai A, Ville\n\u200e+212537000000";
		shell.answer = () => ({ text, qr_svg: "<svg/>", url: null, left_out: 1 });
		for (const id of ["A", "B", "C", "D"]) visit.toggleSaved(id, null, "");
		visit.openWith(visit.shortlist.slice(0, 3), "takeaway");
		render(TakeAway);
		expect((await screen.findByTestId("takeaway-text")).textContent).toBe(text);
		expect(screen.getByRole("status").textContent).toBe(messagesOf("fr").shortlist.takeaway.leftOut(2));
		expect(screen.getByTestId("takeaway-code").getAttribute("src")).toContain(encodeURIComponent("<svg/>"));
	});
	it("explains that no item is in the catalogue", async () => {
		shell.answer = () => {
			throw { code: "not_found" };
		};
		visit.openWith(items("GONE"), "takeaway");
		render(TakeAway);
		expect(await screen.findByText(messagesOf("fr").shortlist.takeaway.gone)).toBeTruthy();
	});
});
