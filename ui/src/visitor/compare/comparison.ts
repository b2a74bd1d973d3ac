/**
 * The rows of the comparison: what is known about each entry, and which rows differ. It does not judge: no row has a
 * better value.
 */
import type { Text } from "@/host";
import { amount, area, date } from "@/i18n/format";
import type { Messages, UiLang } from "@/i18n/index.svelte";
import { featureName, isLand, traits } from "../project/unit-traits";
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

export function comparisonRows(entries: readonly Entry[], m: Messages, lang: UiLang): ComparisonRow[] {
	const rows = [
		...priceRows(m, lang),
		...unitRows(entries, m, lang),
		...statusRows(m, lang),
		...surroundingRows(entries, m, lang),
	];
	return rows
		.map(([key, label, cell]): ComparisonRow => {
			const cells = entries.map((entry) => toLines(entry.page ? cell(entry) : [], lang));
			return { key, label, cells, differs: differ(cells, entries) };
		})
		.filter((fact) => fact.cells.some((cell) => cell.length > 0));
}

type RowSpec = [key: string, label: string, cell: CellOf];

const toLines = (texts: (CellLine | string | null)[], lang: UiLang): CellLine[] =>
	texts.filter((line) => line !== null).map((line) => (typeof line === "string" ? { text: line, lang } : line));

/** Whether the cells differ. An empty cell differs from a filled one. Entries that left the catalogue are ignored. */
function differ(cells: CellLine[][], entries: readonly Entry[]): boolean {
	const texts = cells.filter((_, at) => entries[at]?.page).map((cell) => cell.map((line) => line.text).join("\n"));
	return new Set(texts).size > 1;
}

const units = ({ page, unit }: Entry) => (unit ? [unit] : (page?.groups.flatMap((group) => group.units) ?? []));
const types = ({ page, group }: Entry) => (group ? [group.product_type] : (page?.types ?? []));
const onLand = (entry: Entry) => types(entry).length > 0 && types(entry).every(isLand);
const minimum = (values: number[]) => (values.length > 0 ? Math.min(...values) : null);

function priceRows(m: Messages, lang: UiLang): RowSpec[] {
	const price: CellOf = (entry) => {
		if (entry.unit) return [amount(entry.unit.price, lang)];
		const from = minimum(entry.page?.groups.flatMap((group) => group.price_from ?? []) ?? []);
		return [from === null ? m.explore.soldOut : `${m.explore.from} ${amount(from, lang)}`];
	};
	const availability: CellOf = ({ page, unit }) => {
		if (unit) return [m.project.status[unit.status]];
		const sum = (count: "available" | "total") => page?.groups.reduce((all, group) => all + group[count], 0) ?? 0;
		return [m.project.availableOf(sum("available"), sum("total"))];
	};
	return [
		["price", m.project.price, price],
		["availability", m.shortlist.compared.availability, availability],
	];
}

function unitRows(entries: readonly Entry[], m: Messages, lang: UiLang): RowSpec[] {
	const type: CellOf = (entry) => types(entry).map((type) => (entry.unit ? m.explore.typeOne : m.explore.types)[type]);
	const surfaces: CellOf = (entry) => {
		if (entry.unit) return [area(entry.unit.surface, lang)];
		const groups = entry.page?.groups ?? [];
		const [from, to] = [minimum(groups.map((g) => g.surface_min)), minimum(groups.map((g) => -g.surface_max))];
		return from === null || to === null ? [] : [m.explore.surface(from, -to)];
	};
	const traitsOf = entries.map((entry) => traits(units(entry), onLand(entry), m.project));
	const traitNames = [...new Set(traitsOf.flatMap((list) => list.map(({ trait }) => trait)))];
	return [
		["type", m.shortlist.compared.type, type],
		["surface", m.project.surface, surfaces],
		...traitNames.map((trait): RowSpec => {
			const cell: CellOf = (entry) => [
				traitsOf[entries.indexOf(entry)]?.find((known) => known.trait === trait)?.text ?? null,
			];
			return [trait, m.project[trait], cell];
		}),
	];
}

function statusRows(m: Messages, lang: UiLang): RowSpec[] {
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
	const on = (field: "building_permit_on" | "habitation_permit_on"): CellOf => {
		return ({ page }) => [page?.[field] ? date(page[field], lang) : null];
	};
	const aid: CellOf = (entry) => {
		const texts = m.project.aid;
		if (entry.unit) {
			const { kind, amount: sum } = entry.unit.aid;
			return [
				kind === "eligible" && sum !== null ? texts.eligible(sum) : kind === "eligible" ? texts.badge : texts[kind],
			];
		}
		const kinds = new Set(
			units(entry)
				.filter(({ status }) => status === "available")
				.map((unit) => unit.aid.kind),
		);
		if (kinds.size === 0) return [];
		if (kinds.has("eligible") || kinds.has("at_delivery")) return [texts.badge];
		return [kinds.has("to_confirm") ? texts.to_confirm : texts.not_eligible];
	};
	return [
		["delivery", m.project.delivery, delivery],
		["building_permit", words.buildingPermit, on("building_permit_on")],
		["habitation_permit", words.habitationPermit, on("habitation_permit_on")],
		["land_title", m.project.landTitle, ({ page }) => [page ? m.project.landTitles[page.land_title] : null]],
		["aid", words.aid, aid],
	];
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
	return [
		...(anyOffer ? [["offer", words.offer, offer] satisfies RowSpec] : []),
		["place", words.place, ({ page }) => [page?.district ?? null, page?.town ?? null, page?.region ?? null]],
		["features", words.features, (entry) => features(entry).sort(byText)],
		["seller", words.seller, ({ page }) => [page?.subsidiary.name ?? null]],
	];
}

/** Sorts features, whose order in the catalogue has no meaning. */
function byText(a: CellLine | string | null, b: CellLine | string | null): number {
	const text = (line: CellLine | string | null) => (typeof line === "string" ? line : (line?.text ?? ""));
	return text(a).localeCompare(text(b));
}
