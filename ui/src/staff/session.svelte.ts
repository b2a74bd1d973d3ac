/**
 * The staff session: locked, locked out after wrong PINs, or open at a screen. It locks after a time without activity,
 * and when the shell reports that it is locked. Locked, the window closes after a time without activity. The shell counts the lock-out; this module only counts it down. The
 * host and the clock are passed in. Must not know: how screens look.
 */
import { type HostError, hostError, type StaffState } from "@/host";

export const SCREENS = ["today", "close", "leads", "catalogue", "audit", "device"] as const;
export type Screen = (typeof SCREENS)[number];

/** The session locks after this time without a touch or key. */
export const INACTIVITY_LIMIT_MS = 3 * 60_000;
/** The window closes after this time without a touch or key while it is locked. */
export const LOCKED_LIMIT_MS = 60_000;
const MAX_PIN_DIGITS = 12;

/** The commands a session needs. */
export interface SessionHost {
	state(): Promise<StaffState>;
	unlock(pin: string): Promise<null>;
	passphrase(passphrase: string): Promise<{ resealed: number }>;
	lock(): Promise<null>;
	leave(): Promise<null>;
}

export class StaffSession {
	state = $state.raw<StaffState | null>(null);
	screen = $state<Screen>("today");
	pin = $state("");
	busy = $state(false);
	error = $state.raw<HostError | null>(null);
	/** Set by a screen with something unsaved: is called before another screen is shown, and calls `go` to let it. */
	beforeLeaving: ((go: () => void) => void) | null = null;
	/** When the lock-out ends, on the clock that was passed in. */
	#lockoutEndsAt = $state(0);
	/** Grows with every reset; answers to requests from before a reset are ignored. */
	#generation = 0;
	#now = $state(0);
	#lastActivityAt = 0;

	constructor(
		private readonly host: SessionHost,
		private readonly clock: () => number,
	) {
		this.#now = clock();
		this.#lastActivityAt = this.#now;
	}

	get unlocked(): boolean {
		return this.state?.unlocked ?? false;
	}

	/** Seconds until another PIN may be tried; 0 when one may be tried now. */
	get lockoutSeconds(): number {
		return Math.max(0, Math.ceil((this.#lockoutEndsAt - this.#now) / 1000));
	}

	/** The screen that is shown. */
	get showing(): Screen | "pin" {
		return this.unlocked ? this.screen : "pin";
	}

	/** Reads the state of the shell. Called at the start and when the window becomes visible again. */
	async refresh(): Promise<void> {
		try {
			this.#apply(await this.host.state());
			if (this.error?.code === "internal") this.error = null;
		} catch (thrown) {
			this.error = hostError(thrown);
		}
	}

	digit(digit: string): void {
		if (this.lockoutSeconds > 0 || this.busy || this.pin.length >= MAX_PIN_DIGITS) return;
		this.error = null;
		this.pin += digit;
	}

	erase(): void {
		this.pin = this.pin.slice(0, -1);
	}

	async unlock(): Promise<void> {
		if (this.pin === "" || this.busy || this.lockoutSeconds > 0) return;
		const pin = this.pin;
		this.pin = "";
		const generation = this.#generation;
		await this.#run(async () => {
			await this.host.unlock(pin);
			if (generation !== this.#generation) return;
			this.screen = "today";
			this.noteActivity();
			await this.refresh();
		});
	}

	/** Opens the leads, and the window if it is locked. Returns how many leads this made ready to send, or `null` when it failed. */
	async open(passphrase: string): Promise<number | null> {
		let resealed: number | null = null;
		const generation = this.#generation;
		await this.#run(async () => {
			({ resealed } = await this.host.passphrase(passphrase));
			if (generation !== this.#generation) return;
			this.noteActivity();
			await this.refresh();
		});
		return resealed;
	}

	/** Locks the window at once, independent of the answer of the shell and of requests in flight. */
	async lock(): Promise<void> {
		this.#reset();
		try {
			await this.host.lock();
			await this.refresh();
		} catch (thrown) {
			this.error = hostError(thrown);
		}
	}

	async leave(): Promise<void> {
		this.#reset();
		try {
			// Leave even if locking fails: the shell locks when its window closes.
			await this.host.lock().catch(() => null);
			await this.host.leave();
		} catch (thrown) {
			this.error = hostError(thrown);
		}
	}

	/** Shows another screen, once the one shown lets it: see `beforeLeaving`. */
	go(screen: Screen): void {
		const go = () => {
			this.error = null;
			this.screen = screen;
		};
		if (this.beforeLeaving && screen !== this.screen) this.beforeLeaving(go);
		else go();
	}

	/** Call on every touch and key. */
	noteActivity(): void {
		this.#lastActivityAt = this.clock();
	}

	/** Call every second: counts the lock-out down, and locks or closes the window after a time without activity. */
	tick(): void {
		this.#now = this.clock();
		const inactiveFor = this.#now - this.#lastActivityAt;
		if (this.unlocked && inactiveFor >= INACTIVITY_LIMIT_MS) void this.lock();
		else if (!this.unlocked && !this.busy && inactiveFor >= LOCKED_LIMIT_MS) void this.leave();
	}

	/** Handles the error of a screen's request and returns it. The code "locked" locks the window unless it is locked. */
	handleError(thrown: unknown): HostError {
		const error = hostError(thrown);
		if (error.code === "locked" && this.unlocked) {
			this.#reset();
			this.error = error;
			void this.refresh();
		}
		if (error.code === "leads_locked" && this.state) this.state = { ...this.state, leads_open: false };
		return error;
	}

	#reset(): void {
		this.#generation += 1;
		this.noteActivity();
		this.pin = "";
		this.error = null;
		this.screen = "today";
		if (this.state) this.state = { ...this.state, unlocked: false, leads_open: false };
	}

	#apply(state: StaffState): void {
		this.state = state;
		this.#now = this.clock();
		this.#lockoutEndsAt = this.#now + state.locked_for_seconds * 1000;
	}

	async #run(act: () => Promise<void>): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.error = null;
		try {
			await act();
		} catch (thrown) {
			const error = this.handleError(thrown);
			this.error = error;
			this.#now = this.clock();
			if (error.code === "locked_out") this.#lockoutEndsAt = this.#now + Number(error.params.seconds ?? 0) * 1000;
		} finally {
			this.busy = false;
		}
	}
}
