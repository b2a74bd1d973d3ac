// Which pictures a project gets, in which order and at which hour.

import { aerial } from './aerial.js';
import { elevationCaption, planCaption, siteCaption, townCaption, viewCaption } from './captions.js';
import { elevation } from './elevation.js';
import { floorPlan } from './plan.js';
import { rng } from './rng.js';
import { parcelPlan, residencePlan } from './siteplan.js';
import { styleOf } from './styles.js';
import { town } from './town.js';
import { apartments, houses, industry, shells, shops, villas } from './views.js';

const DAY = ['day', 'golden', 'morning', 'rose', 'golden', 'day'];
const NIGHT = ['dusk', 'blue', 'dusk'];
const PLOTS = ['residential_plot', 'craft_plot', 'industrial_plot', 'commercial_plot', 'block'];

/** The pictures of one project: `{ position, kind, caption, draw }`; the first is the cover. */
export function picturesOf(project, salt = '') {
  const seed = `${project.id}${salt}`;
  const style = { ...styleOf(rng(`${seed}/style`), project.region, project.town.name_fr, project.features), floors: project.floors || undefined };
  const r = rng(`${seed}/programme`);
  const first = r.pick(DAY);
  const other = r.pick(DAY.filter((h) => h !== first));
  const late = r.pick(NIGHT);
  const coverHour = r.chance(0.24) ? late : first;
  const secondHour = coverHour === late ? first : late;
  const list = [];
  const add = (kind, caption, draw) => {
    const position = list.length + 1;
    list.push({ position, kind, caption, draw: () => draw(rng(`${seed}/${position}`)) });
  };
  const view = (what, hour, draw) => add('view', viewCaption(what, hour), (q) => draw(q, style, hour));
  const main = project.types[0];
  built(project, style, main, { view, add, coverHour, secondHour, other, r });
  for (const type of project.types.slice(1)) extra(style, type, { view, add, hour: list.length % 2 ? other : secondHour });
  const hour = r.pick([...DAY, 'dusk']);
  if (list.length < 4 || r.chance(0.45)) add('view', townCaption(project.town, hour), (q) => town(q, style, hour, style.land));
  return list;
}

/** The full programme of a project's first product type. */
function built(project, style, type, { view, add, coverHour, secondHour, other, r }) {
  const plan = (t) => add('floor_plan', planCaption(t), (q) => floorPlan(q, style, { type: t, rooms: project.rooms[t] }));
  const site = (t, kind) => add('site_plan', siteCaption(kind), (q) => residencePlan(q, style, t));
  const front = (t) => add('elevation', elevationCaption(t), (q) => elevation(q, style, t));
  const garden = style.pool ? 'villasPool' : 'villas';
  if (type === 'apartment') {
    view('apartments', coverHour, apartments);
    view('apartments', secondHour, apartments);
    plan('apartment');
    if (r.chance(0.45)) front('apartment');
    else site('apartment', 'residence');
  } else if (type === 'house') {
    view('houses', coverHour, houses);
    view('houses', secondHour, houses);
    plan('house');
    if (r.chance(0.4)) front('house');
    else site('house', 'rows');
  } else if (type === 'villa') {
    view(garden, coverHour, villas);
    view(garden, secondHour, villas);
    plan('villa');
    if (r.chance(0.4)) front('villa');
    else site('villa', 'rows');
  } else if (type === 'semi_finished_villa') {
    view('shells', coverHour === 'blue' ? 'rose' : coverHour, shells);
    view('finished', other, villas);
    plan('semi_finished_villa');
    front('semi_finished_villa');
  } else if (type === 'shop') {
    view('shops', coverHour, shops);
    view('shops', secondHour, shops);
    plan('shop');
    if (r.chance(0.5)) front('shop');
  } else plots(style, type, { view, add, coverHour, other, secondHour });
}

function plots(style, type, { view, add, coverHour, other, secondHour }) {
  // From the air one needs daylight; evenings are for the streets.
  const air = coverHour === 'dusk' || coverHour === 'blue' ? 'rose' : coverHour;
  view(type, air, (q, st, h) => aerial(q, st, h, type));
  if (type === 'craft_plot') view('craft', secondHour, (q, st, h) => industry(q, st, h, { craft: true }));
  if (type === 'industrial_plot') view('industry', other, industry);
  if (type === 'commercial_plot') view('shops', secondHour, shops);
  add('site_plan', siteCaption('plots'), (q) => parcelPlan(q, style, type));
}

/** One more picture for each further product type of a mixed project. */
function extra(style, type, { view, hour }) {
  const day = ['dusk', 'blue'].includes(hour) ? 'golden' : hour;
  const garden = style.pool ? 'villasPool' : 'villas';
  if (PLOTS.includes(type)) view(type, day, (q, st, h) => aerial(q, st, h, type));
  else view({ apartment: 'apartments', house: 'houses', villa: garden, semi_finished_villa: 'shells', shop: 'shops' }[type], type === 'semi_finished_villa' ? day : hour, { apartment: apartments, house: houses, villa: villas, semi_finished_villa: shells, shop: shops }[type]);
}
