// Plots from the air: numbered parcels, streets with trees, the first buildings.

import { Camera } from './camera.js';
import { light as lighter, mix, vary } from './color.js';
import { hull, rect } from './geom.js';
import { Ground } from './ground.js';
import { layout } from './layout.js';
import { landscape } from './land.js';
import { write } from './lettering.js';
import { lightAt } from './light.js';
import { quarter } from './building.js';
import { Scene } from './scene.js';
import { sky } from './sky.js';
import { circle, Sheet, W } from './svg.js';
import { finish } from './views.js';
import { SIZE } from './flora.js';

const EARTH = { residential_plot: '#ecdcba', craft_plot: '#e6cfa4', industrial_plot: '#dcd2bb', commercial_plot: '#efdcc0', block: '#e9d8b8' };

export function aerial(r, style, hour, kind) {
  const plan = layout(r.fork('layout'), kind);
  const lay = r.fork('camera');
  const yaw = lay.sign() * lay.range(0.1, 0.5);
  const pitch = lay.range(0.42, 0.58);
  const reach = plan.h * lay.range(0.92, 1.25);
  const eye = [Math.sin(yaw) * reach, -Math.cos(yaw) * reach, reach * Math.tan(pitch)];
  const camera = new Camera({ eye, yaw, pitch });
  const m = plan.street;
  const edge = rect(-plan.w / 2 - m, -plan.h / 2 - m, plan.w / 2 + m, plan.h / 2 + m).map(([x, y]) => [x, y, 0]);
  camera.fit(edge, { x0: lay.range(60, 150), x1: W - lay.range(60, 150), y0: lay.range(330, 420), y1: lay.range(1070, 1130) });
  const L = lightAt(hour, camera, lay.next());
  const art = new Sheet();
  const top = Math.max(0, camera.horizon);
  if (top > 0) {
    sky(art, r.fork('sky'), L, top);
    landscape(art, r.fork('land'), L, lay.pick(style.lands), top);
  }
  const g = new Ground(art, camera, L, r.fork('ground'));
  g.base(mix(style.dry, style.lawn, style.earth ? 0.12 : lay.range(0.3, 0.6)), top);
  const q = r.fork('fill');
  fields(g, q, plan, style, L);
  streets(g, plan, style, L);
  const scene = new Scene(art, camera, L, r.fork('scene'));
  const taken = new Set(q.shuffle(plan.parcels.map((_, i) => i)).slice(0, Math.round(plan.parcels.length * (kind === 'block' ? 0.45 : q.range(0.22, 0.38)))));
  plan.parcels.forEach((p, i) => parcel(g, q, p, plan, style, L, taken.has(i)));
  plan.greens.forEach((b) => park(g, q, b, plan, style));
  plan.parcels.forEach((p, i) => { if (taken.has(i)) fill(scene, q.fork(`p${i}`), p, kind, style); });
  trees(scene, camera, q, plan, style);
  const X = Math.max(plan.w, plan.h);
  const town = plan.kind === 'block' ? [] : quarter(scene, q.fork('quarter'), style, { x: X * lay.range(0.7, 1.2), y0: plan.h / 2 + plan.street * 2.5, y1: X * 1.7, n: lay.int(24, 60), haze: L.haze });
  // The older town stands on trodden, paved ground, not on the fields.
  const paved = mix(L.paint(mix(style.dry, '#efe4cf', 0.5)), L.haze, 0.3);
  for (const t of town) g.poly(rect(t.x - 5, t.y - 5, t.x + t.w + 5, t.y + t.d + 5), paved);
  // Shadows first, then numbers over them, then what stands up.
  scene.paint(() => {
    const built = scene.boxes.filter((b) => !b.back).map((b) => hull([b.x0, b.x1].flatMap((x) => [b.y0, b.y1].flatMap((y) => [camera.at([x, y, b.z0]), camera.at([x, y, b.z1])]))));
    plan.parcels.forEach((p, i) => { if (!taken.has(i) && inSight(camera, p, built)) number(art, camera, p, L, plan.unit); });
  });
  return finish({ art, L });
}

/** The country around: fields, dry walls, tracks. */
function fields(g, q, plan, style, L) {
  const X = Math.max(plan.w, plan.h);
  for (let i = 0; i < 90; i++) {
    const a = q.range(0, Math.PI * 2);
    const d = X * q.range(0.7, 3.2);
    const [x, y] = [Math.cos(a) * d, Math.sin(a) * d * 0.9];
    if (Math.abs(x) < plan.w / 2 + plan.street * 2 && Math.abs(y) < plan.h / 2 + plan.street * 2) continue;
    const w = X * q.range(0.12, 0.3);
    const h = X * q.range(0.1, 0.22);
    const ok = (px, py) => Math.abs(px) > plan.w / 2 + plan.street * 1.6 || Math.abs(py) > plan.h / 2 + plan.street * 1.6;
    if (!ok(x, y) || !ok(x + w, y) || !ok(x, y + h) || !ok(x + w, y + h)) continue;
    const c = vary(mix(style.dry, q.pick([style.lawn, '#b9985f', '#d9c489', '#a3a65c']), 0.55), q, 0.1);
    g.poly(rect(x, y, x + w, y + h), L.paint(c), { opacity: 0.8 });
    if (q.chance(0.4)) {
      orchard(g, q, x, y, w, h, L);
      continue;
    }
    const rows = [];
    for (let k = 1; k < 9; k++) rows.push([[x, y + (h * k) / 9], [x + w, y + (h * k) / 9]]);
    for (const [p, s] of rows) {
      const t = g.camera.poly([[...p, 0], [...s, 0], [s[0], s[1] + h * 0.03, 0], [p[0], p[1] + h * 0.03, 0]]);
      g.art.poly(t, L.shaded(c), { opacity: 0.22 });
    }
  }
}

/** A grove seen from above: rows of round crowns with their shadows. */
function orchard(g, q, x, y, w, h, L) {
  const n = 9;
  const rad = Math.min(w, h) / n * 0.3;
  const c = q.pick(['#6f8a55', '#5f7f4a', '#7f9268', '#54774a']);
  let shade = '';
  let crown = '';
  let top = '';
  for (let i = 0; i < n; i++) for (let j = 0; j < 6; j++) {
    const p = [x + ((i + 0.5) * w) / n, y + ((j + 0.5) * h) / 6, 0];
    if (g.camera.depth(p) < 5) continue;
    const [sx, sy] = g.camera.at(p);
    if (sx < -100 || sx > W + 100 || sy > 1300) continue;
    const s = g.camera.scale(p) * rad;
    shade += circle(sx + s * 0.7, sy + s * 0.1, s, s * 0.5);
    crown += circle(sx, sy - s * 0.5, s, s * 0.8);
    top += circle(sx - s * 0.25, sy - s * 0.75, s * 0.6, s * 0.45);
  }
  g.art.path(shade, L.shade, { opacity: 0.3 });
  g.art.path(crown, L.shaded(c));
  g.art.path(top, L.paint(c));
}

function streets(g, plan, style, L) {
  const { w, h, street: s, boulevard: b } = plan;
  const far = Math.max(w, h) * 30;
  const asphalt = L.paint('#a29b8f');
  const walk = L.paint('#e6dac4');
  // The boulevard leaves the picture at both ends; so does one cross street.
  g.poly(rect(b.x - b.w / 2, -far, b.x + b.w / 2, far), walk);
  g.poly(rect(-w / 2 - s, -h / 2 - s, w / 2 + s, h / 2 + s), walk);
  const lane = s * 0.62;
  for (const x of [b.x - b.w * 0.23, b.x + b.w * 0.23]) g.poly(rect(x - b.w * 0.15, -far, x + b.w * 0.15, far), asphalt);
  g.poly(rect(b.x - b.w * 0.06, -far, b.x + b.w * 0.06, far), L.paint(style.lawn));
  const ys = [-h / 2 - s / 2, h / 2 + s / 2];
  for (let j = 1; j < plan.rows; j++) ys.push(-h / 2 + j * (plan.bh + s) - s / 2);
  for (const y of ys) g.poly(rect(-w / 2 - s * 0.8, y - lane / 2, w / 2 + s * 0.8, y + lane / 2), asphalt);
  const xs = new Set([-w / 2 - s / 2, w / 2 + s / 2]);
  for (const k of plan.blocks) if (Math.abs((k.x0 + k.x1) / 2 - b.x) > 1 && k.x1 + s / 2 < w / 2 && Math.abs(k.x1 + b.w / 2 - b.x) > 1) xs.add(k.x1 + s / 2);
  for (const x of xs) g.poly(rect(x - lane / 2, -h / 2 - s * 0.8, x + lane / 2, h / 2 + s * 0.8), asphalt);
  const dash = L.paint('#f6efdf');
  const unit = s * 0.3;
  for (const y of ys) for (let x = -w / 2; x < w / 2; x += unit * 2) if (Math.abs(x - b.x) > b.w * 0.7) g.poly(rect(x, y - s * 0.012, x + unit, y + s * 0.012), dash, { opacity: 0.8 });
  for (const y of ys) for (let k = 0; k < 6; k++) for (const side of [-1, 1]) {
    const x = b.x + side * b.w * 0.23 - b.w * 0.13 + (k * b.w * 0.26) / 6;
    g.poly(rect(x, y - lane * 0.95, x + b.w * 0.022, y - lane * 0.6), dash, { opacity: 0.9 });
  }
}

function parcel(g, q, p, plan, style, L, built) {
  const inset = plan.unit * 0.035;
  const c = vary(mix(EARTH[plan.kind], style.dry, 0.35), q, 0.05);
  const area = rect(p.x0 + inset, p.y0 + inset, p.x1 - inset, p.y1 - inset);
  g.poly(rect(p.x0, p.y0, p.x1, p.y1), L.paint('#fbf6ea'));
  g.poly(area, L.paint(built && plan.kind === 'residential_plot' ? mix(style.lawn, c, 0.35) : c));
  if (built) return;
  // Boundary stones, and a little grass where nobody has built.
  for (const [x, y] of area) g.poly(rect(x - inset, y - inset, x + inset, y + inset), L.paint('#b9472f'));
  for (let i = 0; i < 5; i++) {
    const x = q.range(p.x0 + inset * 4, p.x1 - inset * 6);
    const y = q.range(p.y0 + inset * 4, p.y1 - inset * 5);
    g.poly(Array.from({ length: 9 }, (_, k) => [x + plan.unit * 0.05 * Math.cos(k * 0.7) * q.range(0.7, 1.5), y + plan.unit * 0.028 * Math.sin(k * 0.7)]), L.paint(mix(style.lawn, c, 0.45)), { opacity: 0.55 });
  }
}

/** Whether a number on the parcel would be seen whole, past what is built before it. */
function inSight(camera, p, built) {
  const [w, h] = [p.x1 - p.x0, p.y1 - p.y0];
  const marks = [[0.5, 0.5], [0.3, 0.36], [0.7, 0.36], [0.3, 0.64], [0.7, 0.64]].map(([u, v]) => camera.at([p.x0 + u * w, p.y0 + v * h, 0]));
  const within = (q, poly) => {
    const turns = poly.map((a, i) => {
      const b = poly[(i + 1) % poly.length];
      return (b[0] - a[0]) * (q[1] - a[1]) - (b[1] - a[1]) * (q[0] - a[0]);
    });
    return turns.every((t) => t >= 0) || turns.every((t) => t <= 0);
  };
  return !marks.some((q) => built.some((poly) => within(q, poly)));
}

function number(art, camera, p, L, unit) {
  const cx = (p.x0 + p.x1) / 2;
  const cy = (p.y0 + p.y1) / 2;
  const size = Math.min(unit * 0.36, (p.x1 - p.x0) * 0.3);
  const k = camera.scale([cx, cy, 0]);
  write(art, String(p.n), size, (u, v) => camera.at([cx + u, cy + v * 1.25, 0]), L.night ? '#fdf3dc' : '#1d2420', Math.max(2, k * size * 0.13), { opacity: L.night ? 0.95 : 0.86 });
}

function park(g, q, b, plan, style) {
  const c = plan.unit;
  const { L } = g;
  g.poly(rect(b.x0, b.y0, b.x1, b.y1), L.paint('#e9dcc2'));
  const mx = (b.x0 + b.x1) / 2;
  const my = (b.y0 + b.y1) / 2;
  const e = c * 0.09;
  for (const [x0, x1] of [[b.x0 + e, mx - e * 1.4], [mx + e * 1.4, b.x1 - e]]) for (const [y0, y1] of [[b.y0 + e, my - e * 1.4], [my + e * 1.4, b.y1 - e]]) g.poly(rect(x0, y0, x1, y1), L.paint(vary(style.lawn, q, 0.06)));
  const rad = Math.min(b.x1 - b.x0, b.y1 - b.y0) * 0.2;
  g.star(mx, my, rad, style.zellige);
}

/** What already stands on a parcel. */
function fill(scene, q, p, kind, style) {
  const w = p.x1 - p.x0;
  const h = p.y1 - p.y0;
  const wall = vary(q.pick([style.wall, style.wall2, style.wall, style.accent]), q);
  const roof = mix('#e0d4bf', wall, 0.35);
  const front = (F) => {
    const n = Math.max(2, Math.round(F.w / 3.2));
    const floors = Math.max(1, Math.floor(F.h / 3));
    for (let f = 0; f < floors; f++) for (let i = 0; i < n; i++) F.poly(rect(((i + 0.28) * F.w) / n, f * 3 + 0.9, ((i + 0.72) * F.w) / n, f * 3 + 2.3), F.L.night ? '#ffd892' : F.tint('#4d6a78', false));
  };
  const box = (x0, y0, x1, y1, z, more = {}) => {
    const b = scene.box({ x0, x1, y0, y1, z1: z, color: wall, roof, deco: front, ...more });
    scene.box({ x0: x0 - 0.1, x1: x1 + 0.1, y0: y0 - 0.1, y1: y1 + 0.1, z0: z, z1: z + 0.4, color: style.trim, roof });
    return b;
  };
  if (kind === 'residential_plot') {
    const z = q.pick([3.4, 6.4, 6.4, 9.4]);
    const y0 = p.back ? p.y0 + h * 0.28 : p.y0 + h * 0.06;
    const y1 = p.back ? p.y1 - h * 0.06 : p.y1 - h * 0.28;
    box(p.x0 + w * 0.08, y0, p.x1 - w * 0.08, y1, z);
    if (z > 6 && q.chance(0.7)) scene.box({ x0: p.x0 + w * 0.2, x1: p.x0 + w * 0.5, y0: y0 + h * 0.2, y1: y0 + h * 0.42, z0: z + 0.4, z1: z + 2.6, color: wall, roof });
    scene.plant(q.pick(style.plants), p.x0 + w * 0.3, p.back ? p.y0 + h * 0.14 : p.y1 - h * 0.14, { k: 0.55 });
  } else if (kind === 'craft_plot') {
    box(p.x0 + w * 0.06, p.y0 + h * 0.3, p.x1 - w * 0.06, p.y1 - h * 0.06, q.range(4.6, 6));
    scene.box({ x0: p.x0 + w * 0.2, x1: p.x0 + w * 0.5, y0: p.y0 + h * 0.1, y1: p.y0 + h * 0.2, z1: 1.4, color: q.pick(['#b9663f', '#c9a15a', '#8a5a33', '#2a6f97']) });
  } else if (kind === 'industrial_plot') {
    const z = q.range(8, 11);
    const x0 = p.x0 + w * 0.1;
    const x1 = p.x1 - w * 0.1;
    const y0 = p.y0 + h * 0.24;
    const y1 = p.y1 - h * 0.1;
    const c = q.pick(['#e9e2d3', '#d8dcd8', '#cfd6d2', wall]);
    scene.box({
      x0, x1, y0, y1, z1: z, color: c, roof: lighter(c, 0.3),
      deco: (F) => {
        F.poly(rect(0, F.h - 2, F.w, F.h - 1), F.L.night ? '#ffd68a' : F.tint('#6f93a0'));
        for (let i = 0; i < 3; i++) F.poly(rect(((i + 0.25) * F.w) / 3, 0, ((i + 0.7) * F.w) / 3, 4.2), F.tint(['#0e5a4a', '#2a6f97', '#b9472f'][q.int(0, 2)]));
      },
      top: (T) => { for (let i = 0; i < 4; i++) T.poly(rect(x0 + ((i + 0.3) * (x1 - x0)) / 4, y0 + 2, x0 + ((i + 0.55) * (x1 - x0)) / 4, y1 - 2), T.tint('#9fc3cc')); },
    });
    for (let i = 0; i < 3; i++) if (q.chance(0.7)) scene.box({ x0: x0 + 2 + i * w * 0.24, x1: x0 + 2 + i * w * 0.24 + 6.5, y0: p.y0 + h * 0.08, y1: p.y0 + h * 0.08 + 2.5, z0: 0.4, z1: 3.4, color: q.pick(['#f4f1ea', '#c9a15a', '#2a6f97']) });
  } else if (kind === 'commercial_plot') {
    const z = q.pick([4.8, 8, 8]);
    const b = box(p.x0 + w * 0.07, p.y0 + h * 0.3, p.x1 - w * 0.07, p.y1 - h * 0.08, z);
    b.deco = (F, side) => {
      if (side === 'front' || side === 'left') {
        const n = Math.max(2, Math.round(F.w / 4.5));
        for (let i = 0; i < n; i++) {
          F.poly(rect(((i + 0.12) * F.w) / n, 0, ((i + 0.88) * F.w) / n, 2.9), F.L.night ? '#ffd892' : F.tint('#56788a', false));
          F.poly([[((i + 0.06) * F.w) / n, 3.3, 0], [((i + 0.94) * F.w) / n, 3.3, 0], [((i + 0.94) * F.w) / n, 2.7, 1.3], [((i + 0.06) * F.w) / n, 2.7, 1.3]], F.L.paint(q.pick(style.shopColors)));
        }
        if (F.h > 6) for (let i = 0; i < n; i++) F.poly(rect(((i + 0.25) * F.w) / n, 5, ((i + 0.75) * F.w) / n, 6.8), F.L.night ? '#ffd892' : F.tint('#56788a', false));
      }
    };
    for (let i = 0; i < 4; i++) if (q.chance(0.75)) car(scene, q, p.x0 + w * (0.16 + 0.2 * i), p.y0 + h * 0.12);
  } else blockMass(scene, q, p, style, front, roof);
}

function car(scene, q, x, y) {
  const c = q.pick(['#f2efe8', '#b9472f', '#2a6f97', '#c9c6bd', '#3c4a4a']);
  scene.box({ x0: x, x1: x + 1.8, y0: y, y1: y + 4.2, z0: 0.2, z1: 0.85, color: c, roof: c });
  scene.box({ x0: x + 0.15, x1: x + 1.65, y0: y + 1.1, y1: y + 3.3, z0: 0.85, z1: 1.5, color: '#40555f', roof: c });
}

/** The volumes a developer may build: a perimeter block round a garden. */
function blockMass(scene, q, p, style, front, roof) {
  const w = p.x1 - p.x0;
  const h = p.y1 - p.y0;
  const t = Math.min(w, h) * 0.26;
  const c = q.pick([style.wall, style.wall2, '#f7f1e4']);
  const z = () => 3.1 * q.int(3, 6) + 1;
  const arms = q.pick([
    [[0.06, 0.06, 0.94, null, 'f'], [0.06, 0.94, 0.94, null, 'b']],
    [[0.06, 0.94, 0.94, null, 'b'], [0.06, 0.06, null, 0.62, 'l']],
    [[0.06, 0.94, 0.94, null, 'b'], [0.06, 0.06, null, 0.62, 'l'], [0.94, 0.06, null, 0.62, 'r']],
  ]);
  for (const [fx, fy, , , side] of arms) {
    const x0 = side === 'r' ? p.x0 + w * 0.94 - t : p.x0 + w * fx;
    const x1 = side === 'f' || side === 'b' ? p.x1 - w * 0.06 : x0 + t;
    const y0 = side === 'b' ? p.y0 + h * fy - t : p.y0 + h * 0.06;
    const y1 = side === 'b' ? p.y0 + h * fy : side === 'f' ? y0 + t : p.y0 + h * 0.62;
    const top = z();
    scene.box({ x0, x1, y0, y1, z1: top, color: c, roof, deco: front });
    scene.box({ x0: x0 - 0.2, x1: x1 + 0.2, y0: y0 - 0.2, y1: y1 + 0.2, z0: top, z1: top + 0.7, color: style.trim, roof });
  }
  for (let i = 0; i < 4; i++) scene.plant(q.pick(style.plants), p.x0 + w * q.range(0.4, 0.62), p.y0 + h * q.range(0.4, 0.58), { k: 0.9 });
}

function trees(scene, camera, q, plan, style) {
  const k = { residential_plot: 0.85, craft_plot: 0.95, industrial_plot: 1.7, commercial_plot: 1.15, block: 1.6 }[plan.kind];
  const put = (kind, x, y, s) => {
    const p = [x, y, 0];
    if (camera.depth(p) < 10) return;
    const [sx, sy] = camera.at(p);
    const [w, h] = SIZE[kind];
    const px = camera.scale(p) * s;
    if (sx - w * px < 12 || sx + w * px > W - 12 || sy - h * px < Math.max(12, camera.horizon - 40) || sy > 1194) return;
    scene.plant(kind, x, y, { k: s });
  };
  const main = style.plants[0];
  const step = plan.unit * 0.92;
  for (let y = -plan.h / 2 - plan.street * 3; y < plan.h / 2 + plan.h * 2.4; y += step) put(q.chance(0.2) ? 'shrub' : 'palm', plan.boulevard.x, y, k * 0.95);
  for (const b of plan.blocks) {
    for (let x = b.x0 + step * 0.5; x < b.x1; x += step * 1.2) for (const y of [b.y0 - plan.street * 0.1, b.y1 + plan.street * 0.1]) if (q.chance(0.8)) put(q.chance(0.75) ? main : q.pick(style.plants), x, y, k * q.range(0.6, 0.8));
  }
  for (const b of plan.greens) {
    for (let i = 0; i < 24; i++) {
      const x = q.range(b.x0 + 1, b.x1 - 1);
      const y = q.range(b.y0 + 1, b.y1 - 1);
      if (Math.hypot(x - (b.x0 + b.x1) / 2, y - (b.y0 + b.y1) / 2) < Math.min(b.x1 - b.x0, b.y1 - b.y0) * 0.27) continue;
      put(q.pick([...style.plants, 'shrub']), x, y, k * q.range(0.7, 0.95));
    }
  }
  const X = Math.max(plan.w, plan.h);
  for (let i = 0; i < 190; i++) {
    const x = q.range(-1.8, 1.8) * X;
    const y = q.range(-0.9, 3) * X;
    if (Math.abs(x) < plan.w / 2 + plan.street * 1.4 && Math.abs(y) < plan.h / 2 + plan.street * 1.4) continue;
    if (Math.abs(x - plan.boulevard.x) < plan.boulevard.w) continue;
    put(q.pick([...style.plants, 'shrub', 'shrub']), x, y, k * q.range(0.7, 1.15));
  }
}
