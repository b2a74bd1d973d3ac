//! One pass over projects and units. A project, and each of its units, gets the set of filters that it fails. What
//! fails none fits. What fails nothing but the filter of one facet counts for that facet, because a facet is counted
//! with its own choice left out.

use super::counts::Counts;
use super::filters::Filters;
use crate::explorer::{Entry, Explorer, Traits};
use crate::views::{ExploreQuery, Facets, FilterName, Lift};
use domain::{Money, Region};

/// The rank of a project that no word asked for.
const NOT_FOUND: u32 = u32::MAX;

/// A project that fits.
pub(super) struct Fit {
    pub ord: usize,
    /// Place in the order of the words, or of the catalogue.
    pub rank: u32,
    pub km: Option<u32>,
    /// Units that fit, and the lowest price of them.
    pub fitting: u32,
    pub price_from: Option<Money>,
}

/// What came of a selection.
pub(super) struct Outcome {
    pub hits: Vec<Fit>,
    pub facets: Facets,
    /// When nothing fits.
    pub lift: Option<Lift>,
}

/// A selection on one version of the catalogue.
pub(super) struct Selection<'a> {
    explorer: &'a Explorer,
    query: &'a ExploreQuery,
    /// Rank and distance of each project among the words' hits; `None` when nothing was typed.
    found: Option<Vec<(u32, Option<u32>)>>,
    regions: Vec<Region>,
    types: Traits,
    rooms: Traits,
    /// Filters over units in force.
    unit_filters: Filters,
}

/// What the units of one project say. For each facet over units: of those that fail nothing but its own filter.
#[derive(Default)]
pub(super) struct Gathered {
    pub fitting: u32,
    pub price_from: Option<Money>,
    pub types: Traits,
    pub rooms: Traits,
    pub aid: bool,
    pub lowest_price: Option<Money>,
    pub largest_dm2: Option<i64>,
    /// Filters without which some unit fits.
    pub fits_without: Filters,
}

impl<'a> Selection<'a> {
    pub fn new(explorer: &'a Explorer, query: &'a ExploreQuery, found: Option<&search::Answer>) -> Self {
        let found = found.map(|answer| {
            let mut ranks = vec![(NOT_FOUND, None); explorer.entries.len()];
            for (rank, hit) in answer.hits.iter().enumerate() {
                if let Some(slot) = ranks.get_mut(hit.ord) {
                    *slot = (rank as u32, hit.km);
                }
            }
            ranks
        });
        let on = |set: bool, filter| Filters::when(set, filter);
        Self {
            explorer,
            query,
            found,
            regions: query
                .regions
                .iter()
                .filter_map(|code| Region::from_code(code))
                .collect(),
            types: query
                .types
                .iter()
                .fold(Traits::NONE, |t, p| t.with(Traits::of_type(*p))),
            rooms: query
                .rooms
                .iter()
                .fold(Traits::NONE, |t, r| t.with(Traits::of_rooms(*r))),
            unit_filters: on(!query.types.is_empty(), FilterName::Types)
                .and(on(query.max_price.is_some(), FilterName::Budget))
                .and(on(query.min_surface.is_some(), FilterName::Surface))
                .and(on(!query.rooms.is_empty(), FilterName::Rooms))
                .and(on(query.aid, FilterName::Aid)),
        }
    }

    /// Looks at everything once.
    pub fn outcome(&self) -> Outcome {
        let mut hits = Vec::new();
        let mut counts = Counts::new(self.explorer);
        for (ord, entry) in self.explorer.entries.iter().enumerate() {
            let failed = self.project_fails(ord, entry);
            if failed.len() > 1 {
                continue;
            }
            let gathered = self.gather(ord);
            let fits = gathered.fitting > 0 || self.unit_filters.is_empty();
            counts.add(entry, failed, fits, &gathered, self.unit_filters);
            if failed.is_empty() && fits {
                let (rank, km) = self.found.as_ref().map_or((ord as u32, None), |f| f[ord]);
                hits.push(Fit {
                    ord,
                    rank,
                    km,
                    fitting: gathered.fitting,
                    price_from: gathered.price_from,
                });
            }
        }
        let lift = if hits.is_empty() { self.lift(&counts) } else { None };
        Outcome {
            hits,
            facets: counts.facets(),
            lift,
        }
    }

    fn project_fails(&self, ord: usize, entry: &Entry) -> Filters {
        let q = self.query;
        let project = &entry.project;
        let misses = |chosen: &[String], id: &String| !chosen.is_empty() && !chosen.contains(id);
        let text = self.found.as_ref().is_some_and(|f| f[ord].0 == NOT_FOUND);
        let region = !q.regions.is_empty() && !self.regions.contains(&entry.region);
        let delivery = !q.deliveries.is_empty() && !q.deliveries.contains(&project.delivery);
        let title = !q.land_titles.is_empty() && !q.land_titles.contains(&project.land_title);
        Filters::when(text, FilterName::Text)
            .and(Filters::when(region, FilterName::Regions))
            .and(Filters::when(misses(&q.towns, &project.town), FilterName::Towns))
            .and(Filters::when(
                misses(&q.subsidiaries, &project.subsidiary),
                FilterName::Subsidiaries,
            ))
            .and(Filters::when(delivery, FilterName::Deliveries))
            .and(Filters::when(title, FilterName::LandTitles))
            .and(Filters::when(q.offer && entry.offer.is_none(), FilterName::Offer))
    }

    fn gather(&self, ord: usize) -> Gathered {
        let q = self.query;
        let min_dm2 = q.min_surface.map_or(i64::MIN, |m2| i64::from(m2) * 100);
        let max_price = q.max_price.unwrap_or(Money(i64::MAX));
        let mut g = Gathered::default();
        for unit in self.explorer.units(ord) {
            let is = |filter, meets: bool| Filters::when(self.unit_filters.has(filter) && !meets, filter);
            let failed = is(FilterName::Types, unit.traits.meets(self.types))
                .and(is(FilterName::Budget, unit.price <= max_price))
                .and(is(FilterName::Surface, unit.surface_dm2 >= min_dm2))
                .and(is(FilterName::Rooms, unit.traits.meets(self.rooms)))
                .and(is(FilterName::Aid, unit.traits.meets(Traits::AID)));
            if failed.len() > 1 {
                continue;
            }
            g.fits_without = g
                .fits_without
                .and(if failed.is_empty() { Filters::ALL } else { failed });
            if failed.is_empty() {
                g.fitting += 1;
                g.price_from = Some(g.price_from.map_or(unit.price, |p| p.min(unit.price)));
            }
            if failed.only(FilterName::Types) {
                g.types = g.types.with(unit.traits);
            }
            if failed.only(FilterName::Budget) {
                g.lowest_price = Some(g.lowest_price.map_or(unit.price, |p| p.min(unit.price)));
            }
            if failed.only(FilterName::Surface) {
                g.largest_dm2 = g.largest_dm2.max(Some(unit.surface_dm2));
            }
            if failed.only(FilterName::Rooms) {
                g.rooms = g.rooms.with(unit.traits);
            }
            g.aid |= failed.only(FilterName::Aid) && unit.traits.meets(Traits::AID);
        }
        g
    }

    /// The filter in force whose lifting shows most.
    fn lift(&self, counts: &Counts<'_>) -> Option<Lift> {
        let q = self.query;
        let in_force = [
            (self.found.is_some(), FilterName::Text),
            (!q.regions.is_empty(), FilterName::Regions),
            (!q.towns.is_empty(), FilterName::Towns),
            (!q.subsidiaries.is_empty(), FilterName::Subsidiaries),
            (!q.types.is_empty(), FilterName::Types),
            (q.max_price.is_some(), FilterName::Budget),
            (q.min_surface.is_some(), FilterName::Surface),
            (!q.rooms.is_empty(), FilterName::Rooms),
            (!q.deliveries.is_empty(), FilterName::Deliveries),
            (!q.land_titles.is_empty(), FilterName::LandTitles),
            (q.aid, FilterName::Aid),
            (q.offer, FilterName::Offer),
        ];
        let lifts = in_force
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, filter)| Lift {
                filter,
                total: counts.without[filter as usize],
            });
        lifts.filter(|lift| lift.total > 0).max_by_key(|lift| lift.total)
    }
}
