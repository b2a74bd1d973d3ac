/**
 * The staff gesture: a long press in the corner at the start of the top, then one in the opposite corner, in a short
 * time. Corners are known by place only: nothing lies over the controls there, and a touch of usual length is theirs.
 */
export const HOLD_MS = 1500;
export const WITHIN_MS = 5000;
export type Corner = "start" | "end";

export class Gesture {
	#pressed: { corner: Corner; at: number } | null = null;
	#first: number | null = null;

	press(corner: Corner | null, now: number): void {
		this.#pressed = corner === null ? null : { corner, at: now };
		if (corner === null) this.#first = null;
	}

	cancel(): void {
		this.#pressed = null;
	}

	/** What a release means: `long` presses are not to become clicks, `open` is the whole gesture. */
	release(now: number): "none" | "long" | "open" {
		const pressed = this.#pressed;
		this.#pressed = null;
		if (!pressed || now - pressed.at < HOLD_MS) return "none";
		if (pressed.corner === "start") {
			this.#first = now;
			return "long";
		}
		const open = this.#first !== null && pressed.at - this.#first <= WITHIN_MS;
		this.#first = null;
		return open ? "open" : "long";
	}
}
