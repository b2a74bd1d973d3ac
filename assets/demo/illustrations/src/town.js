// Views of the place: a walled town from the sea, a white town on a green hill, earthen
// kasbahs in a palm grove, a medina under the snow, a low white town on wide sand.

import { Camera } from './camera.js';
import { dark, light as lighter, mix, vary } from './color.js';
import { screen, zellige } from './facade.js';
import { SIZE } from './flora.js';
import { opening, rect } from './geom.js';
import { Ground } from './ground.js';
import { landscape } from './land.js';
import { lightAt } from './light.js';
import { Scene } from './scene.js';
import { sky } from './sky.js';
import { circle, d, H, Sheet, W } from './svg.js';
import { finish } from './views.js';

/** Which picture of the place suits a landscape. */
export const TOWN_KINDS = { rif: 'hill', bay: 'sea', ocean: 'sea', atlas: 'medina', cedar: 'hill', plain: 'medina', souss: 'medina', mesa: 'kasbah', dunes: 'kasbah', lagoon: 'sand', pale: 'sand' };

export function town(r, style, hour, land) {
  const kind = TOWN_KINDS[land];
  const lay = r.fork('lay');
  const yaw = lay.sign() * lay.range(0.05, 0.34);
  const dist = lay.range(105, 150);
  const eye = [Math.sin(yaw) * dist, -Math.cos(yaw) * dist, { sea: lay.range(7, 12), hill: lay.range(10, 16), kasbah: lay.range(8, 13), medina: lay.range(9, 15), sand: lay.range(7, 11) }[kind]];
  const camera = new Camera({ eye, yaw });
  const probe = new Scene(null, camera, null, r.fork('s'));
  build(probe, r.fork('b'), style, kind);
  camera.fit(probe.points(), { x0: lay.range(60, 130), x1: W - lay.range(60, 130), y0: lay.range(230, 330), y1: kind === 'sea' ? lay.range(770, 820) : lay.range(800, 880) });
  const L = lightAt(hour, camera, lay.next());
  const art = new Sheet();
  sky(art, r.fork('sky'), L, camera.horizon);
  landscape(art, r.fork('land'), L, land, camera.horizon);
  const g = new Ground(art, camera, L, r.fork('g'));
  const tint = { hill: style.lawn, kasbah: mix(style.dry, style.lawn, 0.2), medina: mix(style.lawn, style.dry, 0.45), sand: '#ecd9ae', sea: style.dry }[kind];
  g.base(tint, camera.horizon);
  const scene = new Scene(art, camera, L, r.fork('s'));
  const shore = build(scene, r.fork('b'), style, kind);
  const q = r.fork('fore');
  if (kind === 'medina' || kind === 'hill') cropRows(g, q, style, shore, L);
  if (kind === 'sand') dunesNear(g, q, shore, L);
  if (kind === 'hill') slope(g, L, style);
  grove(scene, camera, q, style, kind, shore);
  scene.paint();
  if (kind === 'sea') water(art, q, L, camera, shore, style);
  else g.foreground(style);
  return finish({ art, L });
}

/** Rows of houses stepping up from the front; returns the y of the front. */
function build(scene, r, style, kind) {
  const spec = {
    sea: { rows: 4, wide: 76, rise: 2.4, base: 0, wall: true },
    hill: { rows: 7, wide: 84, rise: 5.6, base: 0 },
    kasbah: { rows: 3, wide: 62, rise: 1.6, base: 0 },
    medina: { rows: 4, wide: 84, rise: 1.2, base: 0, wall: true },
    sand: { rows: 3, wide: 92, rise: 0.8, base: 0 },
  }[kind];
  const walls = kind === 'kasbah' ? ['#c98a66', '#bd7b58', '#d49a74', '#b97352'] : [style.wall, style.wall2, lighter(style.wall, 0.3), mix(style.wall, style.accent, 0.25)];
  const tower = r.int(1, spec.rows - 2);
  const towerX = r.range(-0.22, 0.22) * spec.wide;
  let front = 0;
  if (spec.wall) {
    rampart(scene, r, style, spec.wide, kind === 'medina' ? mix(style.wall, '#c98d5f', 0.55) : mix(style.wall, '#cfa777', 0.5));
    front = 8;
  }
  for (let j = 0; j < spec.rows; j++) {
    const taper = kind === 'hill' ? 1 - 0.09 * j : 1 - 0.04 * j;
    const half = (spec.wide / 2) * taper;
    let x = -half + r.range(0, 4);
    const y = front + j * 9;
    while (x < half - 5) {
      const w = r.range(5, 9.5);
      const z = (j + 0.4) * spec.rise + (kind === 'kasbah' ? r.range(5, 9) : r.range(3.4, 8.2)) + (kind === 'hill' ? -Math.abs(x) * 0.05 : 0);
      const c = vary(r.pick(walls), r, 0.08);
      const gate = j === tower && x < towerX + 4 && x + w > towerX - 1;
      if (!gate && x + w < half + 2) dwelling(scene, r, style, { x, y: y + r.range(0, 1.6), w, d: r.range(5.6, 6.6), z, c, kind, floor: (j + 0.4) * spec.rise });
      x += w + (kind === 'hill' || kind === 'sand' ? r.range(0.2, 2.6) : r.range(0, 0.8));
    }
    if (j === tower) minaret(scene, r, style, towerX, y + 0.4, (j + 0.4) * spec.rise, kind);
  }
  return spec.wall ? -0.6 : -3;
}

function dwelling(scene, r, style, { x, y, w, d: deep, z, c, kind, floor }) {
  const q = r.fork(`${x.toFixed(2)},${y.toFixed(2)}`);
  const earth = kind === 'kasbah';
  const door = style.town === 'chefchaouen' || style.region === 'MA-01' ? '#3d83b5' : q.pick([style.door, '#0e5a4a', style.accent]);
  scene.box({
    x0: x, x1: x + w, y0: y, y1: y + deep, z1: z, color: c, roof: mix('#e3d7c2', c, 0.4),
    deco: (F, side) => {
      const rows = Math.max(1, Math.floor((F.h - Math.max(0, floor)) / 3));
      const base = F.h - rows * 3;
      const n = Math.max(1, Math.round(F.w / 2.6));
      for (let f = 0; f < rows; f++) {
        for (let i = 0; i < n; i++) {
          if (q.chance(0.22)) continue;
          const u = ((i + 0.5) * F.w) / n;
          const lit = F.L.night && q.chance(0.6);
          const glass = lit ? q.pick(['#ffd98e', '#ffcf78', '#ffe4a8']) : F.L.night ? dark(F.tint(c), 0.55) : dark(F.tint(mix(c, '#3a5564', 0.75), false), 0.12);
          if (f === 0 && i === 0 && side === 'front') F.poly(opening('round', u - 0.5, Math.max(0, base), 1, 2.1), F.tint(door));
          else F.poly(opening(earth ? 'flat' : q.pick(['flat', 'round']), u - 0.36, base + f * 3 + 0.9, 0.72, 1.25), glass);
        }
      }
      if (earth) earthBands(F, q);
    },
  });
  if (earth) {
    for (const cx of [x, x + w - 1.4]) {
      scene.box({ x0: cx, x1: cx + 1.4, y0: y, y1: y + 1.4, z0: z, z1: z + q.range(0.9, 1.8), color: c, roof: c, flat: true });
    }
    if (q.chance(0.4)) {
      const t = 2.6;
      scene.box({ x0: x + w / 2 - t / 2, x1: x + w / 2 + t / 2, y0: y + 1.6, y1: y + 1.6 + t, z0: z, z1: z + q.range(2.6, 4.5), color: vary(c, q), roof: c, deco: (F) => earthBands(F, q) });
    }
    return;
  }
  scene.box({ x0: x - 0.12, x1: x + w + 0.12, y0: y - 0.12, y1: y + deep + 0.1, z0: z, z1: z + 0.35, color: q.chance(0.5) ? lighter(c, 0.3) : style.trim, roof: mix('#e3d7c2', c, 0.4), flat: true });
  if (style.steep && q.chance(0.75)) scene.box({ x0: x - 0.4, x1: x + w + 0.4, y0: y - 0.4, y1: y + deep + 0.4, z0: z + 0.35, z1: z + 0.35 + w * 0.36, pyramid: Math.min(w, deep) * 0.45, color: '#b65a3c' });
  else if (q.chance(0.45)) scene.box({ x0: x + w * 0.3, x1: x + w * 0.66, y0: y + deep * 0.4, y1: y + deep * 0.8, z0: z + 0.35, z1: z + 2.4, color: vary(c, q), roof: '#e3d7c2' });
}

/** The notched friezes of the earthen houses of the south-east. */
function earthBands(F, q) {
  const shade = dark(F.tint(F.color, false), 0.12);
  const v = F.h - 1.1;
  const cells = [];
  const step = 0.7;
  for (let u = 0.35; u < F.w - 0.35; u += step) {
    cells.push([[u, v], [u + 0.22, v + 0.35], [u + 0.44, v]]);
    cells.push([[u, v - 0.42], [u + 0.22, v - 0.14], [u + 0.44, v - 0.42]]);
  }
  F.art.path(cells.map((p) => d(F.pts(p))).join(''), shade, { opacity: 0.8 });
  if (q.chance(0.6)) F.band(F.h - 0.3, F.h, lighter(F.color, 0.25));
}

function minaret(scene, r, style, x, y, z0, kind) {
  const earth = kind === 'kasbah';
  const c = earth ? '#cf9470' : mix(r.pick([style.wall, '#e6cba0', '#dcb98c']), '#e9cfa4', 0.35);
  const s = earth ? 4 : 4.6;
  const h = z0 + r.range(17, 23);
  const deco = (F) => {
    const q = r.fork('minaret');
    F.band(0, 1, dark(c, 0.12));
    const n = 3;
    for (let i = 0; i < n; i++) {
      const v = z0 + 3 + (i * (F.h - z0 - 6)) / n;
      F.recess(opening(i % 2 ? 'horseshoe' : 'lancet', F.w / 2 - 0.7, v, 1.4, 2.4), 0.15, c, (back) => F.art.poly(back, F.L.night ? '#ffcf78' : dark(F.tint(c, false), 0.45)));
    }
    if (earth) earthBands(F, q);
    else {
      screen(F, q, 0.6, F.h - 4.6, F.w - 1.2, 2.3, { ...style, screen: style.canopyColor, lattice: 0.45 });
      zellige(F, q, 0.15, F.w - 0.15, F.h - 1.7, F.h - 0.6, style.zellige);
    }
  };
  scene.box({ x0: x, x1: x + s, y0: y, y1: y + s, z1: h, color: c, roof: c, deco });
  for (let i = 0; i < 5; i++) {
    const u = x - 0.1 + (i * (s - 0.5)) / 4;
    scene.box({ x0: u, x1: u + 0.6, y0: y - 0.1, y1: y + 0.4, z0: h, z1: h + 0.9, color: c, roof: c, flat: true });
  }
  const t = s * 0.48;
  scene.box({ x0: x + s / 2 - t / 2, x1: x + s / 2 + t / 2, y0: y + s / 2 - t / 2, y1: y + s / 2 + t / 2, z0: h, z1: h + 3.4, color: c, roof: c, deco: (F) => F.poly(opening('lancet', F.w / 2 - 0.45, 0.7, 0.9, 1.7), F.L.night ? '#ffcf78' : dark(F.tint(c, false), 0.45)) });
  scene.box({ x0: x + s / 2 - t / 2 - 0.1, x1: x + s / 2 + t / 2 + 0.1, y0: y + s / 2 - t / 2 - 0.1, y1: y + s / 2 + t / 2 + 0.1, z0: h + 3.4, z1: h + 4.8, pyramid: t / 2 + 0.1, color: style.canopyColor });
}

function rampart(scene, r, style, wide, c) {
  const half = wide / 2 + 4;
  const gate = r.range(-0.2, 0.2) * wide;
  const h = r.range(5.2, 6.6);
  const parts = [[-half, gate - 4, 0], [gate + 4, half, 1]];
  const top = (x0, x1, y0, z) => {
    for (let x = x0; x < x1 - 0.5; x += 1.7) scene.box({ x0: x, x1: x + 0.95, y0, y1: y0 + 0.6, z0: z, z1: z + 0.95, color: c, roof: c, flat: true });
  };
  for (const [a, b] of parts) {
    scene.box({
      x0: a, x1: b, y0: 0, y1: 2.2, z1: h, color: c, roof: lighter(c, 0.2),
      deco: (F) => {
        F.band(0, 0.9, dark(c, 0.16));
        const q = r.fork(`st${a}`);
        for (let i = 0; i < F.w * 2.4; i++) {
          const u = q.range(0, F.w - 0.8);
          const v = q.range(0.9, F.h - 0.4);
          F.poly(rect(u, v, u + q.range(0.3, 0.8), v + 0.25), F.tint(vary(c, q, 0.14)), { opacity: 0.6 });
        }
      },
    });
    top(a, b, 0, h);
  }
  for (const x of [-half - 1.6, half - 2.6]) {
    scene.box({ x0: x, x1: x + 4.2, y0: -1.6, y1: 3, z1: h + 2.6, color: c, roof: lighter(c, 0.2), deco: (F) => F.poly(opening('lancet', F.w / 2 - 0.4, F.h - 3, 0.8, 1.6), dark(F.tint(c, false), 0.4)) });
    top(x, x + 4.2, -1.6, h + 2.6);
  }
  scene.box({
    x0: gate - 4, x1: gate + 4, y0: -1, y1: 3.2, z1: h + 2.4, color: lighter(c, 0.12), roof: lighter(c, 0.2),
    deco: (F, side) => {
      if (side !== 'front') return;
      F.poly(opening('horseshoe', 1.6, 0, 4.8, 5.6), F.tint(mix(style.canopyColor, c, 0.4)));
      F.recess(opening('horseshoe', 2.1, 0, 3.8, 4.9), 0.6, c, (back) => F.art.poly(back, F.L.night ? '#f0b868' : dark(F.tint(c, false), 0.55)));
      zellige(F, r, 0.5, F.w - 0.5, F.h - 1.5, F.h - 0.6, style.zellige);
    },
  });
  top(gate - 4, gate + 4, -1, h + 2.4);
}

function cropRows(g, q, style, shore, L) {
  for (let i = 0; i < 7; i++) {
    const x = q.range(-70, 50);
    const y = shore - q.range(16, 62);
    const w = q.range(14, 34);
    const h = q.range(8, 18);
    const c = vary(q.pick(['#c9b45c', '#8ba457', '#a9ad5c', '#7f9a4e', '#d3bd72']), q, 0.06);
    g.poly(rect(x, y, x + w, y + h), L.paint(c), { opacity: 0.75 });
    for (let k = 1; k < 10; k++) g.poly(rect(x, y + (h * k) / 10, x + w, y + (h * k) / 10 + 0.25), L.shaded(c), { opacity: 0.3 });
  }
}

function dunesNear(g, q, shore, L) {
  for (let i = 0; i < 12; i++) {
    const x = q.range(-60, 40);
    const y = shore - q.range(8, 70);
    const w = q.range(14, 34);
    g.poly([[x, y], [x + w * 0.5, y + 1.4], [x + w, y], [x + w * 0.5, y - 0.8]], L.shaded('#e2c894'), { opacity: 0.3 });
    g.poly([[x, y + 0.2], [x + w * 0.5, y + 1.6], [x + w, y + 0.2], [x + w * 0.5, y + 1.1]], L.paint('#fbeccb'), { opacity: 0.6 });
  }
}

/** The green flank the hill town stands on. */
function slope(g, L, style) {
  const c = L.paint(style.lawn);
  const rows = [[-62, -4, 0], [-48, 26, 10], [-34, 52, 26], [-20, 66, 34], [20, 66, 34], [34, 52, 26], [48, 26, 10], [62, -4, 0]];
  const pts = rows.map(([x, y, z]) => g.camera.at([x, y, z]));
  const top = Math.min(...pts.map((p) => p[1]));
  const path = `M${pts[0][0]} ${pts[0][1]}${pts.slice(1).map((p, i) => `Q${(pts[i][0] + p[0]) / 2} ${(pts[i][1] + p[1]) / 2 - 6} ${p[0]} ${p[1]}`).join('')}Z`;
  g.art.path(path, g.art.linear([[0, mix(c, L.haze, 0.25)], [1, c]], 0, top, 0, pts[0][1]));
}

function grove(scene, camera, q, style, kind, shore) {
  const palms = ['palm', 'palm', 'palm', 'shrub'];
  const list = { sea: ['palm', 'cypress', 'shrub'], hill: [...style.plants, 'cypress', 'shrub'], kasbah: palms, medina: [...style.plants, 'olive', 'shrub'], sand: ['palm', 'agave', 'agave', 'shrub'] }[kind];
  const n = { sea: 16, hill: 60, kasbah: 64, medina: 64, sand: 30 }[kind];
  for (let i = 0; i < n; i++) {
    const k = q.pick(list);
    const near = kind !== 'sea' && q.chance(0.75);
    const x = near ? q.range(-60, 60) : q.sign() * q.range(46, 66);
    const y = near ? shore - q.range(1.5, kind === 'kasbah' ? 26 : 46) : q.range(shore + 2, 34);
    const p = [x, y, 0];
    const [sx, sy] = camera.at(p);
    const [w, h] = SIZE[k];
    const s = camera.scale(p);
    // Nothing may hide the town: near plants stay low in the picture, or at its sides.
    if (sx - w * s < 10 || sx + w * s > W - 10 || sy > H - 6) continue;
    if (near && Math.abs(sx - W / 2) < 430 && sy - h * s < camera.at([0, shore, 0])[1] - 70) continue;
    scene.plant(k, x, y, { k: q.range(0.75, 1.1) });
  }
}

/** The sea before the walls: quay, water with the town in it, small boats. */
function water(art, r, L, camera, shore, style) {
  const line = camera.at([0, shore - 5, 0])[1];
  const c = L.night ? mix('#2a6f97', L.sky[0][1], 0.5) : L.paint('#2a7fa3');
  const quay = camera.at([0, shore - 2.5, 0])[1];
  art.rect(0, quay, W, line - quay, L.paint('#d9c5a0'));
  art.rect(0, line - 5, W, 10, L.shaded('#8f7a5c'));
  art.rect(0, line + 4, W, H - line, art.linear([[0, mix(c, L.haze, 0.45)], [0.25, mix(c, L.sky[1][1], 0.3)], [1, dark(c, 0.25)]], 0, line, 0, H));
  art.rect(0, line + 4, W, 130, art.linear([[0, L.paint(style.wall), 0.42], [1, L.paint(style.wall), 0]], 0, line, 0, line + 130));
  let glint = '';
  let deep = '';
  for (let i = 0; i < 520; i++) {
    const t = r.next() ** 1.3;
    const y = line + 8 + t * (H - line);
    const w = 8 + 74 * t * r.next();
    const x = r.range(-20, W);
    if (i % 2) glint += `M${x.toFixed(0)} ${y.toFixed(1)}q${(w / 4).toFixed(1)} ${(-2 - 5 * t).toFixed(1)} ${(w / 2).toFixed(1)} 0t${(w / 2).toFixed(1)} 0`;
    else deep += `M${x.toFixed(0)} ${y.toFixed(1)}h${w.toFixed(0)}`;
  }
  art.path(deep, 'none', { stroke: dark(c, 0.35), 'stroke-width': 2.4, opacity: 0.3, 'stroke-linecap': 'round' });
  art.path(glint, 'none', { stroke: lighter(L.glow, 0.35), 'stroke-width': 2, opacity: 0.5, 'stroke-linecap': 'round' });
  const n = r.int(3, 5);
  for (let i = 0; i < n; i++) {
    const t = (i + 0.5) / n;
    boat(art, r, 160 + t * 1280 + r.range(-60, 60), line + r.range(70, 250), r.range(0.8, 1.5), L);
  }
}

function boat(art, r, x, y, s, L) {
  s *= 0.7 + (y - 800) / 500;
  const c = r.pick(['#2a6f97', '#2f86b8', '#b9472f', '#0e5a4a']);
  art.path(`M${x - 62 * s} ${y + 9 * s}q${62 * s} ${16 * s} ${126 * s} 0l${-8 * s} ${9 * s}q${-54 * s} ${10 * s} ${-106 * s} 0Z`, dark(L.shaded(c), 0.3), { opacity: 0.45 });
  art.path(`M${x - 66 * s} ${y - 16 * s}q${20 * s} ${28 * s} ${30 * s} ${28 * s}h${76 * s}q${18 * s} ${-8 * s} ${30 * s} ${-34 * s}q${-60 * s} ${16 * s} ${-136 * s} ${6 * s}Z`, art.linear([[0, L.paint(c)], [1, L.shaded(c)]], 0, y - 16 * s, 0, y + 14 * s));
  art.path(`M${x - 64 * s} ${y - 13 * s}q${70 * s} ${10 * s} ${132 * s} ${-6 * s}`, 'none', { stroke: L.paint('#fbf3e2'), 'stroke-width': 4 * s });
  art.path(`M${x - 8 * s} ${y - 8 * s}v${-46 * s}`, 'none', { stroke: L.shaded('#6b4a30'), 'stroke-width': 3 * s });
  if (r.chance(0.5)) art.path(`M${x - 6 * s} ${y - 52 * s}q${46 * s} ${16 * s} ${50 * s} ${40 * s}l${-50 * s} ${1 * s}Z`, L.paint('#f6eedd'));
  if (L.night) art.path(circle(x - 8 * s, y - 54 * s, 4 * s), '#ffe2a0');
}
