/**
 * Geometry of zooming and panning a picture inside a stage. Points and offsets are CSS pixels from the middle of the
 * stage. Must not know: events, components.
 */
export interface Size {
	width: number;
	height: number;
}
/** How a picture is drawn: its scale, and its offset from the middle of the stage. */
export interface View {
	scale: number;
	x: number;
	y: number;
}
export interface Point {
	x: number;
	y: number;
}

export const UNZOOMED: View = { scale: 1, x: 0, y: 0 };
export const MAX_SCALE = 4;
/** Factor of one tap on a zoom button; three taps reach `MAX_SCALE`. */
export const ZOOM_STEP = MAX_SCALE ** (1 / 3);
/** Scale after a double tap. */
export const DOUBLE_TAP_SCALE = 2.5;

/** Limits the scale, and the offset so that no edge of the picture moves into the stage further than when unzoomed. */
export function clampView(view: View, stage: Size, picture: Size): View {
	const scale = Math.min(Math.max(view.scale, 1), MAX_SCALE);
	const clampOffset = (offset: number, pictureSide: number, stageSide: number) => {
		const limit = Math.max(0, (pictureSide * scale - stageSide) / 2);
		return Math.min(Math.max(offset, -limit), limit) + 0;
	};
	return {
		scale,
		x: clampOffset(view.x, picture.width, stage.width),
		y: clampOffset(view.y, picture.height, stage.height),
	};
}

/** Multiplies the scale by `factor`. The part of the picture at `point` stays there as far as the limits allow. */
export function zoomView(view: View, factor: number, point: Point, stage: Size, picture: Size): View {
	const scale = Math.min(Math.max(view.scale * factor, 1), MAX_SCALE);
	const ratio = scale / view.scale;
	return clampView(
		{ scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio },
		stage,
		picture,
	);
}

/** Moves the picture by `dx` and `dy` within its limits. */
export function panView(view: View, dx: number, dy: number, stage: Size, picture: Size): View {
	return clampView({ ...view, x: view.x + dx, y: view.y + dy }, stage, picture);
}
