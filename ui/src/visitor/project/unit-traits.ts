/** How units of a type are spoken of: which columns a table of them has, what a cell says, what a project of them says of itself. */
import type { ProductType, UnitRow } from "@/host";
import { number, surface } from "@/i18n/format";
import type { Complete, Messages } from "@/i18n/index.svelte";

const LAND: ReadonlySet<ProductType> = new Set<ProductType>([
	"residential_plot",
	"craft_plot",
	"industrial_plot",
	"commercial_plot",
	"block",
]);
export const isLand = (type: ProductType): boolean => LAND.has(type);

/** What else than price and surface is spoken of: height, fronts and COS of land; rooms and floor of what is built. */
type Trait = "rooms" | "floor" | "levels" | "facades" | "cos";
export type Column = "number" | "surface" | Trait;
const spoken = (land: boolean): Trait[] =>
	land ? ["levels", "facades", "cos"] : ["rooms", "floor", "levels", "facades"];

/** A column nobody fills is left out. */
export function columns(type: ProductType, units: readonly UnitRow[]): Column[] {
	return ["number", "surface", ...spoken(isLand(type)).filter((trait) => units.some((unit) => unit[trait] !== null))];
}

export const ratio = (value: number, lang: Complete): string => number(value, lang, 2);
export const area = (value: number, lang: Complete): string =>
	`${surface(value, lang)}\u00a0${lang === "ar" ? "م²" : "m²"}`;

/** A cell under its column's name, so without repeating it. */
export function cell(unit: UnitRow, column: Column, m: Messages["project"], lang: Complete): string {
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
			return ratio(value, lang);
		default:
			return String(value);
	}
}

function span(trait: Trait, from: number, to: number, m: Messages["project"], lang: Complete): string {
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
			return m.cosSpan(ratio(from, lang), ratio(to, lang));
	}
}

/** What the units of a project have, from least to most, trait by trait. */
export function traits(
	units: readonly UnitRow[],
	land: boolean,
	m: Messages["project"],
	lang: Complete,
): { trait: Trait; text: string }[] {
	return spoken(land).flatMap((trait) => {
		const values = units.flatMap((unit) => unit[trait] ?? []);
		if (values.length === 0) return [];
		return [{ trait, text: span(trait, Math.min(...values), Math.max(...values), m, lang) }];
	});
}

/** Features that belong to the place around, not to the project itself. */
const AROUND: ReadonlySet<string> = new Set([
	"school",
	"mosque",
	"shops",
	"transport",
	"health_centre",
	"sea_view",
	"mountain_view",
]);

export function features(codes: readonly string[], m: Messages["project"]) {
	const known = codes.flatMap((code) => {
		const name = m.featureNames[code];
		return name ? [{ code, name }] : [];
	});
	return {
		inside: known.filter(({ code }) => !AROUND.has(code)),
		around: known.filter(({ code }) => AROUND.has(code)),
	};
}
