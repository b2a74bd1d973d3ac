/** The list cut into parts of whole rows, so that only those near the eye are drawn. Knows nothing of how they are drawn. */
import type { ProjectCard } from "@/host";

/** Divides by 2, 3, 4 and 6: a part ends with its row, however many columns there are. */
export const PART = 24;

export type Part = { from: number; hits: ProjectCard[]; opensNearby: boolean };

/** Cuts `hits` into parts; a new one begins where hits are only near the place asked for. */
export function cut(hits: ProjectCard[], nearbyFrom: number | null): Part[] {
	const border = nearbyFrom ?? hits.length;
	const parts: Part[] = [];
	for (let from = 0; from < hits.length; ) {
		const end = from < border ? Math.min(from + PART, border, hits.length) : Math.min(from + PART, hits.length);
		parts.push({ from, hits: hits.slice(from, end), opensNearby: from === border });
		from = end;
	}
	return parts;
}

/** Which parts to draw: those whose height is not known yet, and those within a screen of what is seen. */
export function drawnNow(heights: (number | undefined)[], count: number, scroll: number, screen: number): boolean[] {
	let top = 0;
	return Array.from({ length: count }, (_, at) => {
		const height = heights[at];
		const seen = height === undefined || (top + height >= scroll - screen && top <= scroll + 2 * screen);
		top += height ?? 0;
		return seen;
	});
}
