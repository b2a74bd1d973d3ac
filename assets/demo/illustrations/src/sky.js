// Sky: gradient, glow on the sun's side, clouds, first stars, a few birds.

import { light as lighter, mix } from './color.js';
import { circle } from './svg.js';

export function sky(art, r, L, horizon) {
  art.rect(0, 0, art.w, art.h, art.linear(L.sky, 0, 0, 0, Math.max(horizon, 300)));
  const gx = r.range(-60, 380);
  const gy = horizon - r.range(10, 150);
  const reach = r.range(700, 1050);
  art.rect(0, 0, art.w, horizon + 4, art.radial([[0, L.glow, L.night ? 0.75 : 0.9], [0.25, L.glow, 0.45], [0.6, L.glow, 0.12], [1, L.glow, 0]], gx, gy, reach, 0.72));
  if (L.night) stars(art, r, L, horizon);
  const kind = r.pick(L.night ? ['bands', 'bands', 'clear'] : ['bands', 'cumulus', 'wisps', 'cumulus', 'clear']);
  if (kind === 'bands') bands(art, r, L, horizon);
  if (kind === 'cumulus') cumulus(art, r, L, horizon);
  if (kind === 'wisps') wisps(art, r, L, horizon);
  if (!L.night && r.chance(0.5)) birds(art, r, horizon);
}

function stars(art, r, L, horizon) {
  let path = '';
  for (let i = 0; i < 70; i++) {
    const y = (r.next() ** 1.6) * horizon * 0.7;
    path += circle(r.range(0, art.w), y, r.range(0.6, 1.8));
  }
  art.path(path, '#fff6df', { opacity: 0.7 });
  const x = r.range(1120, 1400);
  const y = r.range(110, 230);
  const s = r.range(26, 40);
  art.path(circle(x, y, s * 3.2), art.radial([[0, '#fff3d0', 0.32], [1, '#fff3d0', 0]], x, y, s * 3.2));
  art.path(circle(x, y, s), '#fdf3da', { opacity: 0.95 });
  art.path(circle(x + s * 0.25, y - s * 0.1, s * 0.2) + circle(x - s * 0.3, y + s * 0.25, s * 0.14) + circle(x + s * 0.1, y + s * 0.45, s * 0.1), '#e6d9bd', { opacity: 0.6 });
}

function bands(art, r, L, horizon) {
  art.group({ filter: art.blur(5) }, () => {
    for (let i = 0; i < r.int(6, 11); i++) {
      const y = horizon * r.range(0.25, 0.92);
      const w = r.range(240, 760);
      const x = r.range(-150, art.w - 100);
      const h = r.range(5, 17);
      const n = 7;
      const top = [];
      const low = [];
      for (let k = 0; k <= n; k++) {
        const t = k / n;
        const swell = Math.sin(Math.PI * t) ** 0.7;
        top.push([x + w * t, y - h * swell * r.range(0.4, 1.1)]);
        low.push([x + w * t, y + h * 0.4 * swell]);
      }
      art.poly([...top, ...low.reverse()], mix(L.glow, L.sky[2][1], y < horizon * 0.5 ? 0.55 : 0.2), { opacity: r.range(0.3, 0.65) });
    }
  });
}

function cumulus(art, r, L, horizon) {
  const under = mix(L.sky[1][1], L.haze, 0.55);
  for (let c = 0; c < r.int(3, 5); c++) {
    const y = horizon * r.range(0.16, 0.72);
    const s = 0.35 + 0.75 * (1 - y / horizon) + r.range(0, 0.25);
    const x = r.range(-40, art.w - 150);
    const lobes = r.int(6, 10);
    let shade = '';
    let lit = '';
    for (let i = 0; i < lobes; i++) {
      const t = i / (lobes - 1);
      const px = x + t * 300 * s;
      const rad = (24 + 46 * Math.sin(Math.PI * t) * r.range(0.6, 1.1)) * s;
      shade += circle(px, y - rad * 0.3, rad * 1.05, rad * 0.62);
      lit += circle(px - rad * 0.12, y - rad * 0.52, rad * 0.92, rad * 0.56);
    }
    art.group({ filter: art.blur(4), opacity: r.range(0.65, 0.92) }, () => {
      art.path(shade, under);
      art.path(lit, lighter(L.glow, 0.35));
    });
  }
}

function wisps(art, r, L, horizon) {
  art.group({ filter: art.blur(3), opacity: 0.75 }, () => {
    for (let i = 0; i < r.int(9, 16); i++) {
      const x = r.range(-100, art.w);
      const y = horizon * r.range(0.08, 0.7);
      const w = r.range(120, 420);
      const lift = r.range(10, 60);
      art.path(`M${x} ${y}q${w * 0.5} ${-lift * 0.2} ${w} ${-lift}q${-w * 0.4} ${lift * 0.9} ${-w} ${lift}Z`, lighter(L.glow, 0.4), { opacity: r.range(0.25, 0.6) });
    }
  });
}

function birds(art, r, horizon) {
  const x = r.range(300, 1300);
  const y = r.range(0.2, 0.5) * horizon;
  for (let i = 0; i < r.int(3, 6); i++) {
    const px = x + r.range(-110, 110);
    const py = y + r.range(-45, 45);
    const s = r.range(6, 11);
    art.path(`M${px - s} ${py - s * 0.35}q${s * 0.6} ${-s * 0.3} ${s} ${s * 0.35}q${s * 0.4} ${-s * 0.65} ${s} ${-s * 0.35}`, 'none', { stroke: '#2f3d4a', 'stroke-width': 2, 'stroke-linecap': 'round', opacity: 0.55 });
  }
}
