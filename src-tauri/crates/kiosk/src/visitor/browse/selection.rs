//! Applies a query to the index in one pass. Each project and each unit gets the set of filters that it fails. It fits if
//! the set is empty. It counts for a facet if it fails no other filter than that of the facet. Must not know: sort order,
//! views of projects.

use super::counts::Counts;
use super::filters::Filters;
use super::unit_summary::UnitSummary;
use crate::catalogue::index::{CatalogueIndex, Entry, Traits};
use crate::views::{ExploreQuery, Facets, FilterName, Lift};
use domain::{Money, Region};

/// Rank of a project that the text does not match.
const NOT_FOUND: u32 = u32::MAX;

/// A project that passes all filters.
pub(super) struct Fit {
    /// Index in the entries.
    pub ordinal: usize,
    /// Rank in the text search, or the ordinal without text.
    pub rank: u32,
    /// Distance in kilometres, for projects that are only near the place searched for.
    pub km: Option<u32>,
    /// Number of units that pass all filters.
    pub fitting: u32,
    /// Their lowest price.
    pub price_from: Option<Money>,
}

/// Result of a query.
pub(super) struct Outcome {
    pub fits: Vec<Fit>,
    pub facets: Facets,
    /// If nothing fits: the filter to remove.
    pub lift: Option<Lift>,
}

/// A query on an index.
pub(super) struct Selection<'a> {
    index: &'a CatalogueIndex,
    query: &'a ExploreQuery,
    /// Rank and distance of each project in the text search; `None` without text.
    found: Option<Vec<(u32, Option<u32>)>>,
    regions: Vec<Region>,
    types: Traits,
    rooms: Traits,
    /// Filters over units that are set.
    unit_filters: Filters,
}

impl<'a> Selection<'a> {
    pub fn new(index: &'a CatalogueIndex, query: &'a ExploreQuery, found: Option<&search::Answer>) -> Self {
        let found = found.map(|answer| {
            let mut ranks = vec![(NOT_FOUND, None); index.entries.len()];
            for (rank, hit) in answer.hits.iter().enumerate() {
                if let Some(slot) = ranks.get_mut(hit.ord) {
                    *slot = (rank as u32, hit.km);
                }
            }
            ranks
        });
        Self {
            index,
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
                .fold(Traits::NONE, |t, p| t.union(Traits::of_type(*p))),
            rooms: query
                .rooms
                .iter()
                .fold(Traits::NONE, |t, r| t.union(Traits::of_rooms(*r))),
            unit_filters: Filters::when(!query.types.is_empty(), FilterName::Types)
                .union(Filters::when(query.max_price.is_some(), FilterName::Budget))
                .union(Filters::when(query.min_surface.is_some(), FilterName::Surface))
                .union(Filters::when(!query.rooms.is_empty(), FilterName::Rooms))
                .union(Filters::when(query.aid, FilterName::Aid)),
        }
    }

    /// Applies the query.
    pub fn outcome(&self) -> Outcome {
        let mut fits = Vec::new();
        let mut counts = Counts::new(self.index);
        for (ordinal, entry) in self.index.entries.iter().enumerate() {
            let failed = self.failed_project_filters(ordinal, entry);
            if failed.len() > 1 {
                continue;
            }
            let units = self.summarise_units(ordinal);
            let is_fit = units.fitting > 0 || self.unit_filters.is_empty();
            counts.add(entry, failed, is_fit, &units, self.unit_filters);
            if failed.is_empty() && is_fit {
                let (rank, km) = self.found.as_ref().map_or((ordinal as u32, None), |f| f[ordinal]);
                fits.push(Fit {
                    ordinal,
                    rank,
                    km,
                    fitting: units.fitting,
                    price_from: units.price_from,
                });
            }
        }
        let lift = if fits.is_empty() {
            self.filter_to_lift(&counts)
        } else {
            None
        };
        Outcome {
            fits,
            facets: counts.facets(),
            lift,
        }
    }

    fn failed_project_filters(&self, ordinal: usize, entry: &Entry) -> Filters {
        let q = self.query;
        let project = &entry.project;
        let misses = |chosen: &[String], id: &String| !chosen.is_empty() && !chosen.contains(id);
        let text = self.found.as_ref().is_some_and(|f| f[ordinal].0 == NOT_FOUND);
        let region = !q.regions.is_empty() && !self.regions.contains(&entry.region);
        let delivery = !q.deliveries.is_empty() && !q.deliveries.contains(&project.delivery);
        let title = !q.land_titles.is_empty() && !q.land_titles.contains(&project.land_title);
        Filters::when(text, FilterName::Text)
            .union(Filters::when(region, FilterName::Regions))
            .union(Filters::when(misses(&q.towns, &project.town), FilterName::Towns))
            .union(Filters::when(
                misses(&q.subsidiaries, &project.subsidiary),
                FilterName::Subsidiaries,
            ))
            .union(Filters::when(delivery, FilterName::Deliveries))
            .union(Filters::when(title, FilterName::LandTitles))
            .union(Filters::when(q.offer && entry.offer.is_none(), FilterName::Offer))
    }

    fn summarise_units(&self, ordinal: usize) -> UnitSummary {
        let q = self.query;
        let min_dm2 = q.min_surface.map_or(i64::MIN, |m2| i64::from(m2) * 100);
        let max_price = q.max_price.unwrap_or(Money(i64::MAX));
        let mut summary = UnitSummary::default();
        for unit in self.index.units(ordinal) {
            let fails =
                |filter, passes: bool| Filters::when(self.unit_filters.contains(filter) && !passes, filter);
            let failed = fails(FilterName::Types, unit.traits.intersects(self.types))
                .union(fails(FilterName::Budget, unit.price <= max_price))
                .union(fails(FilterName::Surface, unit.surface_dm2 >= min_dm2))
                .union(fails(FilterName::Rooms, unit.traits.intersects(self.rooms)))
                .union(fails(FilterName::Aid, unit.traits.intersects(Traits::AID)));
            if failed.len() > 1 {
                continue;
            }
            summary.fits_without =
                summary
                    .fits_without
                    .union(if failed.is_empty() { Filters::ALL } else { failed });
            if failed.is_empty() {
                summary.fitting += 1;
                summary.price_from = Some(summary.price_from.map_or(unit.price, |p| p.min(unit.price)));
            }
            if failed.is_at_most(FilterName::Types) {
                summary.types = summary.types.union(unit.traits);
            }
            if failed.is_at_most(FilterName::Budget) {
                summary.lowest_price = Some(summary.lowest_price.map_or(unit.price, |p| p.min(unit.price)));
            }
            if failed.is_at_most(FilterName::Surface) {
                summary.largest_dm2 = summary.largest_dm2.max(Some(unit.surface_dm2));
            }
            if failed.is_at_most(FilterName::Rooms) {
                summary.rooms = summary.rooms.union(unit.traits);
            }
            summary.aid |= failed.is_at_most(FilterName::Aid) && unit.traits.intersects(Traits::AID);
        }
        summary
    }

    /// The filter whose removal shows the most projects.
    fn filter_to_lift(&self, counts: &Counts<'_>) -> Option<Lift> {
        let q = self.query;
        let filters = [
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
        let lifts = filters
            .into_iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, filter)| Lift {
                filter,
                total: counts.without[filter as usize],
            });
        lifts.filter(|lift| lift.total > 0).max_by_key(|lift| lift.total)
    }
}
