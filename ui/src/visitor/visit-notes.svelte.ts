/**
 * Reports the events of a visit for the anonymous counts: names of screens, filters, steps and languages. Must not know: texts
 * and values that a visitor typed or chose.
 */
import type { FilterName } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { FACETS } from "./explore/facets";
import { search } from "./explore/search.svelte";
import { draft } from "./lead/draft.svelte";
import { visit } from "./visit.svelte";
import { noteEvent as note } from "./visit-events";

/** A search counts as one without result if it shows none for this long: letters that are still being typed do not. */
export const NO_RESULT_MS = 2_000;

/** Starts reporting. Call it during the initialisation of the window. */
export function noteVisit(): void {
	const screen = $derived(visit.screen.name);
	const underWay = $derived(screen !== "attract");
	const language = $derived(i18n.lang);
	const step = $derived(screen === "lead" && !draft.thanks ? draft.step : null);
	const hasNoResult = $derived(screen === "explore" && search.response?.total === 0);
	/** Filters that are set; they count once per visit. */
	const filters = $derived(
		(Object.keys(FACETS) as (keyof typeof FACETS)[]).filter((name) => FACETS[name].values(search.query).length > 0),
	);
	const noted = new Set<FilterName>();
	let began = false;

	$effect(() => {
		if (!underWay) return;
		note(began ? { event: "language", language } : { event: "began", language });
		began = true;
	});
	$effect(() => {
		if (screen !== "attract") note({ event: "screen", screen });
	});
	$effect(() => {
		if (step !== null) note({ event: "form_step", step });
	});
	$effect(() => {
		for (const filter of filters.filter((name) => !noted.has(name))) {
			noted.add(filter);
			note({ event: "filter", filter });
		}
	});
	$effect(() => {
		// Each query counts, also when the one before had no result either.
		void search.response;
		if (!hasNoResult) return;
		const timer = setTimeout(() => note({ event: "no_result" }), NO_RESULT_MS);
		return () => clearTimeout(timer);
	});
}
