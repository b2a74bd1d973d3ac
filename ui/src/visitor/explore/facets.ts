/**
 * The facets of the search, one descriptor each: its label, its control and the text of its chips. The filter sheet,
 * the chips above the list, the sliders and the active filters are derived from these descriptors. A new facet needs a
 * field in `query.ts` and a descriptor here. Must not know: components, requests.
 */
import HandCoins from "@lucide/svelte/icons/hand-coins";
import Tag from "@lucide/svelte/icons/tag";
import type { Boot, FacetCount as Count, Facets, FilterName, ProductType } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import type { IconComponent } from "@/kit/icons";
import type { Step } from "@/kit/step-slider/steps";
import { nameOf } from "./names";
import type { ListField, Query } from "./query";

export type FacetName = Exclude<FilterName, "text">;
/** A value of a facet; `true` for facets that are only on or off. */
export type FacetValue = string | number | true;

/** A value that can be chosen, and the number of results with it. */
export interface FacetOption {
	value: FacetValue;
	count: number;
	/** Ends the test id of its chip. */
	testid: string;
}

interface Chips {
	kind: "chips";
	icon?: IconComponent;
	/** Heading in the filter sheet. Facets with the same heading are together. */
	section: () => string;
	/** Column of the filter sheet in landscape. */
	column: "start" | "end";
	options: (facets: Facets) => FacetOption[];
}
interface Slider {
	kind: "slider";
	testid: string;
	/** Which side of the handle is within the limit. */
	within: "before" | "after";
	/** `total` is the number of results of the current query. */
	steps: (facets: Facets, query: Query, total: number) => Step[];
	value: (query: Query) => number | null;
	/** The change of the query for a new limit. */
	change: (limit: number | null) => Partial<Query>;
}
/** Regions and towns are chosen in the place sheet and on the map. */
interface Places {
	kind: "places";
}

export interface FacetDescriptor<Control = Chips | Slider | Places> {
	name: FacetName;
	label: () => string;
	control: Control;
	/** Whether it filters units instead of complete projects. */
	filtersUnits: boolean;
	/** Whether several values can be chosen. */
	multiple: boolean;
	/** The chosen values. */
	values: (query: Query) => FacetValue[];
	/** A value in words. */
	text: (value: FacetValue, boot: Boot) => string;
	/** The change of the query that adds a value, or removes it if it is chosen. */
	toggle: (query: Query, value: FacetValue) => Partial<Query>;
	/** The change of the query that leaves only this value. */
	only: (value: FacetValue) => Partial<Query>;
	/** The change of the query that removes all values. */
	cleared: Partial<Query>;
}

interface ListSpec<Value extends string | number, Control> {
	label: () => string;
	control: Control;
	filtersUnits?: boolean;
	text: (value: Value, boot: Boot) => string;
}

/** A facet with several values. */
function listFacet<Field extends ListField, Control extends Chips | Places>(
	name: Field,
	{ label, control, filtersUnits = false, text }: ListSpec<Query[Field][number], Control>,
): FacetDescriptor<Control> {
	return {
		name,
		label,
		control,
		filtersUnits,
		multiple: true,
		values: (query) => query[name],
		text: text as FacetDescriptor["text"],
		toggle: (query, value) => {
			const values: FacetValue[] = query[name];
			return { [name]: values.includes(value) ? values.filter((kept) => kept !== value) : [...values, value] };
		},
		only: (value) => ({ [name]: [value] }),
		cleared: { [name]: [] },
	};
}

/** A facet that is on or off. */
function flagFacet(
	name: "aid" | "offer",
	{ label, icon, filtersUnits }: { label: () => string; icon: IconComponent; filtersUnits: boolean },
): FacetDescriptor<Chips> {
	return {
		name,
		label,
		control: {
			kind: "chips",
			icon,
			section: () => i18n.m.explore.advantages,
			column: "end",
			options: (facets) => [{ value: true, count: facets[name], testid: name }],
		},
		filtersUnits,
		multiple: false,
		values: (query) => (query[name] ? [true] : []),
		text: label,
		toggle: (query) => ({ [name]: !query[name] }),
		only: () => ({ [name]: true }),
		cleared: { [name]: false },
	};
}

/** A facet with one limit. */
function limitFacet(
	name: "budget" | "plan" | "surface",
	field: "max_price" | "max_plan" | "min_surface",
	spec: { label: () => string; text: (limit: number) => string } & Pick<Slider, "within" | "steps">,
): FacetDescriptor<Slider> {
	const change = (limit: number | null) => ({ [field]: limit });
	return {
		name,
		label: spec.label,
		control: {
			kind: "slider",
			testid: name,
			within: spec.within,
			steps: spec.steps,
			value: (query) => query[field],
			change,
		},
		filtersUnits: true,
		multiple: false,
		values: (query) => (query[field] === null ? [] : [query[field]]),
		text: spec.text as FacetDescriptor["text"],
		toggle: () => change(null),
		only: (limit) => change(limit as number),
		cleared: change(null),
	};
}

/** Product types in the order of demand: homes, plots, the rest. */
const TYPE_ORDER: ProductType[] = [
	"apartment",
	"house",
	"villa",
	"semi_finished_villa",
	"residential_plot",
	"commercial_plot",
	"craft_plot",
	"industrial_plot",
	"shop",
	"block",
];
const byTypeOrder = (a: Count, b: Count) =>
	TYPE_ORDER.indexOf(a.value as ProductType) - TYPE_ORDER.indexOf(b.value as ProductType);

const optionsOf = (
	testid: string,
	counts: Count[],
	parse: (code: string) => FacetValue = (code) => code,
): FacetOption[] => counts.map(({ value, count }) => ({ value: parse(value), count, testid: `${testid}-${value}` }));

const messages = () => i18n.m.explore;

/** All facets, in the order of the filter sheet. */
export const FACETS = {
	towns: listFacet("towns", {
		label: () => messages().place,
		control: { kind: "places" },
		text: (id, boot) => nameOf.town(boot, id),
	}),
	regions: listFacet("regions", {
		label: () => messages().place,
		control: { kind: "places" },
		text: (code, boot) => nameOf.region(boot, code),
	}),
	types: listFacet("types", {
		label: () => messages().type,
		control: {
			kind: "chips",
			section: () => messages().type,
			column: "start",
			options: (facets) => optionsOf("type", [...facets.types].sort(byTypeOrder)),
		},
		filtersUnits: true,
		text: (type) => messages().types[type],
	}),
	aid: flagFacet("aid", { label: () => messages().aid, icon: HandCoins, filtersUnits: true }),
	offer: flagFacet("offer", { label: () => messages().offer, icon: Tag, filtersUnits: false }),
	rooms: listFacet("rooms", {
		label: () => messages().rooms,
		control: {
			kind: "chips",
			section: () => messages().rooms,
			column: "end",
			options: (facets) => optionsOf("rooms", facets.rooms, Number),
		},
		filtersUnits: true,
		text: (rooms) => messages().roomsOf(rooms),
	}),
	deliveries: listFacet("deliveries", {
		label: () => messages().delivery,
		control: {
			kind: "chips",
			section: () => messages().delivery,
			column: "end",
			options: (facets) => optionsOf("delivery", facets.deliveries),
		},
		text: (delivery) => messages().deliveries[delivery],
	}),
	land_titles: listFacet("land_titles", {
		label: () => i18n.m.project.landTitle,
		control: {
			kind: "chips",
			section: () => i18n.m.project.landTitle,
			column: "end",
			options: (facets) => optionsOf("land-title", facets.land_titles),
		},
		text: (title) => i18n.m.project.landTitles[title],
	}),
	subsidiaries: listFacet("subsidiaries", {
		label: () => messages().subsidiary,
		control: {
			kind: "chips",
			section: () => messages().subsidiary,
			column: "end",
			options: (facets) => optionsOf("subsidiary", facets.subsidiaries),
		},
		text: (id, boot) => nameOf.subsidiary(boot, id),
	}),
	budget: limitFacet("budget", "max_price", {
		label: () => messages().budget,
		text: (centimes) => messages().upTo(centimes),
		within: "before",
		// The count without a limit is known only while there is no limit.
		steps: ({ budgets }, query, total) => [
			...budgets.map(({ max_price, count }) => ({ value: max_price, count, text: messages().budgetUpTo(max_price) })),
			{ value: null, count: query.max_price === null ? total : null, text: messages().budgetAny },
		],
	}),
	plan: limitFacet("plan", "max_plan", {
		label: () => messages().toPlan,
		text: (centimes) => messages().planUpTo(centimes),
		within: "before",
		steps: ({ plans }, query, total) => [
			...plans.map(({ max_plan, count }) => ({ value: max_plan, count, text: messages().budgetUpTo(max_plan) })),
			{ value: null, count: query.max_plan === null ? total : null, text: messages().budgetAny },
		],
	}),
	surface: limitFacet("surface", "min_surface", {
		label: () => messages().area,
		text: (squareMetres) => messages().atLeast(squareMetres),
		within: "after",
		steps: ({ surfaces }, query, total) => [
			{ value: null, count: query.min_surface === null ? total : null, text: messages().areaAny },
			...surfaces.map(({ min_surface, count }) => ({
				value: min_surface,
				count,
				text: messages().areaFrom(min_surface),
			})),
		],
	}),
} satisfies Record<FacetName, FacetDescriptor>;

const ALL: FacetDescriptor[] = Object.values(FACETS);
export type ChipFacet = FacetDescriptor<Chips>;
const isChipFacet = (facet: FacetDescriptor): facet is ChipFacet => facet.control.kind === "chips";
const isSliderFacet = (facet: FacetDescriptor): facet is FacetDescriptor<Slider> => facet.control.kind === "slider";
export const CHIP_FACETS = ALL.filter(isChipFacet);
export const SLIDER_FACETS = ALL.filter(isSliderFacet);
/** The facets in the order of the active filters: lists, limits, flags. */
const ACTIVE_ORDER = [
	...ALL.filter(({ multiple }) => multiple),
	...SLIDER_FACETS,
	...CHIP_FACETS.filter(({ multiple }) => !multiple),
];

/** The sections of one column of the filter sheet. */
export function sections(column: Chips["column"]): { heading: string; facets: ChipFacet[] }[] {
	const byHeading = new Map<string, ChipFacet[]>();
	for (const facet of CHIP_FACETS.filter(({ control }) => control.column === column)) {
		const heading = facet.control.section();
		byHeading.set(heading, [...(byHeading.get(heading) ?? []), facet]);
	}
	return [...byHeading].map(([heading, facets]) => ({ heading, facets }));
}

/** A facet with more values than this hides those without results. */
const MAX_EMPTY_OPTIONS = 6;

/**
 * The values of a facet that help to choose, besides the chosen ones. Leaves out what every result has; outside the filter
 * sheet and in long lists also what no result has. `total` is the number of results.
 */
export function usefulOptions(
	facet: ChipFacet,
	facets: Facets,
	query: Query,
	total: number,
	inSheet: boolean,
): FacetOption[] {
	const options = facet.control.options(facets);
	const chosen = facet.values(query);
	const withResults = options.filter(({ count }) => count > 0).length;
	const hidesEmpty = !inSheet || options.length > MAX_EMPTY_OPTIONS;
	// A filter over units changes the units of a project, unless it is the only value.
	const fitsAll = (count: number) => count === total && total > 0 && (!facet.filtersUnits || withResults === 1);
	return options.filter(
		({ value, count }) => chosen.includes(value) || (!fitsAll(count) && (count > 0 || !hidesEmpty)),
	);
}

/** The chosen values of all facets, each with its text and the change of the query that removes it. */
export function activeValues(query: Query, boot: Boot): { key: string; text: string; removal: Partial<Query> }[] {
	return ACTIVE_ORDER.flatMap((facet) =>
		facet.values(query).map((value) => ({
			key: facet.multiple ? `${facet.name}-${value}` : facet.name,
			text: facet.text(value, boot),
			removal: facet.toggle(query, value),
		})),
	);
}

/** The number of chosen values. */
export const countActive = (query: Query): number => ALL.reduce((sum, facet) => sum + facet.values(query).length, 0);

/** Whether a facet that filters units has a value. */
export const hasUnitFilter = (query: Query): boolean =>
	ALL.some((facet) => facet.filtersUnits && facet.values(query).length > 0);

/** The chosen values of a filter in words; empty when it has none. */
export function filterTexts(filter: FilterName, query: Query, boot: Boot): string[] {
	if (filter === "text") return query.text.trim() === "" ? [] : [messages().liftText(query.text.trim())];
	const facet: FacetDescriptor = FACETS[filter];
	return facet.values(query).map((value) => facet.text(value, boot));
}

/** The change of the query that removes all values of a filter. */
export const withoutFilter = (filter: FilterName): Partial<Query> =>
	filter === "text" ? { text: "" } : FACETS[filter].cleared;
