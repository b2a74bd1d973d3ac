/**
 * Where the staff window stands: closed behind its PIN, locked out, or open at a screen. It locks itself when left
 * alone, and whenever the shell says that it is locked. Lock-out is counted by the shell; here it only runs down.
 * Knows nothing of how screens look; the shell and the clock are passed in.
 */
import { type HostError, hostError, type StaffState } from "@/host";
import { writeIn } from "./words";

export const SCREENS = ["today", "close", "leads", "catalogue", "audit"] as const;
export type Screen = (typeof SCREENS)[number];

export const LEFT_ALONE_MS = 3 * 60_000;
const MAX_DIGITS = 12;

export interface Shell {
	state(): Promise<StaffState>;
	unlock(pin: string): Promise<null>;
	passphrase(passphrase: string): Promise<{ resealed: number }>;
	lock(): Promise<null>;
	leave(): Promise<null>;
}

export class Session {
	state = $state.raw<StaffState | null>(null);
	screen = $state<Screen>("today");
	pin = $state("");
	busy = $state(false);
	error = $state.raw<HostError | null>(null);
	/** When the lock-out ends, on the clock passed in. */
	#freeAt = $state(0);
	/** One more with every closing: what was asked before it has no say after it. */
	#visit = 0;
	#now = $state(0);
	#touchedAt = 0;

	constructor(
		private readonly shell: Shell,
		private readonly clock: () => number,
	) {
		this.#now = clock();
	}

	get unlocked(): boolean {
		return this.state?.unlocked ?? false;
	}

	/** Seconds until another PIN may be tried; 0 when one may be tried now. */
	get lockedFor(): number {
		return Math.max(0, Math.ceil((this.#freeAt - this.#now) / 1000));
	}

	/** What stands on the glass. */
	get showing(): Screen | "pin" {
		return this.unlocked ? this.screen : "pin";
	}

	/** Reads where the shell stands: at the start, and when the window comes back to the front. */
	async refresh(): Promise<void> {
		try {
			this.#take(await this.shell.state());
			if (this.error?.code === "internal") this.error = null;
		} catch (thrown) {
			this.error = hostError(thrown);
		}
	}

	digit(digit: string): void {
		if (this.lockedFor > 0 || this.busy || this.pin.length >= MAX_DIGITS) return;
		this.error = null;
		this.pin += digit;
	}

	erase(): void {
		this.pin = this.pin.slice(0, -1);
	}

	async unlock(): Promise<void> {
		if (this.pin === "" || this.busy || this.lockedFor > 0) return;
		const pin = this.pin;
		this.pin = "";
		const visit = this.#visit;
		await this.#run(async () => {
			await this.shell.unlock(pin);
			if (visit !== this.#visit) return;
			this.screen = "today";
			this.touched();
			await this.refresh();
		});
	}

	/** Opens the leads; answers how many could be sealed for the platform by that, or null when it failed. */
	async open(passphrase: string): Promise<number | null> {
		let resealed: number | null = null;
		const visit = this.#visit;
		await this.#run(async () => {
			({ resealed } = await this.shell.passphrase(passphrase));
			if (visit === this.#visit) await this.refresh();
		});
		return resealed;
	}

	/** Closes the window's contents at once, whatever the shell answers and whatever is still under way. */
	async lock(): Promise<void> {
		this.#close();
		try {
			await this.shell.lock();
			await this.refresh();
		} catch (thrown) {
			this.error = hostError(thrown);
		}
	}

	async leave(): Promise<void> {
		this.#close();
		try {
			// A lock that fails is no reason to keep staff here: the shell locks when its window goes.
			await this.shell.lock().catch(() => null);
			await this.shell.leave();
		} catch (thrown) {
			this.error = hostError(thrown);
		}
	}

	go(screen: Screen): void {
		this.error = null;
		this.screen = screen;
	}

	/** Any touch or key. */
	touched(): void {
		this.#touchedAt = this.clock();
	}

	/** Call every second: runs the lock-out down and locks what was left alone. */
	tick(): void {
		this.#now = this.clock();
		if (this.unlocked && this.#now - this.#touchedAt >= LEFT_ALONE_MS) void this.lock();
		if (!this.unlocked && this.pin !== "" && this.#now - this.#touchedAt >= LEFT_ALONE_MS) this.pin = "";
	}

	/** A screen's own request was refused; one that says "locked" locks the window, unless it is locked already. */
	refused(thrown: unknown): HostError {
		const error = hostError(thrown);
		if (error.code === "locked" && this.unlocked) {
			this.#close();
			this.error = error;
			void this.refresh();
		}
		if (error.code === "leads_locked" && this.state) this.state = { ...this.state, leads_open: false };
		return error;
	}

	#close(): void {
		this.#visit += 1;
		this.pin = "";
		this.error = null;
		this.screen = "today";
		if (this.state) this.state = { ...this.state, unlocked: false, leads_open: false };
	}

	#take(state: StaffState): void {
		this.state = state;
		writeIn(state.time_zone);
		this.#now = this.clock();
		this.#freeAt = this.#now + state.locked_for_seconds * 1000;
	}

	async #run(act: () => Promise<void>): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.error = null;
		try {
			await act();
		} catch (thrown) {
			const error = this.refused(thrown);
			this.error = error;
			this.#now = this.clock();
			if (error.code === "locked_out") this.#freeAt = this.#now + Number(error.params.seconds ?? 0) * 1000;
		} finally {
			this.busy = false;
		}
	}
}
