/** The list of places: grouped by region, sorted by number of results, filtered by first letters. */
import type { Boot, Facets, Lang, RegionName, Suggestion, TownName } from "@/host";

/** `pole`: it is listed under its town. */
export type TownRow = { town: TownName; count: number; pole: boolean };
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

/** Names of urban poles begin with one of these words, in the languages of the windows. */
const POLE = /^(p[oô]le|قطب|hub)\s|\s(hub|pole)(\s|$)/iu;
/** A pole belongs to the nearest town within this distance, if its name does not say to which. */
const POLE_DISTANCE_KM = 25;
const KM_PER_DEGREE = 111;

function distanceKm(a: TownName, b: TownName): number {
	const east = (a.longitude - b.longitude) * Math.cos((a.latitude * Math.PI) / 180);
	return Math.hypot(a.latitude - b.latitude, east) * KM_PER_DEGREE;
}

/** The town that a pole belongs to: the one named in parentheses, or the nearest. Other towns belong to none. */
export function townOfPole(pole: TownName, towns: TownName[]): TownName | null {
	if (!POLE.test(pole.name.text)) return null;
	const others = towns.filter((town) => town.region_code === pole.region_code && !POLE.test(town.name.text));
	const named = /\(([^)]+)\)\s*$/u.exec(pole.name.text)?.[1];
	const byName = others.find((town) => named !== undefined && foldText(town.name.text) === foldText(named));
	if (byName) return byName;
	const near = others
		.map((town) => ({ town, km: distanceKm(pole, town) }))
		.filter(({ km }) => km <= POLE_DISTANCE_KM)
		.sort((a, b) => a.km - b.km);
	return near[0]?.town ?? null;
}

/**
 * Regions with their towns, the town with the most results first and its poles after it. Leaves out towns without results,
 * unless they are selected.
 */
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
			.map((town) => ({ town, count: inTown.get(town.id) ?? 0, pole: false }))
			.filter(({ town, count }) => count > 0 || chosen.towns.includes(town.id))
			.sort((a, b) => b.count - a.count || order.compare(a.town.name.text, b.town.name.text));
		return named || towns.length > 0
			? [{ region, count: inRegion.get(region.code) ?? 0, towns: withPoles(towns, boot.towns) }]
			: [];
	});
}

/** The rows with each pole after its town, if that town is in the rows. */
function withPoles(rows: TownRow[], towns: TownName[]): TownRow[] {
	const listed = new Set(rows.map(({ town }) => town.id));
	const parents = new Map(
		rows.map(({ town }) => {
			const parent = townOfPole(town, towns)?.id;
			return [town.id, parent !== undefined && listed.has(parent) ? parent : null];
		}),
	);
	return rows
		.filter(({ town }) => parents.get(town.id) === null)
		.flatMap((row) => [
			row,
			...rows
				.filter(({ town }) => parents.get(town.id) === row.town.id)
				.map((pole): TownRow => ({ ...pole, pole: true })),
		]);
}

/** Number of towns of a region that are shown at first. */
export const FIRST_TOWNS = 8;

/** The towns of a region to show at first: those with the most results and the chosen ones. The others are one touch away. */
export function firstTowns(towns: TownRow[], chosen: string[]): TownRow[] {
	let shown = 0;
	const first = towns.filter(({ town, pole }) => {
		if (chosen.includes(town.id)) return true;
		if (pole) return false;
		shown += 1;
		return shown <= FIRST_TOWNS;
	});
	// A button for one more town takes as much space as the town.
	return towns.length - first.length === 1 ? towns : first;
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
