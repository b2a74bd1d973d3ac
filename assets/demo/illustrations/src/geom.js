// Plane geometry: hulls, clipping, curves. Points are [x, y].

const cross = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);

export function hull(points) {
  const p = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const out = [];
    for (const q of list) {
      while (out.length > 1 && cross(out.at(-2), out.at(-1), q) <= 0) out.pop();
      out.push(q);
    }
    out.pop();
    return out;
  };
  return [...half(p), ...half(p.reverse())];
}

/** Sutherland–Hodgman: `subject` kept where `inside` ≥ 0 (a linear function of a point). */
export function keep(subject, inside) {
  const out = [];
  for (let i = 0; i < subject.length; i++) {
    const a = subject[i];
    const b = subject[(i + 1) % subject.length];
    const da = inside(a);
    const db = inside(b);
    if (da >= 0) out.push(a);
    if ((da >= 0) !== (db >= 0)) {
      const t = da / (da - db);
      out.push(a.map((v, k) => v + (b[k] - v) * t));
    }
  }
  return out;
}

/** `subject` inside the convex polygon `clip` (either winding). */
export function clipConvex(subject, clip) {
  let area = 0;
  for (let i = 0; i < clip.length; i++) {
    const a = clip[i];
    const b = clip[(i + 1) % clip.length];
    area += a[0] * b[1] - b[0] * a[1];
  }
  const s = Math.sign(area);
  let out = subject;
  for (let i = 0; i < clip.length && out.length; i++) {
    const a = clip[i];
    const b = clip[(i + 1) % clip.length];
    out = keep(out, (p) => s * cross(a, b, p));
  }
  return out;
}

export const rect = (x0, y0, x1, y1) => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];

/** An opening from (u, v) up, w wide and h high, its head of the given `kind`. */
export function opening(kind, u, v, w, h) {
  const mid = u + w / 2;
  const r = w / 2;
  const arc = (cx, cy, rx, ry, from, to, n = 12) =>
    Array.from({ length: n + 1 }, (_, i) => {
      const t = from + ((to - from) * i) / n;
      return [cx + rx * Math.cos(t), cy + ry * Math.sin(t)];
    });
  if (kind === 'round') {
    const ry = Math.min(r, h * 0.5);
    return [[u, v], [u + w, v], ...arc(mid, v + h - ry, r, ry, 0, Math.PI)];
  }
  if (kind === 'segment') {
    return [[u, v], [u + w, v], ...arc(mid, v + h - r * 0.35, r, r * 0.35, 0, Math.PI)];
  }
  if (kind === 'lancet') {
    const rise = Math.min(w * 0.86, h * 0.55);
    const side = (s) => Array.from({ length: 8 }, (_, i) => {
      const t = i / 8;
      return [mid + s * r * Math.cos((t * Math.PI) / 2) ** 0.85, v + h - rise + rise * Math.sin((t * Math.PI) / 2) ** 0.95];
    });
    return [[u, v], [u + w, v], ...side(1), [mid, v + h], ...side(-1).reverse()];
  }
  if (kind === 'horseshoe') {
    const R = r * 1.0;
    const neck = r * 0.84;
    const a = Math.acos(neck / R);
    const cy = v + h - R;
    return [[mid - neck, v], [mid + neck, v], ...arc(mid, cy, R, R, -a, Math.PI + a, 18)];
  }
  return rect(u, v, u + w, v + h);
}

/** Smooth noise along a line, -1..1, for ridges and dunes. */
export function ridgeNoise(r, octaves = 5, roughness = 0.5) {
  const tables = Array.from({ length: octaves }, () => Array.from({ length: 256 }, () => r.range(-1, 1)));
  return (x) => {
    let sum = 0;
    let amp = 1;
    let norm = 0;
    for (let o = 0; o < octaves; o++) {
      const p = x * 2 ** o + 37 * o;
      const i = Math.floor(p);
      const t = p - i;
      const s = t * t * (3 - 2 * t);
      const at = (k) => tables[o][((k % 256) + 256) % 256];
      sum += amp * (at(i) + (at(i + 1) - at(i)) * s);
      norm += amp;
      amp *= roughness;
    }
    return sum / norm;
  };
}
