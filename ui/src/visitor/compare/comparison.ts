/**
 * The rows of the comparison: what is known about each entry, and which rows differ. Values are compared, not their words:
 * "Flats" of a project and "Flat" of a unit are the same. It does not judge: no row has a better value.
 */
import type { AmountRange, ItemTotal, Text } from "@/host";
import { amount, area, date } from "@/i18n/format";
import type { Messages, UiLang } from "@/i18n/index.svelte";
import { featureName, isLand, pricePerSquareMetre, traits } from "../project/unit-traits";
import type { Entry } from "../shortlist/pages.svelte";

export type CellLine = Text & { /** Whether not all entries have it. */ partial?: boolean };
export interface ComparisonRow {
	key: string;
	label: string;
	/** Lines for each entry; empty where nothing is known. */
	cells: CellLine[][];
	differs: boolean;
}

type CellOf = (entry: Entry) => (CellLine | string | null)[];
/** What is compared: codes, numbers and dates, or `null` where nothing is known. */
type ValueOf = (entry: Entry) => unknown;
type RowSpec = { key: string; label: string; cell: CellOf; value: ValueOf };

/** `totals`: what to plan for each entry. */
export function comparisonRows(
	entries: readonly Entry[],
	m: Messages,
	lang: UiLang,
	totals: readonly (ItemTotal | null)[] = [],
): ComparisonRow[] {
	const rows = [
		...priceRows(m, lang),
		...totalRows(entries, totals, m),
		...unitRows(entries, m, lang),
		...statusRows(entries, m, lang),
		...surroundingRows(entries, m, lang),
	];
	return rows
		.map(({ key, label, cell, value }): ComparisonRow => {
			const cells = entries.map((entry) => toLines(entry.page ? cell(entry) : [], lang));
			return { key, label, cells, differs: differ(entries, value) };
		})
		.filter((fact) => fact.cells.some((cell) => cell.length > 0));
}

const toLines = (texts: (CellLine | string | null)[], lang: UiLang): CellLine[] =>
	texts.filter((line) => line !== null).map((line) => (typeof line === "string" ? { text: line, lang } : line));

/** Whether the values differ. A missing value differs from a known one. Entries that left the catalogue are ignored. */
function differ(entries: readonly Entry[], value: ValueOf): boolean {
	const values = entries.filter(({ page }) => page).map((entry) => JSON.stringify(value(entry) ?? null));
	return new Set(values).size > 1;
}

const units = ({ page, unit }: Entry) => (unit ? [unit] : (page?.groups.flatMap((group) => group.units) ?? []));
const types = ({ page, group }: Entry) => (group ? [group.product_type] : (page?.types ?? []));
const onLand = (entry: Entry) => types(entry).length > 0 && types(entry).every(isLand);
const minimum = (values: number[]) => (values.length > 0 ? Math.min(...values) : null);
/** Lowest and highest value; `null` without values. */
const range = (values: number[]): [number, number] | null =>
	values.length > 0 ? [Math.min(...values), Math.max(...values)] : null;
/** The unit, or the units of the project that are available, or all of them if none is. */
function onOffer(entry: Entry) {
	const free = units(entry).filter(({ status }) => status === "available");
	return entry.unit || free.length === 0 ? units(entry) : free;
}

function priceRows(m: Messages, lang: UiLang): RowSpec[] {
	const lowest = ({ page, unit }: Entry) =>
		unit ? unit.price : minimum(page?.groups.flatMap((group) => group.price_from ?? []) ?? []);
	const price: CellOf = (entry) => {
		const value = lowest(entry);
		if (value === null) return [entry.page?.sold_out === false ? m.project.allReserved : m.explore.soldOut];
		return [entry.unit ? amount(value, lang) : `${m.explore.from} ${amount(value, lang)}`];
	};
	const perSquareMetre = (entry: Entry) => range(onOffer(entry).flatMap((unit) => pricePerSquareMetre(unit) ?? []));
	const availability: CellOf = ({ page, unit }) => {
		if (unit) return [m.project.status[unit.status]];
		const sum = (count: "available" | "total") => page?.groups.reduce((all, group) => all + group[count], 0) ?? 0;
		return [m.project.availableOf(sum("available"), sum("total"))];
	};
	const status = (entry: Entry) =>
		(["available", "reserved"] as const).find((code) => units(entry).some((unit) => unit.status === code)) ?? "sold";
	return [
		{ key: "price", label: m.project.price, cell: price, value: lowest },
		{
			key: "price_per_square_metre",
			label: m.shortlist.compared.pricePerSquareMetre,
			cell: (entry) => [...new Set(perSquareMetre(entry))].map((centimes) => m.project.perSquareMetre(centimes)),
			value: perSquareMetre,
		},
		{ key: "availability", label: m.shortlist.compared.availability, cell: availability, value: status },
	];
}

function totalRows(entries: readonly Entry[], totals: readonly (ItemTotal | null)[], m: Messages): RowSpec[] {
	const row = (key: keyof ItemTotal, label: string): RowSpec => {
		const of = (entry: Entry): AmountRange | null => totals[entries.indexOf(entry)]?.[key] ?? null;
		const cell: CellOf = (entry) => {
			const range = of(entry);
			return [range && m.shortlist.range(range.low, range.high)];
		};
		return { key: `to_plan_${key}`, label, cell, value: of };
	};
	return [row("without_aid", m.shortlist.compared.toPlan), row("with_aid", m.shortlist.compared.toPlanWithAid)];
}

function unitRows(entries: readonly Entry[], m: Messages, lang: UiLang): RowSpec[] {
	const type: CellOf = (entry) => types(entry).map((type) => (entry.unit ? m.explore.typeOne : m.explore.types)[type]);
	const surfaces: CellOf = (entry) => {
		if (entry.unit) return [area(entry.unit.surface, lang)];
		const groups = entry.page?.groups ?? [];
		const [from, to] = [minimum(groups.map((g) => g.surface_min)), minimum(groups.map((g) => -g.surface_max))];
		return from === null || to === null ? [] : [m.explore.surface(from, -to)];
	};
	const surfaceRange = (entry: Entry) =>
		entry.unit
			? range([entry.unit.surface])
			: range(entry.page?.groups.flatMap((group) => [group.surface_min, group.surface_max]) ?? []);
	const traitsOf = entries.map((entry) => traits(units(entry), onLand(entry), m.project));
	const traitNames = [...new Set(traitsOf.flatMap((list) => list.map(({ trait }) => trait)))];
	return [
		{ key: "type", label: m.shortlist.compared.type, cell: type, value: (entry) => [...types(entry)].sort() },
		{ key: "surface", label: m.project.surface, cell: surfaces, value: surfaceRange },
		...traitNames.map((trait): RowSpec => {
			const cell: CellOf = (entry) => [
				traitsOf[entries.indexOf(entry)]?.find((known) => known.trait === trait)?.text ?? null,
			];
			const value: ValueOf = (entry) => range(units(entry).flatMap((unit) => unit[trait] ?? []));
			return { key: trait, label: m.project[trait], cell, value };
		}),
	];
}

function statusRows(entries: readonly Entry[], m: Messages, lang: UiLang): RowSpec[] {
	const words = m.shortlist.compared;
	const delivery: CellOf = (entry) => {
		const { page } = entry;
		if (!page) return [];
		const done = page.delivery === "delivered";
		return [
			m.project.deliveryStates[done && onLand(entry) ? "deliveredLand" : page.delivery],
			!done && page.delivery_on ? m.project.expected(page.delivery_on) : null,
		];
	};
	const permit = (field: "building_permit_on" | "habitation_permit_on", label: string): RowSpec => ({
		key: field.replace(/_on$/, ""),
		label,
		cell: ({ page }) => [page?.[field] ? date(page[field], lang) : null],
		value: ({ page }) => page?.[field],
	});
	const aid: CellOf = (entry) => {
		const texts = m.project.aid;
		if (entry.unit) {
			const { kind, amount: sum } = entry.unit.aid;
			return [
				kind === "eligible" && sum !== null ? texts.eligible(sum) : kind === "eligible" ? texts.badge : texts[kind],
			];
		}
		const kind = aidOf(entry);
		if (kind === null) return [];
		return [kind === "possible" ? texts.badge : texts[kind]];
	};
	const onlyUnits = entries.every(({ unit }) => unit !== null);
	return [
		{
			key: "delivery",
			label: m.project.delivery,
			cell: delivery,
			value: ({ page }) => [page?.delivery, page?.delivery === "delivered" ? null : page?.delivery_on],
		},
		permit("building_permit_on", words.buildingPermit),
		permit("habitation_permit_on", words.habitationPermit),
		{
			key: "land_title",
			label: m.project.landTitle,
			cell: ({ page }) => [page ? m.project.landTitles[page.land_title] : null],
			value: ({ page }) => page?.land_title,
		},
		{
			key: "aid",
			label: words.aid,
			cell: aid,
			value: (entry) => (onlyUnits ? [entry.unit?.aid.kind, entry.unit?.aid.amount] : aidOf(entry)),
		},
	];
}

/** The best aid of what is available; `null` if nothing is. */
function aidOf(entry: Entry): "possible" | "to_confirm" | "not_eligible" | null {
	const free = entry.unit ? [entry.unit] : units(entry).filter(({ status }) => status === "available");
	const kinds = new Set(free.map((unit) => unit.aid.kind));
	if (kinds.size === 0) return null;
	if (kinds.has("eligible") || kinds.has("at_delivery")) return "possible";
	return kinds.has("to_confirm") ? "to_confirm" : "not_eligible";
}

function surroundingRows(entries: readonly Entry[], m: Messages, lang: UiLang): RowSpec[] {
	const words = m.shortlist.compared;
	const offer: CellOf = ({ page }) => {
		const offers = page?.offers ?? [];
		if (offers.length === 0) return [words.noOffer];
		return offers.flatMap(({ title, valid_to }) => [title, m.common.until(valid_to)]);
	};
	const anyOffer = entries.some(({ page }) => page && page.offers.length > 0);
	const known = entries.flatMap(({ page }) => (page ? [page.features] : []));
	const features: CellOf = ({ page }) =>
		(page?.features ?? []).flatMap((code) => {
			const text = featureName(code, m.project);
			return text ? [{ text, lang, partial: !known.every((list) => list.includes(code)) }] : [];
		});
	const offerRow: RowSpec = {
		key: "offer",
		label: words.offer,
		cell: offer,
		value: ({ page }) => page?.offers.map(({ id }) => id).sort(),
	};
	return [
		...(anyOffer ? [offerRow] : []),
		{
			key: "place",
			label: words.place,
			cell: ({ page }) => [page?.district ?? null, page?.town ?? null, page?.region ?? null],
			value: ({ page }) => [page?.town_id, page?.district?.text],
		},
		{
			key: "features",
			label: words.features,
			cell: (entry) => features(entry).sort(byText),
			value: ({ page }) => [...(page?.features ?? [])].sort(),
		},
		{
			key: "seller",
			label: words.seller,
			cell: ({ page }) => [page?.subsidiary.name ?? null],
			value: ({ page }) => page?.subsidiary.name.text,
		},
	];
}

/** Sorts features, whose order in the catalogue has no meaning. */
function byText(a: CellLine | string | null, b: CellLine | string | null): number {
	const text = (line: CellLine | string | null) => (typeof line === "string" ? line : (line?.text ?? ""));
	return text(a).localeCompare(text(b));
}
