/** The sketch of a project's surroundings as geometry. Must not know: components. */
import { toMapPoint, type View } from "../explore/map-layout";
import { PROJECTION } from "../explore/region-outlines";
import { COAST } from "./coast-line";

type Place = { latitude: number; longitude: number };

const EARTH_RADIUS_KM = 6371;
/** Smallest width and height of the sketch: the coast has no detail for less. */
const MIN_VIEW_KM = 16;
/** Margin around the places, relative to the longer side, for their labels. */
const VIEW_MARGIN = 0.24;
const SCALE_BARS_KM = [1, 2, 5, 10, 20, 50, 100];

/** Box units of the map per kilometre at a latitude. */
export const unitsPerKm = (latitude: number): number =>
	PROJECTION.scale / (EARTH_RADIUS_KM * Math.cos((latitude * Math.PI) / 180));

/** The part of the map with all places, the first one being the project. */
export function sketchView(places: readonly [Place, ...Place[]], aspect: number): View {
	const points = places.map(toMapPoint);
	const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
	const [left, top] = [Math.min(...xs), Math.min(...ys)];
	const [across, down] = [Math.max(...xs) - left, Math.max(...ys) - top];
	const margin = 2 * VIEW_MARGIN * Math.max(across, down);
	const smallest = MIN_VIEW_KM * unitsPerKm(places[0].latitude);
	const height = Math.max(down + margin, (across + margin) / aspect, smallest);
	const width = height * aspect;
	return { x: left + (across - width) / 2, y: top + (down - height) / 2, width, height };
}

/** The longest round distance that takes at most a third of the width of the view. */
export function scaleBar(view: View, latitude: number): { km: number; share: number } {
	const width = view.width / unitsPerKm(latitude);
	const km = SCALE_BARS_KM.findLast((length) => length <= width / 3) ?? 1;
	return { km, share: km / width };
}

/** The sea as a shape: beyond the coast to the edges of the map. East of Morocco the coast is a straight line. */
export const SEA = (() => {
	const far = [
		{ latitude: 19, longitude: -17.05 },
		{ latitude: 19, longitude: -24 },
		{ latitude: 39, longitude: -24 },
		{ latitude: 39, longitude: 1 },
		{ latitude: 36, longitude: 0 },
		{ latitude: 35.6, longitude: -1.1 },
	].map((place) => Object.values(toMapPoint(place)).join());
	return `M${COAST}L${far.join(" ")}Z`;
})();
