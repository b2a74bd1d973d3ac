// Floor plans: rooms in two bands either side of a hall, walls with true thickness,
// doors, windows, furniture, and the clear dimensions of every room in metres.

import { dark, mix } from './color.js';
import { furnish, plantTop } from './furniture.js';
import { rect } from './geom.js';
import { label, metres, widthOf } from './lettering.js';
import { circle, d, Sheet } from './svg.js';
import { board, northArrow, scaleBar } from './board.js';

const OUT = 0.25;
const IN = 0.12;
const INK = '#1d2420';

// Rooms: salon, living, bed, twin, kitchen, bath, wc, stairs, garage, entry, shop, store.
const LIMITS = { salon: [4.0, 5.2], living: [3.6, 4.6], bed: [3.1, 3.8], twin: [2.8, 3.3], kitchen: [2.7, 3.5], bath: [1.8, 2.3], wc: [1.15, 1.4], stairs: [2.3, 2.6], garage: [3.0, 3.5], entry: [1.6, 2.1], shop: [4.6, 6], store: [2.4, 3.2], office: [2.8, 3.6] };

/** The levels drawn for a product type with so many rooms. */
function programme(r, type, rooms) {
  if (type === 'shop' || type === 'commercial_plot') return [{ top: ['store', 'wc', 'office'], bottom: ['shop', 'shop'], shop: true }];
  if (type === 'house') {
    return [
      { top: ['salon', 'kitchen'], bottom: r.pick([['entry', 'stairs', 'twin', 'wc'], ['twin', 'entry', 'stairs', 'wc']]) },
      { top: ['bed', 'bed'], bottom: r.pick([['twin', 'stairs', 'bath'], ['bath', 'stairs', 'twin']]), over: true },
    ];
  }
  if (type === 'villa' || type === 'semi_finished_villa') {
    return [
      { top: r.pick([['salon', 'living', 'kitchen'], ['kitchen', 'salon', 'living']]), bottom: r.pick([['garage', 'entry', 'stairs', 'wc', 'bed'], ['bed', 'wc', 'entry', 'stairs', 'garage']]) },
      { top: ['bed', 'bed', 'twin'], bottom: r.pick([['bath', 'twin', 'stairs', 'bed'], ['bed', 'stairs', 'bath', 'twin']]), over: true },
    ];
  }
  const n = Math.min(5, Math.max(2, rooms ?? 3));
  const tops = { 2: [['salon', 'bed']], 3: [['salon', 'bed'], ['bed', 'salon']], 4: [['salon', 'bed', 'bed'], ['bed', 'salon', 'twin']], 5: [['salon', 'living', 'bed'], ['living', 'salon', 'bed']] };
  const lows = { 2: [['kitchen', 'entry', 'bath'], ['entry', 'kitchen', 'bath']], 3: [['kitchen', 'entry', 'bath', 'twin'], ['twin', 'bath', 'entry', 'kitchen']], 4: [['kitchen', 'entry', 'wc', 'bath', 'twin'], ['twin', 'bath', 'wc', 'entry', 'kitchen']], 5: [['kitchen', 'entry', 'wc', 'bath', 'bed', 'twin'], ['twin', 'bed', 'bath', 'entry', 'wc', 'kitchen']] };
  return [{ top: r.pick(tops[n]), bottom: r.pick(lows[n]) }];
}

/** Rooms of one level as rectangles between wall centres; y grows to the garden side. */
function solve(r, level, like) {
  const size = (k) => r.range(...LIMITS[k]);
  const top = level.top.map(size);
  const bottom = level.bottom.map(size);
  const sum = (l) => l.reduce((a, b) => a + b, 0);
  const width = like?.w ?? Math.round((sum(top) * 0.5 + sum(bottom) * 0.5) * 20) / 20;
  const depthLow = like?.low ?? (level.shop ? r.range(5.2, 6.4) : r.range(2.9, 3.5));
  const hall = like?.hall ?? r.range(1.3, 1.6);
  const depthTop = like?.top ?? (level.shop ? r.range(2.4, 2.9) : r.range(3.9, 4.7));
  const place = (kinds, sizes, y0, y1, band) => {
    const k = width / sum(sizes);
    let x = 0;
    return kinds.map((kind, i) => {
      const x1 = i === kinds.length - 1 ? width : Math.round((x + sizes[i] * k) * 20) / 20;
      const room = { kind, x0: x, x1, y0, y1, band };
      x = x1;
      return room;
    });
  };
  const low = place(level.bottom, bottom, 0, depthLow, 'low');
  const up = place(level.top, top, depthLow + hall, depthLow + hall + depthTop, 'top');
  return { w: width, h: depthLow + hall + depthTop, low: depthLow, hall, top: depthTop, rooms: [...low, ...up], level };
}

/** Clear size of a room, metres, between the faces of its walls. */
export function clear(room, p) {
  const x0 = room.x0 + (room.x0 === 0 ? OUT : IN / 2);
  const x1 = room.x1 - (room.x1 === p.w ? OUT : IN / 2);
  const y0 = room.y0 + (room.y0 === 0 ? OUT : IN / 2);
  const y1 = room.y1 - (Math.abs(room.y1 - p.h) < 1e-9 ? OUT : IN / 2);
  return { x0, x1, y0, y1, w: x1 - x0, h: y1 - y0 };
}

export function floorPlan(r, style, { type, rooms }) {
  const levels = programme(r.fork('programme'), type, rooms);
  const first = solve(r.fork('l0'), levels[0]);
  const plans = [first, ...levels.slice(1).map((l, i) => solve(r.fork(`l${i + 1}`), l, first))];
  const art = new Sheet();
  board(art, r.fork('board'), style);
  const mirror = r.fork('mirror').chance(0.5);
  const terrace = r.fork('terrace').range(1.4, 2.1);
  const many = plans.length > 1;
  const availW = many ? 620 : 1200;
  const availH = 820;
  const k = Math.min(availW / first.w, availH / (first.h + terrace));
  plans.forEach((p, i) => {
    const cx = many ? 800 + (i - 0.5) * (first.w * k + 120) : 800;
    const cy = 580;
    const to = (x, y) => [cx + ((mirror ? p.w - x : x) - p.w / 2) * k, cy + ((first.h + terrace) / 2 - y) * k];
    drawLevel(art, r.fork(`draw${i}`), style, p, { to, k, terrace, ground: i === 0 });
  });
  scaleBar(art, 150, 1105, k, 5);
  northArrow(art, 1450, 1085, 44, r.fork('north').range(-0.9, 0.9));
  return art.toString();
}

function drawLevel(art, r, style, p, { to, k, terrace, ground }) {
  const P = (list) => list.map(([x, y]) => to(x, y));
  const area = (x0, y0, x1, y1) => P(rect(x0, y0, x1, y1));
  // Garden side terrace or balcony, then floors, furniture, light, walls, doors, windows, sizes.
  art.group({ filter: art.blur(12), opacity: 0.32 }, () => art.poly(area(0, 0, p.w, p.h).map(([x, y]) => [x + 16, y + 18]), '#3a2f22'));
  outside(art, r, style, p, { P, area, terrace, k, ground });
  art.poly(area(0, 0, p.w, p.h), '#f4ead8');
  floorOf(art, r, style, { kind: 'hall' }, { x0: OUT, x1: p.w - OUT, y0: p.low, y1: p.low + p.hall }, { area, P, k });
  for (const room of p.rooms) floorOf(art, r, style, room, clear(room, p), { area, P, k });
  for (const room of p.rooms) furnish(art, r.fork(`${room.kind}${room.x0}`), style, room, clear(room, p), { to, k });
  sunlight(art, p, area);
  walls(art, p, { area, P, k, r });
  dims(art, p, { to, k });
}

function outside(art, r, style, p, { P, area, terrace, k, ground }) {
  const rooms = p.rooms.filter((q) => q.band === 'top');
  const wide = ground ? rooms : rooms.slice(0, Math.max(1, rooms.length - 1));
  const x0 = wide[0].x0 + 0.1;
  const x1 = wide.at(-1).x1 - 0.1;
  art.poly(area(x0, p.h - 0.1, x1, p.h + terrace), '#e9d9bd');
  const tiles = [];
  for (let x = x0 + 0.45; x < x1; x += 0.45) tiles.push([[x, p.h], [x, p.h + terrace]]);
  for (let y = p.h + 0.45; y < p.h + terrace; y += 0.45) tiles.push([[x0, y], [x1, y]]);
  art.path(tiles.map((s) => d(P(s), false)).join(''), 'none', { stroke: '#cdb78f', 'stroke-width': 1.4 });
  art.path(d(P([[x0, p.h], [x0, p.h + terrace], [x1, p.h + terrace], [x1, p.h]]), false), 'none', { stroke: INK, 'stroke-width': Math.max(3, k * 0.06) });
  for (let x = x0 + 0.4; x < x1 - 0.2; x += r.range(0.9, 1.7)) plantTop(art, ...P([[x, p.h + terrace - 0.34]])[0], k * r.range(0.17, 0.25), r.pick(['#5f8f4b', '#7fa35a', '#4b7d45', '#c24b86']));
}

const FLOORS = { bed: 'wood', twin: 'wood', office: 'wood', salon: 'plain', living: 'wood', kitchen: 'tile', bath: 'zellige', wc: 'zellige', entry: 'check', hall: 'check', stairs: 'plain', garage: 'slab', shop: 'slab', store: 'slab' };

function floorOf(art, r, style, room, c, { area, P, k }) {
  const kind = FLOORS[room.kind];
  const fill = { wood: '#dcb98a', plain: '#f1e3c8', tile: '#eef0e6', zellige: mix(style.zellige[0], '#ffffff', 0.55), check: '#f3e8d2', slab: '#ddd5c6' }[kind];
  const box = area(c.x0 - 0.1, c.y0 - 0.1, c.x1 + 0.1, c.y1 + 0.1);
  art.poly(box, fill);
  const segs = [];
  if (kind === 'wood') {
    for (let y = c.y0 + 0.18; y < c.y1; y += 0.18) segs.push([[c.x0, y], [c.x1, y]]);
    for (let y = c.y0; y < c.y1; y += 0.18) for (let i = 0; i < 3; i++) { const x = r.range(c.x0, c.x1); segs.push([[x, y], [x, Math.min(c.y1, y + 0.18)]]); }
    art.path(segs.map((s) => d(P(s), false)).join(''), 'none', { stroke: '#c39a66', 'stroke-width': 1, opacity: 0.75 });
    return;
  }
  const step = { tile: 0.4, zellige: 0.2, check: 0.35, slab: 0.6, plain: 0.6 }[kind];
  if (kind === 'check' || kind === 'zellige') {
    let path = '';
    let i = 0;
    for (let y = c.y0; y < c.y1 - 0.01; y += step, i++) for (let x = c.x0 + (i % 2) * step; x < c.x1 - 0.01; x += 2 * step) path += d(area(x, y, Math.min(c.x1, x + step), Math.min(c.y1, y + step)));
    art.path(path, kind === 'zellige' ? mix(style.zellige[1], '#ffffff', 0.55) : '#e6d3ae', { opacity: 0.8 });
    return;
  }
  for (let x = c.x0 + step; x < c.x1; x += step) segs.push([[x, c.y0], [x, c.y1]]);
  for (let y = c.y0 + step; y < c.y1; y += step) segs.push([[c.x0, y], [c.x1, y]]);
  art.path(segs.map((s) => d(P(s), false)).join(''), 'none', { stroke: dark(fill, 0.1), 'stroke-width': 1.1, opacity: k > 40 ? 0.7 : 0.45 });
}

/** Warm light from the garden windows, always slanting the same way. */
function sunlight(art, p, area) {
  for (const room of p.rooms.filter((q) => q.band === 'top')) {
    const c = clear(room, p);
    const half = Math.min(1.1, c.w * 0.3);
    const mid = (c.x0 + c.x1) / 2;
    const [a, b] = area(mid - half, c.y1, mid + half, c.y1);
    const px = Math.abs(b[0] - a[0]);
    const x = Math.min(a[0], b[0]);
    const deep = (area(0, c.y1, 1, c.y0)[2][1] - a[1]) * 0.72;
    art.poly([[x, a[1]], [x + px, a[1]], [x + px * 1.35, a[1] + deep], [x + px * 0.35, a[1] + deep]], art.linear([[0, '#fff1c4', 0.55], [1, '#fff1c4', 0]], 0, a[1], 0, a[1] + deep));
  }
}

function walls(art, p, { area, P, k, r }) {
  const solid = [];
  const add = (x0, y0, x1, y1) => solid.push(area(x0, y0, x1, y1));
  add(0, 0, p.w, OUT);
  add(0, p.h - OUT, p.w, p.h);
  add(0, 0, OUT, p.h);
  add(p.w - OUT, 0, p.w, p.h);
  add(0, p.low - IN / 2, p.w, p.low + IN / 2);
  add(0, p.low + p.hall - IN / 2, p.w, p.low + p.hall + IN / 2);
  for (const q of p.rooms) if (q.x1 < p.w) add(q.x1 - IN / 2, q.y0, q.x1 + IN / 2, q.y1);
  art.group({ opacity: 0.2 }, () => solid.forEach((s) => art.poly(s.map(([x, y]) => [x + 5, y + 6]), '#2a2118')));
  solid.forEach((s) => art.poly(s, INK));
  for (const q of p.rooms) {
    const c = clear(q, p);
    const mid = (c.x0 + c.x1) / 2;
    const inner = q.band === 'low' ? p.low : p.low + p.hall;
    const outer = q.band === 'low' ? 0 : p.h - OUT;
    if (q.kind === 'garage' || q.kind === 'shop') glazed(art, { area, P }, mid - c.w * 0.4, mid + c.w * 0.4, outer, q.kind);
    else if (q.kind === 'entry' && !p.level.over) frontDoor(art, { area, P, k }, mid, outer);
    else if (q.kind !== 'stairs' || p.level.over) {
      const half = { bath: 0.35, wc: 0.3, entry: 0.45, stairs: 0.5, kitchen: 0.65, store: 0.5 }[q.kind] ?? Math.min(1.1, c.w * 0.3);
      windowAt(art, { area, P, k }, mid - half, mid + half, outer);
    }
    if (q.kind === 'stairs' || q.kind === 'entry' || q.kind === 'salon' || (q.kind === 'shop' && q.x0 === 0) || q.kind === 'living') {
      const half = Math.min(q.kind === 'salon' || q.kind === 'living' ? 0.95 : 0.6, c.w / 2 - 0.15);
      art.poly(area(mid - half, inner - IN / 2 - 0.005, mid + half, inner + IN / 2 + 0.005), '#f1e3c8');
      if (q.kind === 'salon') for (const s of [-1, 1]) art.path(circle(...P([[mid + s * half, inner]])[0], k * 0.1), INK);
    } else {
      const w = q.kind === 'bath' || q.kind === 'wc' ? 0.7 : 0.83;
      const left = r.chance(0.5);
      const x0 = left ? c.x0 + 0.12 : c.x1 - 0.12 - w;
      door(art, { area, P, k }, x0, w, inner, q.band === 'low' ? -1 : 1, left);
    }
  }
}

function windowAt(art, { area, P, k }, x0, x1, y) {
  art.poly(area(x0, y - 0.01, x1, y + OUT + 0.01), '#fdfaf2');
  art.poly(area(x0, y + OUT * 0.34, x1, y + OUT * 0.66), '#8fc0d4');
  art.path(d(area(x0, y, x1, y + OUT)), 'none', { stroke: INK, 'stroke-width': Math.max(1.4, k * 0.022) });
  const mid = (x0 + x1) / 2;
  art.path(d(P([[mid, y + OUT * 0.2], [mid, y + OUT * 0.8]]), false), 'none', { stroke: INK, 'stroke-width': Math.max(1.4, k * 0.022) });
}

function glazed(art, { area, P }, x0, x1, y, kind) {
  art.poly(area(x0, y - 0.01, x1, y + OUT + 0.01), '#fdfaf2');
  art.path(d(area(x0, y + 0.08, x1, y + OUT - 0.08)), kind === 'shop' ? '#8fc0d4' : '#cdb78f', { stroke: INK, 'stroke-width': 1.6 });
  const posts = [];
  for (let i = 0; i <= 4; i++) posts.push([[x0 + ((x1 - x0) * i) / 4, y], [x0 + ((x1 - x0) * i) / 4, y + OUT]]);
  art.path(posts.map((s) => d(P(s), false)).join(''), 'none', { stroke: INK, 'stroke-width': 2 });
}

function leaf(art, { P, k }, hinge, w, dir, turn) {
  const arc = Array.from({ length: 10 }, (_, i) => {
    const t = (i / 9) * (Math.PI / 2);
    return [hinge[0] + dir * w * Math.sin(t), hinge[1] + turn * w * Math.cos(t)];
  });
  art.path(d(P([hinge, ...arc])), '#f7ecd6', { opacity: 0.65 });
  art.path(d(P(arc), false), 'none', { stroke: '#6d5a43', 'stroke-width': Math.max(1.1, k * 0.016), 'stroke-dasharray': '5 4' });
  art.path(d(P([hinge, arc[0]]), false), 'none', { stroke: '#8a5a33', 'stroke-width': Math.max(3, k * 0.05), 'stroke-linecap': 'round' });
}

function door(art, ctx, x0, w, y, turn, left) {
  art.poly(ctx.area(x0, y - IN / 2 - 0.005, x0 + w, y + IN / 2 + 0.005), '#f1e3c8');
  leaf(art, ctx, [left ? x0 : x0 + w, y + (turn * IN) / 2], w, left ? 1 : -1, turn);
}

function frontDoor(art, ctx, mid, y) {
  art.poly(ctx.area(mid - 0.5, y - 0.01, mid + 0.5, y + OUT + 0.01), '#f1e3c8');
  leaf(art, ctx, [mid - 0.5, y + OUT], 1, 1, 1);
  const [px, low] = ctx.P([[mid, y]])[0];
  art.poly([[px - 13, low + 34], [px + 13, low + 34], [px, low + 12]], '#b9472f');
}

/** Clear sizes in each room on a small plate, and the outer sizes on dimension lines. */
function dims(art, p, { to, k }) {
  const size = Math.min(22, Math.max(13.5, k * 0.19));
  for (const q of p.rooms) {
    const c = clear(q, p);
    let text = `${metres(c.w)} × ${metres(c.h)}`;
    let s = size;
    const room = c.w * k - 10;
    const [x, y] = to((c.x0 + c.x1) / 2, q.band === 'low' ? c.y1 - c.h * 0.44 : c.y0 + c.h * 0.3);
    if (widthOf(text, s) + 16 > room) s = Math.max(12, ((room - 14) / widthOf(text, 1)));
    if (widthOf(text, s) + 8 > c.w * k) {
      // Too narrow for one line: width over depth.
      const lines = [metres(c.w), `× ${metres(c.h)}`];
      const two = Math.min(size, (room - 4) / widthOf(lines[1], 1));
      const half = (widthOf(lines[1], two) + 12) / 2;
      art.rect(x - half, y - two * 1.5, half * 2, two * 3.1, '#fffaf0', { rx: 6, opacity: 0.9 });
      lines.forEach((t, i) => label(art, t, x, y + (i - 0.5) * two * 1.4, two, INK));
      continue;
    }
    const half = widthOf(text, s) / 2 + 9;
    art.rect(x - half, y - s * 0.95, half * 2, s * 1.9, '#fffaf0', { rx: 7, opacity: 0.9 });
    label(art, text, x, y, s, INK);
  }
  const low = to(0, 0);
  const right = to(p.w, 0);
  const y = low[1] + 64;
  const [xa, xb] = [Math.min(low[0], right[0]), Math.max(low[0], right[0])];
  measure(art, [xa, y], [xb, y], metres(p.w), 0);
  const x = xa - 44;
  measure(art, [x, to(0, p.h)[1]], [x, low[1]], metres(p.h), 1);
}

function measure(art, a, b, text, upright) {
  const c = '#7c6a52';
  art.line([a, b], c, 2);
  for (const p of [a, b]) art.line([[p[0] - 8, p[1] + 8], [p[0] + 8, p[1] - 8]], c, 2.6);
  const m = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const half = widthOf(text, 21) / 2 + 10;
  art.rect(m[0] - (upright ? 18 : half), m[1] - (upright ? half : 18), upright ? 36 : half * 2, upright ? half * 2 : 36, '#f8f1e4', { rx: 6 });
  if (upright) art.group({ transform: `rotate(-90 ${m[0]} ${m[1]})` }, () => label(art, text, m[0], m[1], 21, INK));
  else label(art, text, m[0], m[1], 21, INK);
}
