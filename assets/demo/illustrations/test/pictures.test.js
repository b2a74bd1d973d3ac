// What the catalogue relies on: the same seed draws the same picture, no two are alike,
// every project has a cover and enough pictures, and the list names files that exist.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { parse, projects } from '../src/catalogue.js';
import { picturesOf } from '../src/compose.js';
import { manifest, SOURCE } from '../src/generate.js';
import { W } from '../src/svg.js';

const listed = parse(readFileSync(join(SOURCE, 'pictures.csv'), 'utf8'));
const all = projects(SOURCE);
const path = (p) => join(SOURCE, 'photos', p.file);

/** One bit per cell of a 16 × 16 grey reduction: brighter than the picture's mean or not. */
async function averageHash(file) {
  const px = await sharp(file).resize(16, 16, { fit: 'fill' }).greyscale().raw().toBuffer();
  const mean = px.reduce((a, b) => a + b, 0) / px.length;
  return [...px].map((v) => v > mean);
}

test('the same seed draws the same picture, another seed another', () => {
  for (const p of all.slice(0, 6)) {
    const once = picturesOf(p).map((x) => x.draw());
    const again = picturesOf(p).map((x) => x.draw());
    assert.deepEqual(once, again);
    const other = picturesOf(p, '!')[0].draw();
    assert.notEqual(once[0], other);
  }
});

test('every coordinate is a number the rasteriser can take', () => {
  for (const p of all.filter((_, i) => i % 7 === 0)) {
    for (const pic of picturesOf(p)) {
      const svg = pic.draw();
      assert.ok(!/NaN|Infinity|undefined/.test(svg), `${p.id} ${pic.position}`);
    }
  }
});

test('every project has at least three pictures, numbered from a cover that is a view', () => {
  for (const p of all) {
    const own = listed.filter((r) => r.project === p.id).sort((a, b) => a.position - b.position);
    assert.ok(own.length >= 3, `${p.id}: ${own.length} pictures`);
    assert.deepEqual(own.map((r) => Number(r.position)), own.map((_, i) => i + 1), p.id);
    assert.equal(own[0].kind, 'view', p.id);
    assert.ok(own.some((r) => r.kind === 'floor_plan' || r.kind === 'site_plan'), `${p.id} has no plan`);
  }
});

test('the list is the one the generator writes, and names files that exist', () => {
  assert.deepEqual(listed.map((r) => r.file), manifest().map((m) => m.file));
  for (const r of listed) {
    assert.ok(existsSync(path(r)), r.file);
    assert.match(r.kind, /^(view|elevation|floor_plan|site_plan)$/);
    assert.match(r.caption_fr, /\(illustration\)$/);
    assert.match(r.caption_en, /\(illustration\)$/);
    assert.match(r.caption_ar, /\p{Script=Arabic}.*\(رسم توضيحي\)$/u);
  }
});

test('all pictures differ, and together stay light', async () => {
  const seen = new Map();
  let bytes = 0;
  for (const r of listed) {
    const data = readFileSync(path(r));
    const hash = createHash('sha256').update(data).digest('hex');
    assert.ok(!seen.has(hash), `${r.file} is the same as ${seen.get(hash)}`);
    seen.set(hash, r.file);
    bytes += statSync(path(r)).size;
  }
  assert.ok(bytes < 30e6, `${bytes} bytes`);
  const { width, height } = await sharp(path(listed[0])).metadata();
  assert.deepEqual([width, height], [W, (W * 3) / 4]);
});

test('no two covers look alike', async () => {
  const covers = listed.filter((r) => r.position === '1');
  const hashes = await Promise.all(covers.map((r) => averageHash(path(r))));
  for (let i = 0; i < covers.length; i++) {
    for (let j = i + 1; j < covers.length; j++) {
      const distance = hashes[i].reduce((t, bit, k) => t + (bit !== hashes[j][k]), 0);
      assert.ok(distance >= 16, `${covers[i].file} and ${covers[j].file}: ${distance} of 256 cells differ`);
    }
  }
});
