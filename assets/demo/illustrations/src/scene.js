// A scene of upright blocks and standing plants: sorted from far to near, with the
// sun's shadows on the ground, on roofs and from house to house.

import { dark, under } from './color.js';
import { Face } from './face.js';
import { clipConvex, hull, rect } from './geom.js';
import { PLANTS, SIZE } from './flora.js';
import { d } from './svg.js';

const corners = (b) => [b.x0, b.x1].flatMap((x) => [b.y0, b.y1].flatMap((y) => [[x, y, b.z0], [x, y, b.z1]]));

export class Scene {
  constructor(art, camera, L, r) {
    Object.assign(this, { art, camera, L, r });
    this.boxes = [];
    this.items = [];
  }

  /** A block x0..x1, y0..y1, z0..z1. `color`; `roof` colour; `deco(face, side)` draws on its walls. */
  box(b) {
    const full = { z0: 0, color: '#eeeeee', ...b };
    this.boxes.push(full);
    return full;
  }

  /** A plant of `kind` at (x, y). */
  plant(kind, x, y, more = {}) {
    const [w, h] = SIZE[kind];
    const k = more.k ?? 1;
    this.items.push({ x, y, z: more.z ?? 0, w: w * k, h: h * k, kind, k, r: this.r.fork(`${kind}${this.items.length}`), ...more });
  }

  /** Anything else that stands at a point: `draw(x, y, scale)`. */
  stand(x, y, draw, more = {}) {
    this.items.push({ x, y, z: 0, w: 0, h: 0, draw, ...more });
  }

  points() {
    return this.boxes.filter((b) => !b.back).flatMap(corners);
  }

  /** Shadows, then whatever `onGround` writes there, then all that stands. */
  paint(onGround) {
    this.#groundShadows();
    onGround?.();
    for (const it of this.#order()) {
      if (it.x0 !== undefined) this.#paintBox(it);
      else this.#paintItem(it);
    }
  }

  #groundShadows() {
    const { art, camera, L } = this;
    art.group({ filter: art.blur(7), opacity: 0.34 }, () => {
      for (const b of this.boxes.filter((q) => q.z0 < 0.3 && !q.flat)) {
        const g = 0.8;
        art.poly(camera.poly([[b.x0 - g, b.y0 - g, 0], [b.x1 + g, b.y0 - g, 0], [b.x1 + g, b.y1 + g, 0], [b.x0 - g, b.y1 + g, 0]]), dark(L.shade, 0.3));
      }
      for (const it of this.items.filter((i) => i.w && i.z < 0.3)) {
        const w = it.w * 0.8;
        art.poly(camera.poly(ring(it.x, it.y, w, 12)), dark(L.shade, 0.2));
      }
    });
    if (L.night) return;
    const s = L.sunDir;
    const down = ([x, y, z]) => [x - (s[0] * z) / s[2], y - (s[1] * z) / s[2]];
    art.group({ opacity: L.alpha, filter: art.blur(0.9) }, () => {
      for (const b of this.boxes) {
        if (b.flat) continue;
        art.poly(camera.poly(hull(corners(b).map(down)).map(([x, y]) => [x, y, 0])), L.shade);
      }
      for (const it of this.items.filter((i) => i.w && i.z < 0.3)) {
        art.poly(camera.poly(hull(this.#crown(it).map(down)).map(([x, y]) => [x, y, 0])), L.shade);
        const tip = down([it.x, it.y, it.h * 0.7]);
        const q = 0.1;
        art.poly(camera.poly([[it.x - q, it.y, 0], [it.x + q, it.y, 0], [tip[0] + q, tip[1], 0], [tip[0] - q, tip[1], 0]]), L.shade);
      }
    });
  }

  /** Points around a plant's crown, for its shadow. */
  #crown(it) {
    const mid = it.z + (it.kind === 'palm' ? it.h * 0.97 : it.kind === 'cypress' || it.kind === 'cedar' ? it.h * 0.5 : it.h * 0.66);
    const tall = it.kind === 'palm' ? it.h * 0.08 : it.kind === 'cypress' || it.kind === 'cedar' ? it.h * 0.5 : it.h * 0.3;
    const out = [];
    for (let i = 0; i < 12; i++) {
      const a = (i * Math.PI) / 6;
      for (const q of [-1, 0, 1]) {
        const k = Math.sqrt(1 - q * q * 0.8) * it.w * 0.85;
        out.push([it.x + k * Math.cos(a), it.y + k * Math.sin(a), mid + q * tall]);
      }
    }
    return out;
  }

  #order() {
    const all = [...this.boxes, ...this.items];
    const eye = this.camera.eye;
    const ext = all.map((o) => (o.x0 !== undefined
      ? [[o.x0, o.x1], [o.y0, o.y1], [o.z0, o.z1]]
      : [[o.x, o.x], [o.y, o.y], [o.z, o.z + o.h]]));
    // +1: a hides b, -1: b hides a, 0: neither.
    const hides = (a, b) => {
      for (let k = 0; k < 3; k++) {
        for (const [p, q, sign] of [[a, b, 1], [b, a, -1]]) {
          if (p[k][1] <= q[k][0] + 1e-6) {
            if (eye[k] <= p[k][1]) return sign;
            if (eye[k] >= q[k][0]) return -sign;
          }
        }
      }
      return 0;
    };
    const dist = all.map((o) => this.camera.depth(o.x0 !== undefined ? [(o.x0 + o.x1) / 2, (o.y0 + o.y1) / 2, o.z0] : [o.x, o.y, o.z]));
    const shown = all.map((o) => this.#extent(o));
    const apart = (a, b) => a[1] < b[0] || b[1] < a[0] || a[3] < b[2] || b[3] < a[2];
    const before = all.map(() => []);
    for (let i = 0; i < all.length; i++) {
      for (let j = i + 1; j < all.length; j++) {
        if (apart(shown[i], shown[j])) continue;
        const plants = all[i].x0 === undefined && all[j].x0 === undefined;
        const h = plants ? Math.sign(dist[j] - dist[i]) : hides(ext[i], ext[j]);
        if (h > 0) before[i].push(j);
        if (h < 0) before[j].push(i);
      }
    }
    const seen = new Uint8Array(all.length);
    const out = [];
    const visit = (i) => {
      if (seen[i]) return;
      seen[i] = 1;
      for (const j of before[i].sort((a, b) => dist[b] - dist[a])) visit(j);
      out.push(all[i]);
    };
    for (const i of dist.map((_, k) => k).sort((a, b) => dist[b] - dist[a])) visit(i);
    return out;
  }

  /** The part of the sheet a block or plant may cover: x0, x1, y0, y1. */
  #extent(o) {
    if (o.x0 === undefined) {
      const [x, y] = this.camera.at([o.x, o.y, o.z]);
      const s = this.camera.scale([o.x, o.y, o.z]);
      const w = Math.max(o.w, 0.5) * s * 1.3;
      return [x - w, x + w, y - Math.max(o.h, 1) * s * 1.3, y + 4];
    }
    const p = corners(o).map((q) => this.camera.at(q));
    const m = 4;
    return [Math.min(...p.map((q) => q[0])) - m, Math.max(...p.map((q) => q[0])) + m, Math.min(...p.map((q) => q[1])) - m, Math.max(...p.map((q) => q[1])) + m];
  }

  #paintItem(it) {
    const foot = [it.x, it.y, it.z];
    if (this.camera.depth(foot) < 1.5) return;
    const [x, y] = this.camera.at(foot);
    const s = this.camera.scale(foot) * (it.k ?? 1);
    if (it.draw) it.draw(x, y, this.camera.scale(foot));
    else PLANTS[it.kind](this.art, it.r, x, y, s, this.L);
  }

  #paintBox(b) {
    const { camera, art, L } = this;
    const [ex, ey, ez] = camera.eye;
    const sides = [];
    if (ey < b.y0) sides.push(['front', [b.x0, b.y0, b.z0], [1, 0, 0], [0, -1, 0], b.x1 - b.x0]);
    if (ey > b.y1) sides.push(['back', [b.x1, b.y1, b.z0], [-1, 0, 0], [0, 1, 0], b.x1 - b.x0]);
    if (ex < b.x0) sides.push(['left', [b.x0, b.y1, b.z0], [0, -1, 0], [-1, 0, 0], b.y1 - b.y0]);
    if (ex > b.x1) sides.push(['right', [b.x1, b.y0, b.z0], [0, 1, 0], [1, 0, 0], b.y1 - b.y0]);
    if (b.pyramid !== undefined) return this.#paintPyramid(b, sides);
    if (ez > b.z1) this.#paintTop(b);
    else if (ez < b.z0) art.poly(camera.poly(rect(b.x0, b.y0, b.x1, b.y1).map(([x, y]) => [x, y, b.z0])), dark(under(b.color, L.on([0, 0, -1]).base), 0.25));
    for (const [side, origin, along, normal, w] of sides) {
      const face = new Face(art, camera, L, { origin, along, normal, w, h: b.z1 - b.z0, color: b.color });
      face.wall();
      b.deco?.(face, side);
      this.#castOn(face, b);
    }
  }

  #paintTop(b) {
    const { art, camera, L } = this;
    const on = L.on([0, 0, 1]);
    const outline = rect(b.x0, b.y0, b.x1, b.y1);
    const flat = (pts, z = b.z1) => camera.poly(pts.map(([x, y]) => [x, y, z]));
    const c = b.roof ?? b.color;
    art.poly(flat(outline), under(c, on.lit), { stroke: under(c, on.lit), 'stroke-width': 0.6 });
    b.top?.({ poly: (pts, fill, more) => art.poly(flat(pts), fill, more), lines: (segs, stroke, width, more) => art.path(segs.map((s) => d(flat2(camera, s, b.z1), false)).join(''), 'none', { stroke, 'stroke-width': width, ...more }), tint: (k) => under(k, on.lit), camera, art, L });
    if (L.night) return;
    const s = L.sunDir;
    for (const o of this.boxes) {
      if (o === b || o.z1 <= b.z1 + 0.05) continue;
      const lifted = corners({ ...o, z0: Math.max(o.z0, b.z1) }).map(([x, y, z]) => [x - (s[0] * (z - b.z1)) / s[2], y - (s[1] * (z - b.z1)) / s[2]]);
      const cut = clipConvex(hull(lifted), outline);
      if (cut.length > 2) art.poly(flat(cut), L.shade, { opacity: L.alpha });
    }
  }

  /** A hipped roof over the box's plan, of `pyramid` metres ridge inset. */
  #paintPyramid(b) {
    const { art, camera, L } = this;
    const inset = b.pyramid;
    const wide = b.x1 - b.x0 >= b.y1 - b.y0;
    const my = (b.y0 + b.y1) / 2;
    const mx = (b.x0 + b.x1) / 2;
    const ridge = wide ? [[b.x0 + inset, my, b.z1], [b.x1 - inset, my, b.z1]] : [[mx, b.y0 + inset, b.z1], [mx, b.y1 - inset, b.z1]];
    const c = [[b.x0, b.y0, b.z0], [b.x1, b.y0, b.z0], [b.x1, b.y1, b.z0], [b.x0, b.y1, b.z0]];
    const planes = wide
      ? [[c[0], c[1], ridge[1], ridge[0]], [c[1], c[2], ridge[1]], [c[2], c[3], ridge[0], ridge[1]], [c[3], c[0], ridge[0]]]
      : [[c[0], c[1], ridge[0]], [c[1], c[2], ridge[1], ridge[0]], [c[2], c[3], ridge[1]], [c[3], c[0], ridge[0], ridge[1]]];
    for (const p of planes) {
      const u = p[1].map((v, i) => v - p[0][i]);
      const w = p.at(-1).map((v, i) => v - p[0][i]);
      const n = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
      const len = Math.hypot(...n);
      const k = n.map((v) => v / len);
      const seen = camera.eye.reduce((t, v, i) => t + (v - p[0][i]) * k[i], 0);
      if (seen <= 0) continue;
      const col = under(b.color, L.on(k).lit);
      art.poly(camera.poly(p), col, { stroke: col, 'stroke-width': 1 });
      const courses = [];
      for (let t = 0.06; t < 1; t += 0.075) {
        const end = p.length === 4 ? p[2] : p[2];
        const start = p.length === 4 ? p[3] : p[2];
        courses.push([p[0].map((v, i) => v + (start[i] - v) * t), p[1].map((v, i) => v + (end[i] - v) * t)]);
      }
      art.path(courses.map((s) => d(s.map((q) => camera.at(q)), false)).join(''), 'none', { stroke: dark(col, 0.3), 'stroke-width': 1.1, opacity: 0.55 });
    }
  }

  #castOn(face, self) {
    const { L } = this;
    if (!face.light.sunny || L.night) return;
    const { origin: o, along: a, normal: n, sun } = face;
    const to = ([x, y, z]) => {
      const v = [x - o[0], y - o[1]];
      return [v[0] * a[0] + v[1] * a[1], z - o[2], v[0] * n[0] + v[1] * n[1]];
    };
    const drop = ([u, v, k]) => [u - (sun[0] * k) / sun[2], v - (sun[1] * k) / sun[2]];
    const pane = rect(0, 0, face.w, face.h);
    const casters = [];
    for (const b of this.boxes) {
      if (b === self || b.flat) continue;
      const pts = corners(b).map(to);
      if (Math.max(...pts.map((p) => p[2])) < 0.02) continue;
      casters.push(pts.map(([u, v, k]) => drop([u, v, Math.max(0, k)])));
    }
    for (const it of this.items) {
      if (!it.w || it.h < 1.5) continue;
      const mid = to([it.x, it.y, 0]);
      if (mid[2] < it.w * 0.6) continue;
      casters.push(this.#crown(it).map(to).map(drop));
    }
    this.art.group({ opacity: L.alpha }, () => {
      for (const pts of casters) {
        const cut = clipConvex(hull(pts), pane);
        if (cut.length > 2) face.poly(cut, L.shade);
      }
    });
  }
}

const flat2 = (camera, seg, z) => seg.map(([x, y]) => camera.at([x, y, z]));

export const ring = (x, y, rad, n = 20, z = 0) => Array.from({ length: n }, (_, i) => [x + rad * Math.cos((i * 2 * Math.PI) / n), y + rad * Math.sin((i * 2 * Math.PI) / n), z]);
