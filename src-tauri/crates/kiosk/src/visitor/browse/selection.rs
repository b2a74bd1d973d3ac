//! Applies a query to the index in one pass. Each project and each unit gets the set of filters that it fails. It fits if
//! the set is empty. It counts for a facet if it fails no other filter than that of the facet. Must not know: which facets
//! exist, sort order, views of projects.

use super::counts::{Candidate, Counts};
use super::facets::{FACETS, Scope};
use super::filters::Filters;
use super::prepared_query::PreparedQuery;
use super::unit_condition::UnitCondition;
use super::unit_summary::UnitSummary;
use crate::catalogue::index::{CatalogueIndex, Entry, Traits, UnitFacts};
use crate::views::{ExploreQuery, Facets, FilterName, Lift};
use expo_domain::Money;

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
    /// Their lowest total to plan for.
    pub plan_from: Option<Money>,
    /// Their smallest and largest surface, in square decimetres.
    pub surface_dm2: Option<(i64, i64)>,
    /// Whether one of them may be eligible for the direct aid.
    pub aid: bool,
}

/// Result of a query.
pub(super) struct Outcome {
    pub fits: Vec<Fit>,
    pub facets: Facets,
    /// If nothing fits: the filter to remove.
    pub lift: Option<Lift>,
}

/// Whether a project, given by its ordinal and its entry, passes a filter.
type ProjectFilter = fn(&PreparedQuery<'_>, usize, &Entry) -> bool;

/// A query on an index.
pub(super) struct Selection<'a> {
    index: &'a CatalogueIndex,
    query: PreparedQuery<'a>,
    /// Filters over projects that are set.
    project_filters: Vec<(FilterName, ProjectFilter)>,
    /// Filters over units that are set.
    unit_filters: Vec<(FilterName, UnitCondition)>,
}

impl<'a> Selection<'a> {
    pub fn new(
        index: &'a CatalogueIndex,
        query: &'a ExploreQuery,
        found: Option<&expo_search::Answer>,
    ) -> Self {
        let mut selection = Self {
            index,
            query: PreparedQuery::new(query, found, index.entries.len()),
            project_filters: Vec::new(),
            unit_filters: Vec::new(),
        };
        for facet in &FACETS {
            match &facet.scope {
                Scope::Project(project) if (project.is_set)(&selection.query) => {
                    selection.project_filters.push((facet.name, project.matches));
                }
                Scope::Project(_) => {}
                Scope::Unit(unit) => {
                    let chosen = (unit.chosen)(query);
                    selection
                        .unit_filters
                        .extend(chosen.map(|condition| (facet.name, condition)));
                }
            }
        }
        selection
    }

    /// Applies the query.
    pub fn outcome(&self) -> Outcome {
        let mut fits = Vec::new();
        let mut counts = Counts::new(self.index, self.query.query);
        let set = self.unit_filters.iter().map(|(filter, _)| Filters::one(*filter));
        let unit_filters = set.fold(Filters::NONE, Filters::union);
        for (ordinal, entry) in self.index.entries.iter().enumerate() {
            let failed = self.failed_project_filters(ordinal, entry);
            if failed.len() > 1 {
                continue;
            }
            let units = self.summarise_units(ordinal);
            let (fitting, surface_dm2) = (units.fitting, units.surfaces());
            let has_fitting_units = fitting.count > 0 || unit_filters.is_empty();
            let candidate = Candidate {
                entry,
                failed,
                units,
                has_fitting_units,
            };
            counts.add(&candidate, unit_filters);
            if failed.is_empty() && has_fitting_units {
                let (rank, km) = self.query.rank(ordinal);
                fits.push(Fit {
                    ordinal,
                    rank,
                    km,
                    fitting: fitting.count,
                    price_from: fitting.lowest_price(),
                    plan_from: fitting.lowest_total(self.query.query.plan_counts_aid),
                    surface_dm2,
                    aid: fitting.facts.traits.intersects(Traits::AID),
                });
            }
        }
        let lift = if fits.is_empty() {
            counts.filter_to_lift(&self.query)
        } else {
            None
        };
        Outcome {
            fits,
            facets: counts.facets(),
            lift,
        }
    }

    /// The number of projects that pass all filters.
    pub fn total(&self) -> u32 {
        let entries = self.index.entries.iter().enumerate();
        let fits = entries.filter(|(ordinal, entry)| {
            self.failed_project_filters(*ordinal, entry).is_empty()
                && (self.unit_filters.is_empty() || self.has_fitting_unit(*ordinal))
        });
        fits.count() as u32
    }

    /// Whether an available unit of a project passes all filters over units.
    fn has_fitting_unit(&self, ordinal: usize) -> bool {
        let is_fitting = |unit: &UnitFacts| {
            self.unit_filters
                .iter()
                .all(|(_, condition)| condition.holds(unit))
        };
        self.index.units(ordinal).iter().any(is_fitting)
    }

    fn failed_project_filters(&self, ordinal: usize, entry: &Entry) -> Filters {
        let mut failed = Filters::NONE;
        for (filter, matches) in &self.project_filters {
            failed = failed.union(Filters::when(!matches(&self.query, ordinal, entry), *filter));
        }
        failed
    }

    fn summarise_units(&self, ordinal: usize) -> UnitSummary {
        let mut summary = UnitSummary::NONE;
        for unit in self.index.units(ordinal) {
            let mut failed = Filters::NONE;
            for (filter, condition) in &self.unit_filters {
                failed = failed.union(Filters::when(!condition.holds(unit), *filter));
            }
            summary.add(unit, failed);
        }
        summary
    }
}
