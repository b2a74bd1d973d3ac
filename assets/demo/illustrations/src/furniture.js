// What stands in a room of a floor plan, seen from above.

import { dark, light as lighter, mix } from './color.js';
import { circle, d } from './svg.js';

/** A potted plant from above. */
export function plantTop(art, x, y, rad, c) {
  art.path(circle(x + rad * 0.2, y + rad * 0.25, rad), '#3a2f22', { opacity: 0.18 });
  art.path(circle(x, y, rad), c);
  let p = '';
  for (let i = 0; i < 7; i++) p += circle(x + Math.cos(i * 0.9) * rad * 0.6, y + Math.sin(i * 0.9) * rad * 0.6, rad * 0.36);
  art.path(p, lighter(c, 0.14));
  art.path(circle(x - rad * 0.3, y - rad * 0.3, rad * 0.3), lighter(c, 0.35));
}

/** Furniture, in the room's own frame: u across, v from the hall wall to the outer wall. */
export function furnish(art, r, style, room, c, { to, k }) {
  const low = room.band === 'low';
  const q = (u, v) => to(c.x0 + u, low ? c.y1 - v : c.y0 + v);
  const box = (u, v, w, h, fill, rx = 0.05) => {
    const a = q(u, v);
    const b = q(u + w, v + h);
    const x = Math.min(a[0], b[0]);
    const y = Math.min(a[1], b[1]);
    const more = { rx: rx * k, stroke: '#5a4a38', 'stroke-width': Math.max(1.2, k * 0.018) };
    art.rect(x + 3, y + 4, w * k, h * k, '#3a2f22', { rx: rx * k, opacity: 0.2 });
    art.rect(x, y, w * k, h * k, fill, more);
  };
  const disc = (u, v, rad, fill) => art.path(circle(...q(u, v), rad * k), fill, { stroke: '#5a4a38', 'stroke-width': Math.max(1.2, k * 0.018) });
  (FURNITURE[room.kind] ?? (() => {}))({ art, r, style, w: c.w, h: c.h, box, disc, q, k, plant: (u, v, s = 0.24) => plantTop(art, ...q(u, v), s * k, '#5f8f4b') });
}

const wood = '#b98a58';
const FURNITURE = {
  salon({ r, style, w, h, box, disc, plant }) {
    const c = r.pick([style.accent, '#b9472f', '#0e5a4a', '#2a6f97', '#c58a2c']);
    const s = 0.72;
    // Benches on three walls; the hall side stays open.
    box(0.04, h - s - 0.04, w - 0.08, s, lighter(c, 0.1));
    box(0.04, 0.9, s, h - 0.9 - s - 0.04, lighter(c, 0.1));
    box(w - s - 0.04, 0.9, s, h - 0.9 - s - 0.04, lighter(c, 0.1));
    const cushion = lighter(c, 0.5);
    for (let u = 0.2; u < w - 0.5; u += 0.62) box(u, h - 0.26, 0.5, 0.2, cushion, 0.08);
    for (let v = 1; v < h - s - 0.4; v += 0.62) { box(0.06, v, 0.2, 0.5, cushion, 0.08); box(w - 0.26, v, 0.2, 0.5, cushion, 0.08); }
    box(w / 2 - w * 0.2, h * 0.36, w * 0.4, h * 0.28, mix('#b9472f', c, 0.4), 0.02);
    box(w / 2 - w * 0.17, h * 0.39, w * 0.34, h * 0.22, '#f0dfbe', 0.02);
    disc(w / 2, h * 0.5, Math.min(0.42, h * 0.1), wood);
    disc(w / 2, h * 0.5, Math.min(0.2, h * 0.05), lighter(wood, 0.3));
    plant(0.34, 0.4);
  },
  living({ r, style, w, h, box, plant }) {
    const c = r.pick(['#7f97a3', style.accent, '#8f9c74']);
    box(w / 2 - 1.2, h * 0.3, 2.4, h * 0.36, '#eadcc0', 0.02);
    box(w / 2 - 1.05, h - 0.98, 2.1, 0.85, c, 0.12);
    box(w / 2 - 0.95, h - 0.34, 0.9, 0.18, lighter(c, 0.3), 0.06);
    box(w / 2 + 0.05, h - 0.34, 0.9, 0.18, lighter(c, 0.3), 0.06);
    box(w / 2 - 0.5, h * 0.42, 1, 0.5, wood);
    box(0.1, h * 0.4, 0.7, 0.75, c, 0.12);
    plant(w - 0.4, h - 0.4);
  },
  bed({ r, style, w, h, box }) {
    const c = r.pick([style.accent, '#2a6f97', '#0e5a4a', '#c58a2c', '#8a5a6a']);
    const side = w / 2;
    box(side - 1.25, h * 0.34, 2.5, h * 0.36, '#efe3cb', 0.02);
    box(side - 0.8, h - 2.12, 1.6, 2.0, '#fbf6ea', 0.06);
    box(side - 0.8, h - 2.12, 1.6, 1.35, lighter(c, 0.25), 0.06);
    box(side - 0.7, h - 0.55, 0.62, 0.36, '#ffffff', 0.08);
    box(side + 0.08, h - 0.55, 0.62, 0.36, '#ffffff', 0.08);
    if (w > 2.8) { box(side - 1.3, h - 0.52, 0.42, 0.4, wood); box(side + 0.88, h - 0.52, 0.42, 0.4, wood); }
    if (w > 3) box(w * 0.36, 0.05, w * 0.34, 0.55, lighter(wood, 0.2), 0.02);
  },
  twin({ r, style, w, h, box }) {
    const c = r.pick([style.accent2, '#7fa35a', '#2a6f97', '#d08a5a']);
    for (const u of w > 2.6 ? [0.08, w - 0.98] : [0.08]) {
      box(u, h - 1.98, 0.9, 1.9, '#fbf6ea', 0.05);
      box(u, h - 1.98, 0.9, 1.3, lighter(c, 0.25), 0.05);
      box(u + 0.14, h - 0.44, 0.62, 0.3, '#ffffff', 0.06);
    }
    box(w / 2 - 0.3, h - 0.5, 0.6, 0.42, wood);
  },
  kitchen({ w, h, box, disc }) {
    box(0.02, h - 0.64, w - 0.04, 0.62, '#e4e0d5', 0.01);
    box(0.02, 1.1, 0.62, Math.max(0.4, h - 1.76), '#e4e0d5', 0.01);
    box(w / 2 - 0.4, h - 0.54, 0.8, 0.4, '#c6d3d6', 0.06);
    for (const [a, b] of [[0, 0], [0.24, 0], [0, 0.24], [0.24, 0.24]]) disc(0.2 + a, h * 0.56 + b - 0.1, 0.085, '#3b3f40');
    box(w - 0.66, h - 0.66, 0.62, 0.64, '#f4f4f0', 0.03);
    if (w > 2.6 && h > 2.6) { disc(w * 0.62, h * 0.4, 0.38, wood); for (let i = 0; i < 3; i++) disc(w * 0.62 + 0.6 * Math.cos(i * 2.1 + 0.5), h * 0.4 + 0.6 * Math.sin(i * 2.1 + 0.5), 0.17, lighter(wood, 0.35)); }
  },
  bath({ w, h, box, disc, q, art, k }) {
    box(0.05, h - 0.8, w - 0.1, 0.75, '#ffffff', 0.1);
    box(0.14, h - 0.72, w - 0.28, 0.58, '#dcecf0', 0.16);
    box(w - 0.5, h * 0.42, 0.46, 0.6, '#ffffff', 0.08);
    disc(w - 0.28, h * 0.42 + 0.3, 0.16, '#dcecf0');
    art.path(circle(...q(0.34, h * 0.5), 0.2 * k, 0.26 * k), '#ffffff', { stroke: '#5a4a38', 'stroke-width': 1.4 });
    box(0.04, h * 0.5 - 0.26, 0.16, 0.52, '#ffffff', 0.02);
  },
  wc({ w, h, box, art, q, k }) {
    box(w / 2 - 0.25, h - 0.24, 0.5, 0.2, '#ffffff', 0.03);
    art.path(circle(...q(w / 2, h - 0.5), 0.2 * k, 0.28 * k), '#ffffff', { stroke: '#5a4a38', 'stroke-width': 1.4 });
    box(w - 0.36, h * 0.4, 0.32, 0.42, '#ffffff', 0.06);
  },
  stairs({ w, h, art, q, k }) {
    const steps = Math.max(8, Math.round((h - 0.4) / 0.27));
    const run = (h - 0.3) / steps;
    let path = '';
    for (let i = 0; i <= steps; i++) path += d([q(0.06, 0.3 + i * run), q(w - 0.06, 0.3 + i * run)], false);
    path += d([q(w / 2 - 0.04, 0.3 + run * 2), q(w / 2 - 0.04, h - 0.02)], false);
    art.path(path, 'none', { stroke: '#6d5a43', 'stroke-width': Math.max(1.3, k * 0.02) });
    const tip = q(w * 0.25, h - 0.35);
    const foot = q(w * 0.25, 0.5);
    const s = Math.sign(tip[1] - foot[1]);
    art.path(`${d([foot, tip], false)}${d([[tip[0] - 7, tip[1] - 11 * s], tip, [tip[0] + 7, tip[1] - 11 * s]], false)}`, 'none', { stroke: '#b9472f', 'stroke-width': 2.6, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });
  },
  garage({ r, w, h, box }) {
    const c = r.pick(['#b9472f', '#2a6f97', '#c9c6bd', '#3f5b57']);
    const l = Math.min(h - 0.5, 3.9);
    const cw = Math.min(1.7, w - 0.6);
    const u = (w - cw) / 2;
    const v = (h - l) / 2;
    box(u, v, cw, l, c, 0.36);
    box(u + 0.16, v + l * 0.24, cw - 0.32, l * 0.5, dark(c, 0.3), 0.2);
    box(u + 0.24, v + l * 0.34, cw - 0.48, l * 0.3, c, 0.1);
  },
  entry({ w, h, box, plant }) {
    box(0.05, h * 0.3, 0.34, Math.min(1.1, h * 0.36), wood);
    plant(w - 0.3, h * 0.34, 0.2);
  },
  shop({ r, style, w, h, box }) {
    const c = r.pick(style.shopColors);
    for (let v = 1.5; v < h - 1.6; v += 1.25) for (const u of [w * 0.16, w * 0.56]) { box(u, v, w * 0.28, 0.5, wood); for (let i = 0; i < 4; i++) box(u + 0.06 + i * w * 0.065, v + 0.1, w * 0.05, 0.3, r.pick(['#d98b3a', c, '#e6c15a', '#2a6f97', '#0e5a4a']), 0.02); }
    box(0.05, h * 0.36, 0.45, h * 0.44, lighter(wood, 0.2));
    box(w * 0.52, 0.5, w * 0.36, 0.55, c, 0.06);
  },
  store({ w, h, box }) {
    box(0.04, 0.9, 0.5, Math.max(0.3, h - 1), lighter(wood, 0.2), 0.02);
    for (let i = 0; i < 3; i++) box(w - 0.75, h - 0.7 - i * 0.6, 0.6, 0.5, '#c9a06a', 0.02);
  },
  office({ w, h, box, disc }) {
    box(w * 0.2, h - 0.85, w * 0.6, 0.62, wood);
    disc(w / 2, h - 1.15, 0.22, '#3f5b57');
    box(w * 0.42, h - 0.7, 0.4, 0.26, '#40555f', 0.02);
  },
};
