// Writes simplified outlines of the 12 regions, from morocco-map (© OpenStreetMap contributors, ODbL). Neighbours share
// their border, so it has no gaps. The projection is written too, so that towns can be placed on the outlines.
// Also writes the coast in more detail: its coordinates for the program, its points in the same box for the window.
// Run: node scripts/map.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoMercator, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { presimplify, quantile, simplify } from "topojson-simplify";

const KEPT_POINTS = 0.07; // share of the points: fast to draw, and smooth when one region fills the map
const WIDTH = 600;
const HEIGHT = 620;

const source = createRequire(import.meta.url).resolve("morocco-map/data/regions.json");
const detailed = presimplify(JSON.parse(readFileSync(source, "utf8")));
const light = simplify(detailed, quantile(detailed, KEPT_POINTS));
const { features } = feature(light, light.objects.regions);
const projection = geoMercator().fitExtent(
	[
		[8, 8],
		[WIDTH - 8, HEIGHT - 8],
	],
	{ type: "FeatureCollection", features },
);
const path = geoPath(projection).digits(1);

// Drops small islands.
const largeRings = (shape) => {
	const rings = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
	const sized = rings.map((coordinates) => ({ type: "Polygon", coordinates })).map((ring) => [path.area(ring), ring]);
	return sized.filter(([area]) => area > 12).map(([, ring]) => ring);
};
const round = (value) => Math.round(value * 10) / 10;
const regions = features
	.map((shape) => {
		const kept = largeRings(shape);
		const [x, y] = path.centroid({ type: "GeometryCollection", geometries: kept });
		const bounds = path.bounds({ type: "GeometryCollection", geometries: kept }).flat().map(round);
		return { code: shape.id, d: kept.map((ring) => path(ring)).join(""), x: round(x), y: round(y), bounds };
	})
	.sort((a, b) => a.code.localeCompare(b.code));
if (regions.length !== 12) throw new Error(`expected 12 regions, found ${regions.length}`);

const lines = regions.map(
	({ code, d, x, y, bounds }) => `\t{ code: "${code}", x: ${x}, y: ${y}, bounds: [${bounds.join(", ")}], d: "${d}" },`,
);
const [left, top] = projection.translate();
const exact = (value) => Number(value.toFixed(4));
writeFileSync(
	new URL("../src/visitor/explore/region-outlines.ts", import.meta.url),
	`/**
 * Outlines of the 12 regions in a box of ${WIDTH} by ${HEIGHT}, with the centre and the bounds (left, top, right, bottom) of each,
 * and their Mercator projection. Written by \`scripts/map.mjs\` from morocco-map 1.3.0, © OpenStreetMap contributors,
 * Open Database License 1.0; the map shows the credit.
 */
export type Outline = { code: string; x: number; y: number; bounds: [number, number, number, number]; d: string };
export const BOX = { width: ${WIDTH}, height: ${HEIGHT} };
/** Box units per radian, and the point of longitude 0 on the equator. */
export const PROJECTION = { scale: ${exact(projection.scale())}, left: ${exact(left)}, top: ${exact(top)} };
// biome-ignore format: one region per line
export const outlines: Outline[] = [
${lines.join("\n")}
];
`,
);

// The coast is the part of the outer border from the Moulouya in the east over Tangier to Cap Blanc in the south.
const COAST_DETAIL = 0.00001; // smallest triangle of three neighbouring points, in square degrees: about 350 m
const [border] = mesh(detailed, detailed.objects.regions, (a, b) => a === b)
	.coordinates.sort((a, b) => b.length - a.length)
	.map((ring) => ring.slice(1).map(([longitude, latitude]) => [longitude, latitude]));
const nearest = (to) =>
	border.reduce(
		(best, [x, y], i) => {
			const distance = Math.hypot(x - to[0], y - to[1]);
			return distance < best.distance ? { distance, i } : best;
		},
		{ distance: Number.POSITIVE_INFINITY, i: 0 },
	).i;
const [east, south] = [nearest([-2.21, 35.085]), nearest([-17.05, 20.77])];
// Against the order of the ring, which runs over its end.
const steps = (east - south + border.length) % border.length;
const full = Array.from({ length: steps + 1 }, (_, i) => border[(east - i + border.length) % border.length]);
const line = presimplify({
	type: "Topology",
	arcs: [full],
	objects: { coast: { type: "LineString", arcs: [0] } },
});
const coast = simplify(line, COAST_DETAIL).arcs[0];
writeFileSync(
	new URL("../../assets/places/coast.csv", import.meta.url),
	`latitude;longitude\n${coast.map(([x, y]) => `${y.toFixed(3)};${x.toFixed(3)}`).join("\n")}\n`,
);
const points = coast.map((point) =>
	projection(point)
		.map((value) => value.toFixed(2))
		.join(","),
);
writeFileSync(
	new URL("../src/visitor/project/coast-line.ts", import.meta.url),
	`/**
 * The coast from Saïdia over Tangier to Lagouira, as points in the box of the region outlines; the land is to the left.
 * Written by \`scripts/map.mjs\` from morocco-map 1.3.0, © OpenStreetMap contributors, Open Database License 1.0; the
 * map shows the credit.
 */
// biome-ignore format: one line
export const COAST = "${points.join(" ")}";
`,
);
