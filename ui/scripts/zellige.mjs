// Draws the eight-fold zellige line pattern: Hankin's polygons-in-contact on the tiling of octagons and squares.
// From the middle of every edge two rays leave at the same angle and end where they meet their neighbours'.
// Run: node scripts/zellige.mjs > src/styles/zellige.svg
const SIDE = 260;
const edge = SIDE / (1 + Math.SQRT2); // one octagon and one square a tile
const CONTACT = (66 * Math.PI) / 180;

const add = (a, b) => [a[0] + b[0], a[1] + b[1]];
const at = (c, r, angle) => add(c, [r * Math.cos(angle), r * Math.sin(angle)]);

function meet(p, angleP, q, angleQ) {
	const d = [Math.cos(angleP), Math.sin(angleP)];
	const e = [Math.cos(angleQ), Math.sin(angleQ)];
	const w = [q[0] - p[0], q[1] - p[1]];
	const t = (w[0] * e[1] - w[1] * e[0]) / (d[0] * e[1] - d[1] * e[0]);
	return add(p, [t * d[0], t * d[1]]);
}

function star(centre, sides, turn, reach) {
	const step = (2 * Math.PI) / sides;
	const apothem = edge / 2 / Math.tan(Math.PI / sides);
	const lines = [];
	for (let i = 0; i < sides; i++) {
		const angle = turn + i * step;
		const middle = at(centre, apothem, angle);
		for (const side of [1, -1]) {
			const inward = angle + Math.PI - side * (Math.PI / 2 - CONTACT);
			const neighbour = angle + side * reach * step;
			const other = at(centre, apothem, neighbour);
			const end = meet(middle, inward, other, neighbour + Math.PI + side * (Math.PI / 2 - CONTACT));
			lines.push([middle, end]);
		}
	}
	return lines;
}

const half = SIDE / 2;
const lines = [...star([half, half], 8, 0, 2), ...star([half, half], 8, 0, 1)];
for (const corner of [
	[0, 0],
	[SIDE, 0],
	[0, SIDE],
	[SIDE, SIDE],
])
	lines.push(...star(corner, 4, Math.PI / 4, 1));
const n = (v) => Number(v.toFixed(2));
const d = lines.map(([a, b]) => `M${n(a[0])} ${n(a[1])}L${n(b[0])} ${n(b[1])}`).join("");
process.stdout.write(
	`<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}"><path d="${d}" fill="none" stroke="#4b5f50" stroke-opacity=".1" stroke-width="1.2" stroke-linecap="round"/></svg>\n`,
);
