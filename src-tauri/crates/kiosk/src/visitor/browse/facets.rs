//! The facets of the search, one descriptor each. Filtering, counts and the filter to remove are derived from this table.
//! Must not know: how projects and units are counted, the text search.
//!
//! `FACETS` in `ui/src/visitor/explore/facets.ts` is the table of the window. Both have one row per [`FilterName`], or they
//! do not compile. CONTRIBUTING.md says how to add a facet.

use super::prepared_query::PreparedQuery;
use super::unit_condition::UnitCondition;
use crate::catalogue::index::{CatalogueIndex, Entry, MAX_ROOMS, Traits};
use crate::views::{BudgetFacet, ExploreQuery, FacetCount, Facets, FilterName, PlanFacet, SurfaceFacet};
use expo_domain::{Delivery, LandTitle, Money, ProductType, Region};

/// Choices of the facets of budget and total to plan for, in dirhams.
const BUDGETS: [i64; 16] = [
    200_000, 250_000, 300_000, 400_000, 500_000, 600_000, 700_000, 850_000, 1_000_000, 1_250_000, 1_500_000,
    2_000_000, 2_500_000, 3_000_000, 5_000_000, 10_000_000,
];
/// Choices of the minimum surface facet, in square metres.
const SURFACES: [u32; 13] = [40, 50, 60, 70, 80, 90, 100, 120, 150, 200, 300, 500, 1_000];

/// A facet: its filter, its values and where their counts are shown.
pub(super) struct FacetSpec {
    pub name: FilterName,
    pub scope: Scope,
}

/// What a facet filters.
pub(super) enum Scope {
    Project(ProjectFacet),
    Unit(UnitFacet),
}

/// A facet over projects: a project has at most one of its values.
pub(super) struct ProjectFacet {
    pub is_set: fn(&PreparedQuery<'_>) -> bool,
    /// Whether a project, given by its ordinal and its entry, has a chosen value. Called only if the filter is set.
    pub matches: fn(&PreparedQuery<'_>, usize, &Entry) -> bool,
    /// All values, in display order.
    pub values: fn(&CatalogueIndex) -> Vec<&str>,
    /// Position of a project's value in `values`.
    pub value: fn(&Entry, &[&str]) -> Option<usize>,
    /// Writes the values with their counts.
    pub show: fn(&mut Facets, Vec<FacetCount>),
}

/// A facet over units. A project matches if one of its available units passes all filters over units.
pub(super) struct UnitFacet {
    /// The condition on a unit for the chosen values; `None` if the filter is not set.
    pub chosen: fn(&ExploreQuery) -> Option<UnitCondition>,
    /// The condition of each value, in display order.
    pub values: fn(&ExploreQuery) -> Vec<UnitCondition>,
    /// Writes the counts of the values.
    pub show: fn(&mut Facets, &[u32]),
}

impl FacetSpec {
    pub fn is_set(&self, query: &PreparedQuery<'_>) -> bool {
        match &self.scope {
            Scope::Project(facet) => (facet.is_set)(query),
            Scope::Unit(facet) => (facet.chosen)(query.query).is_some(),
        }
    }
}

/// All facets, in the order of [`FilterName`]. Among equally good filters to remove, the last one is proposed.
pub(super) static FACETS: [FacetSpec; FilterName::ALL.len()] = [
    FacetSpec {
        name: FilterName::Text,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| q.has_text(),
            matches: |q, ordinal, _| q.text_matches(ordinal),
            values: |_| Vec::new(),
            value: |_, _| None,
            show: |_, _| (),
        }),
    },
    FacetSpec {
        name: FilterName::Regions,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| !q.query.regions.is_empty(),
            matches: |q, _, entry| q.query.regions.iter().any(|code| code == entry.region.code()),
            values: |_| Region::ALL.iter().map(|region| region.code()).collect(),
            value: |entry, _| Some(entry.region as usize),
            show: |facets, values| facets.regions = values,
        }),
    },
    FacetSpec {
        name: FilterName::Towns,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| !q.query.towns.is_empty(),
            matches: |q, _, entry| q.query.towns.contains(&entry.project.town),
            values: |index| index.shared_rows.towns.keys().map(String::as_str).collect(),
            value: |entry, ids| ids.binary_search(&entry.project.town.as_str()).ok(),
            show: |facets, values| facets.towns = values,
        }),
    },
    FacetSpec {
        name: FilterName::Subsidiaries,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| !q.query.subsidiaries.is_empty(),
            matches: |q, _, entry| q.query.subsidiaries.contains(&entry.project.subsidiary),
            values: |index| {
                index
                    .shared_rows
                    .subsidiaries
                    .keys()
                    .map(String::as_str)
                    .collect()
            },
            value: |entry, ids| ids.binary_search(&entry.project.subsidiary.as_str()).ok(),
            show: |facets, values| facets.subsidiaries = values,
        }),
    },
    FacetSpec {
        name: FilterName::Types,
        scope: Scope::Unit(UnitFacet {
            chosen: |q| one_of(q.types.iter().map(|t| Traits::of_type(*t))),
            values: |_| {
                ProductType::ALL
                    .iter()
                    .map(|t| UnitCondition::OneOf(Traits::of_type(*t)))
                    .collect()
            },
            show: |facets, counts| facets.types = counted(ProductType::ALL.iter().map(|t| t.code()), counts),
        }),
    },
    FacetSpec {
        name: FilterName::Budget,
        scope: Scope::Unit(UnitFacet {
            chosen: |q| q.max_price.map(UnitCondition::PriceAtMost),
            values: |_| {
                BUDGETS
                    .iter()
                    .map(|b| UnitCondition::PriceAtMost(Money::dirhams(*b)))
                    .collect()
            },
            show: |facets, counts| {
                let value = |(dirhams, &count): (&i64, &u32)| BudgetFacet {
                    max_price: Money::dirhams(*dirhams),
                    count,
                };
                facets.budgets = BUDGETS.iter().zip(counts).map(value).collect();
            },
        }),
    },
    FacetSpec {
        name: FilterName::Plan,
        scope: Scope::Unit(UnitFacet {
            chosen: |q| q.max_plan.map(|limit| UnitCondition::plan_at_most(limit, q)),
            values: |q| {
                BUDGETS
                    .iter()
                    .map(|b| UnitCondition::plan_at_most(Money::dirhams(*b), q))
                    .collect()
            },
            show: |facets, counts| {
                let value = |(dirhams, &count): (&i64, &u32)| PlanFacet {
                    max_plan: Money::dirhams(*dirhams),
                    count,
                };
                facets.plans = BUDGETS.iter().zip(counts).map(value).collect();
            },
        }),
    },
    FacetSpec {
        name: FilterName::Surface,
        scope: Scope::Unit(UnitFacet {
            chosen: |q| q.min_surface.map(UnitCondition::surface_at_least),
            values: |_| {
                SURFACES
                    .iter()
                    .map(|m2| UnitCondition::surface_at_least(*m2))
                    .collect()
            },
            show: |facets, counts| {
                let value = |(&min_surface, &count)| SurfaceFacet { min_surface, count };
                facets.surfaces = SURFACES.iter().zip(counts).map(value).collect();
            },
        }),
    },
    FacetSpec {
        name: FilterName::Rooms,
        scope: Scope::Unit(UnitFacet {
            chosen: |q| one_of(q.rooms.iter().map(|rooms| Traits::of_rooms(*rooms))),
            values: |_| {
                (1..=MAX_ROOMS)
                    .map(|rooms| UnitCondition::OneOf(Traits::of_rooms(rooms)))
                    .collect()
            },
            show: |facets, counts| {
                facets.rooms = counted((1..=MAX_ROOMS).map(|rooms| rooms.to_string()), counts);
            },
        }),
    },
    FacetSpec {
        name: FilterName::Deliveries,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| !q.query.deliveries.is_empty(),
            matches: |q, _, entry| q.query.deliveries.contains(&entry.project.delivery),
            values: |_| Delivery::ALL.iter().map(|delivery| delivery.code()).collect(),
            value: |entry, _| Some(entry.project.delivery as usize),
            show: |facets, values| facets.deliveries = values,
        }),
    },
    FacetSpec {
        name: FilterName::LandTitles,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| !q.query.land_titles.is_empty(),
            matches: |q, _, entry| q.query.land_titles.contains(&entry.project.land_title),
            values: |_| LandTitle::ALL.iter().map(|title| title.code()).collect(),
            value: |entry, _| Some(entry.project.land_title as usize),
            show: |facets, values| facets.land_titles = values,
        }),
    },
    FacetSpec {
        name: FilterName::Aid,
        scope: Scope::Unit(UnitFacet {
            chosen: |q| q.aid.then_some(UnitCondition::OneOf(Traits::AID)),
            values: |_| vec![UnitCondition::OneOf(Traits::AID)],
            show: |facets, counts| facets.aid = counts.iter().sum(),
        }),
    },
    FacetSpec {
        name: FilterName::Offer,
        scope: Scope::Project(ProjectFacet {
            is_set: |q| q.query.offer,
            matches: |_, _, entry| entry.offer.is_some(),
            values: |_| vec!["offer"],
            value: |entry, _| entry.offer.map(|_| 0),
            show: |facets, values| facets.offer = values.iter().map(|value| value.count).sum(),
        }),
    },
];

const _: () = {
    let mut position = 0;
    while position < FACETS.len() {
        assert!(
            FACETS[position].name as usize == position,
            "FACETS is in the order of FilterName"
        );
        position += 1;
    }
};

/// The condition that a unit has one of the chosen traits; `None` if none is chosen.
fn one_of(chosen: impl ExactSizeIterator<Item = Traits>) -> Option<UnitCondition> {
    (chosen.len() > 0).then(|| UnitCondition::OneOf(chosen.fold(Traits::NONE, Traits::union)))
}

/// Values with their counts.
pub(super) fn counted(values: impl Iterator<Item = impl Into<String>>, counts: &[u32]) -> Vec<FacetCount> {
    let facet = |(value, &count): (_, &u32)| FacetCount {
        value: Into::into(value),
        count,
    };
    values.zip(counts).map(facet).collect()
}
