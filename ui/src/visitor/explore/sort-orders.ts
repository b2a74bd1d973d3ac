/** The orders of the results. Must not know: components. */
import type { Sort } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import type { Query } from "./query";

const ORDERS: Sort[] = [
	"relevance",
	"price_asc",
	"price_desc",
	"plan_asc",
	"surface_desc",
	"surface_asc",
	"distance",
	"delivery",
	"name",
];

/** The orders that make sense for a query: the distance needs a town. */
export const sortOrders = (query: Query): Sort[] =>
	ORDERS.filter((sort) => sort !== "distance" || query.towns.length > 0);

/** An order in words. Without a text, the first order is that of the catalogue, not the best match. */
export function sortText({ text, sort }: Pick<Query, "text" | "sort">): string {
	const m = i18n.m.explore;
	return sort === "relevance" && text.trim() !== "" ? m.bestMatch : m.sorts[sort];
}
