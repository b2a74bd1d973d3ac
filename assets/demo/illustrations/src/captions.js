// What a picture shows, in the three languages of the catalogue's texts.

const WHEN = {
  morning: ['le matin', 'صباحًا', 'in the morning'],
  day: ['en plein jour', 'في وضح النهار', 'by day'],
  golden: ['en fin d’après-midi', 'قبيل الغروب', 'in late afternoon light'],
  rose: ['au soleil couchant', 'عند الغروب', 'at sunset'],
  dusk: ['à la tombée du soir', 'عند حلول المساء', 'at nightfall'],
  blue: ['le soir', 'مساءً', 'in the evening'],
};

const WHAT = {
  apartments: ['Les immeubles et leurs abords', 'العمارات ومحيطها', 'The apartment buildings and their surroundings'],
  houses: ['La rue des maisons', 'زقاق المنازل الفردية', 'The street of single houses'],
  villas: ['Une villa et son jardin', 'فيلا وحديقتها', 'A villa and its garden'],
  villasPool: ['Une villa, son jardin et sa piscine', 'فيلا بحديقتها ومسبحها', 'A villa with its garden and pool'],
  shells: ['Villas semi-finies, gros œuvre apparent', 'فيلات نصف منتهية في مرحلة الأشغال الكبرى', 'Semi-finished villas, structural work visible'],
  finished: ['Une villa semi-finie telle qu’elle peut être achevée', 'فيلا نصف منتهية كما يمكن أن تكون بعد إتمامها', 'A semi-finished villa as it may look once completed'],
  shops: ['Les commerces et leur place', 'المحلات التجارية وساحتها', 'The shops and their square'],
  craft: ['Les ateliers du quartier artisanal', 'ورشات حي الصناعة التقليدية', 'Workshops of the craft quarter'],
  industry: ['Les bâtiments d’activité', 'مباني الأنشطة الصناعية', 'The industrial buildings'],
  residential_plot: ['Les lots résidentiels vus du ciel', 'البقع السكنية من الجو', 'The residential plots from the air'],
  craft_plot: ['Les lots artisanaux vus du ciel', 'بقع الأنشطة الحرفية من الجو', 'The craft plots from the air'],
  industrial_plot: ['Les lots industriels vus du ciel', 'البقع الصناعية من الجو', 'The industrial plots from the air'],
  commercial_plot: ['Les lots commerciaux vus du ciel', 'البقع التجارية من الجو', 'The commercial plots from the air'],
  block: ['Les îlots et leurs volumes possibles, vus du ciel', 'القطع المخصصة للمنعشين وأحجام البناء الممكنة من الجو', 'The developer blocks and their possible volumes from the air'],
};

const PLANS = {
  apartment: ['Plan type d’un appartement, cotes en mètres', 'مخطط نموذجي لشقة، القياسات بالمتر', 'Typical floor plan of an apartment, sizes in metres'],
  house: ['Plans types d’une maison, rez-de-chaussée et étage, cotes en mètres', 'مخططان نموذجيان لمنزل، الطابق الأرضي والطابق العلوي، القياسات بالمتر', 'Typical plans of a house, ground and upper floor, sizes in metres'],
  villa: ['Plans types d’une villa, rez-de-chaussée et étage, cotes en mètres', 'مخططان نموذجيان لفيلا، الطابق الأرضي والطابق العلوي، القياسات بالمتر', 'Typical plans of a villa, ground and upper floor, sizes in metres'],
  semi_finished_villa: ['Plans types d’une villa à achever, cotes en mètres', 'مخططان نموذجيان لفيلا قيد الإتمام، القياسات بالمتر', 'Typical plans of a villa to be completed, sizes in metres'],
  shop: ['Plan type de deux locaux, cotes en mètres', 'مخطط نموذجي لمحلين تجاريين، القياسات بالمتر', 'Typical plan of two shops, sizes in metres'],
};

const SITES = {
  plots: ['Plan de lotissement avec numéros des lots', 'تصميم التجزئة مع أرقام البقع', 'Subdivision plan with plot numbers'],
  residence: ['Plan de masse : bâtiments, jardins et stationnement', 'تصميم الكتلة: المباني والحدائق ومواقف السيارات', 'Site plan: buildings, gardens and parking'],
  rows: ['Plan de masse : maisons, jardins et voies', 'تصميم الكتلة: المساكن والحدائق والأزقة', 'Site plan: homes, gardens and streets'],
};

const ELEVATIONS = {
  apartment: ['Façade principale de l’immeuble, niveaux en mètres', 'الواجهة الرئيسية للعمارة، المناسيب بالمتر', 'Main front of the building, levels in metres'],
  house: ['Façade sur rue des maisons, niveaux en mètres', 'واجهة المنازل على الزقاق، المناسيب بالمتر', 'Street front of the houses, levels in metres'],
  villa: ['Façade principale de la villa, niveaux en mètres', 'الواجهة الرئيسية للفيلا، المناسيب بالمتر', 'Main front of the villa, levels in metres'],
  semi_finished_villa: ['Façade de la villa livrée semi-finie, niveaux en mètres', 'واجهة الفيلا المسلمة نصف منتهية، المناسيب بالمتر', 'Front of the villa as delivered semi-finished, levels in metres'],
  shop: ['Façade des commerces, niveaux en mètres', 'واجهة المحلات التجارية، المناسيب بالمتر', 'Front of the shops, levels in metres'],
};

const note = ([fr, ar, en]) => ({ fr: `${fr} (illustration)`, ar: `${ar} (رسم توضيحي)`, en: `${en} (illustration)` });

export const viewCaption = (what, hour) => {
  const [w, h] = [WHAT[what], WHEN[hour]];
  return note([`${w[0]}, ${h[0]}`, `${w[1]}، ${h[1]}`, `${w[2]}, ${h[2]}`]);
};
export const townCaption = (town, hour) => {
  const h = WHEN[hour];
  const de = /^[AEÉIOUYHaeéiouyh]/.test(town.name_fr) ? 'd’' : 'de ';
  const place = town.name_fr.startsWith('El ') || town.name_fr.startsWith('Al ') ? `d’${town.name_fr}` : `${de}${town.name_fr}`;
  return note([`Évocation du paysage ${place}, ${h[0]}`, `منظر مستوحى من ${town.name_ar}، ${h[1]}`, `A scene inspired by ${town.name_en || town.name_fr}, ${h[2]}`]);
};
export const planCaption = (type) => note(PLANS[type]);
export const siteCaption = (kind) => note(SITES[kind]);
export const elevationCaption = (type) => note(ELEVATIONS[type]);
