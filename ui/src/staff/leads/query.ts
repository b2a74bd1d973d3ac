/** What staff search for in the list of leads. Must not know: the host, how the list looks. */
import type { CallOutcome, Desk, LeadQuery, Rating } from "@/host";
import type { RowRange } from "@/kit/visible-rows";

export interface LeadFilters {
	/** Typed words. */
	text: string;
	/** Day at the stop, `YYYY-MM-DD`. */
	day: string | null;
	rating: Rating | null;
	outcome: CallOutcome | null;
	desk: Desk | null;
	duplicatesOnly: boolean;
}

/** The filters of which staff choose one value or none. */
export type ChoiceName = "day" | "rating" | "outcome" | "desk";

export const RATINGS: readonly Rating[] = ["hot", "warm", "cold"];
export const OUTCOMES: readonly CallOutcome[] = ["called", "no_answer", "appointment"];
export const DESKS: readonly Desk[] = ["advisor", "bank", "notary", "ministry"];

/** The shell returns at most this many rows per request. */
export const MAX_ROWS = 200;

export const noFilters = (): LeadFilters => ({
	text: "",
	day: null,
	rating: null,
	outcome: null,
	desk: null,
	duplicatesOnly: false,
});

/** The request for the rows of a range. */
export function toQuery(filters: LeadFilters, { first, last }: RowRange): LeadQuery {
	const { text, duplicatesOnly, ...choices } = filters;
	return {
		...choices,
		text: text.trim(),
		duplicates_only: duplicatesOnly,
		offset: first,
		limit: Math.min(MAX_ROWS, Math.max(1, last - first)),
	};
}

/** Chooses a value, or takes the choice back if it is chosen already. */
export function toggled<Name extends ChoiceName>(
	filters: LeadFilters,
	name: Name,
	value: LeadFilters[Name],
): LeadFilters {
	return { ...filters, [name]: filters[name] === value ? null : value };
}

/** Whether the list may show fewer leads than there are. */
export function isFiltered({ text, ...others }: LeadFilters): boolean {
	return text.trim() !== "" || Object.values(others).some((value) => value !== null && value !== false);
}

/** Number of filters that are chosen in the sheet, which the button of the sheet shows. */
export const sheetFilterCount = ({ day, outcome, desk }: LeadFilters): number =>
	[day, outcome, desk].filter((value) => value !== null).length;
