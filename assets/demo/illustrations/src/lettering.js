// Architect's lettering: digits and a few signs as strokes, so that no font is needed
// and numbers can lie on the ground in perspective.

import { d } from './svg.js';

const arc = (cx, cy, rx, ry, a, b, n = 10) => Array.from({ length: n + 1 }, (_, i) => {
  const t = ((a + ((b - a) * i) / n) * Math.PI) / 180;
  return [cx + rx * Math.cos(t), cy + ry * Math.sin(t)];
});

// Glyphs stand on y = 0, one unit high; [advance, strokes].
const GLYPHS = {
  0: [0.66, [arc(0.3, 0.5, 0.26, 0.5, 90, 450, 20)]],
  1: [0.5, [[[0.06, 0.76], [0.28, 1], [0.28, 0]]]],
  2: [0.64, [[...arc(0.29, 0.73, 0.25, 0.27, 160, -35, 10), [0.03, 0], [0.56, 0]]]],
  3: [0.64, [[...arc(0.27, 0.76, 0.22, 0.24, 150, -90, 10)], [...arc(0.27, 0.26, 0.26, 0.26, 90, -150, 12)]]],
  4: [0.68, [[[0.46, 0], [0.46, 1], [0.02, 0.28], [0.62, 0.28]]]],
  5: [0.64, [[[0.52, 1], [0.1, 1], [0.06, 0.56], ...arc(0.28, 0.32, 0.27, 0.32, 112, -150, 12)]]],
  6: [0.66, [[[0.46, 1], ...arc(0.3, 0.31, 0.26, 0.31, 160, 520, 18)]]],
  7: [0.6, [[[0.02, 1], [0.54, 1], [0.2, 0]]]],
  8: [0.66, [arc(0.3, 0.76, 0.22, 0.24, -90, 270, 16), arc(0.3, 0.26, 0.27, 0.26, 90, 450, 16)]],
  9: [0.66, [[[0.14, 0], ...arc(0.3, 0.69, 0.26, 0.31, -20, 340, 18)]]],
  ',': [0.28, [[[0.13, 0.05], [0.06, -0.16]]]],
  '×': [0.8, [[[0.2, 0.2], [0.6, 0.6]], [[0.2, 0.6], [0.6, 0.2]]]],
  '+': [0.66, [[[0.3, 0.2], [0.3, 0.74]], [[0.04, 0.47], [0.56, 0.47]]]],
  '-': [0.5, [[[0.06, 0.46], [0.42, 0.46]]]],
  m: [0.9, [[[0.06, 0], [0.06, 0.62]], [...arc(0.24, 0.42, 0.18, 0.2, 180, 0, 6), [0.42, 0]], [...arc(0.6, 0.42, 0.18, 0.2, 180, 0, 6), [0.78, 0]]]],
  R: [0.66, [[[0.06, 0], [0.06, 1], ...arc(0.3, 0.75, 0.24, 0.25, 90, -90, 8), [0.06, 0.5]], [[0.3, 0.5], [0.56, 0]]]],
  N: [0.72, [[[0.06, 0], [0.06, 1], [0.58, 0], [0.58, 1]]]],
  S: [0.62, [[...arc(0.29, 0.75, 0.22, 0.25, 30, 270, 10), ...arc(0.29, 0.25, 0.25, 0.25, 90, -150, 10)]]],
  ' ': [0.36, []],
};

export const widthOf = (text, size) => [...text].reduce((t, c) => t + GLYPHS[c][0], -0.06) * size;

/** Draws `text` centred on (0, 0) of the plane that `to` maps to the sheet: x right, y up, `size` high. */
export function write(art, text, size, to, stroke, width, more = {}) {
  let x = -widthOf(text, size) / 2;
  let path = '';
  for (const c of text) {
    const [advance, strokes] = GLYPHS[c];
    for (const s of strokes) path += d(s.map(([gx, gy]) => to(x + gx * size, (gy - 0.5) * size)), false);
    x += advance * size;
  }
  art.path(path, 'none', { stroke, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...more });
}

/** Flat on the sheet, centred at (x, y). */
export const label = (art, text, x, y, size, stroke, width = size * 0.11, more) => write(art, text, size, (u, v) => [x + u, y - v], stroke, width, more);

/** Metres the French way: 4,20. */
export const metres = (v) => v.toFixed(2).replace('.', ',');
