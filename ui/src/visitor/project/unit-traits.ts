/** The traits of units by product type: columns of the unit table, cell texts, value ranges of a project. */
import type { Feature, ProductType, UnitRow } from "@/host";
import { area, number } from "@/i18n/format";
import type { Messages, UiLang } from "@/i18n/index.svelte";

const LAND: ReadonlySet<ProductType> = new Set<ProductType>([
	"residential_plot",
	"craft_plot",
	"industrial_plot",
	"commercial_plot",
	"block",
]);
export const isLand = (type: ProductType): boolean => LAND.has(type);

/** Traits other than price and surface: height, fronts and floor area ratio (COS) of land; rooms and floor of homes. */
type Trait = "rooms" | "floor" | "levels" | "facades" | "cos";
export type Column = "number" | "surface" | Trait;
const traitsOf = (land: boolean): Trait[] =>
	land ? ["levels", "facades", "cos"] : ["rooms", "floor", "levels", "facades"];

/** The columns for a product type, without those that no unit has a value for. */
export function columns(type: ProductType, units: readonly UnitRow[]): Column[] {
	return ["number", "surface", ...traitsOf(isLand(type)).filter((trait) => units.some((unit) => unit[trait] !== null))];
}

/** The text of a cell. The column heading gives its meaning, so the text does not repeat it. */
export function cell(unit: UnitRow, column: Column, m: Messages["project"], lang: UiLang): string {
	if (column === "number") return unit.number;
	if (column === "surface") return area(unit.surface, lang);
	const value = unit[column];
	if (value === null) return "–";
	switch (column) {
		case "floor":
			return m.floorShort(value);
		case "levels":
			return m.levelsN(value);
		case "cos":
			return number(value, lang, 2);
		default:
			return String(value);
	}
}

/** Whether an available unit costs more than the highest price of the search, if there is one. */
export const isOverBudget = ({ status, price }: UnitRow, highest: number | null): boolean =>
	status === "available" && highest !== null && price > highest;

/** Price of one square metre in centimes, rounded to a dirham; `null` without a surface. */
export const pricePerSquareMetre = ({ price, surface }: UnitRow): number | null =>
	surface > 0 ? Math.round(price / surface / 100) * 100 : null;

function rangeText(trait: Trait, from: number, to: number, m: Messages["project"]): string {
	switch (trait) {
		case "rooms":
			return m.roomsSpan(from, to);
		case "floor":
			return m.floorsSpan(from, to);
		case "levels":
			return m.levelsSpan(from, to);
		case "facades":
			return m.facadesSpan(from, to);
		case "cos":
			return m.cosSpan(from, to);
	}
}

/** The range of values of each trait, from lowest to highest. */
export function traits(
	units: readonly UnitRow[],
	land: boolean,
	m: Messages["project"],
): { trait: Trait; text: string }[] {
	return traitsOf(land).flatMap((trait) => {
		const values = units.flatMap((unit) => unit[trait] ?? []);
		if (values.length === 0) return [];
		return [{ trait, text: rangeText(trait, Math.min(...values), Math.max(...values), m) }];
	});
}

/** Features of the neighbourhood; the others belong to the project. */
const AROUND: ReadonlySet<string> = new Set<Feature>([
	"school",
	"mosque",
	"shops",
	"transport",
	"health_centre",
	"sea_view",
	"mountain_view",
]);

/** The name of a feature. A catalogue may contain features without a name, which are not shown. */
export const featureName = (code: string, m: Messages["project"]): string | undefined =>
	(m.featureNames as Partial<Record<string, string>>)[code];

/** The features with a name, by where they are. */
export function features(codes: readonly string[], m: Messages["project"]) {
	const known = codes.flatMap((code) => {
		const name = featureName(code, m);
		return name ? [{ code, name }] : [];
	});
	return {
		inside: known.filter(({ code }) => !AROUND.has(code)),
		around: known.filter(({ code }) => AROUND.has(code)),
	};
}

export type Badge = {
	tone: "plain" | "saffron" | "sea" | "green";
	text: string /** Whether it has the icon of the aid. */;
	icon: boolean;
};

/** The badges of a unit: its status, and the aid for one that is available. */
export function badges({ status, aid }: UnitRow, m: Messages["project"]): Badge[] {
	const ofStatus: Badge = { tone: status === "available" ? "green" : "plain", text: m.status[status], icon: false };
	if (status !== "available" || aid.kind === "not_eligible") return [ofStatus];
	const text = aid.kind === "eligible" ? m.aid.name : m.aid[aid.kind];
	return [ofStatus, { tone: aid.kind === "to_confirm" ? "sea" : "saffron", text, icon: aid.kind === "eligible" }];
}
