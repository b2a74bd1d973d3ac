/** When a visitor has gone: counts from the last touch, first to the question, then to the end. Time is passed in. */
export class Idle {
	/** Whole seconds left once the question is shown; null before. */
	left = $state<number | null>(null);
	#last: number;

	constructor(
		private readonly limits: { idleMs: number; countdownMs: number },
		now: number,
	) {
		this.#last = now;
	}

	/** Any touch, key or scroll; while the question is shown only an answer counts. */
	touched(now: number): void {
		if (this.left === null) this.#last = now;
	}

	stay(now: number): void {
		this.#last = now;
		this.left = null;
	}

	/** True once the visit is over. */
	tick(now: number): boolean {
		const over = now - this.#last - this.limits.idleMs;
		if (over < 0) {
			this.left = null;
			return false;
		}
		this.left = Math.max(0, Math.ceil((this.limits.countdownMs - over) / 1000));
		return over >= this.limits.countdownMs;
	}
}
