/**
 * Turns the touch events of the keyboard into pointer and click events of single keys. WebKitGTK sends pointer events
 * for a touch only when the finger lifts, and only for one finger. The keys have to react when a finger lands, for
 * several fingers at a time, and know how long it stays. Must not know: what a key does.
 */

/**
 * A Svelte action for the element that contains the keys. `release` is called when a finger lifts from a key that is no
 * longer in the page.
 */
export function touchKeys(board: HTMLElement, release: () => void): void {
	const keyByTouch = new Map<number, Element>();
	function start(event: TouchEvent) {
		// Stops the engine's own pointer and click events.
		event.preventDefault();
		for (const touch of event.changedTouches) {
			const key = touch.target instanceof Element ? touch.target.closest("button") : null;
			if (!key) continue;
			keyByTouch.set(touch.identifier, key);
			key.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, cancelable: true, pointerType: "touch" }));
		}
	}
	function end(event: TouchEvent) {
		if (event.cancelable) event.preventDefault();
		for (const touch of event.changedTouches) {
			const key = keyByTouch.get(touch.identifier);
			keyByTouch.delete(touch.identifier);
			if (!key?.isConnected) release();
			if (!key) continue;
			key.dispatchEvent(new PointerEvent("pointerup", { bubbles: true, pointerType: "touch" }));
			const over = document.elementFromPoint(touch.clientX, touch.clientY);
			// `detail: 1` distinguishes this click from one without a pointer, which has `detail: 0`.
			if (event.type === "touchend" && over && key.contains(over))
				key.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail: 1 }));
		}
	}
	const listeners = { touchstart: start, touchend: end, touchcancel: end };
	for (const [kind, listener] of Object.entries(listeners))
		board.addEventListener(kind, listener as EventListener, { passive: false });
	// No cleanup: the listeners are removed together with the element.
}
