// The ground before the houses: lawns, paths, streets, plazas, pools, low plants.

import { dark, light as lighter, mix } from './color.js';
import { rect } from './geom.js';
import { ring } from './scene.js';
import { circle, d } from './svg.js';

export class Ground {
  constructor(art, camera, L, r) {
    Object.assign(this, { art, camera, L, r });
  }

  flat(pts) {
    return this.camera.poly(pts.map(([x, y]) => [x, y, 0]));
  }

  poly(pts, fill, more) {
    this.art.poly(this.flat(pts), fill, more);
  }

  /** The base ground from the horizon to the lower edge: pale far off, rich near. */
  base(color, top) {
    const { art, L } = this;
    const near = L.paint(color);
    art.rect(0, top, art.w, art.h - top, art.linear([[0, mix(near, L.haze, 0.45)], [0.2, mix(near, L.haze, 0.12)], [1, dark(near, 0.16)]], 0, top, 0, art.h));
    art.rect(0, top, art.w, art.h - top, art.linear([[0, L.glow, L.night ? 0.05 : 0.2], [0.7, L.glow, 0]], 0, 0, art.w, 0));
  }

  /** A street across the picture, y0..y1, with kerbs and a broken line. */
  street(y0, y1, { kerb = true } = {}) {
    const { L } = this;
    const asphalt = L.paint('#8d8880');
    const X = 160;
    this.poly(rect(-X, y0, X, y1), asphalt);
    if (kerb) {
      for (const [a, b] of [[y1, y1 + 1.9], [y0 - 1.9, y0]]) this.poly(rect(-X, a, X, b), L.paint('#dccfb8'));
      for (const a of [y1, y0 - 0.25]) this.poly(rect(-X, a, X, a + 0.25), L.paint('#efe6d6'));
    }
    for (let x = -X; x < X; x += 5) this.poly(rect(x, (y0 + y1) / 2 - 0.09, x + 2.4, (y0 + y1) / 2 + 0.09), L.paint('#f2ead9'), { opacity: 0.85 });
    this.#speckle(y0, y1, '#000000', 0.05);
  }

  #speckle(y0, y1, color, opacity) {
    let path = '';
    for (let i = 0; i < 260; i++) {
      const p = [this.r.range(-60, 60), this.r.range(y0, y1), 0];
      if (this.camera.depth(p) < 2) continue;
      const [x, y] = this.camera.at(p);
      if (x < 0 || x > this.art.w || y > this.art.h) continue;
      path += `M${x.toFixed(0)} ${y.toFixed(0)}h${this.r.range(2, 9).toFixed(0)}`;
    }
    this.art.path(path, 'none', { stroke: color, 'stroke-width': 1.4, opacity });
  }

  crossing(x, y0, y1) {
    for (let k = 0; k < 6; k++) this.poly(rect(x + k * 0.95, y0 + 0.3, x + k * 0.95 + 0.5, y1 - 0.3), this.L.paint('#f3ecdf'), { opacity: 0.92 });
  }

  /** A paved court with a grid and, at its heart, an eight-fold star. */
  plaza(x0, x1, y0, y1, color, { star, step = 1.6, accent = '#b9472f' } = {}) {
    const { art, L } = this;
    this.poly(rect(x0, y0, x1, y1), L.paint(color));
    const lines = [];
    for (let x = x0 + step; x < x1; x += step) lines.push([[x, y0], [x, y1]]);
    for (let y = y0 + step; y < y1; y += step) lines.push([[x0, y], [x1, y]]);
    art.path(lines.map((s) => d(this.#seg(s), false)).join(''), 'none', { stroke: L.shaded(color), 'stroke-width': 1.1, opacity: 0.4 });
    this.poly([[x0, y0], [x1, y0], [x1, y0 + 0.35], [x0, y0 + 0.35]], L.paint(accent), { opacity: 0.75 });
    this.poly([[x0, y1 - 0.35], [x1, y1 - 0.35], [x1, y1], [x0, y1]], L.paint(accent), { opacity: 0.75 });
    if (star) this.star(star.x, star.y, star.r, star.colors);
  }

  #seg([a, b]) {
    const p = this.camera.poly([[...a, 0], [...b, 0], [...b, 0]]);
    return p.slice(0, 2);
  }

  star(x, y, rad, [a, b, c]) {
    const pts = (q, inner, turn = 0) => Array.from({ length: 16 }, (_, k) => {
      const t = (k * Math.PI) / 8 + turn;
      const l = (k % 2 ? inner : 1) * q;
      return [x + l * Math.cos(t), y + l * Math.sin(t)];
    });
    this.poly(ring(x, y, rad * 1.12, 40), this.L.paint(lighter(b, 0.4)));
    this.poly(pts(rad, 0.72), this.L.paint(a));
    this.poly(pts(rad * 0.74, 0.72, Math.PI / 8), this.L.paint(b));
    this.poly(pts(rad * 0.5, 0.6), this.L.paint(c));
    this.poly(pts(rad * 0.24, 0.7), this.L.paint(lighter(b, 0.3)));
  }

  lawn(pts, color, { edge = true } = {}) {
    const { art, L, r } = this;
    const c = L.paint(color);
    const flat = this.flat(pts);
    if (flat.length < 3) return;
    const ys = flat.map((p) => p[1]);
    if (edge) art.poly(flat, 'none', { stroke: L.paint('#e6dac4'), 'stroke-width': 5, 'stroke-linejoin': 'round' });
    art.poly(flat, art.linear([[0, lighter(c, 0.1)], [1, dark(c, 0.12)]], 0, Math.min(...ys), 0, Math.max(...ys)));
    const xs = flat.map((p) => p[0]);
    const [x0, x1, y0, y1] = [Math.max(0, Math.min(...xs)), Math.min(art.w, Math.max(...xs)), Math.min(...ys), Math.min(art.h, Math.max(...ys))];
    art.group({ 'clip-path': art.clip(d(flat)) }, () => {
      const tones = ['', ''];
      const n = Math.round(((x1 - x0) * (y1 - y0)) / 900);
      for (let i = 0; i < n; i++) {
        const x = r.range(x0, x1);
        const y = y0 + (y1 - y0) * r.next() ** 0.8;
        const k = Math.min(15, Math.max(2, (y - this.camera.horizon) * 0.026));
        tones[i % 2] += `M${x.toFixed(1)} ${y.toFixed(1)}l${(-k * 0.3).toFixed(1)} ${(-k).toFixed(1)}m${(k * 0.45).toFixed(1)} ${k.toFixed(1)}l${(k * 0.2).toFixed(1)} ${(-k * 0.9).toFixed(1)}`;
      }
      this.#mow(flat, c, y0, y1);
      art.path(tones[0], 'none', { stroke: L.shaded(color), 'stroke-width': 1.5, opacity: 0.4 });
      art.path(tones[1], 'none', { stroke: lighter(c, 0.35), 'stroke-width': 1.5, opacity: L.night ? 0.16 : 0.5 });
    });
  }

  /** Broad soft swathes of light over grass. */
  #mow(flat, c, y0, y1) {
    const { art, r } = this;
    for (let i = 0; i < 7; i++) {
      const y = y0 + (y1 - y0) * r.next();
      const h = 6 + (y - y0) * 0.11;
      art.path(`M-20 ${y.toFixed(0)}q${r.range(200, 500).toFixed(0)} ${(-h).toFixed(0)} ${r.range(700, 1000).toFixed(0)} 0t1000 ${r.range(-10, 10).toFixed(0)}v${h.toFixed(0)}q-500 ${h.toFixed(0)} -1000 0t-1000 0Z`, i % 2 ? lighter(c, 0.16) : dark(c, 0.16), { opacity: 0.35 });
    }
  }

  /** A flower bed: an oval of dark leaves and bright blossoms, in a pale kerb. */
  bed(x, y, rx, ry, colors) {
    const { art, L, r, camera } = this;
    if (camera.depth([x, y - ry, 0]) < 4) return;
    const oval = (k) => Array.from({ length: 28 }, (_, i) => [x + rx * k * Math.cos((i * Math.PI) / 14), y + ry * k * Math.sin((i * Math.PI) / 14)]);
    // A bed is drawn whole or not at all.
    if (oval(1.1).some((p) => { const [sx, sy] = camera.at([...p, 0]); return sx < 24 || sx > art.w - 24 || sy > art.h - 16; })) return;
    this.poly(oval(1.08), L.paint('#eadfca'));
    this.poly(oval(1), L.shaded('#4f6b3c'));
    const leaves = ['', '', ''];
    const flowers = ['', '', ''];
    const spots = Array.from({ length: 170 }, () => {
      const a = r.range(0, Math.PI * 2);
      const q = Math.sqrt(r.next()) * 0.94;
      return [x + rx * q * Math.cos(a), y + ry * q * Math.sin(a)];
    }).sort((p, q) => camera.depth([...q, 0]) - camera.depth([...p, 0]));
    spots.forEach((p, i) => {
      const [sx, sy] = camera.at([...p, 0]);
      const k = camera.scale([...p, 0]);
      const h = k * r.range(0.1, 0.34);
      leaves[i % 3] += `M${sx.toFixed(1)} ${sy.toFixed(1)}q${(-k * 0.16).toFixed(1)} ${(-h * 0.6).toFixed(1)} 0 ${(-h).toFixed(1)}q${(k * 0.16).toFixed(1)} ${(h * 0.4).toFixed(1)} 0 ${h.toFixed(1)}Z`;
      if (i % 2) flowers[i % 3] += circle(sx, sy - h, Math.min(8, Math.max(1.5, k * r.range(0.06, 0.1))));
    });
    leaves.forEach((p, i) => art.path(p, i ? L.paint(i > 1 ? '#86a85a' : '#5f8f4b') : L.shaded('#6f9450')));
    flowers.forEach((p, i) => art.path(p, L.paint(colors[i % colors.length])));
  }

  /** A pool with a pale rim, tiles under water, and the sky in it. */
  pool(x0, x1, y0, y1) {
    const { art, L, r } = this;
    this.poly(rect(x0 - 0.9, y0 - 0.9, x1 + 0.9, y1 + 0.9), L.paint('#e9dcc6'));
    this.poly(rect(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3), L.paint('#f6efe2'));
    const water = this.flat(rect(x0, y0, x1, y1));
    const c = L.night ? '#3aa0b4' : L.paint('#4fb4c4');
    const ys = water.map((p) => p[1]);
    art.poly(water, art.linear([[0, mix(c, L.sky[1][1], 0.5)], [1, c]], 0, Math.min(...ys), 0, Math.max(...ys)));
    art.poly(this.camera.poly([[x0, y1, 0], [x1, y1, 0], [x1, y1 - 0.5, 0], [x0, y1 - 0.5, 0]]), dark(c, 0.22), { opacity: 0.6 });
    art.group({ 'clip-path': art.clip(d(water)) }, () => {
      let waves = '';
      for (let i = 0; i < 60; i++) {
        const [x, y] = this.camera.at([r.range(x0, x1), r.range(y0, y1), 0]);
        const w = r.range(10, 42);
        waves += `M${x.toFixed(0)} ${y.toFixed(0)}q${(w / 4).toFixed(0)} -4 ${(w / 2).toFixed(0)} 0t${(w / 2).toFixed(0)} 0`;
      }
      art.path(waves, 'none', { stroke: L.night ? '#ffe2a6' : '#ffffff', 'stroke-width': 1.8, opacity: 0.42 });
    });
  }

  /** Low planting along the lower edge, whole and soft, to close the picture. */
  foreground(s) {
    const { art, L, r } = this;
    const base = art.h + 26;
    for (const side of [-1, 1]) {
      const n = r.int(2, 4);
      for (let i = 0; i < n; i++) {
        const x = side < 0 ? r.range(-20, 300) : r.range(1300, 1620);
        const k = r.range(60, 96);
        const q = r.fork(`fg${side}${i}`);
        art.group({}, () => this.#tuft(q, x, base, k, L, s));
      }
    }
  }

  #tuft(q, x, y, k, L, s) {
    const c = q.pick(s.earth ? ['#9aa061', '#8d9a72', '#b09c5c'] : ['#5f8f4b', '#78a055', '#4f8250']);
    const flower = q.pick(['#c0387e', '#e3a73a', '#f3ead8', '#8c6bb8', '#d2603c']);
    const { art } = this;
    for (let i = 0; i < 34; i++) {
      const px = x + q.bell() * k * 1.2;
      const h = k * q.range(0.5, 1.5);
      const lean = q.range(-0.45, 0.45) * h;
      const w = k * 0.045;
      const tone = q.chance(0.5) ? L.shaded(c) : L.paint(lighter(c, q.range(0, 0.2)));
      art.path(`M${(px - w).toFixed(1)} ${y}Q${(px + lean * 0.3).toFixed(1)} ${(y - h * 0.6).toFixed(1)} ${(px + lean).toFixed(1)} ${(y - h).toFixed(1)}Q${(px + lean * 0.3 + w).toFixed(1)} ${(y - h * 0.5).toFixed(1)} ${(px + w).toFixed(1)} ${y}Z`, tone);
      if (q.chance(0.25)) art.path(`M${(px + lean - 5).toFixed(1)} ${(y - h).toFixed(1)}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0`, L.paint(flower));
    }
  }
}
