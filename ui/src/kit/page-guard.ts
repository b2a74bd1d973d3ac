/**
 * Keeps a window from staying dead. Tells the shell that the page works, and covers a page whose script failed with a
 * screen in the offered languages that starts the window again, by a touch or after a while. It is plain DOM, because it must
 * work when the components do not. The host is passed in. Must not know: screens.
 */
import { direction, i18n, messagesOf } from "@/i18n/index.svelte";

/** How often the page tells the shell that it works. */
export const ALIVE_INTERVAL_MS = 2_000;
/** The window restarts after this time without a touch. */
export const RESTART_AFTER_MS = 6_000;

/** Languages of the screen; more do not fit. */
const MAX_LANGUAGES = 4;

/** The commands a guarded page needs. */
export interface PageHost {
	alive(): Promise<null>;
	failed(): Promise<null>;
}

/** Guards the page. `restart` starts the window again. Returns a function that ends the guard. */
export function guardPage(host: PageHost, restart: () => void): () => void {
	const tellAlive = () => void host.alive().catch(() => {});
	const timer = setInterval(tellAlive, ALIVE_INTERVAL_MS);
	tellAlive();

	let restartTimer: ReturnType<typeof setTimeout> | undefined;
	const fail = () => {
		if (restartTimer !== undefined) return;
		restartTimer = setTimeout(restart, RESTART_AFTER_MS);
		void host.failed().catch(() => {});
		showFailure(restart);
	};
	// Some messages of the engine arrive as errors without a value, such as those of ResizeObserver.
	const onError = (event: ErrorEvent) => event.error && fail();
	// Rejected commands and aborted requests are no faults of a script.
	const onRejection = ({ reason }: PromiseRejectionEvent) =>
		reason instanceof Error && !(reason instanceof DOMException) && fail();
	window.addEventListener("error", onError);
	window.addEventListener("unhandledrejection", onRejection);
	return () => {
		clearInterval(timer);
		clearTimeout(restartTimer);
		window.removeEventListener("error", onError);
		window.removeEventListener("unhandledrejection", onRejection);
	};
}

function showFailure(restart: () => void): void {
	const screen = document.createElement("div");
	screen.className = "failure-screen";
	screen.dataset.testid = "failure-screen";
	screen.setAttribute("role", "alert");
	for (const lang of i18n.offered.slice(0, MAX_LANGUAGES)) {
		const { title, text } = messagesOf(lang).common.failure;
		const section = document.createElement("section");
		section.lang = lang;
		section.dir = direction(lang);
		section.append(withText("h2", title), withText("p", text));
		screen.append(section);
	}
	const button = withText("button", "");
	for (const lang of i18n.offered.slice(0, MAX_LANGUAGES)) {
		const label = withText("span", messagesOf(lang).common.failure.action);
		label.lang = lang;
		button.append(label);
	}
	button.setAttribute("type", "button");
	button.dataset.testid = "failure-restart";
	button.addEventListener("click", restart);
	screen.append(button);
	for (const hidden of document.body.children) hidden.setAttribute("inert", "");
	document.body.append(screen);
	button.focus();
}

function withText(tag: string, text: string): HTMLElement {
	const element = document.createElement(tag);
	element.textContent = text;
	return element;
}
