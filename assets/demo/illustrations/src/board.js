// The drawing board for plans and elevations: plaster paper, a faint eight-fold line
// pattern, a frame, a scale bar, a north arrow.

import { light as lighter, mix } from './color.js';
import { label } from './lettering.js';
import { circle, d } from './svg.js';

export function board(art, r, style) {
  const paper = mix('#faf7f2', r.pick(['#efe2c8', '#e6ece6', '#f2dfcc', '#e4ecf0', style.accent]), r.range(0.12, 0.4));
  art.rect(0, 0, art.w, art.h, art.linear([[0, lighter(paper, 0.35)], [1, paper]], 0, 0, art.w, art.h));
  const size = r.range(110, 190);
  const line = mix(paper, r.pick(['#0e5a4a', '#2a6f97', '#b9472f', '#8a6a3a']), 0.3);
  let path = '';
  for (let y = 0; y < art.h + size; y += size) for (let x = 0; x < art.w + size; x += size) path += star(x, y, size * 0.5);
  art.path(path, 'none', { stroke: line, 'stroke-width': 1.3, opacity: 0.34 });
  art.rect(0, 0, art.w, art.h, art.radial([[0, lighter(paper, 0.5), 0.95], [0.6, lighter(paper, 0.4), 0.7], [1, paper, 0]], art.w / 2, art.h / 2, art.w * 0.56));
  return paper;
}

function star(x, y, q) {
  const sq = (turn) => d(Array.from({ length: 4 }, (_, i) => [x + q * Math.cos(turn + (i * Math.PI) / 2), y + q * Math.sin(turn + (i * Math.PI) / 2)]));
  return sq(0) + sq(Math.PI / 4) + d([[x + q, y], [x + q * 1.414, y]], false);
}

/** A bar of `length` metres at `k` pixels per metre. */
export function scaleBar(art, x, y, k, length) {
  const w = length * k;
  const n = 5;
  for (let i = 0; i < n; i++) art.rect(x + (w * i) / n, y, w / n, 12, i % 2 ? '#fffaf0' : '#1d2420', { stroke: '#1d2420', 'stroke-width': 1.6 });
  label(art, '0', x, y + 34, 20, '#1d2420');
  label(art, `${length} m`, x + w, y + 34, 20, '#1d2420');
}

export function northArrow(art, x, y, s, turn) {
  art.path(circle(x, y, s), '#fffaf0', { stroke: '#1d2420', 'stroke-width': 2, opacity: 0.9 });
  art.group({ transform: `rotate(${Math.round((turn * 180) / Math.PI)} ${x} ${y})` }, () => {
    art.poly([[x, y - s * 0.78], [x + s * 0.34, y + s * 0.5], [x, y + s * 0.26]], '#b9472f');
    art.poly([[x, y - s * 0.78], [x - s * 0.34, y + s * 0.5], [x, y + s * 0.26]], '#1d2420');
    label(art, 'N', x, y - s * 1.32, s * 0.44, '#1d2420');
  });
}
