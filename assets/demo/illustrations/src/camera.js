// A view camera: verticals stay vertical (the lens is shifted, not tilted), unless
// pitched down for a view from the air. World: x east, y north, z up, metres.

import { keep } from './geom.js';

const NEAR = 0.6;

export class Camera {
  /** `eye` [x, y, z]; `yaw` turns the view left (radians); `pitch` looks down; `f` in pixels. */
  constructor({ eye, yaw = 0, pitch = 0, f = 1400, cx = 800, cy = 700 }) {
    Object.assign(this, { eye, yaw, pitch, f, cx, cy });
    this.c = Math.cos(yaw);
    this.s = Math.sin(yaw);
    this.pc = Math.cos(pitch);
    this.ps = Math.sin(pitch);
  }

  /** World vector to camera vector: right, forward, up. */
  turn([x, y, z]) {
    const r = this.c * x + this.s * y;
    const f = -this.s * x + this.c * y;
    return [r, f * this.pc - z * this.ps, z * this.pc + f * this.ps];
  }

  /** Camera vector (unpitched) to world: how the sun, fixed beside the viewer, is put in the world. */
  unturn([r, f, z]) {
    return [this.c * r - this.s * f, this.s * r + this.c * f, z];
  }

  local(p) {
    return this.turn([p[0] - this.eye[0], p[1] - this.eye[1], p[2] - this.eye[2]]);
  }

  screen([r, f, u]) {
    return [this.cx + (this.f * r) / f, this.cy - (this.f * u) / f];
  }

  at(p) {
    const l = this.local(p);
    return this.screen([l[0], Math.max(l[1], NEAR), l[2]]);
  }

  /** The line on the sheet where flat ground ends. */
  get horizon() {
    return this.cy - (this.f * this.ps) / this.pc;
  }

  /** Pixels per metre at a point. */
  scale(p) {
    return this.f / Math.max(this.local(p)[1], NEAR);
  }

  depth(p) {
    return this.local(p)[1];
  }

  /** A polygon of world points on the screen, cut where it passes behind the viewer
   *  and well outside the sheet (the rasteriser cannot take coordinates without bound). */
  poly(points) {
    let out = keep(points.map((p) => this.local(p)), (l) => l[1] - NEAR).map((l) => this.screen(l));
    for (const side of [(p) => p[0] + 900, (p) => 2500 - p[0], (p) => p[1] + 900, (p) => 2100 - p[1]]) out = keep(out, side);
    return out;
  }

  /** The ground under a point of the sheet (for a camera that is not pitched). */
  ground(sx, sy) {
    const depth = (this.f * this.eye[2]) / (sy - this.horizon);
    const [x, y] = this.unturn([((sx - this.cx) * depth) / this.f, depth, 0]);
    return [x + this.eye[0], y + this.eye[1]];
  }

  /** Zoom and shift so that the points fill `frame` {x0, x1, y0, y1}: whole, never cut. */
  fit(points, frame) {
    const s = points.map((p) => this.local(p)).map((l) => [l[0] / l[1], -l[2] / l[1]]);
    const lo = [0, 1].map((k) => Math.min(...s.map((p) => p[k])));
    const hi = [0, 1].map((k) => Math.max(...s.map((p) => p[k])));
    this.f = Math.min((frame.x1 - frame.x0) / (hi[0] - lo[0]), (frame.y1 - frame.y0) / (hi[1] - lo[1]));
    this.cx = (frame.x0 + frame.x1) / 2 - (this.f * (lo[0] + hi[0])) / 2;
    this.cy = frame.y1 - this.f * hi[1];
    return this;
  }
}
