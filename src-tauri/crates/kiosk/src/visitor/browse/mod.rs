//! Exploring: words, filters with exact counts, order, and what to lift when nothing fits.

mod counts;
mod filters;
mod selection;

use crate::explorer::{Entry, Explorer};
use crate::reference::text;
use crate::views::{
    Answer, AnswerKind, Explore, ExploreQuery, ProjectCard, Sort, Suggestion, SuggestionKind,
};
use crate::{Kiosk, KioskError};
use domain::Lang;
use selection::{Fit, Selection};
use std::cmp::Reverse;

/// Most projects in one page of an answer.
const MAX_LIMIT: u32 = 100;
/// Suggestions shown above the keyboard.
const SUGGESTIONS: usize = 6;

impl Kiosk {
    /// What fits a selection.
    pub fn explore(&self, query: &ExploreQuery) -> Result<Explore, KioskError> {
        let explorer = self.explored()?;
        let explorer = explorer.as_ref();
        let found = explorer.words.find(&query.text);
        let outcome = Selection::new(explorer, query, found.as_ref()).outcome();
        let mut hits = outcome.hits;
        sort(explorer, query, &mut hits);
        let asked_for_near = found.as_ref().is_some_and(|f| f.kind == search::Kind::Nearby);
        let near_from = hits.iter().position(|fit| fit.km.is_some());
        let page = hits
            .iter()
            .skip(query.offset as usize)
            .take(query.limit.min(MAX_LIMIT) as usize);
        Ok(Explore {
            edition: format!("{} {}", explorer.version.installed().version, explorer.day),
            total: hits.len() as u32,
            nearby_from: near_from.filter(|_| !asked_for_near).map(|at| at as u32),
            hits: page
                .map(|fit| ProjectCard {
                    price_from: fit.price_from,
                    fitting: fit.fitting,
                    km: fit.km,
                    ..card(explorer, &explorer.entries[fit.ord], query.lang)
                })
                .collect(),
            answer: answer(found, query.lang),
            suggestions: suggestions(explorer, query),
            facets: outcome.facets,
            lift: outcome.lift,
        })
    }
}

/// A project as a card, outside any selection.
pub(crate) fn card(explorer: &Explorer, entry: &Entry, lang: Lang) -> ProjectCard {
    let project = &entry.project;
    ProjectCard {
        id: project.id.clone(),
        title: text(&project.title, lang),
        town: text(&explorer.town(entry), lang),
        region: text(&entry.region.names(), lang),
        region_code: entry.region.code().to_owned(),
        cover: entry
            .cover
            .as_ref()
            .map(|picture| crate::project::picture(picture, lang)),
        types: entry.types.clone(),
        price_from: entry.price_from,
        surface_min: entry.surface_dm2.map(|(low, _)| low as f64 / 100.0),
        surface_max: entry.surface_dm2.map(|(_, high)| high as f64 / 100.0),
        delivery: project.delivery,
        delivery_on: project.delivery_on.map(|d| d.to_string()),
        available: entry.available,
        fitting: entry.available,
        sold_out: entry.available == 0,
        aid: entry.aid,
        offer: entry.offer.map(|index| text(&explorer.offers[index].title, lang)),
        km: None,
    }
}

/// What is only near comes last, before it what is sold out; `Relevance` keeps the order of the words, of the
/// distances, or of the catalogue.
fn sort(explorer: &Explorer, query: &ExploreQuery, hits: &mut [Fit]) {
    let last = |fit: &Fit| (fit.km.is_some(), explorer.entries[fit.ord].available == 0);
    match query.sort {
        Sort::Relevance => hits.sort_by_key(|fit| (last(fit), fit.km, fit.rank)),
        Sort::PriceAsc => hits.sort_by_key(|fit| (last(fit), fit.price_from, fit.rank)),
        Sort::PriceDesc => hits.sort_by_key(|fit| (last(fit), Reverse(fit.price_from), fit.rank)),
        // What is ready comes first.
        Sort::Delivery => hits.sort_by_key(|fit| {
            let project = &explorer.entries[fit.ord].project;
            (last(fit), project.delivery, project.delivery_on, fit.rank)
        }),
        Sort::Name => {
            let alphabet = explorer.alphabet(query.lang);
            hits.sort_by_key(|fit| (last(fit), alphabet[fit.ord]));
        }
    }
}

fn answer(found: Option<search::Answer>, lang: Lang) -> Answer {
    let Some(found) = found else {
        return Answer {
            kind: AnswerKind::Exact,
            words: Vec::new(),
            place: None,
        };
    };
    Answer {
        kind: match found.kind {
            search::Kind::Exact => AnswerKind::Exact,
            search::Kind::Corrected => AnswerKind::Corrected,
            search::Kind::Nearby => AnswerKind::Nearby,
            search::Kind::Partial => AnswerKind::Partial,
            search::Kind::Nothing => AnswerKind::Nothing,
        },
        words: found.words,
        place: found.place.map(|place| text(&place, lang)),
    }
}

fn suggestions(explorer: &Explorer, query: &ExploreQuery) -> Vec<Suggestion> {
    let lang = query.lang;
    let projects = |fits: &dyn Fn(&Entry) -> bool| explorer.entries.iter().filter(|e| fits(e)).count() as u32;
    let suggestion = |found| match found {
        search::Suggestion::Town(id) => {
            let town = explorer.towns.get(&id)?;
            Some(Suggestion {
                kind: SuggestionKind::Town,
                label: text(&town.name, lang),
                detail: Some(text(&town.region.names(), lang)),
                count: projects(&|e| e.project.town == id),
                id,
            })
        }
        search::Suggestion::Region(region) => Some(Suggestion {
            kind: SuggestionKind::Region,
            id: region.code().to_owned(),
            label: text(&region.names(), lang),
            detail: None,
            count: projects(&|e| e.region == region),
        }),
        search::Suggestion::Project(ord) => {
            let entry = explorer.entries.get(ord)?;
            Some(Suggestion {
                kind: SuggestionKind::Project,
                id: entry.project.id.clone(),
                label: text(&entry.project.title, lang),
                detail: Some(text(&explorer.town(entry), lang)),
                count: 1,
            })
        }
    };
    let found = explorer.words.suggest(&query.text, SUGGESTIONS);
    let known = found.into_iter().filter_map(suggestion);
    known.filter(|s| s.count > 0).collect()
}
