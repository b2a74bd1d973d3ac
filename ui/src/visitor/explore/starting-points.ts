/** Queries that a visit can start from. Must not know: components. */
import type { FacetCount, ProductType } from "@/host";
import type { Query } from "./query";

/** Plots and premises, in the order of demand. */
const LAND_TYPES: ProductType[] = [
	"residential_plot",
	"craft_plot",
	"industrial_plot",
	"commercial_plot",
	"shop",
	"block",
];

export const STARTING_POINTS = {
	town: {},
	aid: { aid: true },
	land: { types: LAND_TYPES },
	offer: { offer: true },
} satisfies Record<string, Partial<Query>>;

/** The kind of land with the most projects, to start with one kind instead of all. `counts`: of all product types. */
export function firstLandType(counts: FacetCount[]): ProductType {
	const countOf = (type: ProductType) => counts.find(({ value }) => value === type)?.count ?? 0;
	return LAND_TYPES.reduce((best, type) => (countOf(type) > countOf(best) ? type : best));
}
