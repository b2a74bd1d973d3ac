/**
 * What is said of things side by side, row by row, in the words of their type, and which rows tell them apart. Judges
 * nothing: no row knows a better or a worse.
 */
import type { Text } from "@/host";
import { amount, date, month, number, surface } from "@/i18n/format";
import type { Complete, Messages } from "@/i18n/index.svelte";
import { area, isLand, traits } from "../project/vocabulary";
import type { Entry } from "../shortlist/pages.svelte";

export type Line = Text & { /** Not of all of them. */ own?: boolean };
export interface Fact {
	key: string;
	label: string;
	/** One for each entry; empty where nothing is said. */
	cells: Line[][];
	differs: boolean;
}

type Cell = (entry: Entry) => (Line | string | null)[];

export function facts(entries: readonly Entry[], m: Messages, lang: Complete): Fact[] {
	const rows = [...worth(m, lang), ...shape(entries, m, lang), ...standing(m, lang), ...around(entries, m, lang)];
	return rows
		.map(([key, label, cell]): Fact => {
			const cells = entries.map((entry) => lines(entry.page ? cell(entry) : [], lang));
			return { key, label, cells, differs: apart(cells, entries) };
		})
		.filter((fact) => fact.cells.some((cell) => cell.length > 0));
}

type Row = [key: string, label: string, cell: Cell];

const lines = (said: (Line | string | null)[], lang: Complete): Line[] =>
	said.filter((line) => line !== null).map((line) => (typeof line === "string" ? { text: line, lang } : line));

/** Whether what is said differs. Nothing said differs from something; what is gone differs from nothing. */
function apart(cells: Line[][], entries: readonly Entry[]): boolean {
	const said = cells.filter((_, at) => entries[at]?.page).map((cell) => cell.map((line) => line.text).join("\n"));
	return new Set(said).size > 1;
}

const units = ({ page, unit }: Entry) => (unit ? [unit] : (page?.groups.flatMap((group) => group.units) ?? []));
const types = ({ page, group }: Entry) => (group ? [group.product_type] : (page?.types ?? []));
const onLand = (entry: Entry) => types(entry).length > 0 && types(entry).every(isLand);
const least = (values: number[]) => (values.length > 0 ? Math.min(...values) : null);

function worth(m: Messages, lang: Complete): Row[] {
	const price: Cell = (entry) => {
		if (entry.unit) return [amount(entry.unit.price, lang)];
		const from = least(entry.page?.groups.flatMap((group) => group.price_from ?? []) ?? []);
		return [from === null ? m.explore.soldOut : `${m.explore.from} ${amount(from, lang)}`];
	};
	const availability: Cell = ({ page, unit }) => {
		if (unit) return [m.project.status[unit.status]];
		const sum = (count: "available" | "total") => page?.groups.reduce((all, group) => all + group[count], 0) ?? 0;
		return [m.project.availableOf(sum("available"), number(sum("available"), lang), number(sum("total"), lang))];
	};
	return [
		["price", m.project.price, price],
		["availability", m.shortlist.compared.availability, availability],
	];
}

function shape(entries: readonly Entry[], m: Messages, lang: Complete): Row[] {
	const type: Cell = (entry) => types(entry).map((type) => (entry.unit ? m.explore.typeOne : m.explore.types)[type]);
	const space: Cell = (entry) => {
		if (entry.unit) return [area(entry.unit.surface, lang)];
		const groups = entry.page?.groups ?? [];
		const [from, to] = [least(groups.map((g) => g.surface_min)), least(groups.map((g) => -g.surface_max))];
		return from === null || to === null ? [] : [m.explore.surface(surface(from, lang), surface(-to, lang))];
	};
	const told = entries.map((entry) => traits(units(entry), onLand(entry), m.project, lang));
	const spoken = [...new Set(told.flatMap((list) => list.map(({ trait }) => trait)))];
	return [
		["type", m.shortlist.compared.type, type],
		["surface", m.project.surface, space],
		...spoken.map((trait): Row => {
			const cell: Cell = (entry) => [
				told[entries.indexOf(entry)]?.find((known) => known.trait === trait)?.text ?? null,
			];
			return [trait, m.project[trait], cell];
		}),
	];
}

function standing(m: Messages, lang: Complete): Row[] {
	const words = m.shortlist.compared;
	const delivery: Cell = (entry) => {
		const { page } = entry;
		if (!page) return [];
		const done = page.delivery === "delivered";
		return [
			m.project.deliveryStates[done && onLand(entry) ? "deliveredLand" : page.delivery],
			!done && page.delivery_on ? m.project.expected(month(page.delivery_on, lang)) : null,
		];
	};
	const on = (field: "building_permit_on" | "habitation_permit_on"): Cell => {
		return ({ page }) => [page?.[field] ? date(page[field], lang) : null];
	};
	const aid: Cell = (entry) => {
		const said = m.project.aid;
		if (entry.unit) {
			const { kind, amount: sum } = entry.unit.aid;
			return [
				kind === "eligible" && sum !== null
					? said.eligible(amount(sum, lang))
					: kind === "eligible"
						? said.badge
						: said[kind],
			];
		}
		const kinds = new Set(
			units(entry)
				.filter(({ status }) => status === "available")
				.map((unit) => unit.aid.kind),
		);
		if (kinds.size === 0) return [];
		if (kinds.has("eligible") || kinds.has("at_delivery")) return [said.badge];
		return [kinds.has("to_confirm") ? said.to_confirm : said.not_eligible];
	};
	return [
		["delivery", m.project.delivery, delivery],
		["building_permit", words.buildingPermit, on("building_permit_on")],
		["habitation_permit", words.habitationPermit, on("habitation_permit_on")],
		["land_title", m.project.landTitle, ({ page }) => [page ? m.project.landTitles[page.land_title] : null]],
		["aid", words.aid, aid],
	];
}

function around(entries: readonly Entry[], m: Messages, lang: Complete): Row[] {
	const words = m.shortlist.compared;
	const offer: Cell = ({ page }) => {
		const offers = page?.offers ?? [];
		if (offers.length === 0) return [words.noOffer];
		return offers.flatMap(({ title, valid_to }) => [title, m.common.until(date(valid_to, lang))]);
	};
	const anyOffer = entries.some(({ page }) => page && page.offers.length > 0);
	const known = entries.flatMap(({ page }) => (page ? [page.features] : []));
	const features: Cell = ({ page }) =>
		(page?.features ?? []).flatMap((code) => {
			const text = m.project.featureNames[code];
			return text ? [{ text, lang, own: !known.every((list) => list.includes(code)) }] : [];
		});
	return [
		...(anyOffer ? [["offer", words.offer, offer] satisfies Row] : []),
		["place", words.place, ({ page }) => [page?.district ?? null, page?.town ?? null, page?.region ?? null]],
		["features", words.features, (entry) => features(entry).sort(byText)],
		["seller", words.seller, ({ page }) => [page?.subsidiary.name ?? null]],
	];
}

/** The same features in the same order, whatever order the catalogue has them in. */
function byText(a: Line | string | null, b: Line | string | null): number {
	const text = (line: Line | string | null) => (typeof line === "string" ? line : (line?.text ?? ""));
	return text(a).localeCompare(text(b));
}
