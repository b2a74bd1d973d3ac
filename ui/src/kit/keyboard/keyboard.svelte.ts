/**
 * The state of the one on-screen keyboard. A field asks for it with an attribute and nothing else:
 *
 *     <input data-keyboard="text" inputmode="none" />        text | search | tel | email | password
 *     <input data-keyboard="text" data-capitalize="words" inputmode="none" />   capitals by themselves
 *
 * `<Keyboard />` stands once in the page (visitor and staff each have one). It opens when such a field
 * gets the focus, whichever component the field belongs to, and writes to it as typing would: at the caret,
 * over the selection, followed by an `input` event. So `bind:value` and `oninput` work as always.
 *
 * While it is open it lies over the foot of the page and says how high it is in the custom property
 * `--keyboard-height` of the root element (0px when closed): give the scrolling part that much room. The
 * root also carries `data-keyboard-open`. The keyboard stays open when the focus goes to a button, so that
 * nothing moves under a finger; it closes by its own key, when the field leaves the page, or by `close()`.
 *
 * The enter key goes to the next such field within the nearest `<form>` or `[data-keyboard-scope]`; after the
 * last one it closes the keyboard. It submits only a form that carries `data-keyboard-submit`.
 */
import { completeDomain, type Edit, erase, insert, startsWord } from "./edit";
import { FIELD_KINDS, type FieldKind, firstLayout, type LayoutName } from "./layouts";

export type Field = HTMLInputElement | HTMLTextAreaElement;
type Shift = "off" | "once" | "locked";

/** The field an event concerns, if it asks for the on-screen keyboard. */
export function fieldOf(target: EventTarget | null): Field | null {
	const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
	if (!isField || target.readOnly || target.disabled) return null;
	return FIELD_KINDS.some((kind) => kind === target.dataset.keyboard) ? target : null;
}

class KeyboardState {
	field = $state.raw<Field | null>(null);
	kind = $state<FieldKind>("text");
	layout = $state<LayoutName>("azerty");
	shift = $state<Shift>("off");
	#lang = "fr";

	get open(): boolean {
		return this.field !== null;
	}

	/** Follows the page's language; an open keyboard changes its letters with it. */
	setLang(lang: string): void {
		if (lang === this.#lang) return;
		this.#lang = lang;
		if (this.field) this.layout = firstLayout(this.kind, lang);
	}

	/** Opens the keyboard for `field` with the layout that fits it. The field keeps or gets the focus. */
	focus(field: Field): void {
		const kind = FIELD_KINDS.find((name) => name === field.dataset.keyboard) ?? "text";
		const sameLetters = this.field !== null && this.kind === kind;
		this.field = field;
		this.kind = kind;
		// Someone who chose the other script for the name wants it for the town too.
		if (!sameLetters) this.layout = firstLayout(kind, this.#lang);
		if (document.activeElement !== field) field.focus({ preventScroll: true });
		this.followCaret();
	}

	close(): void {
		const field = this.field;
		this.field = null;
		this.shift = "off";
		if (field && document.activeElement === field) field.blur();
	}

	choose(layout: LayoutName): void {
		this.layout = layout;
		this.followCaret();
	}

	toggleShift(): void {
		this.shift = this.shift === "off" ? "once" : this.shift === "once" ? "locked" : "off";
	}

	/** Enters a letter as the shift state shows it. */
	type(char: string): void {
		const text = this.shift === "off" ? char : char.toUpperCase();
		this.#edit((field, start, end) => insert(field.value, start, end, text, limit(field)), text);
	}

	erase(): void {
		this.#edit((field, start, end) => erase(field.value, start, end), null);
	}

	domain(name: string): void {
		this.#edit((field) => completeDomain(field.value, name, limit(field)), name);
	}

	/** On to the next field, or done. */
	enter(): void {
		const field = this.field;
		if (!field) return;
		const scope = field.closest("form, [data-keyboard-scope]") ?? document.body;
		const fields = [...scope.querySelectorAll("[data-keyboard]")].map(fieldOf).filter((found) => found !== null);
		const next = fields[fields.indexOf(field) + 1];
		if (next) {
			this.focus(next);
			return;
		}
		this.close();
		if (scope instanceof HTMLFormElement && "keyboardSubmit" in scope.dataset) scope.requestSubmit();
	}

	/** Sets the shift that a name or a town wants at the caret; a locked shift stays. */
	followCaret(): void {
		if (!this.field || this.shift === "locked") return;
		const wanted = this.field.dataset.capitalize === "words";
		const caret = this.field.selectionStart ?? this.field.value.length;
		this.shift = wanted && startsWord(this.field.value, caret) ? "once" : "off";
	}

	#edit(change: (field: Field, start: number, end: number) => Edit, data: string | null): void {
		const field = this.field;
		if (!field?.isConnected) return;
		if (document.activeElement !== field) field.focus({ preventScroll: true });
		const start = field.selectionStart ?? field.value.length;
		const { value, caret } = change(field, start, field.selectionEnd ?? start);
		if (value !== field.value) {
			field.value = value;
			field.setSelectionRange(caret, caret);
			const inputType = data === null ? "deleteContentBackward" : "insertText";
			field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType, data }));
		}
		showCaret(field, caret);
		this.followCaret();
	}
}

function limit(field: Field): number {
	return field.maxLength < 0 ? Number.POSITIVE_INFINITY : field.maxLength;
}

/** Browsers scroll to the caret after real typing only; at the end of a long text it has to be done here. */
function showCaret(field: Field, caret: number): void {
	if (caret !== field.value.length) return;
	const direction = getComputedStyle(field).direction === "rtl" ? -1 : 1;
	field.scrollLeft = direction * field.scrollWidth;
	field.scrollTop = field.scrollHeight;
}

export const keyboard = new KeyboardState();
