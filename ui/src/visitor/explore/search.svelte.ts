/**
 * The query of the visitor and its results. Lives as long as the page, so that after a look at a project the filters,
 * the list and the scroll position are the same. Late responses are dropped.
 */
import {
	type Explore,
	type FilterName,
	type FoundUnit,
	hostError,
	type Lang,
	type ProjectCard,
	type Suggestion,
	type TownName,
	visitor,
} from "@/host";
import { countActive, FACETS, type FacetDescriptor, hasUnitFilter, withoutFilter } from "./facets";
import { changeOf, type FilterIntent } from "./intents";
import { emptyQuery, type ListField, type Query, toRequest } from "./query";

export const PAGE_SIZE = 24;
/** The shell returns at most 100 results per request. */
const MAX_LIMIT = 4 * PAGE_SIZE;
/** Delay before more results can be requested after an error. */
const RETRY_DELAY_MS = 2000;

class Search {
	query = $state(emptyQuery());
	response = $state.raw<Explore | null>(null);
	results = $state.raw<ProjectCard[]>([]);
	/** The units of the results that are found by their number. */
	units = $state.raw<FoundUnit[]>([]);
	failed = $state<string | null>(null);
	/** Scroll position of the list. */
	scroll = 0;
	/** Height of each chunk of the list that was rendered, so that hidden chunks keep their space. */
	chunkHeights: (number | undefined)[] = [];
	/** Whether the screen opens with the focus in the search field. */
	focusField = false;
	/** Number of finished requests for more results, so that an effect can check the end of the list again. */
	attempts = $state(0);
	#requestId = 0;
	#loadingMore = false;
	#loadedKey: string | null = null;

	/** Number of active filters; the text is not one. */
	get filterCount(): number {
		return countActive(this.query);
	}

	/** Whether a filter selects units, not only projects. */
	get filtersUnits(): boolean {
		return hasUnitFilter(this.query);
	}

	/** Starts a new search. */
	start(query: Partial<Query>, focusField = false): void {
		this.query = { ...emptyQuery(), ...query };
		this.response = null;
		this.results = [];
		this.units = [];
		this.failed = null;
		this.#loadedKey = null;
		this.resetScroll();
		this.focusField = focusField;
	}

	/** Call when the results change: the new list starts at its top. */
	resetScroll(): void {
		this.scroll = 0;
		this.chunkHeights = [];
	}

	/** Adds a value to a facet, or removes it. */
	toggle(name: ListField, value: string | number): void {
		const facet: FacetDescriptor = FACETS[name];
		this.set(facet.toggle(this.query, value));
	}

	set(change: Partial<Query>): void {
		const query = { ...this.query, ...change };
		// Without a town there is no distance to sort by.
		if (query.sort === "distance" && query.towns.length === 0) query.sort = "relevance";
		this.query = query;
	}

	/** Sets the filter of an intent and removes its words from the text. */
	follow(intent: FilterIntent, text: string): void {
		this.set({ ...changeOf(intent), text });
	}

	/** The unit of a result that is found by its number, if there is exactly one. */
	unitOf(project: string): FoundUnit | undefined {
		const units = this.units.filter((unit) => unit.project === project);
		return units.length === 1 ? units[0] : undefined;
	}

	/** Selects one region; selected towns of that region stay. */
	selectRegion(code: string, towns: TownName[]): void {
		const inRegion = new Set(towns.filter((town) => town.region_code === code).map(({ id }) => id));
		this.set({ regions: [code], towns: this.query.towns.filter((id) => inRegion.has(id)) });
	}

	/** Removes all selected places. */
	clearPlaces(): void {
		this.set({ regions: [], towns: [] });
	}

	/** Selects a suggested place and clears the text. */
	selectPlace({ kind, id }: Pick<Suggestion, "kind" | "id">): void {
		this.set({ text: "", regions: kind === "region" ? [id] : [], towns: kind === "town" ? [id] : [] });
	}

	/** Removes all values of one filter. */
	clear(filter: FilterName): void {
		this.set(withoutFilter(filter));
	}

	/** Clears all filters; the text and the order stay. */
	clearFilters(): void {
		this.set({ ...emptyQuery(), text: this.query.text, sort: this.query.sort });
	}

	/** Identifies a query in a language. */
	#key(lang: Lang): string {
		return JSON.stringify([this.query, lang]);
	}

	/** Loads the results of the current query, unless they are loaded. */
	async load(lang: Lang): Promise<void> {
		this.#requestId += 1;
		if (this.#key(lang) === this.#loadedKey && this.failed === null) return;
		const requestId = this.#requestId;
		try {
			await this.#loadFromStart(lang);
		} catch (thrown) {
			if (requestId === this.#requestId) this.failed = hostError(thrown).code;
		}
	}

	/** Loads the list from its start, completely from one catalogue version. Stops if the query changes. */
	async #loadFromStart(lang: Lang): Promise<void> {
		const key = this.#key(lang);
		const requestId = this.#requestId;
		const query = $state.snapshot(this.query);
		// For a list that is scrolled down, load as many results as before, in several requests.
		const loadedCount = this.scroll > 0 ? this.results.length : PAGE_SIZE;
		const response = await visitor.explore(
			toRequest(query, lang, 0, Math.min(MAX_LIMIT, Math.max(PAGE_SIZE, loadedCount))),
		);
		let { hits: results, units } = response;
		while (results.length < Math.min(loadedCount, response.total) && requestId === this.#requestId) {
			const more = await visitor.explore(toRequest(query, lang, results.length, MAX_LIMIT));
			if (more.edition !== response.edition)
				return requestId === this.#requestId ? this.#loadFromStart(lang) : undefined;
			if (more.hits.length === 0) break;
			results = [...results, ...more.hits];
			units = [...units, ...more.units];
		}
		if (requestId !== this.#requestId) return;
		// Heights of the list of another catalogue version are useless.
		if (response.edition !== this.response?.edition) this.chunkHeights = [];
		this.response = response;
		this.results = results;
		this.units = units;
		this.failed = null;
		this.#loadedKey = key;
	}

	/** Loads more results; the longer the list, the more at once. */
	async loadMore(lang: Lang): Promise<void> {
		if (this.#loadingMore || !this.response || this.results.length >= this.response.total) return;
		// Another query is being loaded, which loads its own results.
		const key = this.#key(lang);
		if (key !== this.#loadedKey) return;
		this.#loadingMore = true;
		const requestId = this.#requestId;
		const offset = this.results.length;
		try {
			const limit = Math.min(MAX_LIMIT, Math.max(PAGE_SIZE, offset));
			const { edition, hits, units } = await visitor.explore(
				toRequest($state.snapshot(this.query), lang, offset, limit),
			);
			// Append only results that continue the list as it is now.
			const continues = key === this.#loadedKey && offset === this.results.length;
			if (continues && edition === this.response.edition) {
				this.results = [...this.results, ...hits];
				this.units = [...this.units, ...units];
			}
			// Another catalogue version was installed: load the list again, as far as it was.
			else if (continues && requestId === this.#requestId) await this.#loadFromStart(lang);
		} catch {
			// The list stays as it is.
			await new Promise((done) => setTimeout(done, RETRY_DELAY_MS));
		} finally {
			this.#loadingMore = false;
			this.attempts += 1;
		}
	}
}

export const search = new Search();
