/** The view of the map and the positions of its labels, as geometry. Must not know: components, counts. */
import type { TownName } from "@/host";
import { BOX, outlines, PROJECTION } from "./region-outlines";

export type View = { x: number; y: number; width: number; height: number };
type Point = { x: number; y: number };

/** The view of the country, with space in the sea for labels. */
const COUNTRY: View = { x: 0, y: -26, width: BOX.width, height: BOX.height + 26 };
/** Maximum magnification; the outlines have no detail for more. */
const MAX_ZOOM = 5;
/** Margin around a region, relative to its size. */
const VIEW_MARGIN = 0.16;

/** Converts coordinates to a point in the box of the outlines. */
export function toMapPoint({ latitude, longitude }: Pick<TownName, "latitude" | "longitude">): Point {
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	return {
		x: PROJECTION.left + PROJECTION.scale * radians(longitude),
		y: PROJECTION.top - PROJECTION.scale * Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2)),
	};
}

/** The region that contains the complete selection, if there is exactly one. The map zooms to it. */
export function regionOfSelection(query: { regions: string[]; towns: string[] }, towns: TownName[]): string | null {
	const regionOf = (id: string) => towns.find((town) => town.id === id)?.region_code ?? null;
	const codes = new Set(query.regions.length > 0 ? query.regions : query.towns.map(regionOf));
	const [only = null] = codes;
	return codes.size === 1 ? only : null;
}

/** The part of the box to show: one region with its margin or the country, extended to the aspect ratio. */
export function viewOfRegion(code: string | null, aspect: number): View {
	const outline = outlines.find((one) => one.code === code);
	if (!outline) return extended(COUNTRY, aspect);
	const [left, top, right, bottom] = outline.bounds;
	const width = Math.max((right - left) * (1 + 2 * VIEW_MARGIN), BOX.width / MAX_ZOOM);
	const height = Math.max((bottom - top) * (1 + 2 * VIEW_MARGIN), BOX.height / MAX_ZOOM);
	return extended({ x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height }, aspect);
}

function extended(view: View, aspect: number): View {
	const width = Math.max(view.width, view.height * aspect);
	const height = width / aspect;
	return { x: view.x - (width - view.width) / 2, y: view.y - (height - view.height) / 2, width, height };
}

/**
 * Position of a region's label on the map of the country. `over`: on the region. `start`, `end`: next to it, with a
 * line to its middle or to `to`.
 */
export type RegionLabel = Point & { side: "start" | "end" | "over"; to?: Point };
export const REGION_LABELS: Record<string, RegionLabel> = {
	"MA-01": { x: 384, y: 22, side: "end" },
	"MA-02": { x: 530, y: 6, side: "over" },
	"MA-03": { x: 476, y: 90, side: "over" },
	"MA-04": { x: 340, y: 98, side: "end", to: { x: 379, y: 96 } },
	"MA-05": { x: 432, y: 166, side: "over" },
	"MA-06": { x: 276, y: 174, side: "end", to: { x: 322, y: 132 } },
	"MA-07": { x: 254, y: 250, side: "end", to: { x: 304, y: 198 } },
	"MA-08": { x: 472, y: 242, side: "over" },
	"MA-09": { x: 330, y: 322, side: "start" },
	"MA-10": { x: 330, y: 398, side: "start" },
	"MA-11": { x: 214, y: 474, side: "start" },
	"MA-12": { x: 214, y: 550, side: "start" },
};

/** A point that needs a label of this width, in pixels. */
export type Pin = { id: string; x: number; y: number; width: number };
/** Position of a label in pixels. `line` is the end of the line from its point, if the label is away from it. */
export type PlacedLabel = { left: number; top: number; width: number; line: Point | null };
export type Box = { left: number; top: number; right: number; bottom: number };

/** Smallest distance between the labels of two regions above each other, in box units. */
const LABEL_PITCH = 76;
/** Height of a label of a region, and the distance between two, in pixels. */
export const labelHeight = (rem: number) => Math.max(64, rem * 4);
const LABEL_GAP = 8;

/** Whether a map of this size in pixels has space for the labels of all regions. */
export function regionLabelsFit({ width, height }: { width: number; height: number }, rem: number): boolean {
	const caption = rem * 2.5;
	const scale = Math.min(width / COUNTRY.width, (height - caption) / COUNTRY.height);
	return scale * LABEL_PITCH >= labelHeight(rem) + LABEL_GAP;
}

/** From this many pixels per box unit on, labels of regions have a second line. */
export const TWO_LINE_SCALE = 1.35;

/**
 * Estimated width of a label in pixels: its longest line, the count and the padding. `font` is the font size in pixels.
 */
export function labelWidth(lines: string[], count: string, font: number): number {
	const letter = (line: string) => (/\p{Script=Tifinagh}/u.test(line) ? 0.68 : 0.64);
	const longest = Math.max(...lines.map((line) => line.length * letter(line)));
	return (longest + count.length * 0.7 + 2.85) * font;
}

const LABEL_DIRECTIONS: [number, number][] = [
	[1, 0],
	[-1, 0],
	[0, -1],
	[0, 1],
	[1, -1],
	[-1, -1],
	[1, 1],
	[-1, 1],
];
const LABEL_DISTANCES = [14, 48, 92];

/**
 * Places the labels of points as near as possible, in pixels. No label overlaps another label, another point or a
 * `blocked` box, and none is cut off. Earlier points have priority. A point without space has no label, but is in the
 * list of towns.
 */
export function placeLabels(
	pins: Pin[],
	area: { width: number; height: number },
	height: number,
	gap: number,
	blocked: Box[] = [],
): Map<string, PlacedLabel> {
	const occupied = [...blocked];
	const placed = new Map<string, PlacedLabel>();
	const isFree = (box: Box, id: string) =>
		box.left >= 0 &&
		box.top >= 0 &&
		box.right <= area.width &&
		box.bottom <= area.height &&
		occupied.every((other) => apart(box, other, gap)) &&
		pins.every(
			(other) => other.id === id || apart(box, { left: other.x, right: other.x, top: other.y, bottom: other.y }, 10),
		);
	for (const pin of pins) {
		const candidates = LABEL_DISTANCES.flatMap((far) =>
			LABEL_DIRECTIONS.map(([across, down]) => ({ far, box: boxNextTo(pin, across, down, far, height) })),
		);
		const found = candidates.find(({ box }) => isFree(box, pin.id));
		if (!found) continue;
		const { box, far } = found;
		occupied.push(box);
		const line =
			far === LABEL_DISTANCES[0]
				? null
				: { x: clamp(pin.x, box.left, box.right), y: clamp(pin.y, box.top, box.bottom) };
		placed.set(pin.id, { left: box.left, top: box.top, width: pin.width, line });
	}
	return placed;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const apart = (a: Box, b: Box, gap: number) =>
	a.right + gap <= b.left || b.right + gap <= a.left || a.bottom + gap <= b.top || b.bottom + gap <= a.top;

function boxNextTo({ x, y, width }: Pin, across: number, down: number, far: number, height: number): Box {
	const left = across > 0 ? x + far : across < 0 ? x - far - width : x - width / 2;
	const top = down > 0 ? y + far : down < 0 ? y - far - height : y - height / 2;
	return { left, top, right: left + width, bottom: top + height };
}
