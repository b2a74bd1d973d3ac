/** Lists of places as a visitor reads them: grouped by region, sorted by name, found by their first letters. */
import type { Boot, Facets, Lang, RegionName, Suggestion, TownName } from "@/host";

export type TownRow = { town: TownName; count: number };
export type RegionRow = { region: RegionName; count: number; towns: TownRow[] };

/** Letters without their marks, as one types them in haste. */
export function plain(words: string): string {
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

const begins = (name: string, typed: string) =>
	plain(name)
		.split(/\s+/)
		.some((word, at, all) => all.slice(at).join(" ").startsWith(typed) || word.replace(/^ال/, "").startsWith(typed));

/** Regions in their order with their towns; towns without a project in this selection are left out unless chosen. */
export function placeList(
	boot: Boot,
	facets: Facets,
	chosen: { towns: string[] },
	typed: string,
	lang: Lang,
): RegionRow[] {
	const word = plain(typed);
	const inRegion = new Map(facets.regions.map(({ value, count }) => [value, count]));
	const inTown = new Map(facets.towns.map(({ value, count }) => [value, count]));
	const order = new Intl.Collator(lang);
	return boot.regions.flatMap((region) => {
		const named = word === "" || begins(region.name.text, word);
		const towns = boot.towns
			.filter((town) => town.region_code === region.code && (named || begins(town.name.text, word)))
			.map((town) => ({ town, count: inTown.get(town.id) ?? 0 }))
			.filter(({ town, count }) => count > 0 || chosen.towns.includes(town.id))
			.sort((a, b) => order.compare(a.town.name.text, b.town.name.text));
		return named || towns.length > 0 ? [{ region, count: inRegion.get(region.code) ?? 0, towns }] : [];
	});
}

/** The six towns with most projects, as suggestions for somebody who has not typed yet. */
export function popular(boot: Boot, facets: Facets): Suggestion[] {
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
