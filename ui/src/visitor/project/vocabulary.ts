/** How units of a type are spoken of: which columns a table of them has, and what a cell says. */
import type { ProductType, UnitRow } from "@/host";
import { surface } from "@/i18n/format";
import type { Complete, Messages } from "@/i18n/index.svelte";

const LAND: ReadonlySet<ProductType> = new Set<ProductType>([
	"residential_plot",
	"craft_plot",
	"industrial_plot",
	"commercial_plot",
	"block",
]);
export const isLand = (type: ProductType): boolean => LAND.has(type);

export type Column = "number" | "surface" | "rooms" | "floor" | "levels" | "facades" | "cos";

/** A plot speaks of height, fronts and COS; what is built speaks of rooms and floor. A column nobody fills is left out. */
export function columns(type: ProductType, units: UnitRow[]): Column[] {
	const spoken: Column[] = isLand(type) ? ["levels", "facades", "cos"] : ["rooms", "floor", "levels"];
	const filled = spoken.filter((column) => units.some((unit) => unit[column as keyof UnitRow] !== null));
	return ["number", "surface", ...filled];
}

export function cell(unit: UnitRow, column: Column, m: Messages["project"], lang: Complete): string {
	switch (column) {
		case "number":
			return unit.number;
		case "surface":
			return `${surface(unit.surface, lang)}\u00a0${lang === "ar" ? "م²" : "m²"}`;
		case "rooms":
			return unit.rooms === null ? "–" : m.roomsN(unit.rooms);
		case "floor":
			return unit.floor === null ? "–" : m.floorN(unit.floor);
		case "levels":
			return unit.levels === null ? "–" : m.levelsN(unit.levels);
		case "facades":
			return unit.facades === null ? "–" : m.facadesN(unit.facades);
		case "cos":
			return unit.cos === null ? "–" : String(unit.cos).replace(".", lang === "en" ? "." : ",");
	}
}
