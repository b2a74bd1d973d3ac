import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Boot, ExploreQuery, Explore as ExploreResponse, ProjectCard } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { keyboard } from "@/kit/keyboard/keyboard.svelte";
import Explore from "@/visitor/explore/Explore.svelte";
import { countActive, FACETS, usefulOptions } from "@/visitor/explore/facets";
import { changeOf, type FilterIntent, filterText, keyOf } from "@/visitor/explore/intents";
import { emptyQuery } from "@/visitor/explore/query";
import { search } from "@/visitor/explore/search.svelte";
import { sortOrders, sortText } from "@/visitor/explore/sort-orders";
import { firstLandType, STARTING_POINTS } from "@/visitor/explore/starting-points";
import { draft } from "@/visitor/lead/draft.svelte";
import { visit } from "@/visitor/visit.svelte";

const requests: ExploreQuery[] = [];
let respond: (query: ExploreQuery) => ExploreResponse | Promise<ExploreResponse>;
vi.mock("#transport", () => ({
	call: (command: string, { query }: { query: ExploreQuery }) => {
		if (command === "visitor_boot") return Promise.resolve(amazighBoot);
		requests.push(query);
		return Promise.resolve(respond(query));
	},
	mediaUrl: (hash: string) => hash,
}));

const text = (words: string) => ({ text: words, lang: "fr" as const });
const card = (id: string): ProjectCard => ({
	id,
	title: text(`Projet ${id}`),
	town: text("Tétouan"),
	region: text("Nord"),
	region_code: "MA-01",
	cover: null,
	types: ["apartment"],
	price_from: 28_800_000,
	surface_min: 48,
	surface_max: 86.5,
	delivery: "delivered",
	delivery_on: null,
	available: 3,
	fitting: 3,
	km: null,
	sold_out: false,
	aid: true,
	offer: null,
});
const result = (hits: ProjectCard[], more: Partial<ExploreResponse> = {}): ExploreResponse => ({
	edition: "1 2026-02-13",
	total: hits.length,
	answer: { kind: "exact", words: [], place: null, is_empty_place: false },
	nearby_from: null,
	suggestions: [],
	intents: [],
	units: [],
	hits,
	lift: null,
	facets: {
		regions: [{ value: "MA-01", count: 4 }],
		types: [
			{ value: "apartment", count: 3 },
			{ value: "villa", count: 0 },
		],
		towns: [{ value: "TETOUAN", count: 4 }],
		subsidiaries: [{ value: "AO-TTA", count: 4 }],
		budgets: [
			{ max_price: 30_000_000, count: 0 },
			{ max_price: 70_000_000, count: 2 },
			{ max_price: 100_000_000, count: 3 },
		],
		surfaces: [{ min_surface: 80, count: 2 }],
		rooms: [{ value: "3", count: 2 }],
		deliveries: [{ value: "delivered", count: 1 }],
		land_titles: [{ value: "titled", count: 1 }],
		aid: 2,
		offer: 0,
	},
	...more,
});
const boot = {
	regions: [{ code: "MA-01", name: text("Nord") }],
	towns: [{ id: "TETOUAN", name: text("Tétouan"), region_code: "MA-01", latitude: 35.58, longitude: -5.37 }],
	subsidiaries: [{ id: "AO-TTA", name: text("Filiale Nord") }],
} as unknown as Boot;
/** The response for Amazigh: names in Tifinagh, or in another language where there are none. */
const amazighBoot = {
	regions: [{ code: "MA-01", name: { text: "ⵜⴰⵎⵏⴰⴹⵜ", lang: "zgh" } }],
	towns: [
		{ id: "TETOUAN", name: { text: "ⵜⵉⵟⵡⴰⵏ", lang: "zgh" } },
		{ id: "ELSEWHERE", name: text("Ailleurs") },
	],
};
const settle = () => new Promise((done) => setTimeout(done, 5));

beforeEach(() => {
	vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
	vi.stubGlobal(
		"IntersectionObserver",
		class {
			observe() {}
			disconnect() {}
		},
	);
	requests.length = 0;
	respond = () => result([card("A")]);
	i18n.use("fr");
	search.start({});
	visit.begin();
	draft.note = "";
	draft.desk = null;
});
afterEach(() => {
	keyboard.close();
	cleanup();
});

/** A catalogue with this many projects, which returns at most 100 results per request, like the shell. */
const pages = (count: number, version = 1) => {
	const all = Array.from({ length: count }, (_, i) => card(`V${version}-P${i}`));
	const page = ({ offset, limit }: ExploreQuery) =>
		result(all.slice(offset, offset + Math.min(limit, 100)), { total: count, edition: `${version} 2026-02-13` });
	return { all, page };
};

describe("filters", () => {
	it("shows counts, and adds and removes filters", async () => {
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("facet-type-apartment").textContent).toContain("3");
		expect(screen.queryByTestId("facet-type-villa")).toBe(null);
		await fireEvent.click(screen.getByTestId("facet-type-apartment"));
		await settle();
		expect(requests.at(-1)?.types).toEqual(["apartment"]);
		await fireEvent.click(screen.getByTestId("lift-types-apartment"));
		await settle();
		expect(requests.at(-1)?.types).toEqual([]);
	});
	it("sets the budget step by step, skipping empty steps", async () => {
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("open-ranges"));
		const less = screen.getByTestId("budget-less") as HTMLButtonElement;
		await fireEvent.click(less);
		await settle();
		expect(requests.at(-1)?.max_price).toBe(100_000_000);
		await fireEvent.click(less);
		await settle();
		expect(requests.at(-1)?.max_price).toBe(70_000_000);
		expect(less.disabled).toBe(true);
		expect(screen.getByTestId("budget-line").getAttribute("aria-valuetext")).toContain("700\u202f000");
		await fireEvent.click(screen.getByTestId("lift-budget"));
		await settle();
		expect(requests.at(-1)?.max_price).toBe(null);
	});
});

describe("answers and places", () => {
	it.each([
		["corrected", ["Tetuan"], "Tétouan"],
		["corrected", ["balcons"], "balcons"],
		["nearby", [], "Larache"],
		["partial", ["zzz"], "zzz"],
	] as const)("explains results that are %s", async (kind, words, said) => {
		respond = () =>
			result([card("A")], { answer: { kind, words: [...words], place: text("Larache"), is_empty_place: false } });
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("answer").textContent).toContain(said);
	});
	it("shows names in Tifinagh where there are some", async () => {
		const towns = [...boot.towns, { ...boot.towns[0], id: "ELSEWHERE", name: text("Ailleurs") }] as Boot["towns"];
		respond = () => {
			const found = result([card("A")]);
			found.facets.towns.push({ value: "ELSEWHERE", count: 1 });
			return found;
		};
		render(Explore, { boot: { ...boot, towns } });
		await settle();
		await fireEvent.click(screen.getByTestId("open-place"));
		await settle();
		const sheet = screen.getByTestId("place-sheet");
		expect(sheet.querySelector("h3")?.textContent).toContain("Nordⵜⴰⵎⵏⴰⴹⵜ");
		const chip = screen.getByTestId("place-facet-town-TETOUAN");
		expect(chip.textContent).toContain("Tétouan");
		expect(chip.querySelector("[lang=zgh]")?.textContent).toBe("ⵜⵉⵟⵡⴰⵏ");
		expect(chip.querySelector("[aria-hidden=true]")).toBeTruthy();
		expect(screen.getByTestId("place-facet-town-ELSEWHERE").querySelector("[lang=zgh]")).toBeNull();
	});
	it("separates nearby results and shows their distance", async () => {
		respond = () => result([card("A"), { ...card("B"), km: 12 }], { nearby_from: 1 });
		render(Explore, { boot });
		await settle();
		expect(screen.getByRole("heading", { name: i18n.m.explore.nearby })).toBeTruthy();
		expect(screen.getByTestId("card-B").textContent).toContain("12");
		expect(screen.getByTestId("card-A").textContent).not.toContain("km");
	});
	it("replaces the text by the suggested town", async () => {
		const town = { kind: "town" as const, id: "TETOUAN", label: text("Tétouan"), detail: text("Nord"), count: 4 };
		respond = (query) => result([card("A")], { suggestions: query.text ? [town] : [] });
		render(Explore, { boot });
		await settle();
		const field = screen.getByTestId("search-field") as HTMLInputElement;
		expect(screen.queryByTestId("suggestions")).toBe(null);
		keyboard.focus(field);
		await fireEvent.input(field, { target: { value: "te" } });
		await settle();
		await fireEvent.click(screen.getByTestId("suggest-town-TETOUAN"));
		await settle();
		expect(requests.at(-1)).toMatchObject({ text: "", towns: ["TETOUAN"] });
		expect(field.value).toBe("");
		expect(screen.queryByTestId("suggestions")).toBe(null);
	});
});

describe("intents", () => {
	const budget = {
		intent: { kind: "budget" as const, max_price: 30_000_000 },
		text: "villa",
		count: 7,
	};
	const withIntents = (query: ExploreQuery, total = 1) =>
		result(total > 0 ? [card("A")] : [], {
			intents:
				query.text === ""
					? []
					: [
							...(query.max_price === null ? [budget] : []),
							{ intent: { kind: "topic", topic: "notary" }, text: "villa", count: null },
							{ intent: { kind: "type", product_type: "villa" }, text: "", count: 0 },
						],
			answer: { kind: total > 0 ? "exact" : "nothing", words: [], place: null, is_empty_place: false },
		});

	it.each([1, 0])("sets a filter and removes its words with %d results", async (total) => {
		respond = (query) => withIntents(query, total);
		search.start({ text: "villa moins de 300000" });
		render(Explore, { boot });
		await settle();
		const offer = screen.getByTestId("intent-budget-30000000");
		expect(offer.textContent).toContain("300\u202f000");
		expect(offer.textContent).toContain("7");
		expect((screen.getByTestId("intent-type-villa") as HTMLButtonElement).disabled).toBe(true);
		await fireEvent.click(offer);
		await settle();
		expect(requests.at(-1)).toMatchObject({ text: "villa", max_price: 30_000_000 });
		expect(screen.queryByTestId("intent-budget-30000000")).toBe(null);
	});
	it("are offered once, also while typing", async () => {
		respond = withIntents;
		render(Explore, { boot });
		await settle();
		const field = screen.getByTestId("search-field") as HTMLInputElement;
		keyboard.focus(field);
		await fireEvent.input(field, { target: { value: "villa 300000" } });
		await settle();
		expect(screen.getAllByTestId("intent-budget-30000000")).toHaveLength(1);
	});
	it("ask for a call about a topic at its desk", async () => {
		respond = withIntents;
		search.start({ text: "notaire" });
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("intent-topic-notary"));
		expect(visit.screen.name).toBe("lead");
		expect(draft.desk).toBe("notary");
		expect(draft.note).toContain(i18n.m.explore.topics.notary);
	});
	it("of every kind have a text and a change of the query", () => {
		const intents: FilterIntent[] = [
			{ kind: "budget", max_price: 1_000 },
			{ kind: "surface", min_surface: 80 },
			{ kind: "rooms", rooms: 3 },
			{ kind: "type", product_type: "shop" },
			{ kind: "delivery", delivery: "off_plan" },
			{ kind: "land_title", land_title: "titled" },
			{ kind: "aid" },
			{ kind: "offer" },
		];
		for (const intent of intents) {
			expect(filterText(intent, boot)).not.toBe("");
			expect(countActive({ ...emptyQuery(), ...changeOf(intent) })).toBe(1);
		}
		expect(new Set(intents.map(keyOf)).size).toBe(intents.length);
	});
});

describe("empty result", () => {
	beforeEach(() => {
		respond = (query) =>
			query.text === ""
				? result([card("A")])
				: result([], { answer: { kind: "nothing", words: [], place: null, is_empty_place: false } });
		search.start({ text: "qwxz" });
	});
	it("offers a call with the text as its reason", async () => {
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("empty-call"));
		expect(visit.screen.name).toBe("lead");
		expect(draft.note).toContain("qwxz");
	});
	it("keeps the note that the visitor wrote", async () => {
		draft.note = "Avec balcon";
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("empty-call"));
		expect(draft.note).toBe("Avec balcon");
	});
	it.each([
		["start-all", {}],
		["start-aid", { aid: true }],
		["start-land", { types: STARTING_POINTS.land.types }],
	])("starts again from %s", async (testid, change) => {
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId(testid));
		await settle();
		expect(requests.at(-1)).toMatchObject({ text: "", ...change });
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("starts again from a town", async () => {
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("start-town"));
		await settle();
		expect(screen.getByTestId("place-sheet")).toBeTruthy();
	});
});

describe("unit numbers", () => {
	const unit = (id: string, project: string) => ({
		id,
		number: `LI-${id}`,
		product_type: "residential_plot" as const,
		project,
		title: text(`Projet ${project}`),
	});
	it("open the unit from its offer and from its card", async () => {
		respond = () => result([card("A"), card("B")], { units: [unit("U1", "A"), unit("U2", "B"), unit("U3", "B")] });
		search.start({ text: "lot 2" });
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("unit-U2"));
		expect(visit.screen).toEqual({ name: "project", id: "B", unit: "U2" });
		visit.back();
		expect(screen.getByTestId("card-A").textContent).toContain("LI-U1");
		await fireEvent.click(screen.getByTestId("card-A"));
		expect(visit.screen).toEqual({ name: "project", id: "A", unit: "U1" });
		visit.back();
		// Two units with this number: the project shows them.
		await fireEvent.click(screen.getByTestId("card-B"));
		expect(visit.screen).toEqual({ name: "project", id: "B", unit: null });
	});
	it("are loaded with every page", async () => {
		const { page } = pages(60);
		respond = (query) => {
			const found = page(query);
			return { ...found, units: found.hits.map(({ id }) => unit(`U-${id}`, id)) };
		};
		await search.load("fr");
		await search.loadMore("fr");
		expect(search.units).toHaveLength(48);
		expect(search.unitOf(search.results[40]?.id ?? "")?.number).toContain("LI-");
	});
});

describe("place without projects", () => {
	it("names the nearest town and its distance", async () => {
		respond = () =>
			result(
				[
					{ ...card("A"), km: 40 },
					{ ...card("B"), km: 250 },
				],
				{
					answer: { kind: "nearby", words: [], place: text("Sebta"), is_empty_place: true },
				},
			);
		render(Explore, { boot });
		await settle();
		const answer = screen.getByTestId("answer").textContent;
		expect(answer).toContain(i18n.m.explore.nearbyEmpty("Sebta"));
		expect(answer).toContain(i18n.m.explore.nearest("Tétouan", 40));
	});
});

describe("choices that help", () => {
	it("hide what every result has", async () => {
		const offered = () => ({ ...card("A"), offer: text("Offre") });
		respond = () => {
			const found = result([offered(), { ...offered(), id: "B", aid: false }]);
			Object.assign(found.facets, { offer: 2, aid: 1, types: [{ value: "apartment", count: 2 }] });
			return found;
		};
		render(Explore, { boot });
		await settle();
		expect(screen.queryByTestId("facet-offer")).toBe(null);
		expect(screen.queryByTestId("facet-type-apartment")).toBe(null);
		expect(screen.getByTestId("facet-aid")).toBeTruthy();
		expect(screen.getByTestId("card-A").textContent).not.toContain(i18n.m.explore.offerBadge);
		expect(screen.getByTestId("card-A").textContent).toContain(i18n.m.project.aid.name);
	});
	it("keep a type that every project has next to others", () => {
		const facets = result([card("A")]).facets;
		facets.types = [
			{ value: "apartment", count: 4 },
			{ value: "shop", count: 1 },
		];
		const shown = usefulOptions(FACETS.types, facets, emptyQuery(), 4, false).map(({ value }) => value);
		expect(shown).toEqual(["apartment", "shop"]);
	});
	it("hide values without results in long lists of the sheet", () => {
		const facets = result([card("A")]).facets;
		const options = (count: number) => {
			facets.subsidiaries = Array.from({ length: count }, (_, at) => ({ value: `S${at}`, count: at === 0 ? 3 : 0 }));
			return usefulOptions(FACETS.subsidiaries, facets, emptyQuery(), 9, true).length;
		};
		expect(options(9)).toBe(1);
		expect(options(4)).toBe(4);
		const chosen = { ...emptyQuery(), subsidiaries: ["S8"] };
		facets.subsidiaries = Array.from({ length: 9 }, (_, at) => ({ value: `S${at}`, count: 0 }));
		expect(usefulOptions(FACETS.subsidiaries, facets, chosen, 9, true).map(({ value }) => value)).toEqual(["S8"]);
	});
	it("put chosen chips first and can leave only one", async () => {
		respond = () => {
			const found = result([card("A")]);
			found.facets.types = ["apartment", "villa", "shop"].map((value) => ({ value, count: 3 }));
			return found;
		};
		search.start({ types: ["shop", "villa"] });
		const { container } = render(Explore, { boot });
		await settle();
		const chips = [...container.querySelectorAll("[data-testid^=facet-]")].map((chip) =>
			chip.getAttribute("data-testid"),
		);
		expect(chips.slice(0, 2)).toEqual(["facet-type-villa", "facet-type-shop"]);
		await fireEvent.click(screen.getByTestId("open-filters"));
		await fireEvent.click(screen.getByTestId("sheet-only-type-shop"));
		await settle();
		expect(requests.at(-1)?.types).toEqual(["shop"]);
		expect(screen.queryByTestId("sheet-only-type-shop")).toBe(null);
	});
	it("count what was chosen", async () => {
		respond = () => result([{ ...card("A"), available: 9, fitting: 3 }]);
		search.start({ types: ["apartment"] });
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("card-A").textContent).toContain("3 appartements correspondent");
		search.set({ types: ["apartment", "villa"] });
		await settle();
		expect(screen.getByTestId("card-A").textContent).toContain("3 biens correspondent");
	});
	it("sort by distance only with a town", () => {
		expect(sortOrders(emptyQuery())).not.toContain("distance");
		search.start({ towns: ["TETOUAN"] });
		expect(sortOrders(search.query)).toContain("distance");
		search.set({ sort: "distance" });
		expect(search.query.sort).toBe("distance");
		search.clearPlaces();
		expect(search.query.sort).toBe("relevance");
	});
	it("call the order of relevance a best match only for a text", () => {
		expect(sortText({ text: " ", sort: "relevance" })).toBe(i18n.m.explore.sorts.relevance);
		expect(sortText({ text: "villa", sort: "relevance" })).toBe(i18n.m.explore.bestMatch);
	});
	it("start with the kind of land that has the most projects", () => {
		expect(firstLandType([])).toBe("residential_plot");
		const counts = [
			{ value: "apartment", count: 50 },
			{ value: "shop", count: 9 },
			{ value: "residential_plot", count: 4 },
		];
		expect(firstLandType(counts)).toBe("shop");
	});
});

describe("query and responses", () => {
	it("sends no request on return to the same list", async () => {
		const first = render(Explore, { boot });
		await settle();
		first.unmount();
		const before = requests.length;
		render(Explore, { boot });
		await settle();
		expect(requests.length).toBe(before);
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("formats the price", async () => {
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("card-A").textContent).toContain("288\u202f000");
	});
	it("proposes a filter to remove without results", async () => {
		respond = (query) => (query.aid ? result([], { lift: { filter: "aid", total: 5 } }) : result([card("A")]));
		search.start({ aid: true });
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("empty-lift"));
		await settle();
		expect(requests.at(-1)?.aid).toBe(false);
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("drops a response that arrives after a later one", async () => {
		const pending: ((value: ExploreResponse) => void)[] = [];
		respond = () => new Promise((done) => pending.push(done));
		search.set({ text: "te" });
		const first = search.load("fr");
		search.set({ text: "tet" });
		const second = search.load("fr");
		pending[1]?.(result([card("NEW")]));
		await second;
		pending[0]?.(result([card("OLD")]));
		await first;
		expect(search.results.map((hit) => hit.id)).toEqual(["NEW"]);
	});
	it("keeps the query when the language changes", async () => {
		render(Explore, { boot });
		await fireEvent.input(screen.getByTestId("search-field"), { target: { value: "tetouan" } });
		await settle();
		visit.setLanguage("ar");
		await settle();
		expect(requests.at(-1)).toMatchObject({ text: "tetouan", lang: "ar" });
		expect((screen.getByTestId("search-field") as HTMLInputElement).value).toBe("tetouan");
		expect(document.documentElement.dir).toBe("rtl");
	});
});

describe("long list", () => {
	it("keeps a long list when the language changes", async () => {
		const { all, page } = pages(300);
		respond = page;
		await search.load("fr");
		while (search.results.length < 300) await search.loadMore("fr");
		search.scroll = 40_000;
		await search.load("ar");
		expect(search.results).toEqual(all);
		expect(requests.at(-1)?.lang).toBe("ar");
	});
	it("continues the list after a return during a request", async () => {
		const { all, page } = pages(60);
		respond = page;
		await search.load("fr");
		let pending = () => {};
		respond = (query) => new Promise((done) => (pending = () => done(page(query))));
		const more = search.loadMore("fr");
		await search.load("fr");
		pending();
		await more;
		expect(search.results).toEqual(all.slice(0, 48));
	});
	it("loads no more of a list that is being replaced", async () => {
		const { all, page } = pages(60);
		respond = page;
		await search.load("fr");
		respond = () => new Promise(() => {});
		search.set({ text: "tet" });
		void search.load("fr");
		const before = requests.length;
		await search.loadMore("fr");
		expect(requests.length).toBe(before);
		expect(search.results).toEqual(all.slice(0, 24));
	});
	it("reloads the list when the catalogue version changes", async () => {
		respond = pages(300, 6).page;
		await search.load("fr");
		while (search.results.length < 192) await search.loadMore("fr");
		search.chunkHeights = [9000, 9000];
		search.scroll = 40_000;
		// The next version has fewer projects, and another one is installed while the list is loaded again.
		const [seventh, eighth] = [pages(150, 7), pages(150, 8)];
		let count = 0;
		respond = (query) => {
			count += 1;
			return (count < 3 ? seventh : eighth).page(query);
		};
		await search.loadMore("fr");
		expect(search.response?.total).toBe(150);
		expect(search.chunkHeights, "heights of the old list are dropped").toEqual([]);
		expect(search.results).toEqual(eighth.all);
		const before = requests.length;
		await search.loadMore("fr");
		expect(requests.length, "the list is complete").toBe(before);
	});
	it("retries after an error of the shell", async () => {
		vi.useFakeTimers();
		try {
			respond = pages(60).page;
			await search.load("fr");
			respond = () => Promise.reject(new Error("busy"));
			const tried = search.attempts;
			void search.loadMore("fr");
			await vi.advanceTimersByTimeAsync(1000);
			await search.loadMore("fr");
			expect([search.attempts - tried, search.results.length], "not at once").toEqual([0, 24]);
			await vi.advanceTimersByTimeAsync(2000);
			expect(search.attempts - tried, "observers of the end of the list are notified").toBe(1);
		} finally {
			vi.useRealTimers();
		}
	});
	it("keeps the list when a new version cannot be loaded", async () => {
		vi.useFakeTimers();
		try {
			respond = pages(60).page;
			await search.load("fr");
			const next = pages(3, 2);
			respond = (query) => (query.offset > 0 ? next.page(query) : Promise.reject(new Error("busy")));
			const more = search.loadMore("fr");
			await vi.advanceTimersByTimeAsync(2000);
			await more;
			expect([search.failed, search.results.length]).toEqual([null, 24]);
			respond = next.page;
			await search.loadMore("fr");
			expect([search.response?.total, search.results]).toEqual([3, next.all]);
		} finally {
			vi.useRealTimers();
		}
	});
	describe("list whose end is visible", () => {
		const page = pages(60).page;
		beforeEach(() => {
			// Reports the visible element once when observing starts, like a real observer.
			vi.stubGlobal(
				"IntersectionObserver",
				class {
					constructor(private count: (seen: { isIntersecting: boolean }[]) => void) {}
					observe() {
						setTimeout(() => this.count([{ isIntersecting: true }]), 1);
					}
					disconnect() {}
				},
			);
			vi.useFakeTimers();
		});
		afterEach(() => vi.useRealTimers());

		it("loads more automatically, also after an error", async () => {
			let fails = true;
			respond = (query) => {
				if (query.offset === 0 || !fails) return page(query);
				fails = false;
				return Promise.reject(new Error("busy"));
			};
			render(Explore, { boot });
			await vi.advanceTimersByTimeAsync(1000);
			expect(search.results.length).toBe(24);
			await vi.advanceTimersByTimeAsync(2000);
			expect(search.results.length).toBe(60);
		});
		it("continues after the language changes twice", async () => {
			const pending: (() => void)[] = [];
			const slow = (query: ExploreQuery) =>
				new Promise<ExploreResponse>((done) => pending.push(() => done(page(query))));
			respond = (query) => (query.offset === 0 ? page(query) : slow(query));
			render(Explore, { boot });
			await vi.advanceTimersByTimeAsync(10);
			expect(pending.length, "more results are being loaded").toBe(1);
			respond = slow;
			visit.setLanguage("ar");
			await vi.advanceTimersByTimeAsync(10);
			pending[0]?.();
			await vi.advanceTimersByTimeAsync(10);
			respond = page;
			visit.setLanguage("fr");
			await vi.advanceTimersByTimeAsync(10);
			expect(search.results.length).toBe(60);
		});
	});
});

describe("errors of the shell", () => {
	it("shows no details of an error of the shell", async () => {
		respond = () => Promise.reject(new Error("at /home/secret.rs:12"));
		render(Explore, { boot });
		await settle();
		expect(screen.getByRole("alert").textContent).not.toContain("secret");
	});
});
