/** The words of each choice in force, in the window's language. Knows no screen. */
import type { Boot, FilterName, ProductType } from "@/host";
import { amount, number } from "@/i18n/format";
import { i18n } from "@/i18n/index.svelte";
import type { search } from "./search.svelte";

type Query = typeof search.query;

export const nameOf = {
	region: (boot: Boot, code: string) => boot.regions.find((region) => region.code === code)?.name.text ?? code,
	town: (boot: Boot, id: string) => boot.towns.find((town) => town.id === id)?.name.text ?? id,
	subsidiary: (boot: Boot, id: string) => boot.subsidiaries.find((one) => one.id === id)?.name.text ?? id,
};

/** Product types in the order people ask for them: homes, then plots, then the rest. */
export const TYPES: ProductType[] = [
	"apartment",
	"house",
	"villa",
	"semi_finished_villa",
	"residential_plot",
	"commercial_plot",
	"craft_plot",
	"industrial_plot",
	"shop",
	"block",
];

/** Every choice of one filter, in words; none when it is not in force. */
export function wordsOf(boot: Boot, query: Query, filter: FilterName): string[] {
	const m = i18n.m.explore;
	switch (filter) {
		case "text":
			return query.text.trim() === "" ? [] : [m.liftText(query.text.trim())];
		case "regions":
			return query.regions.map((code) => nameOf.region(boot, code));
		case "towns":
			return query.towns.map((id) => nameOf.town(boot, id));
		case "subsidiaries":
			return query.subsidiaries.map((id) => nameOf.subsidiary(boot, id));
		case "types":
			return query.types.map((type) => m.types[type]);
		case "budget":
			return query.max_price === null ? [] : [m.upTo(amount(query.max_price, i18n.lang))];
		case "surface":
			return query.min_surface === null ? [] : [m.atLeast(number(query.min_surface, i18n.lang))];
		case "rooms":
			return query.rooms.map((n) => m.roomsOf(n));
		case "deliveries":
			return query.deliveries.map((delivery) => m.deliveries[delivery]);
		case "land_titles":
			return query.land_titles.map((title) => i18n.m.project.landTitles[title]);
		case "aid":
			return query.aid ? [m.aid] : [];
		case "offer":
			return query.offer ? [m.offer] : [];
	}
}
