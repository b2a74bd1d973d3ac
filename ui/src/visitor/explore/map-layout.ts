/** Where the map looks and where its labels stand. Pure geometry in the box of the outlines; knows no screen and no counts. */
import type { TownName } from "@/host";
import { BOX, outlines, PROJECTION } from "./regions";

export type View = { x: number; y: number; width: number; height: number };
type Point = { x: number; y: number };

/** The whole country, with the sea around it where names stand. */
const COUNTRY: View = { x: 0, y: -26, width: BOX.width, height: BOX.height + 26 };
/** Nothing is drawn larger than this many times: an outline has no more detail to show. */
const MOST = 5;
const MARGIN = 0.16;

/** The place of a town in the box, in the projection of the outlines. */
export function locate({ latitude, longitude }: Pick<TownName, "latitude" | "longitude">): Point {
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	return {
		x: PROJECTION.left + PROJECTION.scale * radians(longitude),
		y: PROJECTION.top - PROJECTION.scale * Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2)),
	};
}

/** The region that a selection lies in, if it is one: the map shows that one alone. */
export function inside(query: { regions: string[]; towns: string[] }, towns: TownName[]): string | null {
	const home = (id: string) => towns.find((town) => town.id === id)?.region_code ?? null;
	const codes = new Set(query.regions.length > 0 ? query.regions : query.towns.map(home));
	const [only = null] = codes;
	return codes.size === 1 ? only : null;
}

/** What is seen of the box: one region with its margin, or the country, widened to the shape of the room. */
export function viewOf(code: string | null, aspect: number): View {
	const outline = outlines.find((one) => one.code === code);
	if (!outline) return widened(COUNTRY, aspect);
	const [left, top, right, bottom] = outline.bounds;
	const width = Math.max((right - left) * (1 + 2 * MARGIN), BOX.width / MOST);
	const height = Math.max((bottom - top) * (1 + 2 * MARGIN), BOX.height / MOST);
	return widened({ x: (left + right - width) / 2, y: (top + bottom - height) / 2, width, height }, aspect);
}

function widened(view: View, aspect: number): View {
	const width = Math.max(view.width, view.height * aspect);
	const height = width / aspect;
	return { x: view.x - (width - view.width) / 2, y: view.y - (height - view.height) / 2, width, height };
}

/** A region's label on the whole country: beside it in the sea or beyond the border, with a line to it (to its middle, or `to`), or over it. */
export type Label = Point & { side: "start" | "end" | "over"; to?: Point };
export const LABELS: Record<string, Label> = {
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

export type Pin = { id: string; x: number; y: number; width: number };
/** Where a label stands, and the end of the line from its point if it stands away from it. */
export type Placed = { left: number; top: number; width: number; line: Point | null };
export type Box = { left: number; top: number; right: number; bottom: number };

/** So many pixels a unit of the box, and the labels of the regions have room for a second line. */
export const ROOMY = 1.35;

/** About how wide a label is in letters of `font` pixels: the longest of its lines, the count, the room around them. */
export function widthOf(lines: string[], count: string, font: number): number {
	const letter = (line: string) => (/\p{Script=Tifinagh}/u.test(line) ? 0.68 : 0.64);
	const longest = Math.max(...lines.map((line) => line.length * letter(line)));
	return (longest + count.length * 0.7 + 2.85) * font;
}

const DIRECTIONS: [number, number][] = [
	[1, 0],
	[-1, 0],
	[0, -1],
	[0, 1],
	[1, -1],
	[-1, -1],
	[1, 1],
	[-1, 1],
];
const DISTANCES = [14, 48, 92];

/**
 * Finds room for the labels of points, in pixels: as near as can be, none over another, another's point or what is `blocked`,
 * none cut off. Earlier ones are placed first. A point without room has no label; it is in the list beside the map.
 */
export function arrange(
	pins: Pin[],
	area: { width: number; height: number },
	height: number,
	gap: number,
	blocked: Box[] = [],
): Map<string, Placed> {
	const taken = [...blocked];
	const placed = new Map<string, Placed>();
	const free = (box: Box, id: string) =>
		box.left >= 0 &&
		box.top >= 0 &&
		box.right <= area.width &&
		box.bottom <= area.height &&
		taken.every((other) => apart(box, other, gap)) &&
		pins.every(
			(other) => other.id === id || apart(box, { left: other.x, right: other.x, top: other.y, bottom: other.y }, 10),
		);
	for (const pin of pins) {
		const tried = DISTANCES.flatMap((far) =>
			DIRECTIONS.map(([across, down]) => ({ far, box: beside(pin, across, down, far, height) })),
		);
		const found = tried.find(({ box }) => free(box, pin.id));
		if (!found) continue;
		const { box, far } = found;
		taken.push(box);
		const line =
			far === DISTANCES[0] ? null : { x: clamp(pin.x, box.left, box.right), y: clamp(pin.y, box.top, box.bottom) };
		placed.set(pin.id, { left: box.left, top: box.top, width: pin.width, line });
	}
	return placed;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const apart = (a: Box, b: Box, gap: number) =>
	a.right + gap <= b.left || b.right + gap <= a.left || a.bottom + gap <= b.top || b.bottom + gap <= a.top;

function beside({ x, y, width }: Pin, across: number, down: number, far: number, height: number): Box {
	const left = across > 0 ? x + far : across < 0 ? x - far - width : x - width / 2;
	const top = down > 0 ? y + far : down < 0 ? y - far - height : y - height / 2;
	return { left, top, right: left + width, bottom: top + height };
}
