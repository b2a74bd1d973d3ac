// What lies behind the houses: sea, snow, green hills, dunes, mesas. Each landscape is
// drawn in layers that pale into the haze with distance.

import { light as lighter, mix } from './color.js';
import { ridgeNoise } from './geom.js';
import { circle, d } from './svg.js';

const STEP = 10;

function outline(art, noise, base, height, freq, shape = (v) => v) {
  const pts = [];
  for (let x = -STEP; x <= art.w + STEP; x += STEP) pts.push([x, base - height * (0.5 + 0.5 * shape(noise((x / art.w) * freq)))]);
  return pts;
}

function fillDown(art, pts, base, fill, more) {
  art.poly([...pts, [art.w + STEP, base], [-STEP, base]], fill, more);
}

/** Sharp mountains: sun on the left flank of each spur, shade on the right, snow above a line. */
function range(art, r, L, { base, height, color, far, snow = 0, freq = 5 }) {
  const octaves = [0, 1, 2, 3, 4].map((o) => ridgeNoise(r.fork(`octave${o}`), 1, 0.5));
  const crest = (x) => octaves.reduce((t, n, o) => t + (0.5 ** o) * (1 - Math.abs(n(x * 2 ** o))) ** 1.5, 0) / 1.94;
  const pts = outline(art, (x) => 1.9 * crest(x) - 0.62, base, height, freq);
  const lit = mix(L.paint(color, [0, 0, 1]), L.haze, far);
  const shade = mix(L.shaded(color), L.haze, far * 0.85);
  fillDown(art, pts, base, art.linear([[0, lit], [1, mix(lit, L.haze, 0.45)]], 0, base - height, 0, base));
  const peaks = pts.filter((p, i) => i > 2 && i < pts.length - 3 && p[1] <= Math.min(pts[i - 1][1], pts[i + 1][1], pts[i - 2][1], pts[i + 2][1]));
  const silhouette = d([...pts, [art.w + STEP, base], [-STEP, base]]);
  art.group({ 'clip-path': art.clip(silhouette) }, () => {
    if (snow) snowCap(art, r, L, pts, base, height, snow, far);
    for (const [px, py] of peaks) {
      const drop = base - py;
      const right = [];
      const spine = [];
      let sx = px;
      for (let y = py; y < base; y += drop / 7) {
        sx += r.range(-0.16, 0.3) * (drop / 7);
        spine.push([sx, y]);
        right.push([sx + (y - py) * r.range(0.5, 0.95), y + drop * 0.05]);
      }
      art.poly([...spine, ...right.reverse()], shade, { opacity: 0.55 });
      for (let k = 0; k < 3; k++) {
        const y0 = py + drop * r.range(0.15, 0.5);
        const x0 = px + r.range(-0.5, 0.3) * (y0 - py);
        const l = drop * r.range(0.14, 0.34);
        art.poly([[x0, y0], [x0 + l * 0.28, y0 + l], [x0 + l * 0.75, y0 + l * 0.9]], shade, { opacity: 0.3 });
      }
    }
    art.rect(-10, base - height * 0.45, art.w + 20, height * 0.46, art.linear([[0, L.haze, 0], [1, L.haze, 0.75]], 0, base - height * 0.45, 0, base));
  });
}

function snowCap(art, r, L, pts, base, height, snow, far) {
  const tongue = ridgeNoise(r.fork('snow'), 3, 0.6);
  const low = pts.map(([x, y]) => {
    const limit = base - height * (1 - snow) + tongue(x / 46) * height * 0.16;
    return [x, Math.max(y, limit + r.range(-0.02, 0.02) * height)];
  });
  const cap = mix(L.night ? lighter(L.ambient, 0.55) : lighter(L.sun, 0.62), L.haze, far * 0.5);
  art.poly([...pts.map(([x, y]) => [x, y - 3]), ...low.reverse()], cap);
}

/** Rounded hills with woods, fields and now and then a hamlet. */
function hills(art, r, L, { base, height, color, far, freq = 2.2, trees = 0, fields = 0, hamlet = false, treeColor = '#3e6b43' }) {
  const noise = ridgeNoise(r, 3, 0.32);
  const pts = outline(art, noise, base, height, freq);
  const c = mix(L.paint(color), L.haze, far);
  fillDown(art, pts, base + 6, art.linear([[0, lighter(c, 0.05)], [1, mix(c, L.haze, 0.25)]], 0, base - height, 0, base));
  const at = (x) => pts[Math.min(pts.length - 1, Math.max(0, Math.round((x + STEP) / STEP)))][1];
  art.group({ 'clip-path': art.clip(d([...pts, [art.w + STEP, base + 6], [-STEP, base + 6]])) }, () => {
    for (let i = 0; i < fields; i++) {
      const x = r.range(0, art.w);
      const y = at(x) + r.range(0.15, 0.85) * (base - at(x));
      const w = r.range(60, 190);
      const h = r.range(7, 20);
      const f = mix(L.paint(r.pick(['#c9b45c', '#8ba457', '#b58a4e', '#6f9450', '#d6c27a'])), L.haze, far);
      art.poly([[x, y], [x + w, y - h * r.range(0.1, 0.8)], [x + w * 1.15, y + h * 0.5], [x + w * 0.2, y + h]], f, { opacity: 0.6 });
    }
    let wood = '';
    let woodLit = '';
    for (let i = 0; i < trees; i++) {
      const x = r.range(-10, art.w + 10);
      const top = at(x);
      const y = top + (r.next() ** 1.5) * (base - top);
      const s = r.range(3, 7) * (0.7 + 0.8 * ((y - top) / Math.max(30, height)));
      wood += circle(x, y, s, s * 0.85);
      woodLit += circle(x - s * 0.3, y - s * 0.32, s * 0.6, s * 0.5);
    }
    art.path(wood, mix(L.shaded(treeColor), L.haze, far * 0.9), { opacity: 0.9 });
    art.path(woodLit, mix(L.paint(treeColor), L.haze, far * 0.9), { opacity: 0.8 });
  });
  if (hamlet) hamletOn(art, r, L, at, base, far);
}

function hamletOn(art, r, L, at, base, far) {
  const cx = r.pick([r.range(120, 420), r.range(1180, 1480)]);
  for (let i = 0; i < 26; i++) {
    const x = cx + r.bell() * 90;
    const y = at(x) + 8 + r.next() * Math.min(46, (base - at(x)) * 0.6);
    const w = r.range(9, 17);
    const h = r.range(7, 13);
    const wall = mix(L.paint('#f4ecdf'), L.haze, far * 0.5);
    art.rect(x, y - h, w, h, wall);
    art.rect(x + w * 0.62, y - h, w * 0.38, h, mix(wall, L.shade, 0.28));
    art.rect(x + w * 0.2, y - h * 0.6, 2.4, 3.6, L.night ? '#ffd88a' : mix(wall, L.shade, 0.55));
  }
}

function sea(art, r, L, { top, bottom, color = '#2a6f97', lagoon = false }) {
  const far = mix(L.night ? mix(color, L.sky[0][1], 0.5) : L.paint(color), L.haze, 0.4);
  const near = L.night ? mix(color, L.shade, 0.45) : L.paint(lagoon ? '#57b7b4' : color);
  art.rect(0, top, art.w, bottom - top, art.linear([[0, far], [0.35, mix(far, near, 0.6)], [1, near]], 0, top, 0, bottom));
  let glints = '';
  const n = Math.round((bottom - top) * 1.1);
  for (let i = 0; i < n; i++) {
    const t = r.next() ** 1.4;
    const y = top + 2 + t * (bottom - top - 4);
    const x = r.chance(0.55) ? 260 + r.bell() * (220 + 300 * t) : r.range(0, art.w);
    const w = 6 + 44 * t * r.next();
    glints += `M${x.toFixed(0)} ${y.toFixed(1)}h${w.toFixed(0)}`;
  }
  art.path(glints, 'none', { stroke: lighter(L.glow, 0.2), 'stroke-width': 1.7, 'stroke-linecap': 'round', opacity: L.night ? 0.35 : 0.5 });
}

function mesas(art, r, L, { base, height, color, far }) {
  const pts = [];
  let x = -30;
  while (x < art.w + 60) {
    const top = base - height * r.range(0.35, 1);
    const w = r.range(90, 260);
    pts.push([x, base - height * r.range(0.05, 0.25)], [x + r.range(14, 40), top + height * 0.12], [x + r.range(44, 60), top], [x + 60 + w, top - r.range(-4, 6)], [x + w + r.range(74, 90), top + height * 0.14], [x + w + 110, base - height * r.range(0.05, 0.2)]);
    x += w + r.range(110, 260);
  }
  const c = mix(L.paint(color), L.haze, far);
  const body = d([...pts, [art.w + 400, base + 4], [-30, base + 4]]);
  art.path(body, art.linear([[0, lighter(c, 0.06)], [1, mix(c, L.haze, 0.4)]], 0, base - height, 0, base));
  art.group({ 'clip-path': art.clip(body) }, () => {
    const shade = mix(L.shaded(color), L.haze, far);
    for (let k = 1; k < 6; k++) {
      const y = base - height * (1 - k * 0.14);
      art.path(`M-20 ${y}q400 ${r.range(-10, 10)} 800 0t840 0`, 'none', { stroke: shade, 'stroke-width': r.range(1.5, 5), opacity: 0.26 });
    }
    for (let i = 0; i < 40; i++) {
      const gx = r.range(0, art.w);
      const gy = base - height * r.range(0.2, 0.85);
      const l = height * r.range(0.2, 0.5);
      art.poly([[gx, gy], [gx + l * 0.12, gy + l], [gx + l * 0.4, gy + l]], shade, { opacity: 0.28 });
    }
  });
}

function dunes(art, r, L, { base, height, color }) {
  for (let k = 0; k < 4; k++) {
    const b = base - height * 0.5 + (height * 0.62 * (k + 1)) / 4;
    const far = 0.55 - 0.15 * k;
    const noise = ridgeNoise(r, 2, 0.3);
    const pts = outline(art, noise, b, height * (0.5 + 0.12 * k), 2.4 + 0.5 * k);
    const lit = mix(L.paint(color), L.haze, far);
    fillDown(art, pts, b + height * 0.4, art.linear([[0, lighter(lit, 0.08)], [1, lit]], 0, b - height, 0, b + 10));
    const shade = mix(L.shaded(color), L.haze, far);
    for (let i = 4; i < pts.length - 6; i++) {
      if (!(pts[i][1] < pts[i - 3][1] && pts[i][1] <= pts[i + 3][1] && pts[i][1] <= pts[i - 1][1] && pts[i][1] < pts[i + 1][1])) continue;
      const run = pts.slice(i, i + r.int(9, 17));
      const foot = run.map(([x, y], j) => [x - j * 1.5, y + Math.sin((Math.PI * j) / run.length) * height * 0.17 + j * 0.4]);
      art.poly([...run, ...foot.reverse()], shade, { opacity: 0.5 });
    }
  }
}

function palmBelt(art, r, L, base, far, n = 70, size = 26) {
  let trunks = '';
  let crowns = '';
  for (let i = 0; i < n; i++) {
    const x = r.range(-10, art.w + 10);
    const h = size * r.range(0.6, 1.15);
    const y = base + r.range(-3, 5);
    trunks += `M${x.toFixed(1)} ${y.toFixed(1)}l${r.range(-2, 2).toFixed(1)} ${(-h).toFixed(1)}`;
    for (let k = 0; k < 9; k++) {
      const a = -Math.PI * (k / 8);
      const l = h * 0.42;
      crowns += `M${x.toFixed(1)} ${(y - h).toFixed(1)}q${(Math.cos(a) * l * 0.6).toFixed(1)} ${(Math.sin(a) * l * 0.6 - 2).toFixed(1)} ${(Math.cos(a) * l).toFixed(1)} ${(Math.sin(a) * l * 0.4 + l * 0.25).toFixed(1)}`;
    }
  }
  art.path(trunks, 'none', { stroke: mix(L.shaded('#6b4f36'), L.haze, far), 'stroke-width': 2 });
  art.path(crowns, 'none', { stroke: mix(L.shaded('#3d6b3f'), L.haze, far), 'stroke-width': 2.2, 'stroke-linecap': 'round' });
}

const SCENES = {
  rif(art, r, L, y) {
    range(art, r.fork('far'), L, { base: y + 4, height: r.range(150, 230), color: '#6a7f78', far: 0.62, freq: 3.2 });
    hills(art, r.fork('mid'), L, { base: y + 8, height: r.range(100, 150), color: '#74975a', far: 0.38, trees: 260, hamlet: true });
    hills(art, r.fork('near'), L, { base: y + 14, height: r.range(50, 90), color: '#7fa35a', far: 0.14, trees: 200, fields: 10 });
  },
  bay(art, r, L, y) {
    range(art, r.fork('far'), L, { base: y - 18, height: r.range(80, 150), color: '#6f8296', far: 0.66, freq: 2.3 });
    sea(art, r, L, { top: y - 20, bottom: y + 30 });
    hills(art, r.fork('near'), L, { base: y + 30, height: r.range(34, 56), color: '#86a35f', far: 0.12, trees: 150 });
  },
  ocean(art, r, L, y) {
    sea(art, r, L, { top: y - r.range(26, 46), bottom: y + 26 });
    let surf = '';
    for (let i = 0; i < 5; i++) surf += `M-10 ${y + 6 + i * 4.2}q${r.range(120, 300)} ${r.range(-5, 5)} ${r.range(400, 700)} 0t${r.range(400, 700)} 0t700 0`;
    art.path(surf, 'none', { stroke: '#ffffff', 'stroke-width': 2.4, opacity: 0.55 });
    art.rect(0, y + 22, art.w, 24, L.paint('#e5cf9f'));
  },
  atlas(art, r, L, y) {
    range(art, r.fork('far'), L, { base: y + 4, height: r.range(260, 350), color: '#75809a', far: 0.42, snow: r.range(0.46, 0.6), freq: r.range(5, 8) });
    range(art, r.fork('mid'), L, { base: y + 8, height: r.range(100, 140), color: '#94806f', far: 0.36, freq: 4.5 });
    hills(art, r.fork('near'), L, { base: y + 12, height: r.range(30, 56), color: '#a39a66', far: 0.2, trees: 240, fields: 12 });
    palmBelt(art, r, L, y + 8, 0.18, 46, 22);
  },
  cedar(art, r, L, y) {
    range(art, r.fork('far'), L, { base: y + 4, height: r.range(180, 240), color: '#6f8089', far: 0.5, snow: r.chance(0.6) ? 0.28 : 0, freq: 3 });
    hills(art, r.fork('mid'), L, { base: y + 8, height: r.range(110, 150), color: '#5d7f58', far: 0.3, trees: 480, treeColor: '#2f5a44' });
    hills(art, r.fork('near'), L, { base: y + 14, height: r.range(50, 80), color: '#86a05a', far: 0.12, trees: 180, fields: 8, treeColor: '#356245' });
  },
  plain(art, r, L, y) {
    hills(art, r.fork('far'), L, { base: y + 4, height: r.range(80, 130), color: '#8794a0', far: 0.6, freq: 1.8 });
    hills(art, r.fork('mid'), L, { base: y + 10, height: r.range(50, 80), color: '#a8a868', far: 0.34, trees: 120, fields: 26, hamlet: r.chance(0.5) });
    hills(art, r.fork('near'), L, { base: y + 16, height: r.range(26, 44), color: '#93a862', far: 0.15, trees: 160, fields: 14 });
  },
  souss(art, r, L, y) {
    range(art, r.fork('far'), L, { base: y + 4, height: r.range(150, 220), color: '#9a7f82', far: 0.5, freq: 3.4 });
    hills(art, r.fork('mid'), L, { base: y + 8, height: r.range(70, 110), color: '#bb9568', far: 0.3, trees: 240, treeColor: '#6d7c46' });
    hills(art, r.fork('near'), L, { base: y + 14, height: r.range(30, 60), color: '#c3a26b', far: 0.12, trees: 130, treeColor: '#66793f' });
  },
  mesa(art, r, L, y) {
    range(art, r.fork('far'), L, { base: y + 4, height: r.range(130, 190), color: '#9b7a7c', far: 0.58, freq: 3 });
    mesas(art, r.fork('mid'), L, { base: y + 8, height: r.range(100, 160), color: '#bf7f5c', far: 0.3 });
    palmBelt(art, r, L, y + 6, 0.12, 110, 30);
  },
  dunes(art, r, L, y) {
    dunes(art, r.fork('far'), L, { base: y + 8, height: r.range(130, 200), color: '#dda565' });
    palmBelt(art, r, L, y + 6, 0.12, 80, 30);
  },
  lagoon(art, r, L, y) {
    mesas(art, r.fork('far'), L, { base: y - 22, height: r.range(40, 66), color: '#d3b184', far: 0.45 });
    sea(art, r, L, { top: y - 24, bottom: y + 26, color: '#2f86a0', lagoon: true });
    art.rect(0, y + 22, art.w, 26, L.paint('#eedcb4'));
  },
  pale(art, r, L, y) {
    dunes(art, r.fork('far'), L, { base: y + 8, height: r.range(70, 120), color: '#ead0a0' });
    hills(art, r.fork('near'), L, { base: y + 12, height: r.range(24, 40), color: '#dcc394', far: 0.15, trees: 60, treeColor: '#7e8a55' });
  },
};

/** Draws the landscape `kind` standing on the screen line `horizon`. */
export function landscape(art, r, L, kind, horizon) {
  SCENES[kind](art, r, L, horizon);
  const veil = 220;
  art.rect(0, horizon - veil, art.w, veil + 10, art.linear([[0, L.haze, 0], [1, L.haze, 0.34]], 0, horizon - veil, 0, horizon));
}
