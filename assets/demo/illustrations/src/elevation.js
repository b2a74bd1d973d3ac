// A front, drawn true to scale without perspective, with its levels in metres.

import { board, scaleBar } from './board.js';
import { flats, house, shell, shopRow, villa } from './building.js';
import { Camera } from './camera.js';
import { light as lighter, mix } from './color.js';
import { PLANTS } from './flora.js';
import { label, metres } from './lettering.js';
import { lightAt } from './light.js';
import { Scene } from './scene.js';
import { Sheet, W } from './svg.js';

const FAR = 4000;

export function elevation(r, style, type) {
  const art = new Sheet();
  const paper = board(art, r.fork('board'), style);
  const camera = new Camera({ eye: [0, -FAR, 4] });
  const q = r.fork('house');
  const floors = q.int(2, 4);
  const build = (scene, b) => {
    if (type === 'villa') return villa(scene, b, style, { x: -9, y: 0, flip: q.fork('f').chance(0.5) });
    if (type === 'semi_finished_villa') return shell(scene, b, style, { x: -8, y: 0, done: false });
    if (type === 'house') {
      let x = -14;
      for (let i = 0; i < 3; i++) { house(scene, b.fork(`h${i}`), style, { x, y: i * 0.05, w: 9.3, d: 9, floors: [1, 2, 1][i], wall: [style.wall, style.wall2, style.accent][i] }); x += 9.32; }
      return null;
    }
    if (type === 'shop') return shopRow(scene, b, style, { x: -15, y: 0, w: 30, floors: 1, kind: q.fork('k').pick(['arcade', 'awning']) });
    return flats(scene, b, style, { x: -12, y: 0, w: q.fork('w').range(22, 27), d: 12, floors, ground: q.fork('g').pick(['arcade', 'shops', 'windows']), form: q.fork('o').pick(['bays', 'tower', 'terraces', 'plain']), wall: style.wall, accent: style.accent });
  };
  const probe = new Scene(art, camera, lightAt('morning', camera, 0.5), r.fork('s'));
  build(probe, r.fork('b'));
  camera.fit(probe.points(), { x0: 300, x1: W - 330, y0: 170, y1: 960 });
  const roof = () => camera.at([0, 0, Math.max(...probe.boxes.map((b) => b.z1))])[1];
  // A low house is hung in the middle of the sheet, a tall one stands near its foot.
  camera.cy -= Math.max(0, (roof() - 260) * 0.45);
  const L = lightAt('morning', camera, 0.5);
  const ground = camera.at([0, 0, 0])[1];
  const wash = lighter(r.fork('wash').pick(['#9cc4d6', '#e9c79a', '#e0b3a0', '#a9c6b4']), 0.2);
  const top = Math.max(80, roof() - 210);
  art.rect(90, top, W - 180, ground - top, art.linear([[0, wash, 0.75], [0.75, mix(wash, paper, 0.6), 0.5], [1, paper, 0.2]], 0, top, 0, ground), { rx: 10 });
  backTrees(art, r.fork('back'), style, L, ground, camera.f / FAR);
  const scene = new Scene(art, camera, L, r.fork('s'));
  build(scene, r.fork('b'));
  scene.paint();
  frontTrees(art, r.fork('front'), style, L, ground, camera);
  art.rect(90, ground, W - 180, 62, art.linear([[0, '#b79a70'], [1, '#b79a70', 0]], 0, ground, 0, ground + 62));
  art.line([[90, ground], [W - 90, ground]], '#1d2420', 5);
  levels(art, scene, camera, ground);
  scaleBar(art, 150, 1100, camera.f / FAR, 5);
  return art.toString();
}

function backTrees(art, r, style, L, ground, k) {
  for (const x of [150, 205, 262, W - 300]) {
    if (!r.chance(0.8)) continue;
    const kind = r.pick(style.plants);
    art.group({ opacity: 0.42 }, () => PLANTS[kind](art, r, x + r.range(-14, 14), ground, Math.min(k, 26) * r.range(0.7, 0.95), L));
  }
}

function frontTrees(art, r, style, L, ground, camera) {
  const k = Math.min(camera.f / FAR, 30);
  PLANTS[r.pick(style.plants)](art, r, 210, ground, k * 0.85, L);
  for (let i = 0; i < 5; i++) PLANTS[r.pick(['shrub', 'bougainvillea', 'shrub', 'agave'])](art, r, r.pick([r.range(150, 300), r.range(W - 330, W - 280)]), ground + 2, k * r.range(0.7, 1.1), L);
}

/** Height marks at the right: floors of the tallest block. */
function levels(art, scene, camera, ground) {
  const top = Math.max(...scene.boxes.filter((b) => b.pyramid === undefined).map((b) => b.z1));
  const x = W - 190;
  const c = '#7c6a52';
  art.line([[x, ground], [x, camera.at([0, 0, top])[1]]], c, 2);
  const marks = [0];
  for (let z = 3.2; z < top - 1.6; z += 3.05) marks.push(z);
  marks.push(top);
  for (const z of marks) {
    const y = camera.at([0, 0, z])[1];
    art.line([[x - 60, y], [x + 14, y]], c, 1.6, { 'stroke-dasharray': z ? '8 6' : undefined });
    art.poly([[x - 8, y - 12], [x + 8, y - 12], [x, y]], '#b9472f');
    label(art, z ? `+${metres(z)}` : metres(0), x + 64, y - 12, 19, '#1d2420');
  }
}
