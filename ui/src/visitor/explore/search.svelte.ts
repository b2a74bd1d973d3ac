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
	type Suggestion,
	type TownName,
	visitor,
} from "@/host";

export type Choice = Partial<Omit<ExploreQuery, "lang" | "offset" | "limit">>;
/** Facets of which several values can be chosen. */
export type Multiple = "regions" | "towns" | "subsidiaries" | "types" | "rooms" | "deliveries" | "land_titles";
export const PAGE = 24;
/** The shell answers with at most 100 at once. */
const MOST_AT_ONCE = 4 * PAGE;
/** How long to wait after the shell failed to go on with the list. */
const AGAIN_AFTER_MS = 2000;

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

const ofUnits = ({ types, max_price, min_surface, rooms, aid }: ReturnType<typeof nothing>) =>
	types.length + rooms.length > 0 || max_price !== null || min_surface !== null || aid;

class Search {
	query = $state(nothing());
	result = $state.raw<Explore | null>(null);
	hits = $state.raw<ProjectCard[]>([]);
	failed = $state<string | null>(null);
	/** Where the list was scrolled to when it was left. */
	scroll = 0;
	/** How high each part of the list was drawn, so that parts out of sight keep their room without being there. */
	heights: (number | undefined)[] = [];
	/** Whether the screen is to open with the keyboard at the search field. */
	focus = false;
	/** Changes whenever asking for more came to an end: whoever watches the end of the list looks again. */
	tried = $state(0);
	#asked = 0;
	#extending = false;
	#shown: string | null = null;

	blank(lang: Lang): ExploreQuery {
		return { ...nothing(), lang, offset: 0, limit: PAGE };
	}

	/** Number of filters in force, the words typed apart. */
	get active(): number {
		const { regions, towns, subsidiaries, types, rooms, deliveries, land_titles } = this.query;
		const chosen = [regions, towns, subsidiaries, types, rooms, deliveries, land_titles];
		const { max_price, min_surface, aid, offer } = this.query;
		const single = [max_price !== null, min_surface !== null, aid, offer].filter(Boolean);
		return chosen.reduce((sum, values) => sum + values.length, single.length);
	}

	/** Whether single units are asked for, not only projects. */
	get ofUnits(): boolean {
		return ofUnits(this.query);
	}

	begin(choice: Choice, focus = false): void {
		this.query = { ...nothing(), ...choice };
		this.result = null;
		this.hits = [];
		this.failed = null;
		this.#shown = null;
		this.top();
		this.focus = focus;
	}

	/** Another selection starts at its top. */
	top(): void {
		this.scroll = 0;
		this.heights = [];
	}

	toggle<K extends Multiple>(facet: K, value: (typeof this.query)[K][number]): void {
		const chosen = this.query[facet] as (string | number)[];
		const next = chosen.includes(value) ? chosen.filter((kept) => kept !== value) : [...chosen, value];
		this.query = { ...this.query, [facet]: next };
	}

	set(choice: Choice): void {
		this.query = { ...this.query, ...choice };
	}

	/** Goes into one region; towns chosen there stay. */
	enter(code: string, towns: TownName[]): void {
		const here = new Set(towns.filter((town) => town.region_code === code).map(({ id }) => id));
		this.set({ regions: [code], towns: this.query.towns.filter((id) => here.has(id)) });
	}

	/** Back to the whole country. */
	leave(): void {
		this.set({ regions: [], towns: [] });
	}

	/** Takes a place that was suggested, in the place of the words typed. */
	take({ kind, id }: Pick<Suggestion, "kind" | "id">): void {
		this.set({ text: "", regions: kind === "region" ? [id] : [], towns: kind === "town" ? [id] : [] });
	}

	lift(filter: FilterName): void {
		const field = filter === "budget" ? "max_price" : filter === "surface" ? "min_surface" : filter;
		this.query = { ...this.query, [field]: nothing()[field] };
	}

	/** Lifts all filters; words typed and order stay. */
	reset(): void {
		this.query = { ...nothing(), text: this.query.text, sort: this.query.sort };
	}

	#wanted(lang: Lang): string {
		return JSON.stringify([this.query, lang]);
	}

	/** Asks for what is chosen now, unless it is what is shown. */
	async load(lang: Lang): Promise<void> {
		this.#asked += 1;
		if (this.#wanted(lang) === this.#shown && this.failed === null) return;
		const asked = this.#asked;
		try {
			await this.#showAnew(lang);
		} catch (thrown) {
			if (asked === this.#asked) this.failed = hostError(thrown).code;
		}
	}

	/** Shows what is chosen, all of it from one catalogue, unless something else is asked for meanwhile. */
	async #showAnew(lang: Lang): Promise<void> {
		const wanted = this.#wanted(lang);
		const asked = this.#asked;
		const query = { ...$state.snapshot(this.query), lang, offset: 0, limit: PAGE };
		// Come back to far down the list, in another language: all of it down to there, part by part.
		const down = this.scroll > 0 ? this.hits.length : PAGE;
		const result = await visitor.explore({ ...query, limit: Math.min(MOST_AT_ONCE, Math.max(PAGE, down)) });
		let hits = result.hits;
		while (hits.length < Math.min(down, result.total) && asked === this.#asked) {
			const more = await visitor.explore({ ...query, offset: hits.length, limit: MOST_AT_ONCE });
			if (more.edition !== result.edition) return asked === this.#asked ? this.#showAnew(lang) : undefined;
			if (more.hits.length === 0) break;
			hits = [...hits, ...more.hits];
		}
		if (asked !== this.#asked) return;
		// What was measured of another catalogue's list says nothing of this one's.
		if (result.edition !== this.result?.edition) this.heights = [];
		this.result = result;
		this.hits = hits;
		this.failed = null;
		this.#shown = wanted;
	}

	/** Asks for the next part of the list; the further one went, the more at once. */
	async more(lang: Lang): Promise<void> {
		if (this.#extending || !this.result || this.hits.length >= this.result.total) return;
		// Another selection is on its way: what follows is its own to ask for.
		const shown = this.#wanted(lang);
		if (shown !== this.#shown) return;
		this.#extending = true;
		const asked = this.#asked;
		const offset = this.hits.length;
		try {
			const limit = Math.min(MOST_AT_ONCE, Math.max(PAGE, offset));
			const { edition, hits } = await visitor.explore({ ...$state.snapshot(this.query), lang, offset, limit });
			// Only what continues the list that is shown now, though it was left and come back to meanwhile.
			const continues = shown === this.#shown && offset === this.hits.length;
			if (continues && edition === this.result.edition) this.hits = [...this.hits, ...hits];
			// Another catalogue came: the list is shown anew, as far down as it was.
			else if (continues && asked === this.#asked) await this.#showAnew(lang);
		} catch {
			// What is shown stays.
			await new Promise((done) => setTimeout(done, AGAIN_AFTER_MS));
		} finally {
			this.#extending = false;
			this.tried += 1;
		}
	}
}

export const search = new Search();
