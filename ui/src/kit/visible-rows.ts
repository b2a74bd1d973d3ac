/** Which rows of a long list stand in the page: those in sight and as many again on either side, so that a flick meets no gap. */
export interface Span {
	/** Index of the first row kept. */
	first: number;
	/** Index after the last row kept. */
	last: number;
}

/** Rows are kept in blocks of this many, so that a scroll by a few pixels changes nothing. */
const BLOCK = 8;

/**
 * `above` is how many pixels of the list lie above the scroller's upper edge (negative while the list begins below it),
 * `height` what the scroller shows, `row` the height of one row; all in CSS pixels.
 */
export function span(above: number, height: number, row: number, total: number): Span {
	// Before anything is measured a first screen's worth will do.
	if (row <= 0 || height <= 0) return { first: 0, last: Math.min(total, BLOCK * 2) };
	const seen = Math.ceil(height / row);
	const top = Math.floor(above / row);
	const first = Math.floor((top - seen) / BLOCK) * BLOCK;
	const last = Math.ceil((top + seen * 2 + 1) / BLOCK) * BLOCK;
	const least = Math.max(0, total - seen * 2);
	return {
		first: Math.min(Math.max(0, first), Math.floor(least / BLOCK) * BLOCK),
		last: Math.min(total, Math.max(last, Math.min(total, seen))),
	};
}
