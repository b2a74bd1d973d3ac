/**
 * Zoom inside a stage: how large a picture is drawn and how far it is shifted. Points and shifts are CSS pixels from the
 * middle of the stage. Knows no events.
 */
export interface Size {
	width: number;
	height: number;
}
export interface View {
	scale: number;
	x: number;
	y: number;
}
export interface Point {
	x: number;
	y: number;
}

export const REST: View = { scale: 1, x: 0, y: 0 };
export const MOST = 4;
/** What one touch of a zoom button does; three of them reach `MOST`. */
export const STEP = MOST ** (1 / 3);
/** What a double tap does. */
export const CLOSE_UP = 2.5;

/** Scale within its limits, and no edge of the picture drawn further in than the stage's own, or than it is at rest. */
export function held(view: View, stage: Size, picture: Size): View {
	const scale = Math.min(Math.max(view.scale, 1), MOST);
	const within = (shift: number, drawn: number, room: number) => {
		const most = Math.max(0, (drawn * scale - room) / 2);
		return Math.min(Math.max(shift, -most), most) + 0;
	};
	return {
		scale,
		x: within(view.x, picture.width, stage.width),
		y: within(view.y, picture.height, stage.height),
	};
}

/** Draws `factor` times as large; what lies at `point` stays there as far as the edges let it. */
export function zoomed(view: View, factor: number, point: Point, stage: Size, picture: Size): View {
	const scale = Math.min(Math.max(view.scale * factor, 1), MOST);
	const grown = scale / view.scale;
	return held(
		{ scale, x: point.x - (point.x - view.x) * grown, y: point.y - (point.y - view.y) * grown },
		stage,
		picture,
	);
}

export function shifted(view: View, dx: number, dy: number, stage: Size, picture: Size): View {
	return held({ ...view, x: view.x + dx, y: view.y + dy }, stage, picture);
}
