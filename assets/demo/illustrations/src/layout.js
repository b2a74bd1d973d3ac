// How a subdivision is laid out: blocks of back-to-back parcels, streets between them, a
// boulevard, a public garden. Shared by the view from the air and the site plan.

const KINDS = {
  residential_plot: { lot: [9, 12, 12, 15], cols: [2, 3], rows: [3, 4], per: [3, 5], street: 9, boulevard: 17 },
  craft_plot: { lot: [11, 14, 15, 18], cols: [2, 2], rows: [2, 3], per: [3, 5], street: 11, boulevard: 16 },
  industrial_plot: { lot: [28, 36, 40, 50], cols: [2, 2], rows: [2, 2], per: [2, 3], street: 16, boulevard: 24 },
  commercial_plot: { lot: [14, 19, 20, 26], cols: [2, 2], rows: [2, 3], per: [2, 4], street: 12, boulevard: 22 },
  block: { lot: [34, 44, 32, 40], cols: [2, 2], rows: [2, 2], per: [1, 2], street: 14, boulevard: 20 },
};

/** `{ parcels, greens, blocks, w, h, boulevard, unit }` about the origin, metres. */
export function layout(r, kind) {
  const k = KINDS[kind];
  const lw = r.range(k.lot[0], k.lot[1]);
  const lh = r.range(k.lot[2], k.lot[3]);
  const cols = r.int(...k.cols);
  const rows = r.int(...k.rows);
  const per = Array.from({ length: cols }, () => r.int(...k.per));
  const split = cols === 2 ? 1 : r.int(1, 2);
  const xs = [];
  let x = 0;
  per.forEach((n, i) => {
    if (i) x += i === split ? k.boulevard : k.street;
    xs.push([x, x + n * lw]);
    x += n * lw;
  });
  const w = x;
  const bh = lh * 2;
  const h = rows * bh + (rows - 1) * k.street;
  const shift = (b) => ({ ...b, x0: b.x0 - w / 2, x1: b.x1 - w / 2, y0: b.y0 - h / 2, y1: b.y1 - h / 2 });
  const green = cols * rows > 2 ? r.int(0, cols * rows - 1) : -1;
  const parcels = [];
  const greens = [];
  const blocks = [];
  let number = r.int(1, 5) * 10 + 1;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < cols; i++) {
      const y0 = j * (bh + k.street);
      const area = shift({ x0: xs[i][0], x1: xs[i][1], y0, y1: y0 + bh });
      blocks.push(area);
      if (j * cols + i === green) {
        greens.push(area);
        continue;
      }
      for (const half of [1, 0]) {
        for (let n = 0; n < per[i]; n++) {
          parcels.push(shift({ x0: xs[i][0] + n * lw, x1: xs[i][0] + (n + 1) * lw, y0: y0 + half * lh, y1: y0 + (half + 1) * lh, n: number++, back: half === 1, corner: n === 0 || n === per[i] - 1 }));
        }
      }
    }
  }
  const bx = (xs[split - 1][1] + xs[split][0]) / 2 - w / 2;
  return { kind, parcels, greens, blocks, w, h, street: k.street, boulevard: { x: bx, w: k.boulevard }, unit: Math.min(lw, lh), rows, bh };
}
