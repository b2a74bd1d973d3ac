/**
 * One closing of a day: the choices with their defaults, its progress and its receipt. The host is passed in. Must not
 * know: how screens look.
 */
import type {
	CloseOrder,
	ClosingProgress,
	DayReceipt,
	DayRow,
	Destination,
	ExportFormat,
	ExportScope,
	Lang,
} from "@/host";

/** In the order in which staff see them. Readable files are never preselected. */
export const FORMATS: readonly ExportFormat[] = ["age", "xlsx", "csv"];

/** The commands of a closing. */
export interface ClosingHost {
	closeDay(order: CloseOrder): Promise<DayReceipt>;
	closeProgress(): Promise<ClosingProgress>;
	cancelClose(): Promise<null>;
}

const IDLE: ClosingProgress = { stage: "idle", done: 0, of: 0 };

export class Closing {
	/** The chosen day, or `null` for all of them. */
	day = $state<string | null>(null);
	scope = $state<ExportScope>("all");
	formats = $state<ExportFormat[]>(["age"]);
	destination = $state<string | null>(null);
	initials = $state("");
	running = $state(false);
	cancelling = $state(false);
	progress = $state.raw<ClosingProgress>(IDLE);
	receipt = $state.raw<DayReceipt | null>(null);
	#chosenDay = false;
	#chosenPlace = false;

	constructor(private readonly host: ClosingHost) {}

	/** Chooses the latest day and the first stick, unless staff have chosen something that is still there. */
	preselect(days: DayRow[], destinations: Destination[]): void {
		if (!this.#chosenDay) this.day = latestFirst(days)[0]?.day ?? null;
		const isThere = destinations.some(({ path }) => path === this.destination);
		if (this.#chosenPlace && isThere) return;
		this.#chosenPlace = false;
		this.destination = sticksFirst(destinations)[0]?.path ?? null;
	}

	chooseDay(day: string | null): void {
		this.#chosenDay = true;
		this.day = day;
		this.scope = "all";
	}

	choosePlace(path: string): void {
		this.#chosenPlace = true;
		this.destination = path;
	}

	toggle(format: ExportFormat): void {
		const isChosen = (name: ExportFormat) => (name === format) !== this.formats.includes(name);
		this.formats = FORMATS.filter(isChosen);
	}

	/** Writes the files. The choices stay after an error, so that staff can take another stick. */
	async run(lang: Lang): Promise<void> {
		if (this.running || this.destination === null || this.formats.length === 0) return;
		this.running = true;
		this.cancelling = false;
		this.progress = IDLE;
		try {
			this.receipt = await this.host.closeDay({
				day: this.day,
				scope: this.scope,
				formats: this.formats,
				destination: this.destination,
				lang,
				initials: this.initials.trim() || null,
			});
		} finally {
			this.running = false;
		}
	}

	/** Reads the progress. Returns whether there was any. */
	async follow(): Promise<boolean> {
		const before = this.progress;
		this.progress = await this.host.closeProgress();
		return before.stage !== this.progress.stage || before.done !== this.progress.done;
	}

	async cancel(): Promise<void> {
		this.cancelling = true;
		await this.host.cancelClose();
	}

	/** Begins another closing with the same choices. */
	startAgain(): void {
		this.receipt = null;
		this.scope = "all";
	}
}

export const latestFirst = (days: DayRow[]): DayRow[] => days.toSorted((a, b) => b.day.localeCompare(a.day));

export const sticksFirst = (destinations: Destination[]): Destination[] =>
	destinations.toSorted((a, b) => Number(b.removable) - Number(a.removable));
