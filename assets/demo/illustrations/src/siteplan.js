// Site plans, seen straight down: of a subdivision with numbered parcels, or of a
// residence with its roofs, gardens, parking and paths. Sun from the left, as everywhere.

import { board, northArrow, scaleBar } from './board.js';
import { dark, light as lighter, mix, vary } from './color.js';
import { rect } from './geom.js';
import { layout } from './layout.js';
import { label } from './lettering.js';
import { circle, d, Sheet } from './svg.js';

const INK = '#1d2420';

class Site {
  constructor(art, style, k, cx, cy) {
    Object.assign(this, { art, style, k, cx, cy });
    this.taken = [];
  }

  /** Whether a tree of radius `q` may stand at (x, y). */
  free(x, y, q) {
    return !this.taken.some(([x0, y0, x1, y1]) => x > x0 - q && x < x1 + q && y > y0 - q && y < y1 + q);
  }

  keep(x0, y0, x1, y1) {
    this.taken.push([Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]);
  }

  at(x, y) {
    return [this.cx + x * this.k, this.cy - y * this.k];
  }

  area(x0, y0, x1, y1) {
    return rect(x0, y0, x1, y1).map(([x, y]) => this.at(x, y));
  }

  poly(pts, fill, more) {
    this.art.poly(pts.map(([x, y]) => this.at(x, y)), fill, more);
  }

  fill(x0, y0, x1, y1, fill, more) {
    this.art.poly(this.area(x0, y0, x1, y1), fill, more);
  }

  tree(r, x, y, rad, c) {
    const [px, py] = this.at(x, y);
    const q = rad * this.k;
    this.art.path(circle(px + q * 0.75, py + q * 0.5, q), INK, { opacity: 0.2 });
    this.art.path(circle(px, py, q), dark(c, 0.12));
    let lobes = '';
    let lit = '';
    for (let i = 0; i < 8; i++) {
      const a = i * 0.785 + r.range(-0.2, 0.2);
      lobes += circle(px + Math.cos(a) * q * 0.6, py + Math.sin(a) * q * 0.6, q * 0.42);
      if (Math.cos(a - 3.9) > 0.2) lit += circle(px + Math.cos(a) * q * 0.48, py + Math.sin(a) * q * 0.48, q * 0.3);
    }
    this.art.path(lobes, c);
    this.art.path(lit, lighter(c, 0.25));
  }

  palm(x, y, rad) {
    const [px, py] = this.at(x, y);
    const q = rad * this.k;
    const rays = (dx, dy) => Array.from({ length: 9 }, (_, i) => {
      const a = (i * 2 * Math.PI) / 9;
      return d([[px + dx, py + dy], [px + dx + Math.cos(a - 0.16) * q * 0.6, py + dy + Math.sin(a - 0.16) * q * 0.6], [px + dx + Math.cos(a) * q, py + dy + Math.sin(a) * q], [px + dx + Math.cos(a + 0.16) * q * 0.6, py + dy + Math.sin(a + 0.16) * q * 0.6]]);
    }).join('');
    this.art.path(rays(q * 0.7, q * 0.45), INK, { opacity: 0.2 });
    this.art.path(rays(0, 0), '#4f7d43');
    this.art.path(circle(px, py, q * 0.16), '#8a6a42');
  }

  /** A roof: its shadow `high` metres long, parapet, and a few things that stand on it. */
  roof(r, x0, y0, x1, y1, color, high) {
    this.keep(x0, y0, x1, y1);
    const [a, , b] = this.area(x0, y0, x1, y1);
    const s = high * this.k * 0.55;
    const h = [[a[0], a[1]], [b[0], a[1]], [b[0], b[1]], [a[0], b[1]]];
    const shadow = [[a[0], b[1]], [b[0], b[1]], [b[0] + s, b[1] + s * 0.6], [b[0] + s, a[1] + s * 0.6], [a[0] + s, a[1] + s * 0.6], [a[0], a[1]]];
    this.art.poly(shadow, INK, { opacity: 0.28 });
    this.art.poly(h, this.art.linear([[0, lighter(color, 0.3)], [1, color]], a[0], b[1], b[0], a[1]));
    const w = Math.max(2, 0.35 * this.k);
    this.art.path(d([[a[0] + w / 2, b[1] + w / 2], [b[0] - w / 2, b[1] + w / 2], [b[0] - w / 2, a[1] - w / 2], [a[0] + w / 2, a[1] - w / 2]]), 'none', { stroke: lighter(color, 0.55), 'stroke-width': w });
    this.art.path(d([[a[0], b[1]], [b[0], b[1]], [b[0], a[1]], [a[0], a[1]]]), 'none', { stroke: dark(color, 0.4), 'stroke-width': 1.3 });
    const hw = Math.min(3.4, (x1 - x0) * 0.3);
    const hx = x0 + r.range(0.25, 0.6) * (x1 - x0 - hw);
    const hy = y0 + r.range(0.3, 0.55) * (y1 - y0 - hw);
    const [c0, , c1] = this.area(hx, hy, hx + hw, hy + hw);
    this.art.rect(c0[0] + hw * this.k * 0.22, c1[1] + hw * this.k * 0.16, hw * this.k, hw * this.k, INK, { opacity: 0.22 });
    this.art.rect(c0[0], c1[1], hw * this.k, hw * this.k, lighter(color, 0.5), { stroke: dark(color, 0.35), 'stroke-width': 1.2 });
  }

  star(x, y, rad) {
    this.keep(x - rad * 1.2, y - rad * 1.2, x + rad * 1.2, y + rad * 1.2);
    const pts = (q, inner, turn = 0) => Array.from({ length: 16 }, (_, i) => {
      const a = (i * Math.PI) / 8 + turn;
      return [x + q * (i % 2 ? inner : 1) * Math.cos(a), y + q * (i % 2 ? inner : 1) * Math.sin(a)];
    });
    const [a, b, c] = this.style.zellige;
    const [px, py] = this.at(x, y);
    this.art.path(circle(px, py, rad * this.k * 1.15), lighter(b, 0.5));
    this.poly(pts(rad, 0.72), a);
    this.poly(pts(rad * 0.72, 0.72, Math.PI / 8), b);
    this.poly(pts(rad * 0.46, 0.6), c);
  }

  cars(r, x0, y, n, pitch, along = 5) {
    for (let i = 0; i <= n; i++) this.fill(x0 + i * pitch - 0.06, y, x0 + i * pitch + 0.06, y + along, '#fffaf0');
    for (let i = 0; i < n; i++) {
      if (!r.chance(0.62)) continue;
      const [px, py] = this.at(x0 + (i + 0.5) * pitch, y + along / 2);
      const w = 1.75 * this.k;
      const h = 4 * this.k;
      this.art.rect(px - w / 2 + 3, py - h / 2 + 3, w, h, INK, { rx: w * 0.28, opacity: 0.25 });
      this.art.rect(px - w / 2, py - h / 2, w, h, r.pick(['#f4f1ea', '#b9472f', '#2a6f97', '#c9c6bd', '#3f5b57', '#e3a73a']), { rx: w * 0.28 });
      this.art.rect(px - w * 0.38, py - h * 0.18, w * 0.76, h * 0.42, '#31424a', { rx: w * 0.16, opacity: 0.8 });
    }
  }
}

/** Plan of a subdivision: the same kind of layout the view from the air shows. */
export function parcelPlan(r, style, kind) {
  const plan = layout(r.fork('layout'), kind);
  const art = new Sheet();
  board(art, r.fork('board'), style);
  const s = plan.street;
  const turn = plan.h > plan.w;
  const k = Math.min(1240 / ((turn ? plan.h : plan.w) + 2 * s), 860 / ((turn ? plan.w : plan.h) + 2 * s));
  const site = new Site(art, style, k, 800, 545);
  const swap = (x, y) => (turn ? [y, -x] : [x, y]);
  const R = (x0, y0, x1, y1) => {
    const a = swap(x0, y0);
    const b = swap(x1, y1);
    return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
  };
  const q = r.fork('fill');
  const whole = R(-plan.w / 2 - s, -plan.h / 2 - s, plan.w / 2 + s, plan.h / 2 + s);
  const [w0, , w1] = site.area(...whole);
  art.group({ filter: art.blur(12), opacity: 0.3 }, () => art.rect(w0[0] + 12, w1[1] + 16, w1[0] - w0[0], w0[1] - w1[1], '#3a2f22'));
  site.fill(...whole, '#cfc6b5');
  const b = plan.boulevard;
  for (const side of [-1, 1]) site.fill(...R(b.x + side * b.w * 0.24 - b.w * 0.17, -plan.h / 2 - s, b.x + side * b.w * 0.24 + b.w * 0.17, plan.h / 2 + s), '#bdb4a3');
  site.fill(...R(b.x - b.w * 0.05, -plan.h / 2 - s, b.x + b.w * 0.05, plan.h / 2 + s), style.lawn);
  const tints = q.shuffle(['#f3e2bf', '#efd6b4', '#e9e0c2', '#f2dcc8', '#e6e3cf', '#f5e8cf']);
  for (const a of plan.blocks) site.fill(...R(a.x0 - s * 0.16, a.y0 - s * 0.16, a.x1 + s * 0.16, a.y1 + s * 0.16), '#efe6d6');
  plan.parcels.forEach((p) => {
    const block = plan.blocks.findIndex((a) => p.x0 >= a.x0 - 0.01 && p.x1 <= a.x1 + 0.01 && p.y0 >= a.y0 - 0.01 && p.y1 <= a.y1 + 0.01);
    const c = vary(tints[block % tints.length], q, 0.04);
    const box = R(p.x0, p.y0, p.x1, p.y1);
    site.fill(...box, c);
    art.path(d(site.area(...box)), 'none', { stroke: '#8a6f4c', 'stroke-width': 2 });
    const bw = box[2] - box[0];
    const bh = box[3] - box[1];
    // The strip behind each front where nothing may be built.
    const inset = Math.min(bw, bh) * 0.1;
    art.path(d(site.area(box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset)), 'none', { stroke: '#b9472f', 'stroke-width': 1.2, 'stroke-dasharray': '6 5', opacity: 0.6 });
    const size = Math.min(bw * 0.34, bh * 0.34) * k;
    label(art, String(p.n), ...site.at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), Math.min(44, Math.max(15, size)), INK, Math.max(2, size * 0.1));
  });
  for (const a of plan.greens) green(site, q, R(a.x0, a.y0, a.x1, a.y1));
  const step = plan.unit * 0.9;
  for (const a of plan.blocks) {
    for (let x = a.x0 + step / 2; x < a.x1; x += step) for (const y of [a.y0 - s * 0.2, a.y1 + s * 0.2]) if (q.chance(0.75)) site.tree(q, ...swap(x, y), s * 0.15, vary('#6f9450', q, 0.12));
  }
  for (let y = -plan.h / 2; y < plan.h / 2 + s; y += step * 1.1) site.palm(...swap(b.x, y), b.w * 0.13);
  frame(art, k, r, kind === 'residential_plot' ? 20 : 50);
  return art.toString();
}

function green(site, q, [x0, y0, x1, y1]) {
  site.fill(x0, y0, x1, y1, '#efe1c4');
  const mx = (x0 + x1) / 2;
  const my = (y0 + y1) / 2;
  const e = Math.min(x1 - x0, y1 - y0) * 0.05;
  for (const [a, b] of [[x0 + e, mx - e], [mx + e, x1 - e]]) for (const [c, f] of [[y0 + e, my - e], [my + e, y1 - e]]) site.fill(a, c, b, f, vary('#a7c07c', q, 0.06));
  const rad = Math.min(x1 - x0, y1 - y0) * 0.19;
  site.star(mx, my, rad);
  for (let i = 0; i < 22; i++) {
    const x = q.range(x0 + e * 2, x1 - e * 2);
    const y = q.range(y0 + e * 2, y1 - e * 2);
    if (Math.hypot(x - mx, y - my) > rad * 1.5) site.tree(q, x, y, e * q.range(0.8, 1.3), vary(q.pick(['#6f9450', '#5b8a4c', '#86a35f']), q, 0.1));
  }
}

function frame(art, k, r, length) {
  scaleBar(art, 150, 1112, k, length);
  northArrow(art, 1452, 1092, 44, r.fork('north').range(-0.9, 0.9));
}

/** Plan of a residence: blocks of flats or rows of houses about a garden. */
export function residencePlan(r, style, type) {
  const art = new Sheet();
  board(art, r.fork('board'), style);
  const q = r.fork('site');
  const villas = type === 'villa' || type === 'semi_finished_villa';
  const W = villas ? 84 : type === 'house' ? 92 : 110;
  const Hh = W * q.range(0.58, 0.68);
  const k = Math.min(1260 / W, 870 / Hh);
  const site = new Site(art, style, k, 800, 545);
  const [x0, y0, x1, y1] = [-W / 2, -Hh / 2, W / 2, Hh / 2];
  const [a, , b] = site.area(x0, y0, x1, y1);
  art.group({ filter: art.blur(12), opacity: 0.3 }, () => art.rect(a[0] + 12, b[1] + 16, b[0] - a[0], a[1] - b[1], '#3a2f22'));
  site.fill(x0, y0, x1, y1, vary('#b3c887', q, 0.08));
  // Street along the foot, with its pavement.
  site.fill(x0, y0, x1, y0 + 9, '#bdb4a3');
  site.fill(x0, y0 + 9, x1, y0 + 11.2, '#eee3cf');
  for (let x = x0 + 2; x < x1 - 2; x += 5) site.fill(x, y0 + 4.4, x + 2.6, y0 + 4.65, '#fffaf0');
  for (let i = 0; i < 6; i++) site.fill(-3 + i, y0 + 0.6, -2.5 + i, y0 + 8.4, '#fffaf0');
  if (type === 'apartment' || type === 'shop' || type === 'block') flatsPlan(site, q, style, { x0, y0: y0 + 11.2, x1, y1 }, type);
  else rowsPlan(site, q, style, { x0, y0: y0 + 11.2, x1, y1 }, villas);
  for (let x = x0 + 3; x < x1 - 2; x += 7.5) if (Math.abs(x) > 5) site.tree(q, x, y0 + 10.1, 1.5, vary('#6f9450', q, 0.12));
  art.path(d(site.area(x0, y0, x1, y1)), 'none', { stroke: INK, 'stroke-width': 3 });
  frame(art, k, r, 20);
  return art.toString();
}

function flatsPlan(site, q, style, { x0, y0, x1, y1 }, type) {
  const paths = '#efe1c4';
  const my = (y0 + y1) / 2;
  site.fill(-2.2, y0, 2.2, y1 - 2, paths);
  site.fill(x0 + 6, my - 1.6, x1 - 6, my + 1.6, paths);
  site.keep(-2.2, y0, 2.2, y1 - 2);
  site.keep(x0 + 6, my - 1.6, x1 - 6, my + 1.6);
  const roofs = [style.wall, style.wall2, style.accent].map((c) => mix(c, '#e9dcc6', 0.35));
  const D = q.range(11, 13);
  const form = type === 'shop' ? 'rows' : q.pick(['court', 'bars', 'ells', 'court']);
  const high = q.range(9, 14);
  const put = (a, b, c, d2, i) => site.roof(q, a, b, c, d2, roofs[i % 3], high + q.range(-2, 2));
  const drive = (a, b, c, e) => {
    site.fill(a, b, c, e, '#cbc1ae');
    site.keep(a, b, c, e);
  };
  if (form === 'rows') {
    drive(x0 + 1, y0, x0 + 5, y1 - 2);
    drive(x1 - 5, y0, x1 - 1, y1 - 2);
    drive(x0 + 1, y1 - 15, x1 - 1, y1 - 9.5);
  } else if (form === 'bars') drive(-13, y0, -8.5, my - 8);
  const parking = (px, n, y) => {
    site.fill(px - 0.5, y - 0.5, px + n * 2.6 + 0.5, y + 5.5, '#cbc1ae');
    site.keep(px - 0.5, y - 0.5, px + n * 2.6 + 0.5, y + 5.5);
    site.cars(q, px, y, n, 2.6);
  };
  if (form === 'rows') {
    site.fill(x0 + 5.5, y0 + 1, x1 - 5.5, y0 + 9, '#ead9b8');
    site.keep(x0 + 5.5, y0 + 1, x1 - 5.5, y0 + 9);
    put(x0 + 6, y0 + 9, -5, y0 + 9 + D, 0);
    put(5, y0 + 9, x1 - 6, y0 + 9 + D, 1);
    parking(x0 + 8, Math.floor((x1 - x0 - 40) / 5.2), y1 - 9);
    parking(8, Math.floor((x1 - x0 - 40) / 5.2), y1 - 9);
  } else if (form === 'bars') {
    const n = 3;
    const w = (x1 - x0 - 24) / n;
    for (let i = 0; i < n; i++) {
      put(x0 + 9 + i * (w + 3), my + 4, x0 + 9 + i * (w + 3) + w - 3, my + 4 + D, i);
      if (i !== 1) put(x0 + 9 + i * (w + 3), my - 4 - D, x0 + 9 + i * (w + 3) + w - 3, my - 4, i + 1);
    }
    parking(-w / 2 + 2, Math.floor((w - 4) / 2.6), my - 14);
  } else {
    put(x0 + 8, y1 - 5 - D, -5, y1 - 5, 0);
    put(5, y1 - 5 - D, x1 - 8, y1 - 5, 1);
    put(x0 + 8, y0 + 6, x0 + 8 + D, y1 - 8 - D, 2);
    put(x1 - 8 - D, y0 + 6, x1 - 8, y1 - 8 - D, 0);
    if (form === 'ells') { put(x0 + 8 + D, y0 + 6, x0 + 22 + D, y0 + 6 + D * 0.9, 1); put(x1 - 22 - D, y0 + 6, x1 - 8 - D, y0 + 6 + D * 0.9, 2); }
    parking(form === 'ells' ? -14 : x0 + 12 + D, form === 'ells' ? 4 : 6, y0 + 2);
    parking(form === 'ells' ? 4 : x1 - 28 - D, form === 'ells' ? 4 : 6, y0 + 2);
  }
  const sy = form === 'rows' ? y0 + 4.6 : my;
  site.star(0, sy, form === 'rows' ? 3 : 4.6);
  if (form !== 'rows' && form !== 'bars') {
    const gx = q.sign() * q.range(11, 15);
    playground(site, q, gx, my);
  }
  scatter(site, q, { x0, y0, x1, y1 }, 90);
}

function playground(site, q, x, y) {
  site.keep(x - 4.6, y - 4.6, x + 4.6, y + 4.6);
  site.art.path(circle(...site.at(x, y), 4.4 * site.k), '#e9b98a');
  site.art.path(circle(...site.at(x, y), 4.4 * site.k), 'none', { stroke: '#fffaf0', 'stroke-width': 3 });
  for (const [dx, dy, c] of [[-1.6, 0.9, '#2a6f97'], [1.5, 1.2, '#b9472f'], [0.2, -1.6, '#e3a73a']]) {
    const [px, py] = site.at(x + dx, y + dy);
    site.art.rect(px - 10, py - 10, 26, 22, '#1d2420', { rx: 4, opacity: 0.2 });
    site.art.rect(px - 13, py - 13, 26, 22, c, { rx: 4 });
  }
}

/** Flower beds and trees wherever there are neither roofs nor paths. */
function scatter(site, q, { x0, y0, x1, y1 }, n) {
  for (let i = 0; i < 40; i++) {
    const x = q.range(x0 + 4, x1 - 4);
    const y = q.range(y0 + 3, y1 - 3);
    if (!site.free(x, y, 2.6)) continue;
    const c = q.pick(['#c0387e', '#e3a73a', '#d2603c', '#8c6bb8', '#f3ead8']);
    const [px, py] = site.at(x, y);
    const rad = q.range(0.9, 1.7) * site.k;
    site.art.path(circle(px, py, rad * 1.1, rad * 0.8), '#efe6d0');
    site.art.path(circle(px, py, rad, rad * 0.7), '#6f8f4e');
    let dots = '';
    for (let k = 0; k < 14; k++) { const t = Math.sqrt(q.next()) * 0.8; const w = q.range(0, 6.28); dots += circle(px + Math.cos(w) * t * rad, py + Math.sin(w) * t * rad * 0.7, 2.6); }
    site.art.path(dots, c);
    site.keep(x - 1.8, y - 1.4, x + 1.8, y + 1.4);
  }
  for (let i = 0; i < n * 2; i++) {
    const x = q.range(x0 + 2.2, x1 - 2.2);
    const y = q.range(y0 + 2.4, y1 - 2.2);
    const rad = q.range(1.1, 2);
    if (!site.free(x, y, rad + 0.5)) continue;
    site.keep(x - rad * 0.7, y - rad * 0.7, x + rad * 0.7, y + rad * 0.7);
    if (q.chance(0.2)) site.palm(x, y, 1.9);
    else site.tree(q, x, y, rad, vary(q.pick(['#6f9450', '#5b8a4c', '#86a35f', '#7d9a5a']), q, 0.1));
  }
}

function rowsPlan(site, q, style, { x0, y0, x1, y1 }, villas) {
  const roofs = [style.wall, style.wall2, style.accent].map((c) => mix(c, '#e9dcc6', 0.3));
  const my = (y0 + y1) / 2;
  site.fill(x0 + 2, my - 3, x1 - 2, my + 3, '#cbc1ae');
  site.fill(-3, y0, 3, my, '#cbc1ae');
  site.fill(x0 + 2, my + 3, x1 - 2, my + 4.4, '#efe1c4');
  site.fill(x0 + 2, my - 4.4, -3, my - 3, '#efe1c4');
  site.fill(3, my - 4.4, x1 - 2, my - 3, '#efe1c4');
  const lot = villas ? q.range(18, 21) : q.range(8.6, 10);
  const rows = [[my + 4.4, y1 - 1.5, 1], [y0 + 1.5, my - 4.4, -1]];
  for (const [a, b, up] of rows) {
    const spans = up > 0 ? [[x0 + 3, x1 - 3]] : [[x0 + 3, -4.5], [4.5, x1 - 3]];
    for (const [s0, s1] of spans) {
      const n = Math.max(1, Math.floor((s1 - s0) / lot));
      const w = (s1 - s0) / n;
      for (let i = 0; i < n; i++) {
        const u = s0 + i * w;
        site.fill(u, a, u + w, b, vary('#bccf90', q, 0.06));
        site.art.path(d(site.area(u, a, u + w, b)), 'none', { stroke: '#f7efdf', 'stroke-width': 4 });
        const depth = b - a;
        const front = up > 0 ? a : b;
        const y = (t) => front + up * depth * t;
        if (villas) {
          const px = q.chance(0.5);
          const pa = y(0.74);
          const pb = y(0.9);
          if (style.pool) {
            site.fill(u + w * 0.2, Math.min(pa, pb), u + w * 0.62, Math.max(pa, pb), '#f6efe2');
            site.fill(u + w * 0.22, Math.min(pa, pb) + 0.4, u + w * 0.6, Math.max(pa, pb) - 0.4, '#57b3c4');
          } else site.star(u + w * 0.41, (pa + pb) / 2, 1.5);
          const [ya, yb, yc] = [y(0.22), y(0.62), y(0.5)];
          site.roof(q, u + w * (px ? 0.12 : 0.42), Math.min(ya, yb), u + w * (px ? 0.58 : 0.88), Math.max(ya, yb), roofs[(i + (up > 0 ? 0 : 1)) % 3], 6.5);
          site.roof(q, u + w * (px ? 0.58 : 0.14), Math.min(ya, yc), u + w * (px ? 0.88 : 0.42), Math.max(ya, yc), roofs[(i + 1) % 3], 3.6);
          site.fill(u + w * 0.7, Math.min(front, y(0.2)), u + w * 0.84, Math.max(front, y(0.2)), '#e6d5b4');
          for (let t = 0; t < 6; t++) site.tree(q, u + w * q.range(0.7, 0.92), y(q.range(0.7, 0.92)), q.range(0.8, 1.3), vary(q.pick(['#6f9450', '#5b8a4c', '#86a35f']), q, 0.1));
          site.palm(u + w * 0.1, y(0.86), 1.5);
        } else {
          const [ya, yb] = [y(0.16), y(0.66)];
          site.roof(q, u + 0.15, Math.min(ya, yb), u + w - 0.15, Math.max(ya, yb), roofs[q.int(0, 2)], q.pick([6, 6.5, 9]));
          site.tree(q, u + w * q.range(0.25, 0.75), y(0.84), q.range(0.9, 1.4), vary(q.pick(['#6f9450', '#5b8a4c', '#86a35f']), q, 0.1));
          site.fill(u + w * 0.42, Math.min(front, y(0.16)), u + w * 0.58, Math.max(front, y(0.16)), '#e6d5b4');
        }
      }
    }
  }
  for (let x = x0 + 6; x < x1 - 4; x += 11) for (const s of [-1, 1]) if (s > 0 || Math.abs(x) > 5) site.tree(q, x, my + s * 3.7, 0.95, vary('#6f9450', q, 0.12));
}
