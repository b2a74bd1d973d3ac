/**
 * A scanner that is connected as a keyboard types a line much faster than a person and ends it with Enter. Such a line
 * is taken out of the page, wherever the focus is: it writes into no field and presses no button. Must not know: leads.
 */
import { ticketIn } from "./ticket";

/** Keys of a scanner follow each other at most this fast; a person who types quickly needs twice as long. */
export const MAX_KEY_GAP_MS = 60;
/** A line with fewer characters may have been typed. */
export const MIN_LINE_CHARS = 6;
/** From this many fast keys on, they are those of a scanner. */
const MIN_BURST_CHARS = 3;

export interface ReadKey {
	/** Whether this key begins a line. */
	begins: boolean;
	/** Whether this key follows the others so fast that a scanner types. */
	isBurst: boolean;
	/** The line that this key ends; `null` if it ends none. */
	line: string | null;
}

/** Recognises lines of a scanner by the times of keys. */
export class LineReader {
	#text = "";
	#lastKeyAt = Number.NEGATIVE_INFINITY;

	/** Takes the `key` of a keyboard event and its time in milliseconds. */
	read(key: string, at: number): ReadKey {
		const isFast = at - this.#lastKeyAt <= MAX_KEY_GAP_MS;
		// Shift and other keys without a character do not interrupt a line.
		if (key !== "Enter" && Array.from(key).length !== 1) return { begins: false, isBurst: false, line: null };
		this.#lastKeyAt = at;
		if (!isFast) this.#text = "";
		if (key === "Enter") {
			const line = this.#text;
			this.#text = "";
			const isScanned = line.length >= MIN_LINE_CHARS;
			return { begins: false, isBurst: isScanned, line: isScanned ? line : null };
		}
		this.#text += key;
		return { begins: this.#text.length === 1, isBurst: this.#text.length >= MIN_BURST_CHARS, line: null };
	}
}

type Field = HTMLInputElement | HTMLTextAreaElement;
const fieldOf = (target: EventTarget | null): Field | null =>
	target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;

/** Calls `onticket` for each scanned ticket. The returned function ends it. */
export function listenForTickets(onticket: (ticket: string) => void): () => void {
	const reader = new LineReader();
	/** The field that has the focus since the line began, and its text before it. */
	let before: { field: Field; text: string } | null = null;

	function onkeydown(event: KeyboardEvent) {
		if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
		const field = fieldOf(event.target);
		const key = reader.read(event.key, event.timeStamp);
		if (key.begins) before = field && { field, text: field.value };
		// Outside of a field a space would press the button that has the focus.
		if (key.isBurst && !field) event.preventDefault();
		if (key.line === null) return;
		event.preventDefault();
		event.stopPropagation();
		if (before && before.field === field) restore(before.field, before.text);
		before = null;
		const ticket = ticketIn(key.line);
		if (ticket) onticket(ticket);
	}

	window.addEventListener("keydown", onkeydown, { capture: true });
	return () => window.removeEventListener("keydown", onkeydown, { capture: true });
}

function restore(field: Field, text: string): void {
	field.value = text;
	field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "deleteContentBackward" }));
}
