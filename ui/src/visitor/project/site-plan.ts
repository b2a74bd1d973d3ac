/** The site plan of a project as geometry: its view and the label of each outline. Must not know: components. */
import type { Outline, UnitGroup, UnitRow } from "@/host";
import { sorted } from "./sorting";

/** A unit with its polygon on the plan. */
export type Parcel = { unit: UnitRow; outline: Outline };

/** The units that have an outline, in the order of their numbers. */
export function parcels(groups: readonly UnitGroup[]): Parcel[] {
	const units = sorted(
		groups.flatMap((group) => group.units),
		{ key: "number", descending: false },
	);
	return units.flatMap((unit) => (unit.outline ? [{ unit, outline: unit.outline }] : []));
}

export type Box = { x: number; y: number; width: number; height: number };

function boxOf(points: Outline): Box {
	const xs = points.map(([x]) => x);
	const ys = points.map(([, y]) => y);
	const [x, y] = [Math.min(...xs), Math.min(...ys)];
	return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Margin around the outlines, relative to the longer side. */
const PLAN_MARGIN = 0.04;

/** The part of the plan that all outlines are in, with a margin. */
export function planView(outlines: readonly Outline[]): Box {
	const { x, y, width, height } = boxOf(outlines.flat());
	const margin = PLAN_MARGIN * Math.max(width, height);
	return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** The area and the centre of gravity of a polygon. */
export function measure(points: Outline): { area: number; x: number; y: number } {
	let [double, x, y] = [0, 0, 0];
	points.forEach(([ax, ay], i) => {
		const [bx, by] = points[(i + 1) % points.length] ?? [ax, ay];
		const cross = ax * by - bx * ay;
		double += cross;
		x += (ax + bx) * cross;
		y += (ay + by) * cross;
	});
	return { area: Math.abs(double) / 2, x: x / (3 * double), y: y / (3 * double) };
}

/** Width of a letter and height of a line, relative to the font size. */
const [LETTER, LINE] = [0.68, 1.1];

/** A number on the plan: its lines, their middle and the font size. */
export type PlanLabel = { lines: string[]; x: number; y: number; size: number };

/** The label of each outline, at a font size that most of them have space for. `A-104` takes two lines if it is narrow. */
export function planLabels(all: readonly Parcel[], marked: (unit: UnitRow) => boolean): PlanLabel[] {
	const places = all.map(({ unit, outline }) => {
		const { area, x, y } = measure(outline);
		const { height } = boxOf(outline);
		const mark = marked(unit) ? [MARK] : [];
		const sizeOf = (lines: string[]) => {
			const letters = Math.max(3, ...lines.map((line) => line.length));
			return Math.min(height / (LINE * (lines.length + 1)), area / height / (LETTER * letters));
		};
		const whole = [unit.number, ...mark];
		const split = [...unit.number.split("-"), ...mark];
		const lines = sizeOf(split) > 1.15 * sizeOf(whole) ? split : whole;
		return { lines, x, y, size: sizeOf(lines) };
	});
	const sizes = places.map(({ size }) => size).sort((a, b) => a - b);
	const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
	return places.map((place) => ({ ...place, size: Math.min(place.size, usual) }));
}

/** Marks a unit within the budget. */
const MARK = "✓";
/** Distance of the first line from the middle of a label, and between its lines, relative to the font size. */
export const firstLine = ({ lines }: PlanLabel): number => 0.36 - ((lines.length - 1) * LINE) / 2;
export const LINE_DISTANCE = LINE;
