/**
 * One visit: where the visitor is, what was booted, what was kept. All of it in this page's memory only; the end of a
 * visit is a reload of the page, so nothing can be forgotten to be wiped.
 */
import { type Boot, hostError, type Lang, type ShortlistItem, visitor } from "@/host";
import { i18n } from "@/i18n/index.svelte";

export type Screen =
	| { name: "attract" }
	| { name: "home" }
	| { name: "explore" }
	| { name: "project"; id: string }
	| { name: "shortlist" }
	| { name: "compare" }
	| { name: "takeaway" }
	| { name: "lead" }
	| { name: "thanks" };

/** As many as a visitor can still tell apart; a longer list is a second catalogue. */
export const MOST_SAVED = 20;

class Visit {
	boot = $state.raw<Boot | null>(null);
	/** Code of the error that kept the window from starting, if any. */
	failed = $state<string | null>(null);
	#stack = $state.raw<Screen[]>([{ name: "attract" }]);
	/** What the visitor saved, projects or single units, oldest first. */
	shortlist = $state.raw<ShortlistItem[]>([]);
	/** True once something could not be saved because there are as many as can be kept; whoever says so takes it back. */
	overfull = $state(false);
	/** What is laid side by side, or taken away. */
	chosen = $state.raw<ShortlistItem[]>([]);
	/** Ids of projects the visitor asks to be called about; the lead form starts from them. */
	about = $state<string[]>([]);
	/** Titles of saved or chosen projects, for lists that must not wait for the shell. */
	titles = $state<Record<string, string>>({});

	get screen(): Screen {
		return this.#stack[this.#stack.length - 1] ?? { name: "attract" };
	}
	get canGoBack(): boolean {
		return this.#stack.length > 1;
	}
	/** Ids of the projects saved, whole or by a unit, each once. */
	get selection(): string[] {
		return [...new Set(this.shortlist.map((item) => item.project))];
	}

	/** Loads what every screen needs, in the language asked, or the stop's first one. */
	async start(lang: Lang | null = null): Promise<void> {
		try {
			const boot = await visitor.boot(lang);
			const first = this.boot === null;
			this.boot = boot;
			this.failed = null;
			i18n.offer(boot.languages);
			if (first && lang === null) i18n.use(i18n.offered[0] ?? "fr");
		} catch (thrown) {
			this.failed = hostError(thrown).code;
		}
	}

	/** Switches language in place: words and catalogue texts follow, nothing typed or chosen changes. */
	speak(lang: Lang): void {
		if (lang === i18n.lang) return;
		i18n.use(lang);
		void this.start(lang);
	}

	begin(lang?: Lang): void {
		if (lang) this.speak(lang);
		this.#stack = [{ name: "home" }];
	}

	go(screen: Screen): void {
		if (same(screen, this.screen)) return;
		// Home is the root: going there forgets the way, so that "back" never runs in a circle.
		this.#stack = screen.name === "home" ? [screen] : [...this.#stack, screen];
	}

	/** Puts another screen in the place of this one, so that "back" does not return to it. */
	replace(screen: Screen): void {
		this.#stack = [...this.#stack.slice(0, -1), screen];
	}

	back(): void {
		this.#stack = this.#stack.length > 1 ? this.#stack.slice(0, -1) : [{ name: "home" }];
	}

	/** Opens the lead form, about these projects if any. Titles must be known in `titles`. */
	callAbout(ids: string[]): void {
		this.about = [...new Set([...this.about, ...ids])];
		this.go({ name: "lead" });
	}

	/** Whether the project itself is saved, or with `unit` that one unit of it. */
	saved(project: string, unit: string | null = null): boolean {
		return this.shortlist.some((item) => sameItem(item, { project, unit }));
	}

	/** Saves a project, or one unit of it, or lets go of it again. `title` is the project's. */
	toggleSaved(project: string, unit: string | null, title: string): void {
		this.titles[project] = title;
		const item = { project, unit };
		if (this.saved(project, unit)) this.shortlist = this.shortlist.filter((kept) => !sameItem(kept, item));
		else this.keep(item, this.shortlist.length);
	}

	/** Puts an item at its place: at the end, or where it was before it was taken out. */
	keep(item: ShortlistItem, at: number): void {
		if (this.saved(item.project, item.unit)) return;
		if (this.shortlist.length >= MOST_SAVED) this.overfull = true;
		else this.shortlist = [...this.shortlist.slice(0, at), item, ...this.shortlist.slice(at)];
	}

	/** Opens the comparison of these, or what can be taken away of them. */
	lay(items: ShortlistItem[], where: "compare" | "takeaway"): void {
		this.chosen = items;
		this.go({ name: where });
	}

	/** Ends the visit: the page and everything in its memory goes, the attract screen comes back. */
	end(): void {
		window.location.reload();
	}
}

export function sameItem(a: ShortlistItem, b: ShortlistItem): boolean {
	return a.project === b.project && a.unit === b.unit;
}

function same(a: Screen, b: Screen): boolean {
	return a.name === b.name && (a.name !== "project" || (b.name === "project" && a.id === b.id));
}

export const visit = new Visit();
