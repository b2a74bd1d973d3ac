//! The intents of the typed text: filters to offer, each with its exact number of results, topics, and units found by their
//! number. Must not know: how words are read, how projects are filtered.

use super::selection::Selection;
use crate::catalogue::index::CatalogueIndex;
use crate::reference::text;
use crate::views::{ExploreQuery, FoundIntent, FoundUnit, Intent};
use expo_domain::Lang;
use expo_search::Reading;
use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

/// Maximum number of offered intents.
const MAX_INTENTS: usize = 6;

/// The intents that the query does not follow yet. A filter has the number of projects that it would leave.
pub(super) fn intents(index: &CatalogueIndex, query: &ExploreQuery, reading: &Reading) -> Vec<FoundIntent> {
    let found = reading
        .intents
        .iter()
        .map(|found| (view(found.intent), &found.rest));
    let mut intents: Vec<FoundIntent> = found
        .filter(|(intent, _)| with(query, *intent).as_ref() != Some(query))
        .map(|(intent, rest)| FoundIntent {
            intent,
            text: rest.clone(),
            count: with(query, intent).map(|query| total(index, query, rest)),
        })
        .collect();
    // Of several values of one filter, those without results only take space.
    let has_results = |found: &&FoundIntent| found.count.is_some_and(|count| count > 0);
    let with_results: Vec<Discriminant<Intent>> = intents
        .iter()
        .filter(has_results)
        .map(|found| discriminant(&found.intent))
        .collect();
    intents.retain(|found| found.count != Some(0) || !with_results.contains(&discriminant(&found.intent)));
    intents.truncate(MAX_INTENTS);
    intents
}

/// The units found by their number in the projects on a page, given by their ordinals.
pub(super) fn units(
    index: &CatalogueIndex,
    reading: &Reading,
    page: impl Iterator<Item = usize>,
    lang: Lang,
) -> Vec<FoundUnit> {
    let mut by_project: HashMap<usize, Vec<&expo_search::FoundUnit>> = HashMap::new();
    for unit in &reading.units {
        by_project.entry(unit.ord).or_default().push(unit);
    }
    let units = page.filter_map(|ordinal| by_project.remove(&ordinal)).flatten();
    let units = units.filter_map(|unit| {
        let project = &index.entries.get(unit.ord)?.project;
        Some(FoundUnit {
            id: unit.id.clone(),
            number: unit.number.clone(),
            product_type: unit.product_type,
            project: project.id.clone(),
            title: text(&project.title, lang),
        })
    });
    units.collect()
}

/// Number of projects that match a query with another text.
fn total(index: &CatalogueIndex, query: ExploreQuery, text: &str) -> u32 {
    let query = ExploreQuery {
        text: text.to_owned(),
        ..query
    };
    let found = index.search.search(text);
    Selection::new(index, &query, found.as_ref()).total()
}

/// The query with the filter of an intent. A topic has no filter.
fn with(query: &ExploreQuery, intent: Intent) -> Option<ExploreQuery> {
    let mut changed = query.clone();
    match intent {
        Intent::Budget { max_price } => changed.max_price = Some(max_price),
        Intent::Surface { min_surface } => changed.min_surface = Some(min_surface),
        Intent::Rooms { rooms } => changed.rooms = vec![rooms],
        Intent::Type { product_type } => changed.types = vec![product_type],
        Intent::Delivery { delivery } => changed.deliveries = vec![delivery],
        Intent::LandTitle { land_title } => changed.land_titles = vec![land_title],
        Intent::Aid => changed.aid = true,
        Intent::Offer => changed.offer = true,
        Intent::Topic { .. } => return None,
    }
    Some(changed)
}

fn view(intent: expo_search::Intent) -> Intent {
    match intent {
        expo_search::Intent::Budget(max_price) => Intent::Budget { max_price },
        expo_search::Intent::Surface(min_surface) => Intent::Surface { min_surface },
        expo_search::Intent::Rooms(rooms) => Intent::Rooms { rooms },
        expo_search::Intent::Type(product_type) => Intent::Type { product_type },
        expo_search::Intent::Delivery(delivery) => Intent::Delivery { delivery },
        expo_search::Intent::LandTitle(land_title) => Intent::LandTitle { land_title },
        expo_search::Intent::Aid => Intent::Aid,
        expo_search::Intent::Offer => Intent::Offer,
        expo_search::Intent::Topic(topic) => Intent::Topic { topic },
    }
}
