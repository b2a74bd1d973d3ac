// One wall of a box, drawn in its own metres: u along the wall, v up, n out of it.

import { dark, light as lighter, mix, under } from './color.js';
import { clipConvex, hull, rect } from './geom.js';
import { d } from './svg.js';

const convex = (pts) => {
  const turns = pts.map((p, i) => {
    const [a, b] = [pts[(i + 1) % pts.length], pts[(i + 2) % pts.length]];
    return (a[0] - p[0]) * (b[1] - a[1]) - (a[1] - p[1]) * (b[0] - a[0]);
  });
  return turns.every((t) => t > -1e-9) || turns.every((t) => t < 1e-9);
};

export class Face {
  /** `origin` lower corner, `along` unit vector of u, `normal` outward, in the world. */
  constructor(art, camera, L, { origin, along, normal, w, h, color }) {
    Object.assign(this, { art, camera, L, origin, along, normal, w, h, color });
    this.light = L.on(normal);
    this.lit = under(color, this.light.lit);
    this.base = under(color, this.light.base);
    const to = (p) => {
      const v = p.map((x, i) => x - origin[i]);
      return [v[0] * along[0] + v[1] * along[1], v[2], v[0] * normal[0] + v[1] * normal[1]];
    };
    this.eye = to(camera.eye);
    const s = L.sunDir;
    this.sun = [s[0] * along[0] + s[1] * along[1], s[2], s[0] * normal[0] + s[1] * normal[1]];
  }

  p(u, v, n = 0) {
    const { origin: o, along: a, normal: k } = this;
    return this.camera.at([o[0] + a[0] * u + k[0] * n, o[1] + a[1] * u + k[1] * n, o[2] + v]);
  }

  pts(list, n = 0) {
    return list.map(([u, v, out]) => this.p(u, v, out ?? n));
  }

  /** Pixels per metre about the middle of the wall, across and up. */
  get px() {
    const a = this.p(this.w * 0.5 - 0.5, this.h * 0.5);
    const b = this.p(this.w * 0.5 + 0.5, this.h * 0.5);
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  /** The colour `c` as this wall's light shows it. */
  tint(c, sunny = true) {
    return under(c, sunny ? this.light.lit : this.light.base);
  }

  poly(list, fill, more, n = 0) {
    this.art.poly(this.pts(list, n), fill, more);
  }

  wall() {
    const foot = this.p(this.w / 2, 0);
    const head = this.p(this.w / 2, this.h);
    const warm = mix(this.lit, this.L.night ? this.L.shade : this.L.bounce, 0.12);
    this.poly(rect(0, 0, this.w, this.h), this.art.linear([[0, this.L.night ? mix(warm, '#f0a860', 0.3) : dark(warm, 0.09)], [this.L.night ? 0.3 : 0.12, warm], [0.7, this.lit], [1, lighter(this.lit, 0.04)]], foot[0], foot[1], foot[0], head[1]), { stroke: this.lit, 'stroke-width': 0.7, 'stroke-linejoin': 'round' });
  }

  band(v0, v1, color, u0 = 0, u1 = this.w) {
    this.poly(rect(u0, v0, u1, v1), this.tint(color));
  }

  /** What a thing of outline `list` standing `out` metres off the wall takes from the sun. */
  shadow(list, out, strength = 1) {
    if (!this.light.sunny || this.L.night) return;
    const k = out / -this.sun[2];
    const far = list.map(([u, v]) => [u + this.sun[0] * k, v + this.sun[1] * k]);
    const poly = clipConvex(hull([...list, ...far]), rect(0, 0, this.w, this.h));
    this.poly(poly, this.L.shade, { opacity: this.L.alpha * strength });
  }

  /** A small block on the wall, its visible sides lit as they are turned. */
  block(u0, u1, v0, v1, n0, n1, color, more = {}) {
    const left = this.tint(mix(color, this.L.glow, 0.08));
    const side = dark(this.tint(color, false), 0.1);
    if (this.eye[0] < u0) this.art.poly(this.pts([[u0, v0, n0], [u0, v1, n0], [u0, v1, n1], [u0, v0, n1]]), this.sun[0] > 0 ? left : side, more);
    if (this.eye[0] > u1) this.art.poly(this.pts([[u1, v0, n0], [u1, v1, n0], [u1, v1, n1], [u1, v0, n1]]), this.sun[0] < 0 ? left : side, more);
    if (this.eye[1] > v1) this.art.poly(this.pts([[u0, v1, n0], [u1, v1, n0], [u1, v1, n1], [u0, v1, n1]]), under(color, this.L.on([0, 0, 1]).lit), more);
    if (this.eye[1] < v0) this.art.poly(this.pts([[u0, v0, n0], [u1, v0, n0], [u1, v0, n1], [u0, v0, n1]]), dark(this.tint(color, false), 0.2), more);
    this.poly(rect(u0, v0, u1, v1), this.tint(color), more, n1);
  }

  /** An opening cut `deep` into the wall: the jamb, then `inside(outline)` on the recessed plane. */
  recess(outline, deep, jamb, inside) {
    const cut = this.pts(outline);
    this.art.poly(cut, this.tint(jamb, false));
    if (!convex(outline)) {
      // A horseshoe narrows at its foot: cut by the sheet's own clipping instead.
      this.art.group({ 'clip-path': this.art.clip(d(cut)) }, () => inside(this.pts(outline, -deep)));
      return;
    }
    const back = clipConvex(this.pts(outline, -deep), cut);
    if (back.length < 3) return;
    inside(back);
    if (!this.light.sunny || this.L.night) return;
    const k = deep / -this.sun[2];
    const sunlit = clipConvex(this.pts(outline.map(([u, v]) => [u + this.sun[0] * k, v + this.sun[1] * k]), -deep), back);
    this.art.path(d(back) + (sunlit.length > 2 ? d(sunlit) : ''), this.L.shade, { opacity: this.L.alpha * 0.9, 'fill-rule': 'evenodd' });
  }

  lines(segments, stroke, width, more = {}, n = 0) {
    this.art.path(segments.map((s) => d(this.pts(s, n), false)).join(''), 'none', { stroke, 'stroke-width': width, ...more });
  }
}
