/** The query of the visitor: text, filters and order. Must not know: how filters are shown, requests. */
import type { Delivery, ExploreQuery, LandTitle, Lang, ProductType, Sort } from "@/host";

/** A query without text and filters. */
export const emptyQuery = () => ({
	text: "",
	regions: [] as string[],
	towns: [] as string[],
	subsidiaries: [] as string[],
	types: [] as ProductType[],
	/** Centimes. */
	max_price: null as number | null,
	/** Centimes: highest total to plan for. */
	max_plan: null as number | null,
	/** Whether totals to plan for are less the direct aid. */
	plan_counts_aid: true,
	/** Square metres. */
	min_surface: null as number | null,
	rooms: [] as number[],
	deliveries: [] as Delivery[],
	land_titles: [] as LandTitle[],
	aid: false,
	offer: false,
	sort: "relevance" as Sort,
});
export type Query = ReturnType<typeof emptyQuery>;

/** Fields with several values. */
export type ListField = "regions" | "towns" | "subsidiaries" | "types" | "rooms" | "deliveries" | "land_titles";

/** The request for a part of the results. */
export const toRequest = (query: Query, lang: Lang, offset: number, limit: number): ExploreQuery => ({
	...query,
	lang,
	offset,
	limit,
});
