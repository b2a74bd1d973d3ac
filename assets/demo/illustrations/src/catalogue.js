// Reads the catalogue source this generator draws for: projects, groups, units, towns.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows of a spreadsheet text as objects; the separator is found in the header line. */
export function parse(text) {
  const body = text.replace(/^\uFEFF/, '');
  const header = body.slice(0, body.search(/\r?\n/));
  const sep = [';', '\t', ','].find((s) => header.includes(s)) ?? ';';
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < body.length; i++) {
    const c = body[i];
    if (quoted) {
      if (c === '"' && body[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === sep) { row.push(cell); cell = ''; } else if (c === '\n') { row.push(cell); rows.push(row); row = []; cell = ''; } else if (c !== '\r') cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  const [names, ...data] = rows.filter((r) => r.some((v) => v.trim()));
  return data.map((r) => Object.fromEntries(names.map((n, i) => [n.trim(), (r[i] ?? '').trim()])));
}

/** What the pictures need to know of each project. */
export function projects(folder) {
  const table = (name) => parse(readFileSync(join(folder, `${name}.csv`), 'utf8'));
  const towns = new Map(table('towns').map((t) => [t.id, t]));
  const groups = table('groups');
  const units = table('units');
  return table('projects').map((p) => {
    const town = towns.get(p.town);
    const own = groups.filter((g) => g.project === p.id);
    const types = [...new Set(own.map((g) => g.product_type))];
    const flat = new Set(own.filter((g) => g.product_type === 'apartment').map((g) => g.id));
    const floors = Math.max(0, ...units.filter((u) => flat.has(u.group)).map((u) => Number(u.floor) || 0));
    const rooms = Object.fromEntries(types.map((t) => {
      const ids = new Set(own.filter((g) => g.product_type === t).map((g) => g.id));
      return [t, Number(units.find((u) => ids.has(u.group) && u.rooms)?.rooms) || undefined];
    }));
    return { id: p.id, region: town.region, town, types, floors, rooms, features: p.features.split('|').filter(Boolean), units: own.length };
  });
}
