// Colours are '#rrggbb' strings outside and linear-light triples inside, so that
// sun, sky and bounce can be added and multiplied as light is.

const toLinear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const toSrgb = (c) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

export function linear(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255].map((v) => toLinear(v / 255));
}

export function hex(lin) {
  const part = (v) => Math.round(255 * toSrgb(Math.min(1, Math.max(0, v))));
  return `#${lin.map((v) => part(v).toString(16).padStart(2, '0')).join('')}`;
}

/** `t` of `b` over `a`, mixed in display space (as a painter mixes). */
export function mix(a, b, t) {
  const pa = parseInt(a.slice(1), 16);
  const pb = parseInt(b.slice(1), 16);
  const ch = (s) => {
    const x = (pa >> s) & 255;
    const y = (pb >> s) & 255;
    return Math.round(x + (y - x) * t).toString(16).padStart(2, '0');
  };
  return `#${ch(16)}${ch(8)}${ch(0)}`;
}

export const light = (c, t) => mix(c, '#ffffff', t);
export const dark = (c, t) => mix(c, '#14181c', t);

/** The colour `base` under the light `mult` (linear multipliers). Highlights are
 *  rolled off rather than clipped, so that white plaster keeps its warmth. */
export function under(base, mult) {
  return hex(linear(base).map((v, i) => {
    const x = v * mult[i];
    return x < 0.8 ? x : 0.8 + 0.2 * (1 - Math.exp(-(x - 0.8) / 0.2));
  }));
}

/** A near neighbour of a colour, so that no two houses share the same paint. */
export function vary(c, r, amount = 0.06) {
  return r.chance(0.5) ? light(c, r.next() * amount) : dark(c, r.next() * amount);
}
