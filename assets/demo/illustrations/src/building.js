// Buildings put together from blocks: flats, houses, villas, shells, shops, halls.
// All stand in the scene's metres with their main front towards -y.

import { dark, light as lighter, mix, vary } from './color.js';
import { rect } from './geom.js';
import { arcade, balcony, canopy, portal, screen, shopfront, window, zellige } from './facade.js';

const FLOOR = 3.05;

/** One row of bays: [kind, u, width] for each, symmetric as builders like it. */
function bays(r, w, kinds, size) {
  const n = Math.max(1, Math.round(w / size));
  const step = w / n;
  const half = Array.from({ length: Math.ceil(n / 2) }, (_, i) => kinds[i % kinds.length]);
  return Array.from({ length: n }, (_, i) => [half[Math.min(i, n - 1 - i)], i * step, step]);
}

function flatFront(r, s, { floors, groundH, row, ground, doorBay, band }) {
  return (F) => {
    const q = r.fork(`front${F.w.toFixed(1)}`);
    const plan = bays(q, F.w, row, s.bay);
    F.band(0, 0.6, dark(s.wall, 0.16));
    if (ground === 'arcade') arcade(F, q, 0.2, F.w - 0.4, groundH - 0.5, s);
    if (ground === 'shops') {
      for (const [, u, w] of bays(q, F.w - 0.4, ['s'], 4)) shopfront(F, q, u + 0.4, w - 0.5, groundH - 0.75, s, true);
    }
    if (ground === 'windows') {
      plan.forEach(([, u, w], i) => { if (i !== doorBay) window(F, q, u + w / 2 - 0.7, 0.95, 1.4, 1.5, s); });
    }
    if (doorBay !== undefined && plan[doorBay]) {
      const [, u, w] = plan[doorBay];
      portal(F, q, u + w / 2 - 0.85, 1.7, 2.9, s);
    }
    if (ground !== 'windows') F.block(0, F.w, groundH - 0.22, groundH - 0.02, 0, 0.14, s.trim);
    const out = [];
    for (let f = 0; f < floors; f++) {
      const v = groundH + f * FLOOR;
      if (f && s.lines) F.band(v - 0.09, v + 0.03, lighter(s.wall, 0.3));
      for (const [kind, u, w] of plan) {
        if (kind === 'bal') out.push([u, v, w]);
        else if (kind === 'scr') screen(F, q, u + w / 2 - 0.8, v + 0.45, 1.6, 2.0, s);
        else if (kind === 'tall') window(F, q, u + w / 2 - 0.55, v + 0.25, 1.1, 2.25, s);
        else if (kind === 'wide') window(F, q, u + w / 2 - 1.1, v + 0.95, 2.2, 1.45, { ...s, arch: 'flat', shutters: null });
        else if (kind === 'win') window(F, q, u + w / 2 - 0.65, v + 0.85, 1.3, 1.6, s);
      }
    }
    if (band) zellige(F, q, 0.1, F.w - 0.1, F.h - 0.95, F.h - 0.4, s.zellige);
    out.sort((a, b) => Math.abs(b[0] - F.eye[0]) - Math.abs(a[0] - F.eye[0]) || Math.abs(b[1] - F.eye[1]) - Math.abs(a[1] - F.eye[1]));
    for (const [u, v, w] of out) balcony(F, q, u + 0.22, v + 0.02, w - 0.44, s);
  };
}

function sideFront(r, s, { floors, groundH, band }) {
  return (F) => {
    const q = r.fork(`side${F.w.toFixed(1)}`);
    F.band(0, 0.6, dark(s.wall, 0.16));
    const plan = bays(q, F.w, s.sideRow, 3.8);
    for (let f = -1; f < floors; f++) {
      const v = f < 0 ? 0 : groundH + f * FLOOR;
      for (const [kind, u, w] of plan) {
        if (kind === 'scr' && f >= 0) screen(F, q, u + w / 2 - 0.5, v + 0.4, 1, 2.1, s);
        else window(F, q, u + w / 2 - 0.5, v + 0.95, 1, 1.4, { ...s, shutters: null });
      }
    }
    F.block(0, F.w, groundH - 0.22, groundH - 0.02, 0, 0.12, s.trim);
    if (band) zellige(F, q, 0.1, F.w - 0.1, F.h - 0.95, F.h - 0.4, s.zellige);
  };
}

/** Parapet, cornice, and what stands on a roof. */
function roofscape(scene, r, s, b, { head = true, color } = {}) {
  const o = 0.3;
  if (s.steep) {
    scene.box({ x0: b.x0 - 0.7, x1: b.x1 + 0.7, y0: b.y0 - 0.7, y1: b.y1 + 0.7, z0: b.z1, z1: b.z1 + Math.min(b.x1 - b.x0, b.y1 - b.y0) * 0.34, pyramid: Math.min(b.x1 - b.x0, b.y1 - b.y0) * 0.42, color: '#b65a3c' });
    return;
  }
  const c = color ?? s.trim;
  scene.box({ x0: b.x0 - o, x1: b.x1 + o, y0: b.y0 - o, y1: b.y1 + o, z0: b.z1, z1: b.z1 + 0.42, color: c, roof: '#d9cdb8' });
  if (s.merlons) {
    const n = Math.round((b.x1 - b.x0) / 1.1);
    for (let i = 0; i <= n; i++) {
      const x = b.x0 - o + ((b.x1 - b.x0 + 2 * o - 0.5) * i) / n;
      scene.box({ x0: x, x1: x + 0.5, y0: b.y0 - o, y1: b.y0 - o + 0.4, z0: b.z1 + 0.42, z1: b.z1 + 1, color: c, flat: true });
    }
  }
  const w = b.x1 - b.x0;
  if (head && w > 9) {
    const hw = r.range(3, 4.4);
    const x = b.x0 + r.range(0.15, 0.85) * (w - hw);
    const y = b.y0 + (b.y1 - b.y0) * 0.45;
    scene.box({ x0: x, x1: x + hw, y0: y, y1: y + 3.4, z0: b.z1 + 0.42, z1: b.z1 + 2.9, color: s.wall2, roof: '#d9cdb8', deco: (F) => screen(F, r.fork('head'), F.w / 2 - 0.7, 0.6, 1.4, 1.5, s) });
  }
  if (r.chance(0.5) && w > 9) pergola(scene, r, s, b);
}

function pergola(scene, r, s, b) {
  const x = b.x0 + r.range(0.1, 0.6) * (b.x1 - b.x0 - 4);
  timber(scene, s.screen, { x0: x, x1: x + r.range(3.2, 4.4), y0: b.y0 + 0.8, y1: b.y0 + 3.4, z: b.z1 + 0.42, high: 2.2 });
}

/** A timber pergola: posts, two beams, open slats. */
function timber(scene, color, { x0, x1, y0, y1, z, high }) {
  for (const px of [x0, x1 - 0.16]) for (const py of [y0, y1 - 0.16]) scene.box({ x0: px, x1: px + 0.16, y0: py, y1: py + 0.16, z0: z, z1: z + high, color });
  for (const py of [y0, y1 - 0.16]) scene.box({ x0: x0 - 0.3, x1: x1 + 0.3, y0: py, y1: py + 0.16, z0: z + high, z1: z + high + 0.18, color });
  const n = Math.round((x1 - x0) / 0.55);
  for (let i = 0; i <= n; i++) {
    const px = x0 - 0.1 + ((x1 - x0) * i) / n;
    scene.box({ x0: px, x1: px + 0.12, y0: y0 - 0.3, y1: y1 + 0.3, z0: z + high + 0.18, z1: z + high + 0.3, color });
  }
}

/** The quarter around: plain blocks far behind, paling into the haze. Returns their plans. */
export function quarter(scene, r, style, { x, y0, y1, n, haze }) {
  const spots = [];
  for (let i = 0; i < n * 3 && spots.length < n; i++) {
    const s = { x: r.range(-x, x), y: r.range(y0, y1), w: r.range(8, 15), d: r.range(8, 11), h: 3.2 * r.int(1, 4) + 0.6 };
    if (spots.some((o) => s.x < o.x + o.w + 1 && o.x < s.x + s.w + 1 && s.y < o.y + o.d + 1 && o.y < s.y + s.d + 1)) continue;
    spots.push(s);
  }
  for (const s of spots) {
    const far = 0.3 + 0.3 * ((s.y - y0) / (y1 - y0));
    const color = mix(vary(r.pick([style.wall, style.wall2, style.accent]), r), haze, far);
    const q = r.fork(`${s.x}`);
    scene.box({
      x0: s.x, x1: s.x + s.w, y0: s.y, y1: s.y + s.d, z1: s.h, color, roof: color, back: true,
      deco: (F) => {
        const cols = Math.max(2, Math.round(F.w / 3));
        for (let v = 1; v < F.h - 1.5; v += 3.2) for (let i = 0; i < cols; i++) if (q.chance(0.85)) F.poly(rect(((i + 0.3) * F.w) / cols, v, ((i + 0.65) * F.w) / cols, v + 1.4), F.L.night ? (q.chance(0.5) ? '#ffd58a' : F.L.shade) : mix(F.tint('#5d7f90', false), haze, far));
      },
    });
  }
  return spots;
}

/** A block of flats: `floors` above the ground floor. Returns its main block. */
export function flats(scene, r, style, { x, y, w, d: deep, floors, ground, form, wall, accent }) {
  const s = { ...style, wall, accent, bay: r.range(3.2, 4), lines: r.chance(0.4), sideRow: r.pick([['win', 'scr'], ['win'], ['scr', 'win']]), litShare: 0.55 };
  const groundH = ground === 'windows' ? 3.2 : 4.1;
  const h = groundH + floors * FLOOR + 0.5 + (r.chance(0.5) ? 0.6 : 0);
  const row = r.pick([['win', 'bal', 'scr'], ['bal', 'win'], ['bal', 'scr', 'win'], ['tall', 'bal'], ['wide', 'bal', 'win'], ['bal', 'bal', 'tall'], ['scr', 'bal', 'bal']]);
  const n = Math.max(1, Math.round(w / s.bay));
  const spec = { floors, groundH, row, ground, doorBay: ground === 'shops' ? undefined : Math.floor(n / 2), band: r.chance(0.6) };
  const main = scene.box({ x0: x, x1: x + w, y0: y, y1: y + deep, z1: h, color: wall, roof: '#d3c7b2' });
  const fr = flatFront(r.fork('f'), s, spec);
  const sd = sideFront(r.fork('s'), s, spec);
  main.deco = (F, side) => (side === 'front' ? fr(F) : sd(F));
  roofscape(scene, r, s, main);
  if (form === 'bays') bayTowers(scene, r, s, main, spec, n, accent);
  if (form === 'tower') stairTower(scene, r, s, main, accent);
  if (form === 'terraces') terraces(scene, r, s, main, { groundH, row, ground });
  return main;
}

/** Bays that stand 0.9 m proud of the front, in the accent colour. */
function bayTowers(scene, r, s, b, spec, n, accent) {
  const step = (b.x1 - b.x0) / n;
  const at = n >= 5 ? [0, n - 1] : [n - 1];
  const z1 = b.z1 - r.pick([0, FLOOR]) - 0.01;
  for (const i of at) {
    const kind = r.pick(['scr', 'wide', 'tall']);
    scene.box({
      x0: b.x0 + i * step + 0.15, x1: b.x0 + (i + 1) * step - 0.15, y0: b.y0 - 0.9, y1: b.y0, z0: spec.groundH, z1, color: accent, roof: s.trim,
      deco: (F, side) => {
        if (side !== 'front') return;
        const q = r.fork(`bay${i}`);
        for (let f = 0; f * FLOOR + FLOOR < F.h + 0.4; f++) {
          const v = f * FLOOR;
          if (kind === 'scr') screen(F, q, 0.45, v + 0.4, F.w - 0.9, 2.1, s);
          else window(F, q, F.w / 2 - (kind === 'wide' ? 1 : 0.6), v + (kind === 'wide' ? 0.9 : 0.35), kind === 'wide' ? 2 : 1.2, kind === 'wide' ? 1.5 : 2.1, { ...s, shutters: null, color: accent });
        }
      },
    });
  }
}

/** A stair tower with a tall carved screen, higher than the house. */
function stairTower(scene, r, s, b, accent) {
  const right = r.chance(0.5);
  const x0 = right ? b.x1 : b.x0 - 4;
  const h = b.z1 + 2.6;
  const t = scene.box({
    x0, x1: x0 + 4, y0: b.y0 - 0.6, y1: b.y0 + 5, z1: h, color: accent, roof: '#d3c7b2',
    deco: (F, side) => {
      const q = r.fork('tower');
      F.band(0, 0.6, dark(accent, 0.2));
      if (side === 'front') {
        screen(F, q, F.w / 2 - 0.9, 3.6, 1.8, F.h - 6, { ...s, screenArch: 'flat' });
        portal(F, q, F.w / 2 - 0.75, 1.5, 2.6, { ...s, canopy: null });
        zellige(F, q, 0.1, F.w - 0.1, F.h - 1.5, F.h - 0.6, s.zellige);
      } else zellige(F, q, 0.1, F.w - 0.1, F.h - 1.5, F.h - 0.6, s.zellige);
    },
  });
  roofscape(scene, r, { ...s, steep: s.steep }, t, { head: false });
}

/** Lower wings that step down beside the main block. */
function terraces(scene, r, s, b, { groundH, row, ground }) {
  let x = b.x1;
  let floors = Math.round((b.z1 - groundH) / FLOOR);
  for (let i = 0; i < 2 && floors > 2; i++) {
    floors -= r.int(1, 2);
    const w = r.range(6.5, 9);
    const wing = scene.box({ x0: x, x1: x + w, y0: b.y0 + 1.2 * (i + 1), y1: b.y1, z1: groundH + floors * FLOOR + 0.5, color: i ? s.wall : s.wall2, roof: '#d3c7b2' });
    const spec = { floors, groundH, row, ground, band: false };
    const fr = flatFront(r.fork(`w${i}`), s, spec);
    const sd = sideFront(r.fork(`ws${i}`), s, spec);
    wing.deco = (F, side) => (side === 'front' ? fr(F) : sd(F));
    roofscape(scene, r, s, wing, { head: false });
    x += w;
  }
}

/** A single or terraced house, one or two floors over the ground. */
export function house(scene, r, style, { x, y, w, d: deep, floors, wall }) {
  const s = { ...style, wall, bay: w / Math.max(2, Math.round(w / 3.4)), litShare: 0.6 };
  const groundH = 3.2;
  const h = groundH + floors * FLOOR + 0.5;
  const n = Math.max(2, Math.round(w / 3.4));
  const door = r.int(0, n - 1);
  const upper = Array.from({ length: n }, () => r.pick(['win', 'bal', 'scr', 'win', 'tall']));
  const b = scene.box({
    x0: x, x1: x + w, y0: y, y1: y + deep, z1: h, color: wall, roof: '#d3c7b2',
    deco: (F, side) => {
      const q = r.fork(`h${side}`);
      F.band(0, 0.7, side === 'front' && s.town === 'chefchaouen' ? '#5b97c8' : dark(wall, 0.16));
      const step = F.w / n;
      if (side !== 'front') {
        for (let f = 0; f <= floors; f++) window(F, q, F.w * 0.3, (f ? groundH + (f - 1) * FLOOR : 0) + 1, 1, 1.35, { ...s, shutters: null });
        if (F.w > 7) for (let f = 0; f <= floors; f++) window(F, q, F.w * 0.65, (f ? groundH + (f - 1) * FLOOR : 0) + 1, 1, 1.35, { ...s, shutters: null });
        return;
      }
      for (let i = 0; i < n; i++) {
        const u = i * step + step / 2;
        if (i === door) portal(F, q, u - 0.7, 1.4, 2.5, s);
        else window(F, q, u - 0.65, 0.95, 1.3, 1.5, s);
      }
      for (let f = 0; f < floors; f++) {
        const v = groundH + f * FLOOR;
        upper.forEach((k, i) => {
          const u = i * step + step / 2;
          if (k === 'scr') screen(F, q, u - 0.7, v + 0.5, 1.4, 1.9, s);
          else if (k === 'bal') balcony(F, q, u - Math.min(1.6, step / 2 - 0.1), v, Math.min(3.2, step - 0.2), s);
          else window(F, q, u - 0.6, v + 0.8, 1.2, 1.6, s);
        });
      }
      if (r.chance(0.4)) zellige(F, q, 0.1, F.w - 0.1, F.h - 0.7, F.h - 0.2, s.zellige);
    },
  });
  roofscape(scene, r, s, b, { head: floors > 0 && r.chance(0.6), color: r.chance(0.5) ? s.trim : lighter(wall, 0.3) });
  return b;
}

/** A villa of two or three volumes about a patio, loggia on the garden side. */
export function villa(scene, r, style, { x, y, flip }) {
  const s = { ...style, litShare: 0.75, green: 0.2 };
  const A = r.range(8, 10.5);
  const B = r.range(7, 9.5);
  const deep = r.range(9, 11);
  const hi = 3.3 + FLOOR + 0.6;
  const lo = 3.7;
  const ax = flip ? x + B : x;
  const bx = flip ? x : x + A;
  const tall = scene.box({
    x0: ax, x1: ax + A, y0: y, y1: y + deep, z1: hi, color: s.wall, roof: '#d9cdb8',
    deco: (F, side) => {
      const q = r.fork(`va${side}`);
      F.band(0, 0.5, dark(s.wall, 0.16));
      if (side === 'front') {
        portal(F, q, F.w * 0.26 - 0.9, 1.8, 2.8, s);
        window(F, q, F.w * 0.72 - 1.3, 0.35, 2.6, 2.3, { ...s, cross: false, shutters: null });
        balcony(F, q, F.w * 0.52, 3.4, F.w * 0.44, { ...s, balconyDepth: 1.5 });
        screen(F, q, F.w * 0.26 - 0.9, 3.85, 1.8, 1.9, s);
      } else {
        for (const t of [0.25, 0.68]) {
          window(F, q, F.w * t - 0.6, 0.9, 1.2, 1.7, { ...s, shutters: null });
          window(F, q, F.w * t - 0.6, 4.1, 1.2, 1.6, { ...s, shutters: null });
        }
      }
      if (r.fork('b').chance(0.5)) zellige(F, q, 0.1, F.w - 0.1, F.h - 0.65, F.h - 0.2, s.zellige);
    },
  });
  roofscape(scene, r, s, tall, { head: false, color: s.trim });
  const low = scene.box({
    x0: bx, x1: bx + B, y0: y + r.range(0.4, 1.6), y1: y + deep - 1, z1: lo, color: s.wall2, roof: '#d9cdb8',
    deco: (F, side) => {
      const q = r.fork(`vb${side}`);
      F.band(0, 0.4, dark(s.wall2, 0.16));
      if (side === 'front') arcade(F, q, 0.3, F.w - 0.6, 2.9, { ...s, arcadeBay: r.fork('ab').range(2, 2.8), archTrim: lighter(s.wall2, 0.4) }, (u, w) => F.poly(rect(u + 0.25, 0, u + w - 0.25, 2.4), F.L.night ? '#ffd892' : mix('#365f73', F.L.haze, 0.3), { opacity: 0.85 }, -0.5));
      else window(F, q, F.w * 0.4, 0.9, 1.6, 1.5, { ...s, shutters: null });
    },
  });
  roofscape(scene, r, { ...s, steep: s.steep, merlons: false }, low, { head: false, color: s.accent });
  if (!s.steep && r.chance(0.6)) {
    timber(scene, s.screen, { x0: low.x0 + 0.9, x1: low.x1 - 0.9, y0: low.y0 + 0.5, y1: low.y0 + 3.4, z: low.z1 + 0.42, high: 2.1 });
  }
  return { tall, low, x0: x, x1: x + A + B, y0: y, y1: y + deep };
}

/** A semi-finished villa: concrete frame, brick infill, openings without frames. */
export function shell(scene, r, style, { x, y, done }) {
  const brick = r.pick(['#bb6a45', '#c27850', '#b06040']);
  const conc = r.pick(['#c3bdb1', '#b9b4a9', '#cbc4b6']);
  const A = r.range(8.5, 10.5);
  const B = r.range(6, 8);
  const deep = r.range(8.5, 10.5);
  const flip = r.chance(0.5);
  const raw = (w, seed) => (F, side) => {
    const q = r.fork(`${seed}${side}`);
    const floors = Math.max(1, Math.round((F.h - 0.3) / 3.25));
    for (let f = 0; f < floors; f++) {
      const v = f * 3.25;
      const n = Math.max(2, Math.round(F.w / 3.4));
      const step = F.w / n;
      const rendered = done || (q.chance(0.25) && f === 0);
      if (!rendered) courses(F, rect(0, v, F.w, v + 3.1), brick);
      else F.poly(rect(0, v, F.w, v + 3.1), F.tint(vary(mix(style.wall, '#cfc8ba', 0.5), q)));
      for (let i = 0; i < n; i++) {
        const u = i * step + step / 2;
        const kind = side === 'front' && i === n - 1 && f === 0 ? 'door' : q.pick(['win', 'win', 'french', 'blind']);
        const [w2, v0, h] = kind === 'door' ? [1.5, 0, 2.3] : kind === 'french' ? [1.7, 0.05, 2.3] : [1.35, 0.95, 1.45];
        if (kind === 'blind') continue;
        F.poly(rect(u - w2 / 2 - 0.2, v + v0 + h, u + w2 / 2 + 0.2, v + v0 + h + 0.25), F.tint(conc));
        F.recess(rect(u - w2 / 2, v + v0, u + w2 / 2, v + v0 + h), 0.26, brick, (back) => F.art.poly(back, F.art.linear([[0, F.L.night ? '#2a2530' : '#4b423c'], [1, F.L.night ? '#3d3135' : '#75685b']], 0, 0, 0, 1, true)));
      }
      for (let i = 0; i <= n; i++) {
        const u = Math.min(F.w - 0.3, Math.max(0, i * step - 0.15));
        F.block(u, u + 0.3, v, v + 3.1, 0, 0.04, conc);
      }
      F.block(0, F.w, v + 3.0, v + 3.25, 0, 0.1, lighter(conc, 0.1));
    }
  };
  const bars = (b) => {
    for (let px = b.x0 + 0.15; px <= b.x1; px += (b.x1 - b.x0 - 0.3) / 3) for (const py of [b.y0 + 0.2, b.y1 - 0.2]) {
      scene.stand(px, py, (sx, sy, k) => {
        let p = '';
        for (const o of [-0.12, 0, 0.12]) p += `M${(sx + o * k).toFixed(1)} ${sy.toFixed(1)}v${(-0.9 * k).toFixed(1)}`;
        scene.art.path(p, 'none', { stroke: '#7b4a33', 'stroke-width': Math.max(1.1, k * 0.035) });
      }, { z: b.z1 });
    }
  };
  const ax = flip ? x + B : x;
  const bx = flip ? x : x + A;
  const tall = scene.box({ x0: ax, x1: ax + A, y0: y, y1: y + deep, z1: 6.8, color: brick, roof: conc, deco: raw(A, 'a') });
  const low = scene.box({ x0: bx, x1: bx + B, y0: y + 1.2, y1: y + deep, z1: 3.5, color: brick, roof: conc, deco: raw(B, 'b') });
  bars(tall);
  bars(low);
  if (r.chance(0.6)) scene.box({ x0: ax + A * 0.3, x1: ax + A * 0.7, y0: y + 3, y1: y + 6, z0: 6.8, z1: 9.2, color: brick, roof: conc, deco: (F) => courses(F, rect(0, 0, F.w, F.h), brick) });
  return { tall, low, x0: x, x1: x + A + B, y0: y, y1: y + deep };
}

function courses(F, area, color) {
  F.poly(area, F.tint(color));
  const [[u0, v0], , [u1, v1]] = area;
  const step = Math.max(0.2, 5 / F.px);
  const rows = [];
  const joints = [];
  let k = 0;
  for (let v = v0 + step; v < v1; v += step, k++) {
    rows.push([[u0, v], [u1, v]]);
    for (let u = u0 + (k % 2) * step; u < u1; u += step * 2) joints.push([[u, v - step], [u, v]]);
  }
  F.lines(rows, lighter(F.tint(color), 0.28), Math.max(0.7, F.px * 0.022), { opacity: 0.6 });
  F.lines(joints, lighter(F.tint(color), 0.28), Math.max(0.6, F.px * 0.018), { opacity: 0.5 });
}

/** Scaffolding before a wall: standards, ledgers, boards, braces. */
export function scaffold(scene, r, x0, x1, y, high) {
  const { camera, art, L } = scene;
  const n = Math.max(2, Math.round((x1 - x0) / 2));
  scene.stand((x0 + x1) / 2, y - 0.6, () => {
    const at = (x, z, q = 0) => camera.at([x, y - q, z]);
    const c = L.night ? '#2b2f36' : L.shaded('#8c8f8d');
    const k = camera.scale([x0, y, 0]);
    for (let lift = 1; lift * 2 <= high; lift++) {
      const z = lift * 2;
      art.poly([at(x0, z), at(x1, z), at(x1, z, 1), at(x0, z, 1)], L.paint('#c39a62'));
      art.poly([at(x0, z, 1), at(x1, z, 1), at(x1, z - 0.16, 1), at(x0, z - 0.16, 1)], L.shaded('#a27a48'));
    }
    for (const q of [0, 1]) {
      for (let i = 0; i <= n; i++) {
        const x = x0 + ((x1 - x0) * i) / n;
        art.line([at(x, 0, q), at(x, high + 0.8, q)], c, Math.max(1.4, k * 0.06));
      }
      for (let z = 1; z <= high; z += 1) art.line([at(x0, z, q), at(x1, z, q)], c, Math.max(1, k * 0.035), { opacity: z % 2 ? 0.75 : 1 });
    }
    for (let i = 0; i < n; i += 2) art.line([at(x0 + ((x1 - x0) * i) / n, 0, 1), at(x0 + ((x1 - x0) * (i + 1)) / n, 2, 1)], c, Math.max(1, k * 0.035));
  });
}

/** A row of shops under an arcade, dwellings or offices above. */
export function shopRow(scene, r, style, { x, y, w, floors, kind }) {
  const s = { ...style, bay: 4.2, sideRow: ['win', 'scr'], litShare: 0.5 };
  const high = 4.4;
  const deep = 11;
  const b = scene.box({ x0: x, x1: x + w, y0: y, y1: y + deep, z1: high + floors * FLOOR + 0.6, color: s.wall, roof: '#d3c7b2' });
  b.deco = (F, side) => {
    const q = r.fork(`sr${side}`);
    if (side !== 'front') return sideFront(q, { ...s, wall: s.wall }, { floors, groundH: high, band: true })(F);
    F.band(0, 0.5, dark(s.wall, 0.18));
    if (kind === 'arcade') {
      arcade(F, q, 0.2, F.w - 0.4, high - 0.7, { ...s, arcadeBay: 4.2, archTrim: s.trim }, (u, wd) => {
        const c = q.pick(s.shopColors);
        F.poly(rect(u, 0, u + wd, 3), F.L.night ? '#f7c87c' : mix('#2f4a57', F.L.haze, 0.22), {}, -0.5);
        F.poly(rect(u, 2.5, u + wd, 3.2), F.L.paint(c), {}, -0.48);
        for (let k = 0; k < 3; k++) for (let t = u + 0.3; t < u + wd - 1.2; t += 0.3) F.poly(rect(t, 0.3 + k * 0.6, t + 0.22, 0.3 + k * 0.6 + q.range(0.16, 0.42)), q.pick(['#d98b3a', '#b9472f', '#e6c15a', '#2a6f97', '#0e5a4a', '#efe3c8']), { opacity: 0.85 }, -0.46);
      });
      F.block(0, F.w, high - 0.5, high - 0.3, 0, 0.25, s.trim);
      zellige(F, q, 0.1, F.w - 0.1, high - 0.28, high + 0.3, s.zellige);
    } else {
      for (const [, u, wd] of bays(q, F.w - 0.6, ['s'], 4.4)) shopfront(F, q, u + 0.6, wd - 0.7, high - 0.9, s, true);
      F.block(0, F.w, high - 0.2, high, 0, 0.3, s.trim);
    }
    for (let f = 0; f < floors; f++) {
      const row = bays(q, F.w, f % 2 ? ['win', 'scr'] : ['bal', 'win', 'scr'], 4.2);
      for (const [k, u, wd] of row) {
        const v = high + 0.3 + f * FLOOR;
        if (k === 'bal') balcony(F, q, u + 0.5, v, wd - 1, s);
        else if (k === 'scr') screen(F, q, u + wd / 2 - 0.8, v + 0.5, 1.6, 1.8, s);
        else window(F, q, u + wd / 2 - 0.7, v + 0.7, 1.4, 1.6, s);
      }
    }
  };
  roofscape(scene, r, s, b);
  return b;
}

/** An activity hall: ribbed cladding, north-lights or a vault, roller doors, an office end. */
export function hall(scene, r, style, { x, y, w, d: deep, high, color, doors = true }) {
  const b = scene.box({
    x0: x, x1: x + w, y0: y, y1: y + deep, z1: high, color, roof: lighter(color, 0.2),
    deco: (F, side) => {
      const q = r.fork(`hall${side}`);
      F.poly(rect(0, 0, F.w, 1.1), F.tint('#c9c0ae'));
      const step = Math.max(0.4, 6 / F.px);
      const ribs = [];
      for (let u = step; u < F.w; u += step) ribs.push([[u, 1.1], [u, F.h - 0.5]]);
      F.lines(ribs, dark(F.tint(color), 0.22), Math.max(0.6, F.px * 0.02), { opacity: 0.5 });
      F.poly(rect(0, F.h - 1.7, F.w, F.h - 0.9), F.L.night ? '#ffd68a' : mix('#5d8496', F.L.haze, 0.3));
      const n = Math.max(2, Math.round(F.w / 6));
      F.lines(Array.from({ length: n * 3 - 1 }, (_, i) => [[((i + 1) * F.w) / (n * 3), F.h - 1.7], [((i + 1) * F.w) / (n * 3), F.h - 0.9]]), F.tint('#e8e4da'), Math.max(0.8, F.px * 0.05));
      if (doors && side === 'front') {
        for (let i = 0; i < n; i++) {
          const u = ((i + 0.5) * F.w) / n;
          const dc = q.pick(['#0e5a4a', '#2a6f97', '#b9472f', '#6c7a7d']);
          F.recess(rect(u - 1.8, 0, u + 1.8, 4), 0.3, color, (back) => F.art.poly(back, F.tint(dc)));
          F.lines(Array.from({ length: 9 }, (_, k) => [[u - 1.8, 0.4 + k * 0.42], [u + 1.8, 0.4 + k * 0.42]]), dark(F.tint(dc), 0.3), Math.max(0.7, F.px * 0.03), {}, -0.3);
          canopy(F, u - 2.2, u + 2.2, 4.3, style.canopyColor, 1);
        }
      } else {
        for (let i = 0; i < n; i++) window(F, q, ((i + 0.5) * F.w) / n - 1, 1.6, 2, 1.3, { ...style, arch: 'flat', surround: null, shutters: null, canopy: null });
      }
    },
    top: (T) => {
      const strips = Math.max(2, Math.round(w / 7));
      for (let i = 0; i < strips; i++) {
        const a = x + ((i + 0.3) * w) / strips;
        T.poly(rect(a, y + 1.2, a + 1.6, y + deep - 1.2), T.tint('#a9c6cc'));
      }
    },
  });
  scene.box({ x0: x - 0.15, x1: x + w + 0.15, y0: y - 0.15, y1: y, z0: high - 0.1, z1: high + 0.5, color: lighter(color, 0.25) });
  return b;
}
