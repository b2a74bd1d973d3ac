/**
 * Installs catalogue bundles from USB sticks: which bundles there are, and the import in progress. It outlives the
 * screen that started it and continues to follow an import after the window was locked. The host is passed in. Must not
 * know: how screens look.
 */
import { type HostError, hostError, type ImportProgress, type UsbBundle } from "@/host";

/** The commands an import needs. */
export interface ImportHost {
	sticks(): Promise<UsbBundle[]>;
	import(path: string): Promise<number>;
	importProgress(): Promise<ImportProgress>;
}

/** The result of an import: the version that is shown now, or the error. */
export type ImportResult =
	| { version: number; already: boolean; pictures: number; bundle: UsbBundle | null }
	| { error: HostError; bundle: UsbBundle | null };

const RUNNING_STAGES: ImportProgress["stage"][] = ["checking", "pictures", "installing"];
const NO_PROGRESS: ImportProgress = { stage: "idle", done: 0, of: 0, version: null, refused: null };

export class BundleImport {
	/** Bundles found; `null` before the first scan. */
	bundles = $state.raw<UsbBundle[] | null>(null);
	running = $state(false);
	progress = $state.raw<ImportProgress>(NO_PROGRESS);
	result = $state.raw<ImportResult | null>(null);
	/** The bundle being imported; `null` when another page started the import. */
	bundle = $state.raw<UsbBundle | null>(null);
	/** Whether this page started the import and gets its result; otherwise only the progress shows the end. */
	#ownImport = false;
	/** Grows with every start and end; answers to requests from before are ignored. */
	#generation = 0;
	#scanning: Promise<void> | null = null;

	constructor(private readonly host: ImportHost) {}

	/** Scans the USB sticks, or waits for the scan in progress. */
	scan(): Promise<void> {
		this.#scanning ??= this.#scan().finally(() => {
			this.#scanning = null;
		});
		return this.#scanning;
	}

	async #scan(): Promise<void> {
		this.bundles = await this.host.sticks();
	}

	/** Imports a bundle; `shown` is the version visitors see now. */
	async load(bundle: UsbBundle, shown: number | null): Promise<void> {
		if (this.running) return;
		this.#ownImport = true;
		this.#generation += 1;
		this.running = true;
		this.bundle = bundle;
		this.progress = NO_PROGRESS;
		this.result = null;
		try {
			const version = await this.host.import(bundle.path);
			const { done } = await this.host.importProgress().catch(() => this.progress);
			this.result = { version, already: version === shown, pictures: done, bundle };
		} catch (thrown) {
			this.result = { error: hostError(thrown), bundle };
		} finally {
			this.running = false;
			this.#ownImport = false;
			this.#generation += 1;
		}
	}

	/** Reads the progress. Also follows an import that another page started. */
	async followProgress(): Promise<void> {
		const generation = this.#generation;
		const progress = await this.host.importProgress();
		if (generation !== this.#generation) return;
		const isRunning = RUNNING_STAGES.includes(progress.stage);
		if (this.#ownImport) {
			// Until the import starts, the shell still reports the end of the one before.
			if (isRunning) this.progress = progress;
			return;
		}
		if (isRunning) {
			this.running = true;
			this.progress = progress;
			return;
		}
		if (!this.running) return;
		this.running = false;
		const { version, refused, done } = progress;
		this.result =
			version === null
				? { error: { code: refused ?? "internal", params: {}, fields: [] }, bundle: this.bundle }
				: { version, already: false, pictures: done, bundle: this.bundle };
	}

	/** Removes the result once staff have read it. */
	dismiss(): void {
		this.result = null;
		this.bundle = null;
	}
}
