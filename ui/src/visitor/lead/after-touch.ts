/** Waits for the end of a touch, so that nothing moves under the finger. Must not know: what waits. */
let isTouched = false;
let waiting: (() => void)[] = [];

function lifted(): void {
	isTouched = false;
	const actions = waiting;
	waiting = [];
	// The click of this touch comes first.
	if (actions.length > 0)
		setTimeout(() => {
			for (const action of actions) action();
		});
}

const passive = { capture: true, passive: true };
window.addEventListener("pointerdown", () => (isTouched = true), passive);
for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, lifted, passive);

/** Runs the action now, or after the touch in progress. */
export function afterTouch(action: () => void): void {
	if (isTouched) waiting.push(action);
	else action();
}
