/** The search screen: intents, empty results, unit numbers, and choices that help. */
import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExploreQuery, Explore as ExploreResponse } from "@/host";
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
import { amazighBoot, boot, card, pages, result, text } from "./explore-responses";

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
	draft.answers.note = "";
	draft.answers.desk = null;
});
afterEach(() => {
	keyboard.close();
	cleanup();
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
		expect(draft.answers.desk).toBe("notary");
		expect(draft.answers.note).toContain(i18n.m.explore.topics.notary);
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
		expect(draft.answers.note).toContain("qwxz");
	});
	it("keeps the note that the visitor wrote", async () => {
		draft.answers.note = "Avec balcon";
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("empty-call"));
		expect(draft.answers.note).toBe("Avec balcon");
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

describe("sheet of places", () => {
	const towns = Array.from({ length: 11 }, (_, at) => ({
		...boot.towns[0],
		id: `T${at}`,
		name: text(`Ville ${at}`),
	})) as (typeof boot)["towns"];
	it("shows the first towns, then all after a touch", async () => {
		respond = () => {
			const found = result([card("A")]);
			found.facets.towns = towns.map(({ id }, at) => ({ value: id, count: 20 - at }));
			return found;
		};
		render(Explore, { boot: { ...boot, towns } });
		await settle();
		await fireEvent.click(screen.getByTestId("open-place"));
		await settle();
		const chips = () => screen.getAllByTestId(/^place-facet-town-/).map((chip) => chip.getAttribute("data-testid"));
		expect(chips()).toHaveLength(8);
		expect(chips()[0]).toBe("place-facet-town-T0");
		expect(screen.getByTestId("place-more-MA-01").textContent).toContain("3");
		await fireEvent.click(screen.getByTestId("place-more-MA-01"));
		expect(chips()).toHaveLength(11);
		expect(screen.queryByTestId("place-more-MA-01")).toBe(null);
	});
	it("jumps to a region", async () => {
		const jumped = vi.fn();
		Element.prototype.scrollIntoView = jumped;
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("open-place"));
		await settle();
		await fireEvent.click(screen.getByTestId("place-jump-MA-01"));
		expect(jumped.mock.contexts.map((heading) => (heading as Element).id)).toEqual(["place-MA-01"]);
	});
});
