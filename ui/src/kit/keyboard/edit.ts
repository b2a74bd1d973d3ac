/**
 * How keys change the text of a field: pure functions of a value and a selection. Positions are UTF-16 offsets in
 * logical order, so Arabic needs no special case. Must not know: keys, layouts, the page.
 */

export interface Edit {
	value: string;
	/** Position of the caret after the edit. */
	caret: number;
}

/** Replaces the selection by `text`, shortened so that the value has at most `max` UTF-16 units. */
export function insert(value: string, start: number, end: number, text: string, max = Number.POSITIVE_INFINITY): Edit {
	const room = Math.max(0, max - (value.length - (end - start)));
	const fitting = text.length <= room ? text : wholeCharacters(text, room);
	return { value: value.slice(0, start) + fitting + value.slice(end), caret: start + fitting.length };
}

/** Removes the selection or, without one, the character before the caret together with its combining marks. */
export function erase(value: string, start: number, end: number): Edit {
	if (start !== end) return { value: value.slice(0, start) + value.slice(end), caret: start };
	const before = value.slice(0, start);
	const kept = before.replace(/\P{M}?\p{M}*$/u, "");
	return { value: kept + value.slice(end), caret: kept.length };
}

/** Sets the domain of a mail address: replaces everything after the first @, or appends @ and the domain. */
export function completeDomain(value: string, domain: string, max?: number): Edit {
	const at = value.indexOf("@");
	const local = at < 0 ? value : value.slice(0, at);
	return insert(local, local.length, local.length, `@${domain}`, max);
}

/** Whether a word starts at the caret, so that the next letter of a name becomes a capital. */
export function startsWord(value: string, caret: number): boolean {
	return caret === 0 || /[\s-]/u.test(value.charAt(caret - 1));
}

/** The capital of a letter. It stays one letter: that of ß is ẞ, not SS. */
export const capitalOf = (char: string): string => (char === "ß" ? "ẞ" : char.toUpperCase());

/** Words between two names, in the languages of the keyboard. */
const JOINING_WORD = /(?<=\S\s)(?:And|Et|Und)$/u;

/** Writes the word before the caret small if it joins two names, as in "Ann and Joe". */
export function lowerJoiningWord(value: string, caret: number): string {
	return value.slice(0, caret).replace(JOINING_WORD, (word) => word.toLowerCase()) + value.slice(caret);
}

function wholeCharacters(text: string, room: number): string {
	let fitting = "";
	for (const char of text) {
		if (fitting.length + char.length > room) break;
		fitting += char;
	}
	return fitting;
}
