//! Computes the result count shown next to each filter value. Must not know: which facets exist, how units are filtered.

use super::facets::{FACETS, FacetSpec, ProjectFacet, Scope, UnitFacet, counted};
use super::filters::Filters;
use super::prepared_query::PreparedQuery;
use super::unit_condition::UnitCondition;
use super::unit_summary::UnitSummary;
use crate::catalogue::index::{CatalogueIndex, Entry};
use crate::views::{ExploreQuery, Facets, Lift};

/// Number of projects per value of every facet.
pub(super) struct Counts<'a>(Vec<FacetCounts<'a>>);

/// Number of projects per value of one facet.
struct FacetCounts<'a> {
    spec: &'static FacetSpec,
    values: Values<'a>,
    /// In the order of the values.
    counts: Vec<u32>,
    /// Number of projects that would fit without this filter.
    without: u32,
}

enum Values<'a> {
    OfProjects(&'static ProjectFacet, Vec<&'a str>),
    OfUnits(&'static UnitFacet, Vec<UnitCondition>),
}

/// A project that fails at most one project filter.
pub(super) struct Candidate<'a> {
    pub entry: &'a Entry,
    /// Project filters that it fails.
    pub failed: Filters,
    pub units: UnitSummary,
    /// Whether it passes the filters over units.
    pub has_fitting_units: bool,
}

impl<'a> Counts<'a> {
    pub fn new(index: &'a CatalogueIndex, query: &ExploreQuery) -> Self {
        let counts = |spec: &'static FacetSpec| {
            let (values, len) = match &spec.scope {
                Scope::Project(facet) => {
                    let values = (facet.values)(index);
                    let len = values.len();
                    (Values::OfProjects(facet, values), len)
                }
                Scope::Unit(facet) => {
                    let values = (facet.values)(query);
                    let len = values.len();
                    (Values::OfUnits(facet, values), len)
                }
            };
            FacetCounts {
                spec,
                values,
                counts: vec![0; len],
                without: 0,
            }
        };
        Self(FACETS.iter().map(counts).collect())
    }

    /// Counts a project. `unit_filters` are the filters over units that are set.
    pub fn add(&mut self, candidate: &Candidate<'_>, unit_filters: Filters) {
        for facet in &mut self.0 {
            facet.without += u32::from(facet.add(candidate, unit_filters));
        }
    }

    pub fn facets(&self) -> Facets {
        let mut facets = Facets::default();
        for FacetCounts { values, counts, .. } in &self.0 {
            match values {
                Values::OfProjects(facet, values) => {
                    (facet.show)(&mut facets, counted(values.iter().copied(), counts));
                }
                Values::OfUnits(facet, _) => (facet.show)(&mut facets, counts),
            }
        }
        facets
    }

    /// The filter whose removal shows the most projects.
    pub fn filter_to_lift(&self, query: &PreparedQuery<'_>) -> Option<Lift> {
        let set = self.0.iter().filter(|facet| facet.spec.is_set(query));
        let lifts = set.map(|facet| Lift {
            filter: facet.spec.name,
            total: facet.without,
        });
        lifts.filter(|lift| lift.total > 0).max_by_key(|lift| lift.total)
    }
}

impl FacetCounts<'_> {
    /// Counts a project. Returns whether it fits without this filter.
    fn add(&mut self, candidate: &Candidate<'_>, unit_filters: Filters) -> bool {
        let filter = self.spec.name;
        match &self.values {
            Values::OfProjects(facet, values) => {
                let fits = candidate.has_fitting_units && candidate.failed.is_at_most(filter);
                if fits && let Some(value) = (facet.value)(candidate.entry, values) {
                    self.counts[value] += 1;
                }
                fits
            }
            Values::OfUnits(_, conditions) => {
                if !candidate.failed.is_empty() {
                    return false;
                }
                let units = candidate.units.without(filter);
                for (count, condition) in self.counts.iter_mut().zip(conditions) {
                    *count += u32::from(condition.holds(&units.facts));
                }
                // Without any filter over units, sold-out projects fit as well.
                units.count > 0 || unit_filters == Filters::one(filter)
            }
        }
    }
}
