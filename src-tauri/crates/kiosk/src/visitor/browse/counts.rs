//! Computes the result count shown next to each filter value. Must not know: how units are filtered.

use super::filters::Filters;
use super::unit_summary::UnitSummary;
use crate::catalogue::index::{CatalogueIndex, Entry, MAX_ROOMS, Traits};
use crate::views::{BudgetFacet, Facet, Facets, FilterName, SurfaceFacet};
use domain::{Delivery, LandTitle, Money, ProductType, Region};
use std::collections::BTreeMap;

/// Choices of the budget facet, in dirhams.
const BUDGETS: [i64; 16] = [
    200_000, 250_000, 300_000, 400_000, 500_000, 600_000, 700_000, 850_000, 1_000_000, 1_250_000, 1_500_000,
    2_000_000, 2_500_000, 3_000_000, 5_000_000, 10_000_000,
];
/// Choices of the minimum surface facet, in square metres.
const SURFACES: [u32; 13] = [40, 50, 60, 70, 80, 90, 100, 120, 150, 200, 300, 500, 1_000];
/// Filters over projects.
const PROJECT_FILTERS: [FilterName; 7] = [
    FilterName::Text,
    FilterName::Regions,
    FilterName::Towns,
    FilterName::Subsidiaries,
    FilterName::Deliveries,
    FilterName::LandTitles,
    FilterName::Offer,
];
/// Filters over units.
const UNIT_FILTERS: [FilterName; 5] = [
    FilterName::Types,
    FilterName::Budget,
    FilterName::Surface,
    FilterName::Rooms,
    FilterName::Aid,
];

/// Number of projects per value of every facet.
pub(super) struct Counts<'a> {
    regions: BTreeMap<Region, u32>,
    towns: BTreeMap<&'a str, u32>,
    subsidiaries: BTreeMap<&'a str, u32>,
    types: [u32; ProductType::ALL.len()],
    budgets: [u32; BUDGETS.len()],
    surfaces: [u32; SURFACES.len()],
    rooms: [u32; MAX_ROOMS as usize],
    deliveries: [u32; Delivery::ALL.len()],
    land_titles: [u32; LandTitle::ALL.len()],
    aid: u32,
    offer: u32,
    /// Number of projects that would fit without one filter.
    pub without: [u32; 12],
}

impl<'a> Counts<'a> {
    pub fn new(index: &'a CatalogueIndex) -> Self {
        Self {
            regions: Region::ALL.iter().map(|r| (*r, 0)).collect(),
            towns: index
                .shared_rows
                .towns
                .keys()
                .map(|id| (id.as_str(), 0))
                .collect(),
            subsidiaries: index
                .shared_rows
                .subsidiaries
                .keys()
                .map(|id| (id.as_str(), 0))
                .collect(),
            types: Default::default(),
            budgets: Default::default(),
            surfaces: Default::default(),
            rooms: Default::default(),
            deliveries: Default::default(),
            land_titles: Default::default(),
            aid: 0,
            offer: 0,
            without: Default::default(),
        }
    }

    /// Counts a project that fails the project filters in `failed`.
    pub fn add(
        &mut self,
        entry: &'a Entry,
        failed: Filters,
        fits: bool,
        units: &UnitSummary,
        unit_filters: Filters,
    ) {
        let project = &entry.project;
        let counts_for = |filter| u32::from(fits && failed.is_at_most(filter));
        if let Some(count) = self.regions.get_mut(&entry.region) {
            *count += counts_for(FilterName::Regions);
        }
        if let Some(count) = self.towns.get_mut(project.town.as_str()) {
            *count += counts_for(FilterName::Towns);
        }
        if let Some(count) = self.subsidiaries.get_mut(project.subsidiary.as_str()) {
            *count += counts_for(FilterName::Subsidiaries);
        }
        self.deliveries[project.delivery as usize] += counts_for(FilterName::Deliveries);
        self.land_titles[project.land_title as usize] += counts_for(FilterName::LandTitles);
        self.offer += u32::from(entry.offer.is_some()) * counts_for(FilterName::Offer);
        if failed.is_empty() {
            self.add_units(units);
        }
        for filter in PROJECT_FILTERS {
            self.without[filter as usize] += counts_for(filter);
        }
        for filter in UNIT_FILTERS {
            // Without any filter over units, sold-out projects fit as well.
            let fits = unit_filters == Filters::one(filter) || units.fits_without.contains(filter);
            self.without[filter as usize] += u32::from(failed.is_empty() && fits);
        }
    }

    fn add_units(&mut self, units: &UnitSummary) {
        for (count, product_type) in self.types.iter_mut().zip(ProductType::ALL) {
            *count += u32::from(units.types.intersects(Traits::of_type(*product_type)));
        }
        for (count, rooms) in self.rooms.iter_mut().zip(1..) {
            *count += u32::from(units.rooms.intersects(Traits::of_rooms(rooms)));
        }
        for (count, dirhams) in self.budgets.iter_mut().zip(BUDGETS) {
            *count += u32::from(
                units
                    .lowest_price
                    .is_some_and(|price| price <= Money::dirhams(dirhams)),
            );
        }
        for (count, m2) in self.surfaces.iter_mut().zip(SURFACES) {
            *count += u32::from(units.largest_dm2.is_some_and(|dm2| dm2 >= i64::from(m2) * 100));
        }
        self.aid += u32::from(units.aid);
    }

    pub fn facets(self) -> Facets {
        let facet = |value: &str, count: u32| Facet {
            value: value.to_owned(),
            count,
        };
        Facets {
            regions: self.regions.iter().map(|(r, n)| facet(r.code(), *n)).collect(),
            towns: self.towns.iter().map(|(id, n)| facet(id, *n)).collect(),
            subsidiaries: self.subsidiaries.iter().map(|(id, n)| facet(id, *n)).collect(),
            types: coded(ProductType::ALL.iter().map(|t| t.code()), &self.types),
            budgets: BUDGETS
                .iter()
                .zip(self.budgets)
                .map(|(dirhams, count)| BudgetFacet {
                    max_price: Money::dirhams(*dirhams),
                    count,
                })
                .collect(),
            surfaces: SURFACES
                .iter()
                .zip(self.surfaces)
                .map(|(&min_surface, count)| SurfaceFacet { min_surface, count })
                .collect(),
            rooms: (1..=MAX_ROOMS)
                .zip(self.rooms)
                .map(|(rooms, count)| facet(&rooms.to_string(), count))
                .collect(),
            deliveries: coded(Delivery::ALL.iter().map(|d| d.code()), &self.deliveries),
            land_titles: coded(LandTitle::ALL.iter().map(|t| t.code()), &self.land_titles),
            aid: self.aid,
            offer: self.offer,
        }
    }
}

/// A facet value per code, with its count.
fn coded<'c>(codes: impl Iterator<Item = &'c str>, counts: &[u32]) -> Vec<Facet> {
    codes
        .zip(counts)
        .map(|(code, &count)| Facet {
            value: code.to_owned(),
            count,
        })
        .collect()
}
