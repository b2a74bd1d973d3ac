// Draws every picture of the demonstration catalogue and writes `pictures.csv`.
// `npm run generate`, or with project ids to draw only those.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { projects } from './catalogue.js';
import { picturesOf } from './compose.js';

export const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '../../source');

/** Every picture of every project with the file it lives in, in catalogue order. */
export function manifest(source = SOURCE) {
  return projects(source).flatMap((p) => picturesOf(p).map((pic) => ({ ...pic, project: p.id, file: `${p.id.toLowerCase()}/${pic.position}-${pic.kind}.webp` })));
}

const quote = (v) => (/[;"\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);

export function csv(pictures) {
  const rows = pictures.map((p) => [p.project, p.file, String(p.position), p.kind, p.caption.fr, p.caption.ar, p.caption.en]);
  return [['project', 'file', 'position', 'kind', 'caption_fr', 'caption_ar', 'caption_en'], ...rows].map((r) => r.map(quote).join(';')).join('\n') + '\n';
}

export async function raster(svg) {
  const image = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  return sharp(image.pixels, { raw: { width: image.width, height: image.height, channels: 4 } }).removeAlpha().webp({ quality: 82, effort: 4, smartSubsample: true }).toBuffer();
}

async function main(only) {
  const photos = join(SOURCE, 'photos');
  const all = manifest();
  const wanted = only.length ? all.filter((p) => only.includes(p.project)) : all;
  let bytes = 0;
  let pending = Promise.resolve();
  for (const p of wanted) {
    const path = join(photos, p.file);
    mkdirSync(dirname(path), { recursive: true });
    const next = raster(p.draw());
    await pending;
    pending = next.then((data) => {
      bytes += data.length;
      writeFileSync(path, data);
    });
  }
  await pending;
  if (!only.length) sweep(photos, new Set(all.map((p) => p.file)));
  writeFileSync(join(SOURCE, 'pictures.csv'), csv(all));
  process.stdout.write(`${wanted.length} pictures, ${(bytes / 1e6).toFixed(1)} MB\n`);
}

/** Pictures of projects that have left the catalogue are removed. */
function sweep(photos, keep) {
  for (const folder of readdirSync(photos)) {
    for (const file of readdirSync(join(photos, folder))) if (!keep.has(`${folder}/${file}`)) rmSync(join(photos, folder, file));
    if (!readdirSync(join(photos, folder)).length) rmSync(join(photos, folder), { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
