// Hours of the day: sun, sky, haze and shade. The sun always stands to the left of the
// viewer, so shadows fall to the right in every picture of the catalogue.

import { linear, under } from './color.js';

const HOURS = {
  morning: {
    sky: [[0, '#6ea6c8'], [0.45, '#a9cddb'], [0.8, '#e4ead9'], [1, '#f7e9cd']],
    haze: '#dfe6dd', glow: '#fff3d2', sun: '#fff0d2', power: 0.92, ambient: '#a3bfd6', bounce: '#c9b18b', shade: '#2c4a6e', elevation: 0.56, alpha: 0.42,
  },
  day: {
    sky: [[0, '#3f8fc0'], [0.5, '#84bcd8'], [0.85, '#c9e2e6'], [1, '#e9efe4']],
    haze: '#cfe0e2', glow: '#fffbe8', sun: '#fff6e2', power: 0.98, ambient: '#9fc0da', bounce: '#cdb790', shade: '#27466b', elevation: 0.82, alpha: 0.46,
  },
  golden: {
    sky: [[0, '#5b86ac'], [0.35, '#a3a9b3'], [0.65, '#eebf8d'], [0.88, '#fbd590'], [1, '#ffe5b0']],
    haze: '#f0cda0', glow: '#ffe9ae', sun: '#ffcf8e', power: 1.08, ambient: '#98a2c0', bounce: '#d9a368', shade: '#3d3a66', elevation: 0.33, alpha: 0.5,
  },
  rose: {
    sky: [[0, '#6a86b4'], [0.35, '#a796b4'], [0.65, '#e6a7a0'], [0.9, '#f8cfa6'], [1, '#fde4bd']],
    haze: '#ecc0ae', glow: '#ffdcb4', sun: '#ffc39a', power: 1.0, ambient: '#a79fc4', bounce: '#d39b7c', shade: '#443a6a', elevation: 0.36, alpha: 0.48,
  },
  dusk: {
    sky: [[0, '#1d2f52'], [0.4, '#3f4d78'], [0.68, '#8a6a8c'], [0.86, '#d98f7c'], [1, '#f6c583']],
    haze: '#a67e8c', glow: '#ffc98a', sun: '#ffab7c', power: 0.34, ambient: '#7f87b4', bounce: '#8a6a72', shade: '#151c3c', elevation: 0.3, alpha: 0.4, night: true,
  },
  blue: {
    sky: [[0, '#12233f'], [0.45, '#234a70'], [0.75, '#4f86a0'], [0.92, '#c3b294'], [1, '#eccf98']],
    haze: '#6f93a3', glow: '#ffe0a4', sun: '#a8c0e0', power: 0.26, ambient: '#6f90bc', bounce: '#6a7480', shade: '#0d1a33', elevation: 0.34, alpha: 0.38, night: true,
  },
};

const times = (c, k) => linear(c).map((v) => v * k);
const sum = (...l) => l[0].map((_, i) => l.reduce((t, v) => t + v[i], 0));

/** The light at `hour` for a camera; `side` 0..1 swings the sun between beside and behind the viewer. */
export function lightAt(hour, camera, side = 0.5) {
  const h = HOURS[hour];
  // Measured from the fronts, not from the viewer: a front is never left in its own shade.
  const az = Math.min(1.2, Math.max(0.5, 0.62 + 0.3 * side + 0.35 * camera.yaw)) - camera.yaw;
  const flat = Math.cos(h.elevation);
  const view = [flat * Math.cos(az), flat * Math.sin(az), -Math.sin(h.elevation)];
  const sunDir = camera.unturn(view);
  return {
    hour, ...h, sunDir,
    /** Light on a surface with unit normal `n`: in the sun, and in shadow (linear multipliers). */
    on(n) {
      const dot = -(n[0] * sunDir[0] + n[1] * sunDir[1] + n[2] * sunDir[2]);
      const up = 0.5 + 0.5 * n[2];
      const base = sum(times(h.ambient, 0.62 * (0.55 + 0.45 * up)), times(h.bounce, 0.3 * (1 - 0.5 * up)));
      const lit = sum(base, times(h.sun, h.power * Math.max(0, dot)));
      return { lit, base, sunny: dot > 0.03 };
    },
    /** Colour of a thing seen `t` (0..1) deep in the air. */
    paint: (c, n = [0, 0, 1]) => under(c, sum(times(h.ambient, 0.5), times(h.sun, h.power * Math.max(h.night ? 0.25 : 0.7, -(n[0] * sunDir[0] + n[1] * sunDir[1] + n[2] * sunDir[2]))))),
    shaded: (c) => under(c, sum(times(h.ambient, 0.5), times(h.bounce, 0.12))),
  };
}
