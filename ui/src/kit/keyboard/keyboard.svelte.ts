/**
 * The state of the on-screen keyboard. A field asks for the keyboard by an attribute:
 *
 *     <input data-keyboard="text" inputmode="none" />        text | search | tel | email | password
 *     <input data-keyboard="text" data-capitalize="words" inputmode="none" />   automatic capitals
 *
 * Each window mounts `<Keyboard />` once. It opens when such a field gets the focus, in any component. It writes like a
 * real keyboard: at the caret, over the selection, followed by an `input` event, so `bind:value` and `oninput` work.
 *
 * The open keyboard covers the bottom of the page. Its height is the custom property `--keyboard-height` of the root
 * element (0px when closed); scrolling parts reserve that much room. The root element also has `data-keyboard-open`.
 * The keyboard stays open when the focus moves to a button, so that nothing moves under a finger. It closes by its own
 * key, when the field leaves the page, or by `close()`.
 *
 * The enter key moves to the next such field within the nearest `<form>` or `[data-keyboard-scope]`. After the last
 * field it closes the keyboard, and submits the form only if it has `data-keyboard-submit`.
 */
import { capitalOf, completeDomain, type Edit, erase, insert, lowerJoiningWord, startsWord } from "./edit";
import { FIELD_KINDS, type FieldKind, firstLayout, type LayoutName } from "./layouts";

export type Field = HTMLInputElement | HTMLTextAreaElement;
type Shift = "off" | "once" | "locked";

/** The event target, if it is a field that asks for the on-screen keyboard. */
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

	/** Sets the language of the page. An open keyboard switches to the layout of that language. */
	setLang(lang: string): void {
		if (lang === this.#lang) return;
		this.#lang = lang;
		if (this.field) this.layout = firstLayout(this.kind, lang);
	}

	/** Opens the keyboard for `field` with the layout for its kind, and focuses the field. */
	focus(field: Field): void {
		const kind = FIELD_KINDS.find((name) => name === field.dataset.keyboard) ?? "text";
		const sameKind = this.field !== null && this.kind === kind;
		this.field = field;
		this.kind = kind;
		// A layout that the visitor chose stays for the next field of the same kind.
		if (!sameKind) this.layout = firstLayout(kind, this.#lang);
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

	/** Enters a character, as a capital if shift is on. */
	type(char: string): void {
		const text = this.shift === "off" ? char : capitalOf(char);
		this.#apply((field, start, end) => {
			const names = field.dataset.capitalize === "words" && char === " " && this.shift !== "locked";
			const value = names ? lowerJoiningWord(field.value, start) : field.value;
			return insert(value, start, end, text, maxLength(field));
		}, text);
	}

	erase(): void {
		this.#apply((field, start, end) => erase(field.value, start, end), null);
	}

	domain(name: string): void {
		this.#apply((field) => completeDomain(field.value, name, maxLength(field)), name);
	}

	/** Moves to the next field, or closes the keyboard after the last one. */
	enter(): void {
		const field = this.field;
		if (!field) return;
		const scope = field.closest("form, [data-keyboard-scope]") ?? document.body;
		const fields = [...scope.querySelectorAll("[data-keyboard]")]
			.map(fieldOf)
			.filter((candidate) => candidate !== null);
		const next = fields[fields.indexOf(field) + 1];
		if (next) {
			this.focus(next);
			return;
		}
		this.close();
		if (scope instanceof HTMLFormElement && "keyboardSubmit" in scope.dataset) scope.requestSubmit();
	}

	/** Turns shift on where a word starts in a field with automatic capitals. Does not change a locked shift. */
	followCaret(): void {
		if (!this.field || this.shift === "locked") return;
		const capitalizes = this.field.dataset.capitalize === "words";
		const caret = this.field.selectionStart ?? this.field.value.length;
		this.shift = capitalizes && startsWord(this.field.value, caret) ? "once" : "off";
	}

	#apply(change: (field: Field, start: number, end: number) => Edit, data: string | null): void {
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

function maxLength(field: Field): number {
	return field.maxLength < 0 ? Number.POSITIVE_INFINITY : field.maxLength;
}

/** Scrolls to the caret at the end of a long text. Browsers do this only after real key events. */
function showCaret(field: Field, caret: number): void {
	if (caret !== field.value.length) return;
	const direction = getComputedStyle(field).direction === "rtl" ? -1 : 1;
	field.scrollLeft = direction * field.scrollWidth;
	field.scrollTop = field.scrollHeight;
}

export const keyboard = new KeyboardState();
