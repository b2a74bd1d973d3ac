// The sheet one draws on: collects SVG elements and definitions.

export const W = 1600;
export const H = 1200;

const n1 = (v) => (Math.round(v * 10) / 10).toString();
export const d = (points, closed = true) =>
  points.length ? `M${points.map((p) => `${n1(p[0])} ${n1(p[1])}`).join('L')}${closed ? 'Z' : ''}` : '';
export const circle = (x, y, r, ry = r) =>
  `M${n1(x - r)} ${n1(y)}a${n1(r)} ${n1(ry)} 0 1 0 ${n1(2 * r)} 0a${n1(r)} ${n1(ry)} 0 1 0 ${n1(-2 * r)} 0`;

const attrs = (o) => Object.entries(o)
  .filter(([, v]) => v !== undefined && v !== null)
  .map(([k, v]) => ` ${k}="${typeof v === 'number' ? Math.round(v * 1000) / 1000 : v}"`)
  .join('');

export class Sheet {
  constructor(w = W, h = H) {
    this.w = w;
    this.h = h;
    this.defs = [];
    this.out = [];
    this.known = new Map();
    this.blurs = new Map();
  }

  #define(key, make) {
    if (!this.known.has(key)) {
      const id = `d${this.known.size}`;
      this.known.set(key, id);
      this.defs.push(make(id));
    }
    return this.known.get(key);
  }

  /** A linear gradient; stops are [offset, colour, opacity?]. `box` true: along the shape's own box. */
  linear(stops, x1, y1, x2, y2, box = false) {
    const units = box ? '' : ' gradientUnits="userSpaceOnUse"';
    const at = box ? [x1, y1, x2, y2] : [x1, y1, x2, y2].map(n1);
    const inner = stops.map(([o, c, a]) => `<stop offset="${Math.round(o * 1000) / 1000}" stop-color="${c}"${a === undefined ? '' : ` stop-opacity="${a}"`}/>`).join('');
    const body = `${units} x1="${at[0]}" y1="${at[1]}" x2="${at[2]}" y2="${at[3]}">${inner}`;
    return `url(#${this.#define(body, (id) => `<linearGradient id="${id}"${body}</linearGradient>`)})`;
  }

  radial(stops, cx, cy, r, stretch = 1) {
    const inner = stops.map(([o, c, a]) => `<stop offset="${o}" stop-color="${c}"${a === undefined ? '' : ` stop-opacity="${a}"`}/>`).join('');
    const turn = stretch === 1 ? '' : ` gradientTransform="translate(${n1(cx)} ${n1(cy)}) scale(1 ${stretch}) translate(${n1(-cx)} ${n1(-cy)})"`;
    const body = ` gradientUnits="userSpaceOnUse" cx="${n1(cx)}" cy="${n1(cy)}" r="${n1(r)}"${turn}>${inner}`;
    return `url(#${this.#define(body, (id) => `<radialGradient id="${id}"${body}</radialGradient>`)})`;
  }

  blur(std) {
    const id = this.#define(`blur${std}`, (name) => `<filter id="${name}" filterUnits="userSpaceOnUse" x="-60" y="-60" width="${this.w + 120}" height="${this.h + 120}"><feGaussianBlur stdDeviation="${std}"/></filter>`);
    return `url(#${id})`;
  }

  clip(path) {
    return `url(#${this.#define(`clip${path}`, (id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`)})`;
  }

  path(data, fill, more = {}) {
    if (data) this.out.push(`<path d="${data}"${attrs({ fill: fill ?? 'none', ...more })}/>`);
  }

  /** A polygon; one wholly off the sheet is left out (the rasteriser fails on translucent
   *  groups that hold nothing visible). */
  poly(points, fill, more = {}) {
    const on = (k, size) => points.some((p) => p[k] > -40) && points.some((p) => p[k] < size + 40);
    if (points.length > 2 && on(0, this.w) && on(1, this.h)) this.path(d(points), fill, more);
  }

  line(points, stroke, width, more = {}) {
    this.path(d(points, false), 'none', { stroke, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...more });
  }

  rect(x, y, w, h, fill, more = {}) {
    this.out.push(`<rect x="${n1(x)}" y="${n1(y)}" width="${n1(w)}" height="${n1(h)}"${attrs({ fill, ...more })}/>`);
  }

  group(more, draw) {
    const outer = this.out;
    this.out = [];
    draw();
    const inner = this.out;
    this.out = outer;
    if (inner.length) this.out.push(`<g${attrs(more)}>`, ...inner, '</g>');
  }

  toString() {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${this.w}" height="${this.h}" viewBox="0 0 ${this.w} ${this.h}"><defs>${this.defs.join('')}</defs>${this.out.join('')}</svg>`;
  }
}
