/**
 * What the visitor looks for and what was found. Lives as long as the page, so that going into a project and back finds
 * the same selection, the same list, the same place in it. Answers that come late are dropped.
 */
import {
	type Delivery,
	type Explore,
	type ExploreQuery,
	type FilterName,
	hostError,
	type LandTitle,
	type Lang,
	type ProductType,
	type ProjectCard,
	type Sort,
	visitor,
} from "@/host";

export type Choice = Partial<Omit<ExploreQuery, "lang" | "offset" | "limit">>;
const PAGE = 24;

const nothing = () => ({
	text: "",
	regions: [] as string[],
	towns: [] as string[],
	subsidiaries: [] as string[],
	types: [] as ProductType[],
	max_price: null as number | null,
	min_surface: null as number | null,
	rooms: [] as number[],
	deliveries: [] as Delivery[],
	land_titles: [] as LandTitle[],
	aid: false,
	offer: false,
	sort: "relevance" as Sort,
});

class Search {
	query = $state(nothing());
	result = $state.raw<Explore | null>(null);
	hits = $state.raw<ProjectCard[]>([]);
	failed = $state<string | null>(null);
	/** Where the list was scrolled to when it was left. */
	scroll = 0;
	/** Whether the screen is to open with the keyboard at the search field. */
	focus = false;
	#asked = 0;
	#extending = false;

	blank(lang: Lang): ExploreQuery {
		return { ...nothing(), lang, offset: 0, limit: PAGE };
	}

	/** Number of filters in force, the words typed apart. */
	get active(): number {
		const { regions, types, max_price, deliveries, aid, offer } = this.query;
		return regions.length + types.length + deliveries.length + Number(max_price !== null) + Number(aid) + Number(offer);
	}

	begin(choice: Choice, focus = false): void {
		this.query = { ...nothing(), ...choice };
		this.result = null;
		this.hits = [];
		this.scroll = 0;
		this.focus = focus;
	}

	toggle<K extends "regions" | "types" | "deliveries">(facet: K, value: (typeof this.query)[K][number]): void {
		const chosen = this.query[facet] as string[];
		const next = chosen.includes(value) ? chosen.filter((kept) => kept !== value) : [...chosen, value];
		this.query = { ...this.query, [facet]: next };
	}

	set(choice: Choice): void {
		this.query = { ...this.query, ...choice };
	}

	lift(filter: FilterName): void {
		const cleared = nothing();
		const field = filter === "budget" ? "max_price" : filter;
		this.query = { ...this.query, [field]: cleared[field] };
	}

	reset(): void {
		this.query = { ...nothing(), sort: this.query.sort };
	}

	async load(lang: Lang): Promise<void> {
		this.#asked += 1;
		const asked = this.#asked;
		try {
			const query = {
				...$state.snapshot(this.query),
				lang,
				offset: 0,
				limit: Math.max(PAGE, this.scroll > 0 ? this.hits.length : 0),
			};
			const result = await visitor.explore(query);
			if (asked !== this.#asked) return;
			this.result = result;
			this.hits = result.hits;
			this.failed = null;
		} catch (thrown) {
			if (asked === this.#asked) this.failed = hostError(thrown).code;
		}
	}

	async more(lang: Lang): Promise<void> {
		if (this.#extending || !this.result || this.hits.length >= this.result.total) return;
		this.#extending = true;
		const asked = this.#asked;
		try {
			const query = { ...$state.snapshot(this.query), lang, offset: this.hits.length, limit: PAGE };
			const result = await visitor.explore(query);
			if (asked === this.#asked) this.hits = [...this.hits, ...result.hits];
		} catch {
			// What is shown stays; the next scroll asks again.
		} finally {
			this.#extending = false;
		}
	}
}

export const search = new Search();
