// Street and garden views of built projects: who stands where, seen from where, at what hour.

import { Camera } from './camera.js';
import { flats, hall, house, quarter, scaffold, shell, shopRow, villa } from './building.js';
import { vary } from './color.js';
import { lamp, SIZE } from './flora.js';
import { rect } from './geom.js';
import { Ground } from './ground.js';
import { landscape } from './land.js';
import { lightAt } from './light.js';
import { Scene } from './scene.js';
import { sky } from './sky.js';
import { H, Sheet, W } from './svg.js';

/** Everything a view needs, framed so that the main blocks are whole and in the upper two thirds. */
function stage(r, style, hour, { build, eye, yaw, frame }) {
  const art = new Sheet();
  const camera = new Camera({ eye, yaw });
  // A first pass measures the blocks; the second draws them.
  const probe = new Scene(art, camera, lightAt(hour, camera), r.fork('scene'));
  build(probe, r.fork('build'));
  camera.fit(probe.points(), frame);
  const L = lightAt(hour, camera, r.fork('sun').next());
  const scene = new Scene(art, camera, L, r.fork('scene'));
  const made = build(scene, r.fork('build'));
  sky(art, r.fork('sky'), L, camera.horizon);
  landscape(art, r.fork('land'), L, r.fork('which').pick(style.lands), camera.horizon);
  return { art, camera, L, scene, made, ground: new Ground(art, camera, L, r.fork('ground')) };
}

/** Plants only where the whole crown stays on the sheet. */
function planter(st) {
  return (kind, x, y, more = {}) => {
    const [w, h] = SIZE[kind];
    const k = more.k ?? 1;
    const p = [x, y, 0];
    if (st.camera.depth(p) < 4) return;
    const [sx, sy] = st.camera.at(p);
    const s = st.camera.scale(p) * k;
    if (sx - w * s < 14 || sx + w * s > W - 14 || sy - h * s < 20 || sy > H + 4) return;
    st.scene.plant(kind, x, y, more);
  };
}

function lampAt(st, x, y) {
  const [sx] = st.camera.at([x, y, 0]);
  if (sx < 30 || sx > W - 30 || st.camera.depth([x, y, 0]) < 5) return;
  const r = st.scene.r;
  st.scene.stand(x, y, (px, py, s) => lamp(st.art, r, px, py, s, st.L, 3.6), { h: 3.6, w: 0.1 });
}

/** Warmth from the sun's side and a faint darkening of the corners, over everything. */
export function finish(st) {
  const { art, L } = st;
  art.rect(0, 0, W, H, art.linear([[0, L.glow, L.night ? 0.1 : 0.16], [0.55, L.glow, 0]], 0, 0, W, H * 0.5));
  art.rect(0, 0, W, H, art.radial([[0, '#000000', 0], [0.72, '#000000', 0], [1, '#0d1420', 0.2]], W / 2, H * 0.48, W * 0.68));
  return art.toString();
}

const camAt = (r, { near, far, eye, swing, mid = 0 }) => {
  const dist = r.range(near, far);
  const yaw = r.sign() * r.range(...swing);
  return { eye: [mid + Math.sin(yaw) * dist, -Math.cos(yaw) * dist, r.range(...eye)], yaw };
};

const framing = (r, tall) => ({ x0: r.range(190, 300), x1: W - r.range(190, 300), y0: r.range(180, 260) + (tall ? 0 : 110), y1: r.range(830, 910) });

/** The neighbourhood behind, in most pictures. */
function behind(st, q, style) {
  if (q.chance(0.75)) quarter(st.scene, q.fork('quarter'), style, { x: 95, y0: 42, y1: 130, n: q.int(8, 22), haze: st.L.haze });
}

const BLOSSOMS = [['#c0387e', '#e7a0bf', '#f3ead8'], ['#e3a73a', '#f2cf72', '#d2603c'], ['#b9472f', '#e3a73a', '#f3ead8'], ['#8c6bb8', '#c3a9dd', '#f3ead8'], ['#f3ead8', '#e7a0bf', '#e3a73a']];

/** The near garden, laid out on the sheet rather than on the land, so that the foot of
 *  every picture is planted whatever the distance: beds, low plants, a bench. `clear(x, y)`
 *  keeps paths and water free. */
function foreGarden(st, q, style, { clear = () => true, low = 1085, high = 945 } = {}) {
  const { camera, ground: g } = st;
  const colors = q.pick(BLOSSOMS);
  const free = (x, y, m) => [[-m, 0], [m, 0], [0, -m * 0.5], [0, m * 0.5]].every(([u, v]) => clear(x + u, y + v));
  const slots = q.shuffle([290, 490, 700, 910, 1120, 1310]).slice(0, q.int(3, 4));
  const spots = slots.map((sx) => [sx + q.range(-60, 60), q.range(high, low)]).sort((a, b) => a[1] - b[1]);
  for (const [sx, sy] of spots) {
    const [x, y] = camera.ground(sx, sy);
    const k = camera.scale([x, y, 0]);
    const rx = Math.min(3.4, q.range(95, 165) / k);
    if (free(x, y, rx + 0.6)) g.bed(x, y, rx, Math.min(rx * 0.5, 1.3), colors);
  }
  const kinds = ['shrub', 'shrub', 'bougainvillea', 'agave'];
  for (let i = 0; i < 9; i++) {
    const [x, y] = camera.ground(q.pick([q.range(70, 560), q.range(1040, 1530)]), q.range(high - 40, low - 40));
    const k = Math.min(1.1, q.range(34, 66) / camera.scale([x, y, 0]));
    if (free(x, y, 1.6) && k > 0.25) planter(st)(q.pick(kinds), x, y, { k });
  }
  const [x, y] = camera.ground(q.pick([q.range(300, 620), q.range(980, 1280)]), q.range(high - 10, high + 60));
  if (free(x, y, 2)) bench(st, x, y, style);
}

function bench(st, x, y, style) {
  const [sx] = st.camera.at([x, y, 0]);
  if (sx < 60 || sx > W - 60 || st.camera.depth([x, y, 0]) < 8) return;
  const c = style.screen;
  st.scene.box({ x0: x, x1: x + 1.8, y0: y, y1: y + 0.5, z0: 0.38, z1: 0.48, color: c, roof: c });
  st.scene.box({ x0: x, x1: x + 1.8, y0: y + 0.45, y1: y + 0.52, z0: 0.55, z1: 0.9, color: c, roof: c });
  for (const k of [0.1, 1.55]) st.scene.box({ x0: x + k, x1: x + k + 0.14, y0: y + 0.05, y1: y + 0.45, z0: 0, z1: 0.38, color: '#d8cfbd', flat: true });
}

/** Flats round a garden or along a street. */
export function apartments(r, style, hour) {
  const lay = r.fork('lay');
  const n = lay.pick([1, 2, 2, 3, 3]);
  const tops = Array.from({ length: n }, (_, i) => (style.floors ? Math.max(2, style.floors - (i % 2 ? lay.int(0, 1) : 0)) : lay.int(3, n === 1 ? 6 : 5)));
  const ground = lay.pick(['arcade', 'windows', 'shops', 'arcade']);
  const forms = Array.from({ length: n }, () => lay.pick(['bays', 'tower', 'terraces', 'plain', 'bays']));
  const widths = tops.map(() => lay.range(13, n === 1 ? 26 : 19));
  const gap = lay.range(5.5, 9);
  const total = widths.reduce((a, b) => a + b, 0) + gap * (n - 1);
  const steps = tops.map(() => lay.range(-4, 5));
  const paints = [style.wall, style.wall2, style.accent];
  const build = (scene, b) => {
    let x = -total / 2;
    return tops.map((floors, i) => {
      const q = b.fork(`b${i}`);
      const m = flats(scene, q, style, { x, y: steps[i], w: widths[i], d: lay.fork('d').range(11, 14), floors, ground, form: n > 1 && forms[i] === 'terraces' ? 'bays' : forms[i], wall: paints[i % 2], accent: i % 2 ? style.accent2 : style.accent });
      x += widths[i] + gap;
      return m;
    });
  };
  const st = stage(r, style, hour, { build, ...camAt(lay, { near: 44, far: 78, eye: [3.2, 8.5], swing: [0.12, 0.62] }), frame: framing(lay, true) });
  const g = st.ground;
  const plant = planter(st);
  const q = r.fork('garden');
  const theme = q.pick(['garden', 'street', 'plaza']);
  const front = Math.min(...steps) - 1.4;
  g.base(theme === 'garden' ? style.lawn : style.dry, st.camera.horizon);
  if (theme === 'street') {
    g.poly(rect(-90, front - 6, 90, front + 16), st.L.paint('#d9ccb6'));
    g.street(front - 14, front - 6);
    g.crossing(q.range(-8, 4), front - 14, front - 6);
    g.lawn(rect(-70, front - 40, 70, front - 17), style.lawn);
    const px = q.range(-6, 6);
    const bend = (y) => px + Math.sin((front - 17 - y) * 0.2) * 4;
    const ys = Array.from({ length: 24 }, (_, i) => front - 17 - i * 1.6);
    g.poly([...ys.map((y) => [bend(y) - 1.3, y]), ...[...ys].reverse().map((y) => [bend(y) + 1.3, y])], st.L.paint('#eadcc3'));
    foreGarden(st, q, style, { clear: (x, y) => y < front - 17.5 && Math.abs(x - bend(y)) > 1.8 });
    for (let x = -34; x <= 34; x += q.range(6, 9)) plant(style.plants[Math.abs(Math.round(x)) % 2], x, front - 4.6 + q.range(-0.4, 0.4), { k: q.range(0.7, 0.9) });
    for (let x = -28; x <= 28; x += 14) lampAt(st, x + 3, front - 5.3);
  } else {
    const px = q.range(-5, 5);
    const path = theme === 'plaza' ? [-16, 16] : [px - 2.6, px + 2.6];
    g.poly(rect(-46, front - 1.5, 46, front + 16), st.L.paint('#ddd0ba'));
    if (theme === 'plaza') {
      g.plaza(path[0], path[1], front - 22, front - 0.5, q.pick(['#e4d5bb', '#e9dcc6', '#dcc7a6']), { star: { x: px, y: front - 10, r: q.range(3, 4.4), colors: style.zellige }, accent: style.accent });
      g.lawn(rect(-60, front - 26, path[0] - 1, front - 2), style.lawn);
      g.lawn(rect(path[1] + 1, front - 26, 60, front - 2), style.lawn);
    } else {
      g.poly([[path[0], front], [path[1], front], [path[1] + 1.8, front - 60], [path[0] - 1.8, front - 60]], st.L.paint('#e6d8bf'));
      g.lawn([[-60, front - 2], [path[0] - 0.5, front - 2], [path[0] - 2, front - 60], [-60, front - 60]], style.lawn);
      g.lawn([[path[1] + 0.5, front - 2], [60, front - 2], [60, front - 60], [path[1] + 2, front - 60]], style.lawn);
      if (q.chance(0.5)) g.poly(Array.from({ length: 30 }, (_, i) => [px + (4.2 * Math.cos((i * Math.PI) / 15)), front - 12 + 4.2 * Math.sin((i * Math.PI) / 15)]), st.L.paint('#e6d8bf'));
    }
    const half = theme === 'garden' ? 4.4 : 16.6;
    foreGarden(st, q, style, { clear: (x, y) => y < front - 3 && y > front - (theme === 'garden' ? 58 : 25) && Math.abs(x - (theme === 'garden' ? px : 0)) > half });
    if (theme === 'plaza') for (const k of [-1, 1]) g.bed(px + k * q.range(8, 11), front - q.range(9, 15), 2.8, 1.2, q.pick(BLOSSOMS));
    for (let i = 0; i < 15; i++) {
      const x = q.sign() * q.range(6, 34) + px;
      plant(q.pick(style.plants), x, front - q.range(2.5, 15), { k: q.range(0.65, 1) });
    }
    for (let i = 0; i < 26; i++) plant(q.pick(['shrub', 'shrub', 'bougainvillea', 'agave']), q.sign() * q.range(4.5, 32) + px, front - q.range(1.8, 20), { k: q.range(0.6, 1) });
    for (const k of [5, 13]) for (const s of [-1, 1]) lampAt(st, px + s * (path[1] - path[0]) * 0.5 + s * 1.1, front - k);
  }
  behind(st, q, style);
  for (let i = 0; i < 8; i++) plant(q.pick(style.plants), q.sign() * (total / 2 + q.range(3, 16)), q.range(0, 14), { k: q.range(0.8, 1.1) });
  st.scene.paint();
  g.foreground(style);
  return finish(st);
}

/** A street of single houses. */
export function houses(r, style, hour) {
  const lay = r.fork('lay');
  const n = lay.int(2, 4);
  const joined = lay.chance(0.5);
  const widths = Array.from({ length: n }, () => lay.range(7.5, 10.5));
  const gap = joined ? 0 : lay.range(3, 5);
  const total = widths.reduce((a, b) => a + b, 0) + gap * (n - 1);
  const floors = widths.map((_, i) => (lay.chance(0.7) ? 1 : i % 2 ? 2 : 0));
  const backs = widths.map(() => lay.range(0, joined ? 1.6 : 3));
  const build = (scene, b) => {
    let x = -total / 2;
    widths.forEach((w, i) => {
      const q = b.fork(`h${i}`);
      house(scene, q, { ...style, arch: i % 2 ? style.arch : 'round' }, { x, y: backs[i], w: w - (joined ? 0.02 : 0), d: 9.5, floors: floors[i], wall: vary([style.wall, style.wall2, style.accent, style.wall][i % 4], q) });
      if (!joined) scene.box({ x0: x - 0.6, x1: x + w + 0.6, y0: backs[i] - 3.4, y1: backs[i] - 3.15, z1: 1.05, color: style.wall2, flat: false, roof: style.trim });
      x += w + gap;
    });
  };
  const st = stage(r, style, hour, { build, ...camAt(lay, { near: 30, far: 52, eye: [2.2, 6], swing: [0.14, 0.6] }), frame: framing(lay, false) });
  const g = st.ground;
  const plant = planter(st);
  const q = r.fork('garden');
  g.base(style.dry, st.camera.horizon);
  g.lawn(rect(-70, -4, 70, 24), style.lawn, { edge: false });
  g.poly(rect(-90, -6.6, 90, joined ? 3 : -3.4), st.L.paint('#d9ccb6'));
  g.street(-13, -6.6);
  if (q.chance(0.5)) g.crossing(q.range(-9, 3), -13, -6.6);
  g.lawn(rect(-60, -44, 60, -16), style.lawn);
  foreGarden(st, q, style, { clear: (x, y) => y < -16.6 && y > -43 });
  for (let x = -26; x < 27; x += q.range(5, 9)) plant(q.pick(style.plants), x, q.range(-5.8, -4.6), { k: q.range(0.55, 0.82) });
  if (!joined) for (let i = 0; i < 16; i++) plant(q.pick(['bougainvillea', 'shrub', 'shrub', 'agave']), q.range(-total / 2, total / 2), -2.4 + q.range(-0.3, 0.6), { k: q.range(0.6, 1) });
  for (let i = 0; i < 10; i++) plant(q.pick(style.plants), q.sign() * (total / 2 + q.range(2.5, 16)), q.range(-2, 12), { k: q.range(0.7, 1.1) });
  for (let i = 0; i < 6; i++) plant(q.pick(style.plants), q.range(-total / 2, total / 2), q.range(13, 20));
  behind(st, q, style);
  for (let i = 0; i < 14; i++) plant(q.pick(['shrub', 'agave', 'bougainvillea']), q.range(-26, 26), q.range(-22, -16.5), { k: q.range(0.5, 0.9) });
  for (let x = -22; x <= 22; x += 11) lampAt(st, x, -6.2);
  st.scene.paint();
  g.foreground(style);
  return finish(st);
}

/** A villa in its garden, with its pool. */
export function villas(r, style, hour) {
  const lay = r.fork('lay');
  const flip = lay.chance(0.5);
  const second = lay.chance(0.4);
  const build = (scene, b) => {
    const v = villa(scene, b.fork('v'), style, { x: -9, y: 0, flip });
    if (second) villa(scene, b.fork('w'), { ...style, wall: style.wall2, wall2: style.accent }, { x: 24 * lay.fork('s').sign() - 9, y: 14, flip: !flip });
    return v;
  };
  const st = stage(r, style, hour, { build, ...camAt(lay, { near: 30, far: 46, eye: [3.4, 8], swing: [0.15, 0.7] }), frame: framing(lay, false) });
  const g = st.ground;
  const plant = planter(st);
  const q = r.fork('garden');
  g.base(style.dry, st.camera.horizon);
  g.lawn(rect(-70, -70, 70, 30), style.lawn, { edge: false });
  g.plaza(-10, 10, -4.6, 0.6, q.pick(['#e6d6bb', '#dfcdb0', '#eadfcb']), { accent: style.accent, step: 1.2 });
  const pw = q.range(6.5, 9);
  const y1 = -6.4;
  const y0 = y1 - q.range(3.4, 4.6);
  const [x0, side] = poolSpot(st.camera, q, pw, y0, y1);
  if (style.pool) g.pool(x0, x0 + pw, y0, y1);
  else {
    const colors = q.pick(BLOSSOMS);
    g.star(x0 + pw / 2, (y0 + y1) / 2, 1.9, style.zellige);
    for (const k of [-1, 1]) g.bed(x0 + pw / 2 + k * 3.9, (y0 + y1) / 2, 1.5, 1.1, colors);
  }
  const walk = -side * q.range(4.5, 7);
  g.poly([[walk - 1.1, -4.6], [walk + 1.1, -4.6], [walk + 2.6, -50], [walk - 2.6, -50]], st.L.paint('#e8dbc3'));
  for (let i = 0; i < 3 && style.pool; i++) {
    const lx = x0 + 0.8 + i * 2.1;
    st.scene.box({ x0: lx, x1: lx + 0.75, y0: y1 + 1.1, y1: y1 + 2.6, z0: 0.22, z1: 0.38, color: '#f6efe2', roof: '#f6efe2', flat: true });
  }
  const walkAt = (y) => Math.abs(y + 4.6) * 0.034 + 1.1;
  foreGarden(st, q, style, { clear: (x, y) => y < y0 - 1.6 && Math.abs(x - walk) > walkAt(y) + 0.6 });
  const clear = (x, y) => !(x > x0 - 2.2 && x < x0 + pw + 2.2 && y > y0 - 12 && y < y1 + 4) && Math.abs(x - walk) > 2.6;
  for (let i = 0; i < 16; i++) {
    const [x, y] = [q.sign() * q.range(8, 26), q.range(-16, -2)];
    if (clear(x, y)) plant(q.pick(style.plants), x, y, { k: q.range(0.6, 0.95) });
  }
  for (let i = 0; i < 44; i++) {
    const [x, y] = [q.range(-24, 24), q.range(-20, -4.9)];
    if (clear(x, y)) plant(q.pick(['shrub', 'bougainvillea', 'agave', 'shrub']), x, y, { k: q.range(0.5, 0.95) });
  }
  for (let i = 0; i < 12; i++) plant(q.pick(style.plants), q.range(-30, 30), q.range(12, 24));
  for (const k of [-5.4, -11]) lampAt(st, walk - side * 3.2, k);
  st.scene.paint();
  g.foreground(style);
  return finish(st);
}

/** Where the pool lies whole inside the picture: [x of its left end, side of the garden]. */
function poolSpot(camera, q, w, y0, y1) {
  const side = q.sign();
  for (const s of [side, -side]) {
    for (const t of [4, 3, 2, 1, 0]) {
      const x = s > 0 ? t : -t - w;
      const all = [x - 1, x + w + 1].flatMap((px) => [y0 - 1, y1 + 1].map((py) => camera.at([px, py, 0])));
      if (all.every(([px, py]) => px > 40 && px < W - 40 && py < H - 90)) return [x, s];
    }
  }
  return [-w / 2, side];
}

/** Semi-finished villas on their plots, with scaffolding and materials. */
export function shells(r, style, hour) {
  const lay = r.fork('lay');
  const n = lay.pick([1, 2, 2]);
  const places = Array.from({ length: n }, (_, i) => [i * lay.range(22, 25) - (n - 1) * 12 - 8.5, i * lay.range(-2, 6)]);
  const doneAt = n > 1 && lay.chance(0.5) ? lay.int(0, n - 1) : -1;
  const build = (scene, b) => places.map(([x, y], i) => {
    const m = shell(scene, b.fork(`s${i}`), style, { x, y, done: i === doneAt });
    if (i !== doneAt) scaffold(scene, b, m.tall.x0 + 0.4, m.tall.x1 - 0.4, m.tall.y0 - 0.3, 6);
    return m;
  });
  const st = stage(r, style, hour, { build, ...camAt(lay, { near: 32, far: 50, eye: [2.4, 7.5], swing: [0.15, 0.62] }), frame: framing(lay, false) });
  const g = st.ground;
  const plant = planter(st);
  const q = r.fork('garden');
  g.base(style.dry, st.camera.horizon);
  g.lawn(rect(-70, 14, 70, 40), style.lawn, { edge: false });
  g.poly([[-3, 2], [3, 2], [6, -60], [-5, -60]], st.L.paint('#dfcfae'), { opacity: 0.8 });
  const scene = st.scene;
  for (let i = 0; i < 4; i++) {
    const x = q.range(-15, 14);
    const y = q.range(-9.5, -4.5);
    const bw = q.range(1.2, 2.2);
    const c = q.pick(['#b9663f', '#c8c1b2', '#a9785a']);
    scene.box({ x0: x, x1: x + bw, y0: y, y1: y + 1.1, z1: q.range(0.5, 1.1), color: c, roof: c, deco: (F) => F.lines(Array.from({ length: 4 }, (_, k) => [[0, (k + 1) * F.h / 5], [F.w, (k + 1) * F.h / 5]]), '#000000', 1.2, { opacity: 0.2 }) });
  }
  for (let i = 0; i < 3; i++) {
    const x = q.range(-17, 17);
    const y = q.range(-14, -7);
    const c = q.pick(['#d8bd8c', '#c9b394', '#bfb5a3']);
    scene.stand(x, y, (sx, sy, s) => {
      st.art.path(`M${sx - 1.9 * s} ${sy}Q${sx - 0.7 * s} ${sy - 1.25 * s} ${sx} ${sy - 1.15 * s}Q${sx + 0.9 * s} ${sy - 0.9 * s} ${sx + 1.9 * s} ${sy}Z`, st.art.linear([[0, st.L.paint(c)], [0.55, st.L.paint(c)], [1, st.L.shaded(c)]], sx - 1.9 * s, 0, sx + 1.9 * s, 0));
    }, { w: 1.7, h: 1.1 });
  }
  for (let i = 0; i < 12; i++) plant(q.pick(style.plants), q.sign() * q.range(15, 34), q.range(-9, 12), { k: q.range(0.7, 1.05) });
  for (let i = 0; i < 20; i++) plant(q.pick(['shrub', 'agave']), q.sign() * q.range(6, 24), q.range(-20, -3), { k: q.range(0.35, 0.7) });
  for (let i = 0; i < 9; i++) plant(q.pick(style.plants), q.range(-26, 26), q.range(14, 26));
  scene.paint();
  g.foreground(style);
  return finish(st);
}

/** Shops under arcades or awnings. */
export function shops(r, style, hour) {
  const lay = r.fork('lay');
  const kind = lay.pick(['arcade', 'arcade', 'awning']);
  const w = lay.range(22, 34);
  const floors = lay.int(0, 2);
  const wing = lay.chance(0.55);
  const build = (scene, b) => {
    shopRow(scene, b.fork('a'), style, { x: -w / 2, y: 0, w, floors, kind });
    if (wing) shopRow(scene, b.fork('b'), { ...style, wall: style.wall2 }, { x: w / 2 + 6, y: 3, w: 13, floors: Math.min(2, floors + 1), kind: kind === 'arcade' ? 'awning' : 'arcade' });
  };
  const st = stage(r, style, hour, { build, ...camAt(lay, { near: 28, far: 46, eye: [2.2, 5.4], swing: [0.2, 0.7] }), frame: framing(lay, false) });
  const g = st.ground;
  const plant = planter(st);
  const q = r.fork('garden');
  g.base(style.dry, st.camera.horizon);
  g.plaza(-60, 60, -26, 0.5, q.pick(['#e2d3b8', '#e9dcc6', '#d9c3a0']), { star: { x: q.range(-6, 6), y: -9.5, r: q.range(2.4, 3.6), colors: style.zellige }, accent: style.accent, step: 1.8 });
  behind(st, q, style);
  for (let i = 0; i < 6; i++) {
    const x = -w / 2 + 3 + (i * w) / 6;
    const y = -q.range(2.6, 4.4);
    table(st, q, x, y, style);
  }
  for (let x = -24; x <= 24; x += 8) plant(q.pick(style.plants.slice(0, 3)), x + q.range(-1.5, 1.5), -q.range(6.5, 13), { k: q.range(0.55, 0.8) });
  for (let i = 0; i < 14; i++) plant(q.pick(style.plants), q.sign() * (w / 2 + q.range(2, 14)), q.range(-8, 12), { k: q.range(0.7, 1) });
  for (const x of [-15, -8, 8, 15]) if (q.chance(0.7)) g.bed(x + q.range(-1, 1), -q.range(12.5, 15), q.range(1.8, 2.6), q.range(0.8, 1.2), q.pick(BLOSSOMS));
  for (const x of [-11, 4, 11]) bench(st, x, -10.6, style);
  for (let i = 0; i < 8; i++) plant('shrub', q.range(-22, 22), -q.range(12.5, 16), { k: q.range(0.4, 0.7), color: '#5b8a4c' });
  for (let x = -18; x <= 18; x += 9) lampAt(st, x, -6.4);
  st.scene.paint();
  g.foreground(style);
  return finish(st);
}

/** A café parasol with its table and stools. */
function table(st, q, x, y, style) {
  const c = q.pick(style.shopColors);
  st.scene.stand(x, y, (sx, sy, s) => {
    const { art, L } = st;
    art.rect(sx - 0.04 * s, sy - 2.5 * s, 0.08 * s, 2.5 * s, L.shaded('#6b4a30'));
    for (const k of [-1, 1]) art.path(`M${sx + k * 0.85 * s - 0.25 * s} ${sy}v${-0.45 * s}h${0.5 * s}v${0.45 * s}`, 'none', { stroke: L.shaded('#6b4a30'), 'stroke-width': Math.max(1.2, 0.06 * s) });
    art.path(`M${sx - 0.55 * s} ${sy - 0.72 * s}h${1.1 * s}v${0.08 * s}h${-1.1 * s}Z`, L.paint('#efe5d2'));
    const n = 6;
    for (let i = 0; i < n; i++) {
      const a = sx + (-1.5 + (3 * i) / n) * s;
      const b = sx + (-1.5 + (3 * (i + 1)) / n) * s;
      art.path(`M${sx} ${sy - 2.95 * s}L${a} ${sy - 2.2 * s}Q${(a + b) / 2} ${sy - 2.05 * s} ${b} ${sy - 2.2 * s}Z`, i < n / 2 ? L.paint(i % 2 ? '#f6eedd' : c) : L.shaded(i % 2 ? '#f6eedd' : c));
    }
  }, { w: 1.4, h: 2.6 });
}

/** Activity halls and workshops on their yard. */
export function industry(r, style, hour, { craft = false } = {}) {
  const lay = r.fork('lay');
  const n = craft ? lay.int(3, 5) : lay.int(2, 3);
  const colors = ['#e9e2d3', '#d8dcd8', style.wall, style.wall2, '#cfd6d2'];
  const sizes = Array.from({ length: n }, () => [craft ? lay.range(7.5, 9.5) : lay.range(18, 27), craft ? lay.range(5, 6.4) : lay.range(7, 10)]);
  const gap = craft ? 0 : 7;
  const total = sizes.reduce((t, s) => t + s[0], 0) + gap * (n - 1);
  const build = (scene, b) => {
    let x = -total / 2;
    sizes.forEach(([w, high], i) => {
      const q = b.fork(`u${i}`);
      if (craft) {
        const bx = scene.box({ x0: x, x1: x + w - 0.02, y0: 0, y1: 11, z1: high, color: vary([style.wall, style.wall2, style.accent][i % 3], q), roof: '#d3c7b2' });
        craftFront(bx, q, style);
        scene.box({ x0: x - 0.1, x1: x + w + 0.08, y0: -0.25, y1: 11.1, z0: high, z1: high + 0.4, color: style.trim, roof: '#d9cdb8' });
      } else hall(scene, q, style, { x, y: i * lay.fork(`y${i}`).range(-3, 4), w, d: 24, high, color: colors[(i + lay.fork('c').int(0, 4)) % 5] });
      x += w + gap;
    });
  };
  const st = stage(r, style, hour, { build, ...camAt(lay, { near: craft ? 34 : 60, far: craft ? 50 : 92, eye: craft ? [2.4, 5.5] : [5, 12], swing: [0.16, 0.62] }), frame: framing(lay, false) });
  const g = st.ground;
  const plant = planter(st);
  const q = r.fork('garden');
  const k = craft ? 1 : 1.7;
  g.base(style.dry, st.camera.horizon);
  g.plaza(-90, 90, -10 * k, 2, q.pick(['#d6ccba', '#dccfb5']), { accent: style.accent, step: 2.4 * k });
  g.street(-19 * k, -10 * k);
  g.lawn(rect(-90, -60 * k, 90, -22 * k), style.lawn);
  foreGarden(st, q, style, { clear: (x, y) => y < -22.6 * k && y > -58 * k });
  for (let x = -46; x <= 46; x += q.range(8, 12)) plant(q.pick(style.plants), x, -8.4 * k, { k: q.range(0.7, 0.95) });
  for (let i = 0; i < 4; i++) van(st, q, q.range(-total / 2.4, total / 2.4), -q.range(3.2, 6) * k);
  for (let i = 0; i < 12; i++) plant(q.pick(style.plants), q.sign() * (total / 2 + q.range(4, 22)), q.range(-4, 20));
  for (let i = 0; i < 12; i++) plant('shrub', q.range(-40, 40), -q.range(22.5, 27) * k, { k: q.range(0.6, 1) });
  for (let x = -40; x <= 40; x += 16) lampAt(st, x, -9.4 * k);
  st.scene.paint();
  g.foreground(style);
  return finish(st);
}

function craftFront(box, q, style) {
  const c = q.pick(['#0e5a4a', '#2a6f97', '#b9472f', '#8a5a33']);
  box.deco = (F, side) => {
    F.band(0, 0.6, '#cfc4b0');
    if (side !== 'front') return;
    F.recess(rect(0.7, 0, F.w - 2.6, 3.3), 0.3, F.color, (back) => F.art.poly(back, F.L.night ? '#f4c27a' : F.tint(c)));
    if (!F.L.night) F.lines(Array.from({ length: 8 }, (_, k) => [[0.7, 0.4 + k * 0.4], [F.w - 2.6, 0.4 + k * 0.4]]), '#0b1614', Math.max(0.8, F.px * 0.03), { opacity: 0.35 }, -0.3);
    F.recess(rect(F.w - 2.1, 0, F.w - 0.9, 2.3), 0.2, F.color, (back) => F.art.poly(back, F.tint(style.door)));
    F.block(0.4, F.w - 0.6, 3.45, 3.62, 0, 1.1, '#efe6d6');
    for (let u = 0.8; u < F.w - 1; u += 1.5) F.recess(rect(u, F.h - 1.6, u + 1.05, F.h - 0.7), 0.15, F.color, (back) => F.art.poly(back, F.L.night ? '#ffd892' : '#5d8496'));
  };
}

/** A plain van, without any marking. */
function van(st, q, x, y) {
  const c = q.pick(['#f2efe8', '#d8dcd8', '#2a6f97', '#c9a15a']);
  const s = q.sign();
  const x2 = x + s * 3.4;
  st.scene.box({ x0: Math.min(x, x2), x1: Math.max(x, x2), y0: y, y1: y + 1.9, z0: 0.35, z1: 2.3, color: c, roof: c });
  const cab = x2 + s * 1.3;
  st.scene.box({
    x0: Math.min(x2, cab), x1: Math.max(x2, cab), y0: y, y1: y + 1.9, z0: 0.35, z1: 1.9, color: c, roof: c,
    deco: (F) => F.poly(rect(F.w * 0.15, F.h * 0.5, F.w * 0.85, F.h * 0.92), '#3a5968'),
  });
  for (const k of [0.6, 3.9]) st.scene.stand(x + s * k, y - 0.02, (sx, sy, sc) => {
    st.art.path(`M${sx - 0.38 * sc} ${sy - 0.38 * sc}a${0.38 * sc} ${0.38 * sc} 0 1 0 ${0.76 * sc} 0a${0.38 * sc} ${0.38 * sc} 0 1 0 ${-0.76 * sc} 0`, '#23282b');
    st.art.path(`M${sx - 0.16 * sc} ${sy - 0.38 * sc}a${0.16 * sc} ${0.16 * sc} 0 1 0 ${0.32 * sc} 0a${0.16 * sc} ${0.16 * sc} 0 1 0 ${-0.32 * sc} 0`, '#b9bdb8');
  });
}
