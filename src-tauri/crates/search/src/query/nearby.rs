//! Projects near a place in the query, or in one of several places. Owns the distances. Must not know typing errors.

use super::Query;
use super::answer::{Answer, AnswerKind, Hit};
use super::place_query::PlaceQuery;
use crate::cost::{self, NO_MATCH, NO_MATCH_TOTAL};
use expo_domain::place::distance_km;

/// Projects within this distance are added to the projects of a place.
const AROUND_KM: f64 = 40.0;
/// Search radius around a place without projects.
const WIDE_KM: f64 = 60.0;
/// If the search radius contains fewer projects than this, the nearest ones at any distance are returned.
const MIN_HITS: usize = 3;
/// Larger than any distance in Morocco.
const ANY_DISTANCE_KM: f64 = 3_000.0;
/// Kilometres per degree of latitude.
const KM_PER_DEGREE: f64 = 111.0;

/// Adds projects around the place, nearest first, if the query names exactly one place.
pub(super) fn add_around(query: &Query, hits: &mut Vec<Hit>) {
    if let [place] = &query.places[..] {
        let mut is_hit = vec![false; query.index.projects().len()];
        for hit in &*hits {
            is_hit[hit.ord] = true;
        }
        let totals = total_costs_without(query, place.words);
        hits.extend(within(query, place, AROUND_KM, |ord| {
            !is_hit[ord] && totals[ord] != NO_MATCH_TOTAL
        }));
    }
}

/// Projects near the place that match the other words, if the query names exactly one place and no project in it
/// matches.
pub(super) fn instead_of_place(query: &Query, kind: AnswerKind) -> Option<Answer> {
    let [place] = &query.places[..] else {
        return None;
    };
    // A prefix with typing errors is not accepted as the name of a place.
    if !place.is_complete && kind != AnswerKind::Exact {
        return None;
    }
    let totals = total_costs_without(query, place.words);
    let is_match = |ord: usize| totals[ord] != NO_MATCH_TOTAL;
    let hits = if has_no_projects(query, place) {
        nearest(query, place, is_match)
    } else {
        within(query, place, AROUND_KM, is_match)
    };
    nearby_answer(query, place, hits, Vec::new())
}

/// Projects near the place, whatever the other words are, if the query names exactly one place and it has no projects.
pub(super) fn around_empty_place(query: &Query) -> Option<Answer> {
    let [place] = &query.places[..] else {
        return None;
    };
    if !place.is_complete || !has_no_projects(query, place) {
        return None;
    }
    let hits = nearest(query, place, |_| true);
    nearby_answer(query, place, hits, query.words_not_in(place.words))
}

/// Projects in any of several places of the query that match the other words.
pub(super) fn in_any_place(query: &Query) -> Option<Answer> {
    let complete_places = query.places.iter().filter(|place| place.is_complete);
    let place_words: u16 = complete_places.fold(0, |words, place| words | place.words);
    if query.places.len() < 2 || place_words == 0 {
        return None;
    }
    let mut totals = total_costs_without(query, place_words);
    let mut is_in_place = vec![false; totals.len()];
    for place in query.places.iter().flat_map(|place| &place.places) {
        for ord in query.index.projects_in(*place) {
            is_in_place[*ord as usize] = true;
        }
    }
    for (total, is_in_place) in totals.iter_mut().zip(is_in_place) {
        *total = if is_in_place { *total } else { NO_MATCH_TOTAL };
    }
    let ords = query.index.projects().tie_order.iter().copied();
    let mut ords: Vec<u32> = ords
        .filter(|ord| totals[*ord as usize] != NO_MATCH_TOTAL)
        .collect();
    ords.sort_by_key(|ord| totals[*ord as usize]);
    (!ords.is_empty()).then(|| Answer {
        kind: AnswerKind::Exact,
        hits: ords.into_iter().map(Hit::new).collect(),
        words: Vec::new(),
        place: None,
        is_empty_place: false,
    })
}

fn nearby_answer(query: &Query, place: &PlaceQuery, hits: Vec<Hit>, dropped: Vec<String>) -> Option<Answer> {
    (!hits.is_empty()).then(|| Answer {
        kind: AnswerKind::Nearby,
        hits,
        words: dropped,
        place: Some(query.index.place(place.places[0]).name.clone()),
        is_empty_place: has_no_projects(query, place),
    })
}

fn has_no_projects(query: &Query, place: &PlaceQuery) -> bool {
    place
        .places
        .iter()
        .all(|place| query.index.projects_in(*place).is_empty())
}

/// Total cost of each project for the required words, without `place_words` (one bit per word).
fn total_costs_without(query: &Query, place_words: u16) -> Vec<u16> {
    let mut totals = vec![0_u16; query.index.projects().len()];
    for (position, (word, costs)) in query.words.iter().zip(&query.costs).enumerate() {
        if word.is_optional || place_words & (1 << position) != 0 {
            continue;
        }
        for (total, cell) in totals.iter_mut().zip(costs) {
            let cost = cost::without_flag(*cell);
            *total = if cost == NO_MATCH {
                NO_MATCH_TOTAL
            } else {
                total.saturating_add(u16::from(cost))
            };
        }
    }
    totals
}

/// Projects within [`WIDE_KM`], or the nearest [`MIN_HITS`] if there are fewer.
fn nearest(query: &Query, place: &PlaceQuery, is_match: impl Fn(usize) -> bool) -> Vec<Hit> {
    let hits = within(query, place, WIDE_KM, &is_match);
    if hits.len() >= MIN_HITS {
        return hits;
    }
    let mut hits = within(query, place, ANY_DISTANCE_KM, is_match);
    hits.truncate(MIN_HITS);
    hits
}

/// Projects within `max_km` of the place, nearest first.
fn within(query: &Query, place: &PlaceQuery, max_km: f64, is_match: impl Fn(usize) -> bool) -> Vec<Hit> {
    let centres = place
        .places
        .iter()
        .filter_map(|place| query.index.place(*place).coordinates);
    let centres: Vec<(f64, f64)> = centres.collect();
    let projects = query.index.projects();
    let ords = projects.tie_order.iter().map(|ord| *ord as usize);
    let mut near: Vec<(f64, usize)> = ords
        .filter_map(|ord| {
            let position = projects.coordinates[ord]?;
            // Comparing latitudes is cheaper than computing the distance.
            let may_be_near =
                |centre: &&(f64, f64)| (centre.0 - position.0).abs() * KM_PER_DEGREE <= max_km + 1.0;
            let distances = centres
                .iter()
                .filter(may_be_near)
                .map(|centre| distance_km(*centre, position));
            let km = distances.min_by(f64::total_cmp).filter(|km| *km <= max_km)?;
            is_match(ord).then_some((km, ord))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let hits = near.into_iter().map(|(km, ord)| Hit {
        ord,
        km: Some(km.round().max(1.0) as u32),
    });
    hits.collect()
}
