/**
 * Turns off what a browser allows beyond the page: context menus, text selection, drag and drop, zoom, the clipboard
 * and keyboard shortcuts. Both windows call it once.
 */
export function lockPage(target: Window = window): void {
	const stop = (event: Event) => event.preventDefault();
	const inField = (event: Event) =>
		event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;

	for (const type of ["contextmenu", "dragstart", "drop", "dragover", "gesturestart", "gesturechange", "auxclick"])
		target.addEventListener(type, stop, { capture: true });
	target.addEventListener("selectstart", (event) => inField(event) || stop(event), { capture: true });
	target.addEventListener("wheel", (event) => event.ctrlKey && stop(event), { capture: true, passive: false });
	target.addEventListener("touchmove", (event) => event.touches.length > 1 && stop(event), {
		capture: true,
		passive: false,
	});
	target.addEventListener("keydown", (event) => isShortcut(event, inField(event)) && stop(event), { capture: true });
	for (const type of ["copy", "cut"]) target.addEventListener(type, stop, { capture: true });
}

/**
 * Whether a key would leave, reload, zoom, print or inspect the page. Typing, Tab, Enter, Escape and the arrow keys are
 * no shortcuts, because switch devices use them.
 */
export function isShortcut(
	event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
	inField: boolean,
): boolean {
	if (event.ctrlKey || event.metaKey) return true;
	if (event.altKey && (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "F4")) return true;
	if (/^F\d{1,2}$/.test(event.key)) return true;
	if (event.key.startsWith("Browser") || event.key === "ContextMenu" || event.key === "PrintScreen") return true;
	return event.key === "Backspace" && !inField;
}
