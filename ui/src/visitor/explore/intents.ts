/** What the typed words ask for besides names: labels, and the change of the query. Must not know: components. */
import type { Boot, Desk, Intent, Topic } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { FACETS } from "./facets";
import type { Query } from "./query";

/** An intent with a filter. */
export type FilterIntent = Exclude<Intent, { kind: "topic" }>;

/** The change of the query that sets the filter of an intent. */
export function changeOf(intent: FilterIntent): Partial<Query> {
	switch (intent.kind) {
		case "budget":
			return { max_price: intent.max_price };
		case "surface":
			return { min_surface: intent.min_surface };
		case "rooms":
			return { rooms: [intent.rooms] };
		case "type":
			return { types: [intent.product_type] };
		case "delivery":
			return { deliveries: [intent.delivery] };
		case "land_title":
			return { land_titles: [intent.land_title] };
		case "aid":
			return { aid: true };
		case "offer":
			return { offer: true };
	}
}

/** The filter of an intent in words. */
export function filterText(intent: FilterIntent, boot: Boot): string {
	switch (intent.kind) {
		case "budget":
			return i18n.m.explore.intentBudget(intent.max_price);
		case "surface":
			return i18n.m.explore.areaFrom(intent.min_surface);
		case "rooms":
			return FACETS.rooms.text(intent.rooms, boot);
		case "type":
			return FACETS.types.text(intent.product_type, boot);
		case "delivery":
			return FACETS.deliveries.text(intent.delivery, boot);
		case "land_title":
			return FACETS.land_titles.text(intent.land_title, boot);
		case "aid":
			return FACETS.aid.text(true, boot);
		case "offer":
			return FACETS.offer.text(true, boot);
	}
}

/** Identifies an intent. */
export const keyOf = (intent: Intent): string => Object.values(intent).join("-");

/** The desk that answers a topic. */
export const DESK_OF: Record<Topic, Desk> = {
	aid: "ministry",
	credit: "bank",
	notary: "notary",
	costs: "notary",
	steps: "advisor",
	appointment: "advisor",
	advisor: "advisor",
	power_of_attorney: "notary",
	exchange: "bank",
	safety: "advisor",
	complaints: "advisor",
};
