//! Browsing the catalogue: text search, filters with counts, sort order, and which filter to remove when nothing fits.
//! Must not know: windows, how catalogues arrive.

mod counts;
mod facets;
mod filters;
mod prepared_query;
mod selection;
mod unit_condition;
mod unit_summary;

use super::cards::project_card;
use crate::catalogue::index::{CatalogueIndex, Entry};
use crate::catalogue::shown::ShownCatalogue;
use crate::error::KioskError;
use crate::machine::environment::Environment;
use crate::reference::{Reference, text};
use crate::views::{
    Answer, AnswerKind, Explore, ExploreQuery, ProjectCard, Sort, Suggestion, SuggestionKind,
};
use expo_domain::Lang;
use selection::{Fit, Selection};
use std::cmp::Reverse;
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
        let found = index.search.search(&query.text);
        let outcome = Selection::new(index, query, found.as_ref()).outcome();
        let mut fits = outcome.fits;
        sort(index, query, &mut fits);
        let asked_for_near = found
            .as_ref()
            .is_some_and(|f| f.kind == expo_search::AnswerKind::Nearby);
        let near_from = fits.iter().position(|fit| fit.km.is_some());
        let page = fits
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(MAX_PAGE_LENGTH) as usize);
        Ok(Explore {
            edition: format!("{} {}", index.version.installed().version, index.day),
            total: fits.len() as u32,
            nearby_from: near_from.filter(|_| !asked_for_near).map(|at| at as u32),
            hits: page
                .map(|fit| ProjectCard {
                    price_from: fit.price_from,
                    fitting: fit.fitting,
                    km: fit.km,
                    ..project_card(index, &index.entries[fit.ordinal], query.lang)
                })
                .collect(),
            answer: answer(found, query.lang),
            suggestions: suggestions(index, query),
            facets: outcome.facets,
            lift: outcome.lift,
        })
    }
}

/// Sorts as the query demands. Projects without an available unit follow the others, sold-out ones last, and projects
/// that are only near the place come last. `Relevance` keeps the order of the text search, or of the catalogue without
/// text.
fn sort(index: &CatalogueIndex, query: &ExploreQuery, fits: &mut [Fit]) {
    let comes_last = |fit: &Fit| {
        let entry = &index.entries[fit.ordinal];
        (fit.km.is_some(), entry.available == 0, entry.is_sold_out())
    };
    match query.sort {
        Sort::Relevance => fits.sort_by_key(|fit| (comes_last(fit), fit.km, fit.rank)),
        Sort::PriceAsc => fits.sort_by_key(|fit| (comes_last(fit), fit.price_from, fit.rank)),
        Sort::PriceDesc => fits.sort_by_key(|fit| (comes_last(fit), Reverse(fit.price_from), fit.rank)),
        // Finished projects first.
        Sort::Delivery => fits.sort_by_key(|fit| {
            let project = &index.entries[fit.ordinal].project;
            (comes_last(fit), project.delivery, project.delivery_on, fit.rank)
        }),
        Sort::Name => {
            let ranks = index.name_ranks(query.lang);
            fits.sort_by_key(|fit| (comes_last(fit), ranks[fit.ordinal]));
        }
    }
}

fn answer(found: Option<expo_search::Answer>, lang: Lang) -> Answer {
    let Some(found) = found else {
        return Answer {
            kind: AnswerKind::Exact,
            words: Vec::new(),
            place: None,
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
    }
}

fn suggestions(index: &CatalogueIndex, query: &ExploreQuery) -> Vec<Suggestion> {
    let lang = query.lang;
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
    let found = index.search.suggest(&query.text, MAX_SUGGESTIONS);
    let known = found.into_iter().filter_map(suggestion);
    known.filter(|s| s.count > 0).collect()
}
