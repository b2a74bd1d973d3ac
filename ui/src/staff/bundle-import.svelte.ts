/**
 * Catalogues on sticks: which there are, and the one being loaded. It outlives the screen that began it, and takes up
 * what was under way when the window had locked. Knows nothing of how screens look; the shell is passed in.
 */
import { type HostError, hostError, type ImportProgress, type StickBundle } from "@/host";

export interface Shelf {
	sticks(): Promise<StickBundle[]>;
	import(path: string): Promise<number>;
	importProgress(): Promise<ImportProgress>;
}

/** What became of a loading: the version that is shown now, or why there is none. */
export type Ending =
	| { version: number; already: boolean; pictures: number; bundle: StickBundle | null }
	| { error: HostError; bundle: StickBundle | null };

const UNDER_WAY: ImportProgress["stage"][] = ["checking", "pictures", "installing"];
const NOTHING: ImportProgress = { stage: "idle", done: 0, of: 0, version: null, refused: null };

export class Supply {
	/** Null until the kiosk has looked. */
	sticks = $state.raw<StickBundle[] | null>(null);
	running = $state(false);
	progress = $state.raw<ImportProgress>(NOTHING);
	ending = $state.raw<Ending | null>(null);
	/** The bundle being loaded; null when another page began it. */
	bundle = $state.raw<StickBundle | null>(null);
	/** This page awaits the end itself; otherwise only the progress tells. */
	#mine = false;
	/** One more with every beginning and end: what was asked before has no say after it. */
	#turn = 0;
	#looking: Promise<void> | null = null;

	constructor(private readonly shelf: Shelf) {}

	/** Looks for sticks, or waits for the look under way. */
	look(): Promise<void> {
		this.#looking ??= this.#look().finally(() => {
			this.#looking = null;
		});
		return this.#looking;
	}

	async #look(): Promise<void> {
		this.sticks = await this.shelf.sticks();
	}

	/** Loads a bundle; `shown` is the version visitors see now. */
	async load(bundle: StickBundle, shown: number | null): Promise<void> {
		if (this.running) return;
		this.#mine = true;
		this.#turn += 1;
		this.running = true;
		this.bundle = bundle;
		this.progress = NOTHING;
		this.ending = null;
		try {
			const version = await this.shelf.import(bundle.path);
			const { done } = await this.shelf.importProgress().catch(() => this.progress);
			this.ending = { version, already: version === shown, pictures: done, bundle };
		} catch (thrown) {
			this.ending = { error: hostError(thrown), bundle };
		} finally {
			this.running = false;
			this.#mine = false;
			this.#turn += 1;
		}
	}

	/** Asks how far it is; takes up a loading that is under way and not this page's. */
	async follow(): Promise<void> {
		const turn = this.#turn;
		const progress = await this.shelf.importProgress();
		if (turn !== this.#turn) return;
		const underWay = UNDER_WAY.includes(progress.stage);
		if (this.#mine) {
			// Until the shell begins, it still tells the end of the one before.
			if (underWay) this.progress = progress;
			return;
		}
		if (underWay) {
			this.running = true;
			this.progress = progress;
			return;
		}
		if (!this.running) return;
		this.running = false;
		const { version, refused, done } = progress;
		this.ending =
			version === null
				? { error: { code: refused ?? "internal", params: {}, fields: [] }, bundle: this.bundle }
				: { version, already: false, pictures: done, bundle: this.bundle };
	}

	/** The end has been read. */
	read(): void {
		this.ending = null;
		this.bundle = null;
	}
}
