// Draws the eight-fold zellige line pattern by Hankin's method on a tiling of octagons and squares. Two lines start at
// the middle of each edge at 67.5°. In the octagon they are the chords of the star {8/3}; in the square they end where
// they meet the lines of the next edge. Run: node scripts/zellige.mjs > src/styles/zellige.svg
const SIDE = 320;
const edge = SIDE / (1 + Math.SQRT2); // one octagon and one square per tile
const RAY = Math.PI / 8; // angle to the normal of the edge

const at = ([x, y], r, angle) => [x + r * Math.cos(angle), y + r * Math.sin(angle)];

function meet(p, a, q, b) {
	const [dx, dy, ex, ey] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
	const t = ((q[0] - p[0]) * ey - (q[1] - p[1]) * ex) / (dx * ey - dy * ex);
	return [p[0] + t * dx, p[1] + t * dy];
}

function chords(centre) {
	const middle = (i) => at(centre, SIDE / 2, (i * Math.PI) / 4);
	return Array.from({ length: 8 }, (_, i) => [middle(i), middle(i + 3)]);
}

function square(centre) {
	const middle = (i) => at(centre, edge / 2, Math.PI / 4 + (i * Math.PI) / 2);
	const inward = (i, side) => Math.PI / 4 + (i * Math.PI) / 2 + Math.PI + side * RAY;
	return [0, 1, 2, 3].flatMap((i) => {
		const corner = meet(middle(i), inward(i, -1), middle(i + 1), inward(i + 1, 1));
		return [
			[middle(i), corner],
			[corner, middle(i + 1)],
		];
	});
}

const lines = chords([SIDE / 2, SIDE / 2]);
for (const corner of [
	[0, 0],
	[SIDE, 0],
	[0, SIDE],
	[SIDE, SIDE],
])
	lines.push(...square(corner));
const n = (value) => Number(value.toFixed(2));
const d = lines.map(([a, b]) => `M${n(a[0])} ${n(a[1])}L${n(b[0])} ${n(b[1])}`).join("");
process.stdout.write(
	`<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}"><path d="${d}" fill="none" stroke="#5a6b5c" stroke-opacity=".11" stroke-width="1.5" stroke-linecap="round"/></svg>\n`,
);
