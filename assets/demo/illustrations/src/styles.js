// What each region builds with: wall paints, trims, tiles, plants, ground, landscape.

import { vary } from './color.js';

const ZELLIGE = [
  ['#f3ead8', '#0e5a4a', '#e3a73a'], ['#0e5a4a', '#f3ead8', '#e3a73a'], ['#f5efe2', '#2a6f97', '#b9472f'],
  ['#2a6f97', '#f5efe2', '#e3a73a'], ['#f3e6cf', '#b9472f', '#0e5a4a'], ['#1f4f6f', '#e9dcc0', '#d98b3a'],
];

const REGIONS = {
  'MA-01': { walls: ['#f7f4ee', '#f2efe6', '#eef2f2', '#f6ead6'], accents: ['#7fb0cf', '#3d83b5', '#d9b27c', '#a9cadb'], trim: ['#2f6f9d', '#f4efe4', '#2a6f97'], wood: ['#2f6d94', '#6f4a2e', '#3a7c9a'], canopy: '#25688f', lands: ['rif', 'bay'], plants: ['ficus', 'cypress', 'bougainvillea', 'olive', 'palm'], lawn: '#86a85a', dry: '#cdb98c' },
  'MA-02': { walls: ['#f4ead7', '#f0dfc2', '#f6f0e4', '#ecd5b0'], accents: ['#c98a52', '#d9a566', '#7f9aa0', '#b96f47'], trim: ['#0e5a4a', '#b06a3c', '#f0e6d3'], wood: ['#7b4d2c', '#8f5e36'], canopy: '#1c6b55', lands: ['plain', 'souss', 'bay'], plants: ['orange', 'palm', 'olive', 'cypress', 'ficus'], lawn: '#93a85c', dry: '#cfb280' },
  'MA-03': { walls: ['#f3e7cf', '#eedcbb', '#f6efe0', '#e8d2a9'], accents: ['#c48d4d', '#b97a4a', '#8d9a6c', '#d8b06a'], trim: ['#0e5a4a', '#1c6b55', '#f1e5cc'], wood: ['#6c4426', '#83562f'], canopy: '#0f6650', lands: ['plain', 'cedar', 'plain'], plants: ['olive', 'cypress', 'jacaranda', 'orange', 'ficus'], lawn: '#8aa757', dry: '#c9b07f' },
  'MA-04': { walls: ['#faf7f0', '#f6f2e8', '#f3eadb', '#eef0ee'], accents: ['#d7b98a', '#c6744f', '#5f93b3', '#a9bfae'], trim: ['#0e5a4a', '#2a6f97', '#f0eadc'], wood: ['#7d5230', '#9a6a3f', '#2f6d94'], canopy: '#17705a', lands: ['ocean', 'plain', 'bay'], plants: ['palm', 'jacaranda', 'ficus', 'bougainvillea', 'cypress'], lawn: '#7fa656', dry: '#cdb88d' },
  'MA-05': { walls: ['#f1e0c4', '#ecd3ae', '#f5ecdc', '#e5c79c'], accents: ['#b66c45', '#c9874f', '#8a9a63', '#d7a45e'], trim: ['#0e5a4a', '#a45c38', '#f0e4cf'], wood: ['#7a4c2b', '#5f3d26'], canopy: '#216a4f', lands: ['cedar', 'atlas', 'plain'], plants: ['olive', 'cypress', 'orange', 'ficus', 'jacaranda'], lawn: '#8daa58', dry: '#c8ab77' },
  'MA-06': { walls: ['#f8f5ee', '#f3efe6', '#ede7dc', '#f6ecdd'], accents: ['#b9bdb8', '#cf9d6a', '#5a8ca8', '#c2573c'], trim: ['#31424a', '#0e5a4a', '#f2ede2'], wood: ['#8a5b35', '#5b4634'], canopy: '#2b7a64', lands: ['ocean', 'plain', 'bay'], plants: ['palm', 'ficus', 'jacaranda', 'bougainvillea', 'cypress'], lawn: '#82a556', dry: '#c9b58c' },
  'MA-07': { walls: ['#d98f66', '#cf7f58', '#e2a47a', '#dc9a72'], accents: ['#b9603f', '#eac49a', '#a9502f', '#f0d5b0'], trim: ['#f0d9b8', '#8f4429', '#0e5a4a'], wood: ['#6b3d22', '#85512d'], canopy: '#14644f', lands: ['atlas', 'atlas', 'souss'], plants: ['palm', 'olive', 'cypress', 'bougainvillea', 'orange'], lawn: '#8fa55a', dry: '#d0a273' },
  'MA-08': { walls: ['#cf8a6a', '#c67b5c', '#d99c7a', '#bf7658'], accents: ['#e5b992', '#a65a40', '#efd0ac', '#93492f'], trim: ['#f1dcbd', '#8a4630', '#e9c79c'], wood: ['#63391f', '#7c4a2a'], canopy: '#7c3f28', lands: ['mesa', 'dunes', 'mesa'], plants: ['palm', 'palm', 'orange', 'agave', 'olive'], lawn: '#a2a662', dry: '#d3a273' },
  'MA-09': { walls: ['#faf6ec', '#f3e6cd', '#f1dcbc', '#f7efe0'], accents: ['#d49a5b', '#c76e45', '#5d94b0', '#e4b878'], trim: ['#2a6f97', '#b06a3c', '#f2e8d6'], wood: ['#7f5230', '#9a683c'], canopy: '#24707e', lands: ['souss', 'ocean', 'souss'], plants: ['argan', 'palm', 'bougainvillea', 'agave', 'olive'], lawn: '#9dab62', dry: '#d2b07c' },
  'MA-10': { walls: ['#e5b48a', '#dba77c', '#efd0ab', '#d89a74'], accents: ['#b86b48', '#f1e0c4', '#c98353', '#7f9aa0'], trim: ['#f3e4ca', '#9c5637', '#e7c294'], wood: ['#70442a', '#8a5933'], canopy: '#8d4a30', lands: ['souss', 'mesa', 'pale'], plants: ['argan', 'palm', 'agave', 'olive', 'palm'], lawn: '#a7aa68', dry: '#d7b483' },
  'MA-11': { walls: ['#f3dcbc', '#eecfa8', '#f7ead4', '#e8bf96'], accents: ['#cf8a62', '#e3ab78', '#f6efe0', '#b8694a'], trim: ['#b8694a', '#f5e9d3', '#2a6f97'], wood: ['#7f5334', '#8f6240'], canopy: '#b0603f', lands: ['pale', 'dunes', 'pale'], plants: ['palm', 'agave', 'palm', 'bougainvillea', 'argan'], lawn: '#a8ad6c', dry: '#dfc493' },
  'MA-12': { walls: ['#f6efe0', '#f1e6d0', '#faf6ec', '#ebdcbf'], accents: ['#d9c3a0', '#5aa3b0', '#c99d74', '#e6d3b0'], trim: ['#2f8696', '#f3ead8', '#c28d63'], wood: ['#8b6440', '#3c8493'], canopy: '#2f8696', lands: ['lagoon', 'ocean', 'pale'], plants: ['palm', 'agave', 'palm', 'bougainvillea', 'agave'], lawn: '#a5ad70', dry: '#e4cc9f' },
};

/** Landscapes of single towns, where the region's own would be wrong. */
const TOWN_LANDS = {
  ifrane: ['cedar'], azrou: ['cedar'], essaouira: ['ocean'], safi: ['ocean'], oujda: ['plain'], nador: ['bay'], saidia: ['bay'], berkane: ['plain'],
  chefchaouen: ['rif'], tetouan: ['rif'], larache: ['ocean'], tanger: ['bay'], chrafate: ['rif'], 'al-hoceima': ['bay'], martil: ['bay'], fnideq: ['bay'], mdiq: ['bay'],
  'beni-mellal': ['atlas', 'cedar'], khouribga: ['plain'], khenifra: ['cedar'], settat: ['plain'], berrechid: ['plain'], lakhyayta: ['plain'], casablanca: ['ocean'], mohammedia: ['ocean'], 'el-jadida': ['ocean'],
  agadir: ['ocean'], tiznit: ['souss'], taroudant: ['souss', 'atlas'], guelmim: ['souss'], 'tan-tan': ['pale'], zagora: ['dunes', 'mesa'], ouarzazate: ['mesa'], errachidia: ['mesa'], laayoune: ['dunes', 'pale'], boujdour: ['ocean'], dakhla: ['lagoon'],
  khemisset: ['plain'], azilal: ['atlas'], tinghir: ['mesa'], midelt: ['atlas'], 'el-kelaa-des-sraghna': ['atlas'], 'ait-melloul': ['souss'], inezgane: ['souss'], 'sidi-ifni': ['ocean'],
  rabat: ['ocean', 'bay'], sale: ['ocean'], temara: ['ocean'], kenitra: ['plain'], tamesna: ['plain'], tamansourt: ['atlas'], marrakech: ['atlas'], fes: ['plain'], meknes: ['plain'], sefrou: ['cedar'], taza: ['cedar'],
};

export const slug = (name) => name.normalize('NFD').replace(/[\u0300-\u036f'’]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** The look of one project: drawn once from its seed, kept in all its pictures. */
export function styleOf(r, region, townName = '', features = []) {
  const g = REGIONS[region];
  const town = slug(townName);
  const blueTown = town === 'chefchaouen';
  const steep = town === 'ifrane' || town === 'azrou';
  const earth = region === 'MA-08' || region === 'MA-10';
  const walls = blueTown ? ['#dfeaf3', '#cfe0ee', '#f2f4f4'] : r.shuffle(g.walls);
  const accents = blueTown ? ['#4f8fc4', '#6fa6d2'] : r.shuffle(g.accents);
  const lands = TOWN_LANDS[town] ?? g.lands;
  const shore = region === 'MA-12' ? 'lagoon' : r.fork('shore').pick(['ocean', 'bay']);
  const land = features.includes('sea_view') ? shore : r.fork('land').pick(lands);
  return {
    region, town, land, pool: features.includes('pool'),
    wall: vary(walls[0], r), wall2: vary(walls[1], r), accent: vary(accents[0], r), accent2: vary(accents[1], r),
    trim: r.pick(g.trim), screen: r.pick(g.wood), door: r.pick(g.wood), frame: r.pick(['#ece6da', '#3b2f28', '#f4f1ea', '#57483b']),
    canopy: r.chance(earth ? 0.2 : 0.5) ? g.canopy : null,
    canopyColor: g.canopy,
    arch: r.pick(['flat', 'flat', 'round', 'segment', 'lancet']),
    arcadeArch: r.pick(['round', 'horseshoe', 'lancet', 'segment', 'round']),
    portalArch: r.pick(['horseshoe', 'lancet', 'round']),
    rail: r.pick(['bars', 'ornate', 'solid', 'glass', 'solid', 'ornate']),
    railColor: r.pick(['#2c3b38', '#3b2f28', '#1f4f6f', '#5a4636']),
    zellige: r.pick(ZELLIGE), lattice: r.pick([0.26, 0.32, 0.4]),
    surround: r.chance(0.35) ? (blueTown ? '#ffffff' : r.pick(['#fbf6ea', accents[1]])) : null,
    shutters: r.chance(['MA-01', 'MA-04', 'MA-12'].includes(region) ? 0.35 : 0.12) ? r.pick(g.wood) : null,
    merlons: r.chance(earth ? 0.75 : 0.12), steep, earth,
    plants: g.plants, lawn: g.lawn, dry: g.dry, lands: [land],
    shopColors: ['#b9472f', '#0e5a4a', '#2a6f97', '#c58a2c', '#7a4a63'],
    green: r.range(0.2, 0.5),
  };
}
