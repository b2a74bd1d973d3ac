/**
 * What a key does to the text of a field: pure functions from a value and a selection to the next ones.
 * Positions are UTF-16 offsets in logical order, so Arabic needs no special case: the browser draws it
 * from the right. Nothing here knows of keys, layouts or the page.
 */

export interface Edit {
	value: string;
	/** Where the caret stands afterwards. */
	caret: number;
}

/** Replaces the selection by `text`, cut so that the value never grows beyond `max` UTF-16 units. */
export function insert(value: string, start: number, end: number, text: string, max = Number.POSITIVE_INFINITY): Edit {
	const room = Math.max(0, max - (value.length - (end - start)));
	const fitting = text.length <= room ? text : wholeCharacters(text, room);
	return { value: value.slice(0, start) + fitting + value.slice(end), caret: start + fitting.length };
}

/** Removes the selection or, without one, the character before the caret with the marks that sit on it. */
export function erase(value: string, start: number, end: number): Edit {
	if (start !== end) return { value: value.slice(0, start) + value.slice(end), caret: start };
	const before = value.slice(0, start);
	const kept = before.replace(/\P{M}?\p{M}*$/u, "");
	return { value: kept + value.slice(end), caret: kept.length };
}

/** Writes a mail domain: after the first @ when there is one, else with an @ at the end of what was typed. */
export function completeDomain(value: string, domain: string, max?: number): Edit {
	const at = value.indexOf("@");
	const local = at < 0 ? value : value.slice(0, at);
	return insert(local, local.length, local.length, `@${domain}`, max);
}

/** Whether a name or place starts at the caret, so that the next letter is a capital without touching shift. */
export function startsWord(value: string, caret: number): boolean {
	return caret === 0 || /[\s-]/u.test(value.charAt(caret - 1));
}

function wholeCharacters(text: string, room: number): string {
	let fitting = "";
	for (const char of text) {
		if (fitting.length + char.length > room) break;
		fitting += char;
	}
	return fitting;
}
