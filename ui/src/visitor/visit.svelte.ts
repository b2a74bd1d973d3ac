/**
 * One visit: the current screen, the data every screen needs, the shortlist. Everything is in the memory of this page
 * only. The end of a visit reloads the page, so nothing of a visitor can remain.
 */
import { type Boot, hostError, type Lang, type ShortlistItem, visitor } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { noteEnd } from "./visit-events";

export type Screen =
	| { name: "attract" }
	| { name: "home" }
	| { name: "explore" }
	/** `unit`: the unit whose sheet is open at first. */
	| { name: "project"; id: string; unit?: string | null }
	| { name: "afford" }
	/** `unit`: the unit whose sheet opened the questions. */
	| { name: "aid"; unit?: ShortlistItem }
	| { name: "summer"; offPlan?: boolean; aid?: boolean }
	| { name: "shortlist" }
	| { name: "compare" }
	| { name: "takeaway" }
	/** Guides and partners. */
	| { name: "guides" }
	| { name: "guide"; id: string }
	| { name: "partner"; id: string }
	| { name: "lead" }
	| { name: "thanks" };

/** The first start is tried again after this time. */
export const START_RETRY_MS = 5_000;
const LONG_SCREENS: ReadonlySet<Screen["name"]> = new Set<Screen["name"]>([
	"project",
	"afford",
	"aid",
	"summer",
	"compare",
	"takeaway",
	"guide",
	"lead",
	"thanks",
]);

/** Maximum number of saved items; a longer list would not help visitors. */
export const MAX_SAVED = 20;

class Visit {
	boot = $state.raw<Boot | null>(null);
	/** Code of the error when the start failed. */
	failed = $state<string | null>(null);
	#startRetry: ReturnType<typeof setTimeout> | undefined;
	#stack = $state.raw<Screen[]>([{ name: "attract" }]);
	/** Saved projects and units, oldest first. */
	shortlist = $state.raw<ShortlistItem[]>([]);
	/** Whether saving failed because the shortlist is full. The sheet that explains it resets the flag. */
	shortlistFull = $state(false);
	/** Items to compare or to take away. */
	chosen = $state.raw<ShortlistItem[]>([]);
	/** Projects and units the visitor wants a call about; the lead form starts with them. */
	about = $state.raw<ShortlistItem[]>([]);
	/** Titles of projects by id, for lists that must not wait for the shell. */
	titles = $state<Record<string, string>>({});

	get screen(): Screen {
		return this.#stack[this.#stack.length - 1] ?? { name: "attract" };
	}
	get canGoBack(): boolean {
		return this.#stack.length > 1;
	}
	/** Whether the screen takes long to read or to fill in, so that the visit waits longer for a touch. */
	get onLongScreen(): boolean {
		return LONG_SCREENS.has(this.screen.name);
	}

	/**
	 * Loads the data every screen needs, in `lang` or in the first language of the stop. Retries automatically until it
	 * has succeeded once.
	 */
	async start(lang: Lang | null = null): Promise<void> {
		clearTimeout(this.#startRetry);
		try {
			const boot = await visitor.boot(lang);
			const first = this.boot === null;
			this.boot = boot;
			this.failed = null;
			i18n.offer(boot.languages);
			if (first && lang === null) i18n.use(i18n.offered[0] ?? "fr");
		} catch (thrown) {
			this.failed = hostError(thrown).code;
			if (this.boot === null) this.#startRetry = setTimeout(() => void this.start(lang), START_RETRY_MS);
		}
	}

	/** Switches the language. Messages and catalogue texts change; answers and choices stay. */
	setLanguage(lang: Lang): void {
		if (lang === i18n.lang) return;
		i18n.use(lang);
		void this.start(lang);
	}

	begin(lang?: Lang): void {
		if (lang) this.setLanguage(lang);
		this.#stack = [{ name: "home" }];
	}

	go(screen: Screen): void {
		if (isSameScreen(screen, this.screen)) return;
		// Home is the root: opening it clears the history, so that "back" never runs in a circle.
		this.#stack = screen.name === "home" ? [screen] : [...this.#stack, screen];
	}

	/** Replaces the current screen, so that "back" does not return to it. */
	replace(screen: Screen): void {
		this.#stack = [...this.#stack.slice(0, -1), screen];
	}

	back(): void {
		this.#stack = this.#stack.length > 1 ? this.#stack.slice(0, -1) : [{ name: "home" }];
	}

	/** Opens a project with the sheet of one of its units; on the same page, another unit replaces the open one. */
	openUnit(project: string, unit: string): void {
		const screen: Screen = { name: "project", id: project, unit };
		if (isSameScreen(screen, this.screen)) this.#stack = [...this.#stack.slice(0, -1), screen];
		else this.go(screen);
	}

	/** Opens the lead form with these projects and units, whose project titles must be in `titles`. */
	callAbout(items: readonly ShortlistItem[]): void {
		this.askAbout(items);
		this.go({ name: "lead" });
	}

	/** Adds projects and units to the request. A unit stands for its project, which is not named besides. */
	askAbout(items: readonly ShortlistItem[]): void {
		const all = [...this.about, ...items];
		const named = all.filter((item, at) => all.findIndex((other) => sameItem(other, item)) === at);
		const withUnit = new Set(named.filter((item) => item.unit !== null).map((item) => item.project));
		this.about = named.filter((item) => item.unit !== null || !withUnit.has(item.project));
	}

	/** Whether the request names the item, or for a whole project one of its units. */
	isAskedAbout({ project, unit }: ShortlistItem): boolean {
		return this.about.some((asked) => asked.project === project && (unit === null || asked.unit === unit));
	}

	/** Removes a project or unit from the request. */
	stopAskingAbout(item: ShortlistItem): void {
		this.about = this.about.filter((other) => !sameItem(other, item));
	}

	/** Whether the project is saved, or with `unit` that unit of it. */
	isSaved(project: string, unit: string | null = null): boolean {
		return this.shortlist.some((item) => sameItem(item, { project, unit }));
	}

	/** Saves or removes a project, or one unit of it. `title` is the title of the project. */
	toggleSaved(project: string, unit: string | null, title: string): void {
		this.titles[project] = title;
		const item = { project, unit };
		if (this.isSaved(project, unit)) this.shortlist = this.shortlist.filter((kept) => !sameItem(kept, item));
		else this.insert(item, this.shortlist.length);
	}

	/** Inserts an item at an index. */
	insert(item: ShortlistItem, at: number): void {
		if (this.isSaved(item.project, item.unit)) return;
		if (this.shortlist.length >= MAX_SAVED) this.shortlistFull = true;
		else this.shortlist = [...this.shortlist.slice(0, at), item, ...this.shortlist.slice(at)];
	}

	/** Opens the comparison or the takeaway of these items. */
	openWith(items: ShortlistItem[], where: "compare" | "takeaway"): void {
		this.chosen = items;
		this.go({ name: where });
	}

	/**
	 * Ends the visit: reloads the page, which clears its memory and shows the start screen. `unattendedSeconds`: how long
	 * nobody touched the screen before.
	 */
	end(unattendedSeconds = 0): void {
		noteEnd(unattendedSeconds);
		window.location.reload();
	}
}

export function sameItem(a: ShortlistItem, b: ShortlistItem): boolean {
	return a.project === b.project && a.unit === b.unit;
}

function isSameScreen(a: Screen, b: Screen): boolean {
	const id = (screen: Screen) => ("id" in screen ? screen.id : null);
	return a.name === b.name && id(a) === id(b);
}

export const visit = new Visit();
