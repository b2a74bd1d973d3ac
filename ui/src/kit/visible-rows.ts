/**
 * Which rows of a long list are rendered: the visible ones and one screen before and after, so that scrolling shows no
 * gap.
 */
export interface RowRange {
	/** Index of the first rendered row. */
	first: number;
	/** Index after the last rendered row. */
	last: number;
}

/** The range changes in steps of this many rows, so that a scroll by a few pixels changes nothing. */
const BLOCK_ROWS = 8;

/**
 * The rows to render out of `total`. All lengths are CSS pixels: `above` is how much of the list is above the upper
 * edge of the scroll container (negative when the list begins below it), `height` the height of the container, `row`
 * the height of one row.
 */
export function visibleRows(above: number, height: number, row: number, total: number): RowRange {
	// Nothing is measured yet: render about one screen.
	if (row <= 0 || height <= 0) return { first: 0, last: Math.min(total, BLOCK_ROWS * 2) };
	const perScreen = Math.ceil(height / row);
	const top = Math.floor(above / row);
	const first = Math.floor((top - perScreen) / BLOCK_ROWS) * BLOCK_ROWS;
	const last = Math.ceil((top + perScreen * 2 + 1) / BLOCK_ROWS) * BLOCK_ROWS;
	const lastStart = Math.max(0, total - perScreen * 2);
	return {
		first: Math.min(Math.max(0, first), Math.floor(lastStart / BLOCK_ROWS) * BLOCK_ROWS),
		last: Math.min(total, Math.max(last, Math.min(total, perScreen))),
	};
}
