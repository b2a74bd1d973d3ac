/** The list of places: grouped by region, sorted by name, filtered by first letters. */
import type { Boot, Facets, Lang, RegionName, Suggestion, TownName } from "@/host";

export type TownRow = { town: TownName; count: number };
export type RegionRow = { region: RegionName; count: number; towns: TownRow[] };

/** Folds case, diacritics and Arabic letter variants, for comparison with typed text. */
export function foldText(words: string): string {
	return words
		.normalize("NFKD")
		.replace(/[\p{M}\u0640]/gu, "")
		.replace(/[أإآٱ]/g, "ا")
		.replace(/ى/g, "ي")
		.replace(/ة/g, "ه")
		.replace(/[-'’]/g, " ")
		.toLowerCase()
		.trim();
}

const matchesStart = (name: string, typed: string) =>
	foldText(name)
		.split(/\s+/)
		.some((word, at, all) => all.slice(at).join(" ").startsWith(typed) || word.replace(/^ال/, "").startsWith(typed));

/** Regions with their towns. Leaves out towns without results, unless they are selected. */
export function placeList(
	boot: Boot,
	facets: Facets,
	chosen: { towns: string[] },
	typed: string,
	lang: Lang,
): RegionRow[] {
	const word = foldText(typed);
	const inRegion = new Map(facets.regions.map(({ value, count }) => [value, count]));
	const inTown = new Map(facets.towns.map(({ value, count }) => [value, count]));
	const order = new Intl.Collator(lang);
	return boot.regions.flatMap((region) => {
		const named = word === "" || matchesStart(region.name.text, word);
		const towns = boot.towns
			.filter((town) => town.region_code === region.code && (named || matchesStart(town.name.text, word)))
			.map((town) => ({ town, count: inTown.get(town.id) ?? 0 }))
			.filter(({ town, count }) => count > 0 || chosen.towns.includes(town.id))
			.sort((a, b) => order.compare(a.town.name.text, b.town.name.text));
		return named || towns.length > 0 ? [{ region, count: inRegion.get(region.code) ?? 0, towns }] : [];
	});
}

/** The six towns with the most results, as suggestions for an empty search field. */
export function popularTowns(boot: Boot, facets: Facets): Suggestion[] {
	const regions = new Map(boot.regions.map(({ code, name }) => [code, name]));
	const towns = new Map(boot.towns.map((town) => [town.id, town]));
	return [...facets.towns]
		.sort((a, b) => b.count - a.count)
		.slice(0, 6)
		.flatMap(({ value, count }) => {
			const town = towns.get(value);
			if (!town || count === 0) return [];
			return [
				{ kind: "town" as const, id: value, label: town.name, detail: regions.get(town.region_code) ?? null, count },
			];
		});
}
