//! Hits that are only near a place, or in one of several. Owns distances. Must not know typing errors.

use crate::asked::Asked;
use crate::cost::NONE;
use crate::find::Reading;
use crate::rank::MISSING;
use crate::{Answer, Hit, Kind};
use domain::place::distance_km;

/// What is that near to a town belongs to its answer.
const AROUND_KM: f64 = 40.0;
/// How far to look when the place itself has nothing.
const WIDE_KM: f64 = 60.0;
/// If there are fewer than that, the nearest ones however far.
const ENOUGH: usize = 3;
/// No two points of Morocco are farther apart.
const ANYWHERE_KM: f64 = 3_000.0;
/// Kilometres a degree of latitude.
const DEGREE_KM: f64 = 111.0;

impl Reading<'_> {
    /// Adds what is around the one place asked for, nearest first.
    pub fn add_around(&self, hits: &mut Vec<Hit>) {
        if let [asked] = &self.asked[..] {
            let mut found = vec![false; self.index.projects.at.len()];
            for hit in &*hits {
                found[hit.ord] = true;
            }
            let rest = self.others(asked);
            hits.extend(self.within(asked, AROUND_KM, |ord| !found[ord] && rest[ord] != MISSING));
        }
    }

    /// What is near the one place asked for, when nothing there fits.
    pub fn near_place(&self, kind: Kind) -> Option<Answer> {
        let [asked] = &self.asked[..] else { return None };
        // A misspelt beginning of a name is no place yet.
        if !asked.whole && kind != Kind::Exact {
            return None;
        }
        let rest = self.others(asked);
        let hits = if self.has_no_projects(asked) {
            self.nearest(asked, |ord| rest[ord] != MISSING)
        } else {
            self.within(asked, AROUND_KM, |ord| rest[ord] != MISSING)
        };
        self.nearby(asked, hits, Vec::new())
    }

    /// What is near the one place asked for, whatever else was typed: better than nothing where it has no project.
    pub fn near_place_alone(&self) -> Option<Answer> {
        let [asked] = &self.asked[..] else { return None };
        if !asked.whole || !self.has_no_projects(asked) {
            return None;
        }
        let others = self.words.iter().enumerate();
        let others = others.filter(|(at, word)| !word.optional && asked.words & (1 << at) == 0);
        let given_up = others.map(|(_, word)| word.raw.clone()).collect();
        self.nearby(asked, self.nearest(asked, |_| true), given_up)
    }

    fn nearby(&self, asked: &Asked, hits: Vec<Hit>, words: Vec<String>) -> Option<Answer> {
        (!hits.is_empty()).then(|| Answer {
            kind: Kind::Nearby,
            hits,
            words,
            place: Some(self.index.places[asked.places[0]].name.clone()),
        })
    }

    fn has_no_projects(&self, asked: &Asked) -> bool {
        asked
            .places
            .iter()
            .all(|place| self.index.groups[*place].projects.is_empty())
    }

    /// Several towns at once: what fits the other words in any of them.
    pub fn of_any_place(&self) -> Option<Answer> {
        let named: u16 = self
            .asked
            .iter()
            .filter(|place| place.whole)
            .fold(0, |words, place| words | place.words);
        if self.asked.len() < 2 || named == 0 {
            return None;
        }
        let all = Asked {
            places: Vec::new(),
            words: named,
            whole: true,
        };
        let mut totals = self.others(&all);
        let mut in_any = vec![false; totals.len()];
        for place in self.asked.iter().flat_map(|asked| &asked.places) {
            for ord in &self.index.groups[*place].projects {
                in_any[*ord as usize] = true;
            }
        }
        for (total, is_in) in totals.iter_mut().zip(in_any) {
            *total = if is_in { *total } else { MISSING };
        }
        let order = self.index.projects.order.iter().copied();
        let mut hits: Vec<u32> = order.filter(|ord| totals[*ord as usize] != MISSING).collect();
        hits.sort_by_key(|ord| totals[*ord as usize]);
        (!hits.is_empty()).then(|| Answer {
            kind: Kind::Exact,
            hits: hits.into_iter().map(Hit::exact).collect(),
            words: Vec::new(),
            place: None,
        })
    }

    /// What each project costs for the words that do not name the place.
    fn others(&self, asked: &Asked) -> Vec<u16> {
        let mut totals = vec![0_u16; self.index.projects.at.len()];
        for (at, (word, column)) in self.words.iter().zip(&self.columns).enumerate() {
            if word.optional || asked.words & (1 << at) != 0 {
                continue;
            }
            for (total, cell) in totals.iter_mut().zip(column) {
                let cost = cell & NONE;
                *total = if cost == NONE {
                    MISSING
                } else {
                    total.saturating_add(u16::from(cost))
                };
            }
        }
        totals
    }

    fn nearest(&self, asked: &Asked, fits: impl Fn(usize) -> bool) -> Vec<Hit> {
        let hits = self.within(asked, WIDE_KM, &fits);
        if hits.len() >= ENOUGH {
            return hits;
        }
        let mut hits = self.within(asked, ANYWHERE_KM, fits);
        hits.truncate(ENOUGH);
        hits
    }

    /// Projects at most so far from a place asked for, nearest first.
    fn within(&self, asked: &Asked, most: f64, fits: impl Fn(usize) -> bool) -> Vec<Hit> {
        let places = asked
            .places
            .iter()
            .filter_map(|place| self.index.places[*place].at);
        let places: Vec<(f64, f64)> = places.collect();
        let projects = &self.index.projects;
        let order = projects.order.iter().map(|ord| *ord as usize);
        let mut near: Vec<(f64, usize)> = order
            .filter_map(|ord| {
                let at = projects.at[ord]?;
                let is_near = |place: &&(f64, f64)| (place.0 - at.0).abs() * DEGREE_KM <= most + 1.0;
                let km = places.iter().filter(is_near).map(|place| distance_km(*place, at));
                let km = km.min_by(f64::total_cmp).filter(|km| *km <= most)?;
                fits(ord).then_some((km, ord))
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let hits = near.into_iter().map(|(km, ord)| Hit {
            ord,
            km: Some(km.round().max(1.0) as u32),
        });
        hits.collect()
    }
}
