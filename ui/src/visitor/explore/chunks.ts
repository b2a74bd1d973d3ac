/**
 * Splits the list into chunks of complete rows, so that only those near the viewport are rendered. Must not know:
 * components.
 */
import type { ProjectCard } from "@/host";

/** Divisible by 2, 3, 4 and 6, so that a chunk ends with a row for any number of columns. */
export const CHUNK_SIZE = 24;

/** `from` is the index of the first result. */
export type Chunk = { from: number; results: ProjectCard[]; startsNearby: boolean };

/** Splits `results`; a new chunk starts at `nearbyFrom`, from where results are only near the place. */
export function splitIntoChunks(results: ProjectCard[], nearbyFrom: number | null): Chunk[] {
	const nearbyStart = nearbyFrom ?? results.length;
	const chunks: Chunk[] = [];
	for (let from = 0; from < results.length; ) {
		const end =
			from < nearbyStart
				? Math.min(from + CHUNK_SIZE, nearbyStart, results.length)
				: Math.min(from + CHUNK_SIZE, results.length);
		chunks.push({ from, results: results.slice(from, end), startsNearby: from === nearbyStart });
		from = end;
	}
	return chunks;
}

/**
 * Which chunks to render: those of unknown height, and those within one screen of the viewport. All lengths in pixels.
 */
export function visibleChunks(
	heights: (number | undefined)[],
	count: number,
	scroll: number,
	screen: number,
): boolean[] {
	let top = 0;
	return Array.from({ length: count }, (_, at) => {
		const height = heights[at];
		const visible = height === undefined || (top + height >= scroll - screen && top <= scroll + 2 * screen);
		top += height ?? 0;
		return visible;
	});
}
