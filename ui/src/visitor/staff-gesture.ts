/**
 * The gesture that opens the staff window: a long press in the start corner of the top edge, then one in the opposite
 * corner soon after. Corners are areas without elements, so they do not cover controls; short touches reach the page.
 */
export const LONG_PRESS_MS = 1500;
export const SECOND_PRESS_WITHIN_MS = 5000;
export type Corner = "start" | "end";

export class StaffGesture {
	#pressed: { corner: Corner; at: number } | null = null;
	#firstPressAt: number | null = null;

	press(corner: Corner | null, now: number): void {
		this.#pressed = corner === null ? null : { corner, at: now };
		if (corner === null) this.#firstPressAt = null;
	}

	cancel(): void {
		this.#pressed = null;
	}

	/** The meaning of a release: a `long` press must not become a click, `open` completes the gesture. */
	release(now: number): "none" | "long" | "open" {
		const pressed = this.#pressed;
		this.#pressed = null;
		if (!pressed || now - pressed.at < LONG_PRESS_MS) return "none";
		if (pressed.corner === "start") {
			this.#firstPressAt = now;
			return "long";
		}
		const open = this.#firstPressAt !== null && pressed.at - this.#firstPressAt <= SECOND_PRESS_WITHIN_MS;
		this.#firstPressAt = null;
		return open ? "open" : "long";
	}
}
