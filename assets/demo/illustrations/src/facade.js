// The vocabulary of a Moroccan front: arched windows, carved screens, balconies,
// zellige bands, cornices, arcades, shopfronts. Each draws on a Face.

import { dark, light as lighter, mix } from './color.js';
import { clipConvex, opening, rect } from './geom.js';
import { d } from './svg.js';

const GLOW = ['#ffd98e', '#ffcf78', '#ffe4a8', '#f7bd66', '#ffdc9c'];

/** Glass: sky above, ground below; or a lit room in the evening. */
function glass(F, r, back, lit) {
  const { art, L } = F;
  if (L.night && lit) {
    const c = r.pick(GLOW);
    art.poly(back, art.linear([[0, lighter(c, 0.15)], [1, mix(c, '#b8642c', 0.35)]], 0, 0, 0, 1, true));
    return;
  }
  const top = L.night ? dark(L.sky[1][1], 0.35) : mix('#24465c', L.sky[0][1], 0.22);
  const low = L.night ? mix(L.sky[3]?.[1] ?? L.haze, '#1c2636', 0.55) : mix('#4d7f95', L.sky.at(-2)[1], 0.42);
  art.poly(back, art.linear([[0, top], [0.55, mix(top, low, 0.5)], [1, low]], 0.1, 0, 0.3, 1, true));
  if (r.chance(0.5) && back.length === 4) {
    const q = (i, j, t) => [back[i][0] + (back[j][0] - back[i][0]) * t, back[i][1] + (back[j][1] - back[i][1]) * t];
    const a = r.range(0.1, 0.5);
    art.poly([q(3, 2, a), q(3, 2, a + 0.3), q(0, 1, a + 0.12), q(0, 1, Math.max(0, a - 0.18))], '#ffffff', { opacity: 0.13 });
  }
}

function mullions(F, outline, u, v, w, h, color, deep, { cross = true, thick = 0.07 } = {}) {
  const cut = F.pts(outline);
  const bars = [rect(u + w / 2 - thick / 2, v, u + w / 2 + thick / 2, v + h)];
  if (cross) bars.push(rect(u, v + h * 0.66, u + w, v + h * 0.66 + thick));
  for (const b of bars) F.art.poly(clipConvex(F.pts(b, -deep * 0.8), cut), F.tint(color, false));
}

/** A window with reveal, frame and sill; in a tinted wall it may wear a pale surround. */
export function window(F, r, u, v, w, h, s) {
  const deep = 0.22;
  const o = opening(s.arch ?? 'flat', u, v, w, h);
  if (s.surround) {
    const m = 0.16;
    F.poly(opening(s.arch ?? 'flat', u - m, v - 0.02, w + 2 * m, h + m), F.tint(s.surround));
  }
  F.recess(o, deep, s.jamb ?? F.color, (back) => {
    glass(F, r, back, r.chance(s.litShare ?? 0.5));
    if (F.px * w > 14) mullions(F, o, u, v, w, h, s.frame ?? '#e9e4da', deep, s);
  });
  if (F.px > 9) {
    F.shadow(rect(u - 0.12, v - 0.12, u + w + 0.12, v), 0.18, 0.8);
    F.block(u - 0.12, u + w + 0.12, v - 0.12, v, 0, 0.18, s.sill ?? lighter(F.color, 0.35));
  }
  if (s.shutters) shutters(F, u, v, w, h, s.shutters);
  if (s.canopy && F.px > 7) canopy(F, u - 0.25, u + w + 0.25, v + h + 0.16, s.canopy);
}

function shutters(F, u, v, w, h, color) {
  const k = w * 0.46;
  for (const x of [u - k - 0.05, u + w + 0.05]) {
    F.shadow(rect(x, v, x + k, v + h), 0.06, 0.8);
    F.poly(rect(x, v, x + k, v + h), F.tint(color), {}, 0.05);
    if (F.px > 12) {
      const slats = [];
      for (let y = v + 0.12; y < v + h - 0.05; y += 0.13) slats.push([[x + 0.06, y], [x + k - 0.06, y]]);
      F.lines(slats, dark(F.tint(color), 0.35), Math.max(0.7, F.px * 0.028), {}, 0.05);
    }
  }
}

/** The little green-tiled canopy of Moroccan façades. */
export function canopy(F, u0, u1, v, color = '#1c6b55', out = 0.5) {
  F.shadow(rect(u0, v, u1, v + 0.3), out, 0.9);
  const top = v + 0.42;
  const face = F.tint(color);
  F.poly([[u0, v, out], [u1, v, out], [u1 - 0.08, top, 0], [u0 + 0.08, top, 0]], face);
  const ribs = [];
  for (let u = u0 + 0.12; u < u1; u += 0.24) ribs.push([[u, v, out], [u, top, 0]]);
  F.lines(ribs, dark(face, 0.35), Math.max(0.7, F.px * 0.03));
  F.lines([[[u0, v, out], [u1, v, out]]], lighter(face, 0.35), Math.max(0.8, F.px * 0.05));
}

/** Moucharabieh: a carved screen over its dark (or, at night, glowing) void. */
export function screen(F, r, u, v, w, h, s) {
  const o = opening(s.screenArch ?? 'flat', u, v, w, h);
  const wood = s.screen ?? '#8a5a33';
  F.recess(o, 0.14, F.color, (back) => {
    const lit = F.L.night && r.chance(0.7);
    F.art.poly(back, lit ? '#f6bd68' : dark(F.tint(wood, false), 0.62));
    const step = Math.max(s.lattice ?? 0.3, 4.5 / Math.max(1, F.px));
    const segs = [];
    for (let k = -h; k < w; k += step) {
      segs.push(clipSeg(u + k, v, u + k + h, v + h, u, v, w, h), clipSeg(u + k, v + h, u + k + h, v, u, v, w, h));
    }
    const star = [];
    for (let a = u + step / 2; a < u + w; a += step) star.push([[a, v], [a, v + h]]);
    for (let b = v + step / 2; b < v + h; b += step) star.push([[u, b], [u + w, b]]);
    const cut = F.art.clip(d(back));
    F.art.group({ 'clip-path': cut }, () => {
      F.lines(segs.filter(Boolean), F.tint(wood), Math.max(0.9, F.px * 0.055), {}, -0.1);
      F.lines(star, F.tint(lighter(wood, 0.12)), Math.max(0.6, F.px * 0.03), { opacity: 0.8 }, -0.1);
    });
  });
  F.lines([[...rect(u, v, u + w, v + h), [u, v]]].filter(() => !s.screenArch || s.screenArch === 'flat'), F.tint(dark(wood, 0.15)), Math.max(1, F.px * 0.08));
}

function clipSeg(x0, y0, x1, y1, u, v, w, h) {
  let t0 = 0;
  let t1 = 1;
  for (const [p, q] of [[x0 - x1, x0 - u], [x1 - x0, u + w - x0], [y0 - y1, y0 - v], [y1 - y0, v + h - y0]]) {
    if (p === 0 && q < 0) return null;
    const t = q / p;
    if (p < 0) t0 = Math.max(t0, t);
    if (p > 0) t1 = Math.min(t1, t);
  }
  if (t0 >= t1) return null;
  const at = (t) => [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
  return [at(t0), at(t1)];
}

/** A balcony: tall door behind, slab, railing of the house's kind, plants on some. */
export function balcony(F, r, u, v, w, s) {
  const out = s.balconyDepth ?? 1.15;
  const door = Math.min(w - 0.5, 2.2);
  const dv = v + 0.05;
  F.recess(opening(s.arch ?? 'flat', u + (w - door) / 2, dv, door, 2.35), 0.2, F.color, (back) => {
    glass(F, r, back, r.chance(s.litShare ?? 0.55));
    if (F.px > 9) mullions(F, opening(s.arch ?? 'flat', u + (w - door) / 2, dv, door, 2.35), u + (w - door) / 2, dv, door, 2.35, s.frame ?? '#e9e4da', 0.2, { cross: false });
  });
  const slab = lighter(s.slab ?? F.color, 0.25);
  F.shadow(rect(u, v - 0.2, u + w, v + (s.rail === 'solid' ? 1 : 0.1)), out, 0.95);
  F.block(u, u + w, v - 0.2, v, 0, out, slab);
  rail(F, r, u, u + w, v, out, s);
}

function rail(F, r, u0, u1, v, out, s) {
  const high = 1.02;
  const kind = s.rail ?? 'bars';
  const color = s.railColor ?? '#2c3b38';
  if (kind === 'solid') {
    F.block(u0, u1, v, v + high, out - 0.12, out, s.railWall ?? F.color);
    const side = F.eye[0] < u0 ? u0 : F.eye[0] > u1 ? u1 : null;
    if (side !== null) F.poly([[side, v, 0], [side, v + high, 0], [side, v + high, out], [side, v, out]], side === u0 ? F.tint(s.railWall ?? F.color) : F.tint(s.railWall ?? F.color, false));
    F.block(u0 - 0.04, u1 + 0.04, v + high, v + high + 0.08, out - 0.16, out + 0.04, '#efe7da');
    if (s.railBand) zellige(F, r, u0 + 0.15, u1 - 0.15, v + 0.34, v + 0.66, s.railBand, out);
  } else if (kind === 'glass') {
    F.poly(rect(u0, v, u1, v + high), mix(F.L.sky[1][1], '#ffffff', 0.2), { opacity: 0.42 }, out);
    F.lines([[[u0, v + high, out], [u1, v + high, out]]], F.tint('#cfd6d6'), Math.max(1, F.px * 0.06));
  } else {
    const step = Math.max(0.14, 3.6 / F.px);
    const bars = [];
    for (let u = u0; u <= u1 + 1e-6; u += step) bars.push([[u, v, out], [u, v + high, out]]);
    const side = F.eye[0] < (u0 + u1) / 2 ? u0 : u1;
    for (let n = 0; n < out; n += step) bars.push([[side, v, n], [side, v + high, n]]);
    const c = F.L.night ? dark(color, 0.3) : F.tint(color);
    F.lines(bars, c, Math.max(0.7, F.px * 0.028));
    F.lines([[[side, v + high, 0], [side, v + high, out], [side === u0 ? u1 : u0, v + high, out]], [[u0, v + 0.12, out], [u1, v + 0.12, out]]], c, Math.max(1.1, F.px * 0.05));
    if (kind === 'ornate' && F.px > 11) {
      const rings = [];
      for (let u = u0 + 0.35; u < u1 - 0.2; u += 0.7) rings.push(Array.from({ length: 9 }, (_, i) => [u + 0.2 * Math.cos((i * Math.PI) / 4), v + 0.55 + 0.2 * Math.sin((i * Math.PI) / 4), out]));
      F.lines(rings, c, Math.max(1, F.px * 0.035));
    }
  }
  if (r.chance(s.green ?? 0.3) && F.px > 8) pots(F, r, u0, u1, v, out, kind === 'solid' ? high : 0.35);
}

function pots(F, r, u0, u1, v, out, from) {
  for (let u = u0 + 0.3; u < u1 - 0.2; u += r.range(0.4, 0.8)) {
    const [x, y] = F.p(u, v + from, out - 0.1);
    const q = F.px * r.range(0.16, 0.3);
    const c = r.chance(0.3) ? '#c24b86' : r.pick(['#4f8045', '#648f4c', '#3f7048']);
    F.art.path(`M${(x - q).toFixed(1)} ${y.toFixed(1)}a${q.toFixed(1)} ${(q * 0.9).toFixed(1)} 0 1 1 ${(2 * q).toFixed(1)} 0Z`, F.L.night ? F.L.shaded(c) : F.tint(c));
  }
}

/** A tile band: eight-fold stars where there is room, lozenges from afar. */
export function zellige(F, r, u0, u1, v0, v1, colors, n = 0.02) {
  const [ground, star, spot] = colors;
  F.poly(rect(u0, v0, u1, v1), F.tint(ground), {}, n);
  const h = v1 - v0;
  const count = Math.max(1, Math.round((u1 - u0) / h));
  const step = (u1 - u0) / count;
  if (F.px * h < 5) return;
  let stars = '';
  let spots = '';
  for (let i = 0; i < count; i++) {
    const cu = u0 + step * (i + 0.5);
    const cv = (v0 + v1) / 2;
    const pts = Array.from({ length: 16 }, (_, k) => {
      const rad = (k % 2 ? 0.3 : 0.46) * h;
      const a = (k * Math.PI) / 8;
      return [cu + (rad * Math.cos(a) * step) / h, cv + rad * Math.sin(a)];
    });
    stars += d(F.pts(pts, n));
    spots += d(F.pts(pts.map(([a, b]) => [cu + (a - cu) * 0.4, cv + (b - cv) * 0.4]), n));
  }
  F.art.path(stars, F.tint(star));
  F.art.path(spots, F.tint(spot));
}

/** An arcade: deep arches on the ground floor, with whatever `behind` draws in each bay. */
export function arcade(F, r, u, w, high, s, behind) {
  const bay = s.arcadeBay ?? 3.4;
  const n = Math.max(1, Math.round(w / bay));
  const step = w / n;
  for (let i = 0; i < n; i++) {
    const pier = Math.min(0.75, step * 0.24);
    const a = u + i * step + pier / 2;
    const o = opening(s.arcadeArch ?? 'round', a, 0, step - pier, high);
    F.recess(o, 0.5, lighter(F.color, 0.08), (back) => {
      const deepTone = F.L.night ? mix('#e8a95e', '#5b3a2c', 0.35) : dark(F.tint(F.color, false), 0.42);
      F.art.poly(back, F.art.linear([[0, dark(deepTone, 0.25)], [1, lighter(deepTone, 0.1)]], 0, 0, 0, 1, true));
      F.art.group({ 'clip-path': F.art.clip(d(back)) }, () => behind?.(a, step - pier, i, back));
    });
    if (s.archTrim) F.lines([o.slice(2).concat([o[0]])], F.tint(s.archTrim), Math.max(1.2, F.px * 0.1));
  }
}

/** A shopfront: glass, goods on shelves, and an awning. */
export function shopfront(F, r, u, w, high, s, awn) {
  const c = r.pick(s.shopColors);
  F.recess(rect(u, 0, u + w, high), 0.3, F.color, (back) => {
    glass(F, r, back, true);
    const warm = F.L.night ? 0.9 : 0.55;
    for (let i = 0; i < 3; i++) {
      const y = 0.35 + i * 0.55;
      F.poly(rect(u + 0.15, y, u + w * 0.62, y + 0.05), '#6b4a30', { opacity: warm }, -0.3);
      for (let x = u + 0.2; x < u + w * 0.58; x += 0.26) {
        const h = r.range(0.14, 0.36);
        F.poly(rect(x, y + 0.05, x + 0.18, y + 0.05 + h), r.pick(['#d98b3a', '#b9472f', '#e6c15a', '#2a6f97', '#0e5a4a', '#efe3c8', '#8a4a6a']), { opacity: warm }, -0.3);
      }
    }
    F.poly(rect(u + w * 0.66, 0, u + w * 0.94, 2.2), F.tint(c, false), { opacity: 0.9 }, -0.28);
    F.poly(rect(u + w * 0.7, 0.25, u + w * 0.9, 2.05), F.L.night ? '#ffdf9e' : '#9cc3cc', { opacity: 0.75 }, -0.28);
  });
  if (awn) awning(F, r, u - 0.1, u + w + 0.1, high + 0.05, c);
}

export function awning(F, r, u0, u1, v, color) {
  const out = 1.3;
  const drop = 0.75;
  F.shadow(rect(u0, v - drop, u1, v), out * 0.8, 1);
  const n = Math.max(4, Math.round((u1 - u0) / 0.42));
  for (let i = 0; i < n; i++) {
    const a = u0 + ((u1 - u0) * i) / n;
    const b = u0 + ((u1 - u0) * (i + 1)) / n;
    const c = F.L.paint(i % 2 ? '#f6eedd' : color);
    F.poly([[a, v, 0], [b, v, 0], [b, v - drop, out], [a, v - drop, out]], c);
    F.poly([[a, v - drop, out], [b, v - drop, out], [b, v - drop - 0.2, out], [(a + b) / 2, v - drop - 0.3, out], [a, v - drop - 0.2, out]], dark(c, 0.12));
  }
}

/** The main door: horseshoe or lancet, carved leaf, tiled surround, steps. */
export function portal(F, r, u, w, high, s) {
  const m = 0.45;
  const kind = s.portalArch ?? 'horseshoe';
  F.shadow(rect(u - m, 0, u + w + m, high + m + 0.3), 0.3, 0.8);
  F.block(u - m, u + w + m, 0, high + m, 0, 0.22, s.portalWall ?? lighter(F.color, 0.4));
  if (s.zellige) zellige(F, r, u - m + 0.08, u + w + m - 0.08, high + m - 0.42, high + m - 0.1, s.zellige, 0.23);
  const o = opening(kind, u, 0, w, high - 0.15);
  F.poly(o, dark(F.tint(F.color, false), 0.35), {}, 0.23);
  const inner = opening(kind, u + 0.14, 0, w - 0.28, high - 0.3);
  F.poly(inner, F.L.night ? '#f3b768' : F.tint(s.door ?? '#7b4a2a'), {}, 0.2);
  if (!F.L.night && F.px > 12) {
    const lines = [[[u + w / 2, 0], [u + w / 2, high - 0.35]]];
    for (let y = 0.4; y < high - 1.1; y += 0.62) lines.push([...rect(u + 0.28, y, u + w / 2 - 0.12, y + 0.46), [u + 0.28, y]], [...rect(u + w / 2 + 0.12, y, u + w - 0.28, y + 0.46), [u + w / 2 + 0.12, y]]);
    F.lines(lines, dark(F.tint(s.door ?? '#7b4a2a'), 0.4), Math.max(1, F.px * 0.035), {}, 0.2);
  }
  if (s.canopy) canopy(F, u - m - 0.2, u + w + m + 0.2, high + m + 0.05, s.canopy, 0.8);
  F.block(u - m, u + w + m, -0.02, 0.12, 0, 0.7, '#dcd2c0');
}
