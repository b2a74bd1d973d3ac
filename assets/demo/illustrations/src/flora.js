// Trees and plants, drawn on the picture plane at `s` pixels per metre, lit from the left.

import { dark, light as lighter, mix } from './color.js';
import { circle, d } from './svg.js';

const tones = (L, c) => [L.shaded(dark(c, 0.32)), L.shaded(c), mix(L.shaded(c), L.paint(c), 0.6), L.paint(lighter(c, 0.08)), L.paint(lighter(c, 0.28))];

/** A mass of leaves in the ellipse (x, y, rx, ry): dark at the right foot, sunlit at the upper left. */
export function leaves(art, r, x, y, rx, ry, palette, n = 90, leaf = 0.17, shape = () => 1) {
  const paths = palette.map(() => '');
  // The nearer the plant, the more and the smaller its leaves.
  const detail = Math.min(3.4, Math.max(0.6, Math.sqrt(rx * ry) / 26));
  n = Math.round(n * detail);
  const size = Math.max(1.2, (leaf * Math.min(rx, ry)) / Math.max(1, detail ** 0.55));
  paths[0] += circle(x, y, rx * 0.8, ry * 0.8);
  for (let i = 0; i < n; i++) {
    const a = r.range(0, Math.PI * 2);
    const q = Math.sqrt(r.next());
    const fx = Math.cos(a) * q;
    const fy = Math.sin(a) * q;
    const k = shape(fy);
    const lightness = 0.5 - 0.42 * fx * 0.8 - 0.5 * fy + r.range(-0.22, 0.22);
    const tone = Math.max(0, Math.min(palette.length - 1, Math.floor(lightness * palette.length)));
    const s = size * r.range(0.6, 1.25) * (tone > 2 ? 0.72 : 1);
    paths[tone] += circle(x + fx * rx * k, y + fy * ry, s * r.range(0.7, 1.1), s * r.range(0.6, 0.95));
  }
  paths.forEach((p, i) => art.path(p, palette[i]));
}

export function palm(art, r, x, y, s, L, h = 9) {
  const height = h * s;
  const lean = r.range(-0.1, 0.1) * height;
  const tx = x + lean;
  const ty = y - height;
  const w = Math.max(2.2, 0.2 * s);
  const bark = L.paint('#9a7650');
  art.path(`M${x - w} ${y}Q${x + lean * 0.2 - w * 0.5} ${y - height * 0.55} ${tx - w * 0.55} ${ty}L${tx + w * 0.55} ${ty}Q${x + lean * 0.2 + w * 0.7} ${y - height * 0.55} ${x + w * 1.15} ${y}Z`, art.linear([[0, lighter(bark, 0.12)], [0.55, bark], [1, L.shaded('#5c4330')]], x - w, 0, x + w, 0));
  let rings = '';
  for (let t = 0.04; t < 0.96; t += Math.max(0.03, 4 / height)) {
    const cx = x + lean * t * t;
    rings += `M${(cx - w * 0.7).toFixed(1)} ${(y - t * height).toFixed(1)}q${(w * 0.7).toFixed(1)} ${(w * 0.4).toFixed(1)} ${(w * 1.4).toFixed(1)} ${(-w * 0.1).toFixed(1)}`;
  }
  art.path(rings, 'none', { stroke: '#3c2b1c', 'stroke-width': Math.max(0.7, w * 0.12), opacity: 0.4 });
  const c = r.pick(['#4f7d43', '#5b8646', '#47784c']);
  const t = tones(L, c);
  art.path(circle(tx, ty + w * 0.5, w * 1.3), L.shaded('#7c5f3c'));
  const n = r.int(19, 25);
  const fronds = Array.from({ length: n }, (_, i) => {
    const a = Math.PI * (1.22 - (1.44 * i) / (n - 1)) + r.range(-0.09, 0.09);
    return { a, l: r.range(0.82, 1.1) * Math.min(3.1, h * 0.36) * s, back: r.next() };
  });
  fronds.sort((p, q) => p.back - q.back);
  for (const f of fronds) {
    const tone = f.back < 0.34 ? t[1] : Math.cos(f.a) < -0.1 ? t[4] : f.back < 0.7 ? t[2] : t[3];
    frond(art, r, tx, ty, f.a, f.l, tone);
  }
}

function frond(art, r, x, y, a, l, fill) {
  const ex = x + Math.cos(a) * l;
  const ey = y - Math.sin(a) * l * 0.62 + l * (0.2 + 0.42 * Math.abs(Math.cos(a)));
  const mx = x + Math.cos(a) * l * 0.5;
  const my = y - Math.sin(a) * l * 0.66 - l * 0.2;
  const pt = (t) => [(1 - t) ** 2 * x + 2 * t * (1 - t) * mx + t * t * ex, (1 - t) ** 2 * y + 2 * t * (1 - t) * my + t * t * ey];
  const k = l > 36 ? 15 : 9;
  let path = '';
  for (let i = 1; i <= k; i++) {
    const t = i / k;
    const [px, py] = pt(t);
    const [qx, qy] = pt(t - 0.06);
    const len = l * 0.23 * Math.sin(Math.PI * Math.min(0.94, t * 0.85 + 0.12));
    const tx = (px - qx) / Math.hypot(px - qx, py - qy || 1e-6);
    for (const side of [-1, 1]) {
      const ux = px + tx * len * 0.55 + side * len * 0.1;
      const uy = py + len * (side > 0 ? 0.86 : 0.18) * (0.7 + 0.5 * Math.abs(Math.cos(a)));
      path += d([[qx, qy], [px, py], [ux, uy]]);
    }
  }
  const spine = Array.from({ length: 9 }, (_, i) => pt(i / 8));
  art.path(path, fill);
  art.line(spine, fill, Math.max(1, l * 0.025));
}

export function cypress(art, r, x, y, s, L, h = 8) {
  const height = h * s;
  const t = tones(L, '#33573f');
  leaves(art, r, x, y - height * 0.5, height * 0.115, height * 0.5, t, 150, 0.24, (fy) => (fy < 0 ? (1 + fy) ** 0.62 : 1 - 0.25 * fy));
}

export function tree(art, r, x, y, s, L, { h = 6, color = '#5f8a48', wide = 0.44, flower } = {}) {
  const height = h * s;
  const w = Math.max(2, 0.16 * s);
  const bark = L.paint('#7d6249');
  art.path(`M${x - w} ${y}Q${x - w * 0.3} ${y - height * 0.3} ${x - w * 0.6} ${y - height * 0.5}L${x + w * 0.6} ${y - height * 0.5}Q${x + w * 0.4} ${y - height * 0.25} ${x + w} ${y}Z`, art.linear([[0, bark], [1, L.shaded('#4b3829')]], x - w, 0, x + w, 0));
  art.line([[x, y - height * 0.35], [x - height * 0.16, y - height * 0.58]], L.shaded('#5c4533'), w * 0.8);
  art.line([[x, y - height * 0.4], [x + height * 0.15, y - height * 0.6]], L.shaded('#5c4533'), w * 0.8);
  const t = tones(L, color);
  const R = height * wide;
  const lobes = [[0.34, -0.05, 0.62], [-0.36, -0.02, 0.6], [0.04, -0.34, 0.68], [-0.1, 0.08, 0.66]];
  for (const [dx, dy, q] of lobes) leaves(art, r, x + dx * R, y - height * 0.68 + dy * R, R * q, R * q * 0.78, t, 64);
  if (flower) blossoms(art, r, x, y - height * 0.7, R * 0.8, R * 0.62, flower, 46, L);
}

function blossoms(art, r, x, y, rx, ry, color, n, L) {
  const p = ['', ''];
  n = Math.round(n * Math.min(2.6, Math.max(1, rx / 40)));
  for (let i = 0; i < n; i++) {
    const a = r.range(0, Math.PI * 2);
    const q = Math.sqrt(r.next());
    p[r.chance(0.6) ? 0 : 1] += circle(x + Math.cos(a) * q * rx, y + Math.sin(a) * q * ry, Math.max(1.4, Math.min(9, rx * r.range(0.035, 0.07))));
  }
  art.path(p[0], L.paint(color));
  art.path(p[1], L.paint(lighter(color, 0.3)));
}

export const olive = (art, r, x, y, s, L) => tree(art, r, x, y, s, L, { h: r.range(3.6, 5), color: '#87996f', wide: 0.46 });
export const argan = (art, r, x, y, s, L) => tree(art, r, x, y, s, L, { h: r.range(4, 5.5), color: '#76854a', wide: 0.58 });
export const jacaranda = (art, r, x, y, s, L) => tree(art, r, x, y, s, L, { h: r.range(6, 7.5), color: '#7f8f6a', flower: '#9a7cc4', wide: 0.46 });
export const orange = (art, r, x, y, s, L) => tree(art, r, x, y, s, L, { h: r.range(3.2, 4.2), color: '#4b7d42', flower: '#e8932e', wide: 0.44 });
export const ficus = (art, r, x, y, s, L) => tree(art, r, x, y, s, L, { h: r.range(5.5, 7.5), color: '#4f8147', wide: 0.42 });

export function cedar(art, r, x, y, s, L, h = 9) {
  const height = h * s;
  art.path(d([[x - 0.14 * s, y], [x + 0.16 * s, y], [x + 0.04 * s, y - height * 0.9], [x - 0.04 * s, y - height * 0.9]]), L.shaded('#5a4331'));
  const t = tones(L, '#41695a');
  for (let k = 0; k < 8; k++) {
    const q = k / 7;
    const w = height * (0.3 - 0.25 * q) * r.range(0.86, 1.1);
    leaves(art, r, x + r.range(-0.05, 0.05) * w, y - height * (0.2 + 0.76 * q), w, height * 0.062, t, 56, 0.42);
  }
}

export function shrub(art, r, x, y, s, L, { color = '#5c8a4a', w = 1.1, h = 0.7, flower } = {}) {
  leaves(art, r, x, y - h * s * 0.6, w * s, h * s * 0.72, tones(L, color), 58, 0.2);
  if (flower) blossoms(art, r, x, y - h * s * 0.75, w * s * 0.85, h * s * 0.55, flower, 30, L);
}

export const bougainvillea = (art, r, x, y, s, L) => {
  shrub(art, r, x, y, s, L, { w: 1.25, h: 1.3, color: '#4c7a45', flower: '#c0387e' });
  blossoms(art, r, x - 0.1 * s, y - 1.1 * s, 1.05 * s, 0.75 * s, '#d24f92', 70, L);
};

export function agave(art, r, x, y, s, L) {
  const t = tones(L, '#7d9a86');
  for (let i = 0; i < 13; i++) {
    const a = Math.PI * (0.06 + (0.88 * i) / 12);
    const l = s * r.range(0.75, 1.1);
    const tip = [x + Math.cos(a) * l, y - Math.sin(a) * l * 0.85];
    const px = Math.sin(a) * s * 0.1;
    art.poly([[x - px, y], [(x + tip[0]) / 2 - px * 1.3, (y + tip[1]) / 2 - 0.05 * s], tip, [(x + tip[0]) / 2 + px * 1.3, (y + tip[1]) / 2 + 0.05 * s], [x + px, y]], Math.cos(a) > 0.1 ? t[1 + (i % 2)] : t[3 - (i % 2)]);
  }
}

/** A lamp post; at night its light makes a pool in the air. */
export function lamp(art, r, x, y, s, L, h = 4.2) {
  const top = y - h * s;
  const w = Math.max(1.6, 0.07 * s);
  art.rect(x - w / 2, top, w, h * s, L.night ? '#20242c' : L.shaded('#3b4440'));
  art.rect(x - w * 1.6, y - 0.4 * s, w * 3.2, 0.4 * s, L.night ? '#20242c' : L.shaded('#3b4440'));
  if (L.night) art.path(circle(x, top, s * 2.4), art.radial([[0, '#ffd990', 0.7], [0.3, '#ffcf80', 0.26], [1, '#ffc870', 0]], x, top, s * 2.4));
  const q = 0.22 * s;
  art.poly([[x - q * 0.7, top], [x + q * 0.7, top], [x + q, top - q * 2], [x - q, top - q * 2]], L.night ? '#ffe6ae' : L.paint('#e9e4d2'));
  art.poly([[x - q * 1.3, top - q * 2], [x + q * 1.3, top - q * 2], [x, top - q * 3.2]], L.night ? '#20242c' : L.shaded('#34403a'));
}

export const PLANTS = { palm, cypress, olive, argan, jacaranda, orange, ficus, cedar, shrub, bougainvillea, agave };
/** Half-width and height in metres: for shadows and for keeping crowns inside the frame. */
export const SIZE = { palm: [3, 9], cypress: [1, 8], olive: [2, 4.4], argan: [2.8, 4.8], jacaranda: [3, 6.8], orange: [1.7, 3.8], ficus: [2.9, 6.6], cedar: [2.8, 9], shrub: [1.1, 1], bougainvillea: [1.3, 1.9], agave: [1, 0.9] };
