//! Browsing the catalogue: text search, filters with counts, sort order, and which filter to remove when nothing fits.
//! Must not know: windows, how catalogues arrive.

mod counts;
mod facets;
mod filters;
mod intents;
mod prepared_query;
mod selection;
mod sorting;
mod unit_condition;
mod unit_summary;

use super::cards::project_card;
use crate::catalogue::index::{CatalogueIndex, Entry};
use crate::catalogue::shown::ShownCatalogue;
use crate::error::KioskError;
use crate::machine::environment::Environment;
use crate::reference::{Reference, text};
use crate::views::{Answer, AnswerKind, Explore, ExploreQuery, ProjectCard, Suggestion, SuggestionKind};
use expo_domain::Lang;
use selection::{Fit, Selection};
use std::sync::Arc;

/// Maximum number of projects per page.
const MAX_PAGE_LENGTH: u32 = 100;
/// Maximum number of suggestions above the keyboard.
const MAX_SUGGESTIONS: usize = 6;

/// Reads the shown catalogue for visitors.
pub(crate) struct Browse {
    pub(super) catalogue: Arc<ShownCatalogue>,
    pub(super) reference: Arc<Reference>,
    pub(super) env: Environment,
}

impl Browse {
    pub const fn new(catalogue: Arc<ShownCatalogue>, reference: Arc<Reference>, env: Environment) -> Self {
        Self {
            catalogue,
            reference,
            env,
        }
    }

    /// The projects that match a query.
    pub fn explore(&self, query: &ExploreQuery) -> Result<Explore, KioskError> {
        let index = self.catalogue.index_for_visitor()?;
        let index = index.as_ref();
        let reading = index.search.read(&query.text);
        let found = index.search.answer(&reading);
        let outcome = Selection::new(index, query, found.as_ref()).outcome();
        let mut fits = outcome.fits;
        sorting::sort(index, query, &mut fits);
        let asked_for_near = found
            .as_ref()
            .is_some_and(|f| f.kind == expo_search::AnswerKind::Nearby);
        let near_from = fits.iter().position(|fit| fit.km.is_some());
        let page: Vec<&Fit> = fits
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(MAX_PAGE_LENGTH) as usize)
            .collect();
        // The offers above the list do not change while it is scrolled.
        let is_first_page = query.offset == 0;
        Ok(Explore {
            edition: format!("{} {}", index.version.installed().version, index.day),
            total: fits.len() as u32,
            nearby_from: near_from.filter(|_| !asked_for_near).map(|at| at as u32),
            units: intents::units(index, &reading, page.iter().map(|fit| fit.ordinal), query.lang),
            hits: page.into_iter().map(|fit| card(index, query, fit)).collect(),
            answer: answer(found, query.lang),
            suggestions: suggestions(index, &reading.text, query.lang),
            intents: if is_first_page {
                intents::intents(index, query, &reading)
            } else {
                Vec::new()
            },
            facets: outcome.facets,
            lift: outcome.lift,
        })
    }
}

/// The number of projects that match the filters of a query.
pub(super) fn selection_total(index: &CatalogueIndex, query: &ExploreQuery) -> u32 {
    Selection::new(index, query, None).total()
}

/// A result: only the units that pass all filters count.
fn card(index: &CatalogueIndex, query: &ExploreQuery, fit: &Fit) -> ProjectCard {
    let square_metres = |dm2: i64| dm2 as f64 / 100.0;
    ProjectCard {
        price_from: fit.price_from,
        plan_from: fit.plan_from,
        surface_min: fit.surface_dm2.map(|(low, _)| square_metres(low)),
        surface_max: fit.surface_dm2.map(|(_, high)| square_metres(high)),
        fitting: fit.fitting,
        aid: fit.aid,
        km: fit.km.or_else(|| sorting::shown_km(index, query, fit)),
        ..project_card(index, &index.entries[fit.ordinal], query.lang)
    }
}

fn answer(found: Option<expo_search::Answer>, lang: Lang) -> Answer {
    let Some(found) = found else {
        return Answer {
            kind: AnswerKind::Exact,
            words: Vec::new(),
            place: None,
            is_empty_place: false,
        };
    };
    Answer {
        kind: match found.kind {
            expo_search::AnswerKind::Exact => AnswerKind::Exact,
            expo_search::AnswerKind::Corrected => AnswerKind::Corrected,
            expo_search::AnswerKind::Nearby => AnswerKind::Nearby,
            expo_search::AnswerKind::Partial => AnswerKind::Partial,
            expo_search::AnswerKind::Nothing => AnswerKind::Nothing,
        },
        words: found.words,
        place: found.place.map(|place| text(&place, lang)),
        is_empty_place: found.is_empty_place,
    }
}

/// Completions of a text without the words of intents.
fn suggestions(index: &CatalogueIndex, typed: &str, lang: Lang) -> Vec<Suggestion> {
    let count = |matches: &dyn Fn(&Entry) -> bool| index.entries.iter().filter(|e| matches(e)).count() as u32;
    let suggestion = |found| match found {
        expo_search::Suggestion::Town(id) => {
            let town = index.shared_rows.towns.get(&id)?;
            Some(Suggestion {
                kind: SuggestionKind::Town,
                label: text(&town.name, lang),
                detail: Some(text(&town.region.names(), lang)),
                count: count(&|e| e.project.town == id),
                id,
            })
        }
        expo_search::Suggestion::Region(region) => Some(Suggestion {
            kind: SuggestionKind::Region,
            id: region.code().to_owned(),
            label: text(&region.names(), lang),
            detail: None,
            count: count(&|e| e.region == region),
        }),
        expo_search::Suggestion::Project(ordinal) => {
            let entry = index.entries.get(ordinal)?;
            Some(Suggestion {
                kind: SuggestionKind::Project,
                id: entry.project.id.clone(),
                label: text(&entry.project.title, lang),
                detail: Some(text(&index.town_name(entry), lang)),
                count: 1,
            })
        }
    };
    let found = index.search.suggest(typed, MAX_SUGGESTIONS);
    let known = found.into_iter().filter_map(suggestion);
    known.filter(|s| s.count > 0).collect()
}
