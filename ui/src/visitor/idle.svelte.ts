/** Detects that a visitor has left: a time without touch, then a question with a countdown. The time is passed in.
 * `shell/IdlePanel.svelte` asks the question and calls `visit.end()`, which reloads the page: nothing of the visit remains. */
export interface IdleLimits {
	/** Time without touch before the question. It may change with the screen. */
	readonly idleMs: number;
	readonly countdownMs: number;
}

export class Idle {
	/** Whole seconds until the visit ends; `null` while the question is not shown. */
	secondsLeft = $state<number | null>(null);
	#lastActivityAt: number;

	constructor(
		private readonly limits: IdleLimits,
		now: number,
	) {
		this.#lastActivityAt = now;
	}

	/**
	 * Call on every touch, key or scroll. While the question is shown, it stays until the finger lifts, so that the touch
	 * does not reach the page below; the countdown starts again.
	 */
	noteActivity(now: number): void {
		this.#lastActivityAt = this.secondsLeft === null ? now : now - this.limits.idleMs;
	}

	stay(now: number): void {
		this.#lastActivityAt = now;
		this.secondsLeft = null;
	}

	/** Returns whether the visit has ended. */
	tick(now: number): boolean {
		const overdue = now - this.#lastActivityAt - this.limits.idleMs;
		if (overdue < 0) {
			this.secondsLeft = null;
			return false;
		}
		this.secondsLeft = Math.max(0, Math.ceil((this.limits.countdownMs - overdue) / 1000));
		return overdue >= this.limits.countdownMs;
	}
}
