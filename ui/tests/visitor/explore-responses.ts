/** Responses of the command explore, for the tests of the search screen. */
import type { Boot, ExploreQuery, Explore as ExploreResponse, ProjectCard } from "@/host";

export const text = (words: string) => ({ text: words, lang: "fr" as const });
export const card = (id: string): ProjectCard => ({
	id,
	title: text(`Projet ${id}`),
	town: text("Tétouan"),
	region: text("Nord"),
	region_code: "MA-01",
	cover: null,
	types: ["apartment"],
	plan_from: null,
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
export const result = (hits: ProjectCard[], more: Partial<ExploreResponse> = {}): ExploreResponse => ({
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
		plans: [{ max_plan: 70_000_000, count: 2 }],
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
export const boot = {
	regions: [{ code: "MA-01", name: text("Nord") }],
	towns: [{ id: "TETOUAN", name: text("Tétouan"), region_code: "MA-01", latitude: 35.58, longitude: -5.37 }],
	subsidiaries: [{ id: "AO-TTA", name: text("Filiale Nord") }],
	guidance: { guides: [], partners: [], stand: [] },
	rules: { aid_up_to: 10_000_000, costs: true, stay: true },
} as unknown as Boot;
/** The response for Amazigh: names in Tifinagh, or in another language where there are none. */
export const amazighBoot = {
	regions: [{ code: "MA-01", name: { text: "ⵜⴰⵎⵏⴰⴹⵜ", lang: "zgh" } }],
	towns: [
		{ id: "TETOUAN", name: { text: "ⵜⵉⵟⵡⴰⵏ", lang: "zgh" } },
		{ id: "ELSEWHERE", name: text("Ailleurs") },
	],
	guidance: { guides: [], partners: [], stand: [] },
	rules: { aid_up_to: 10_000_000, costs: true, stay: true },
};

/** A catalogue with this many projects, which returns at most 100 results per request, like the shell. */
export const pages = (count: number, version = 1) => {
	const all = Array.from({ length: count }, (_, i) => card(`V${version}-P${i}`));
	const page = ({ offset, limit }: ExploreQuery) =>
		result(all.slice(offset, offset + Math.min(limit, 100)), { total: count, edition: `${version} 2026-02-13` });
	return { all, page };
};
