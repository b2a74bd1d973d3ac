//! Search as one types, in memory: words and places in, projects in the order that a visitor understands out. Owns
//! what fits a query and how well. Must not know filters, databases, windows or how an answer is worded.

use domain::{Catalogue, Region, Texts, Town, fold};
use std::collections::HashMap;

/// What can be found in one version of the catalogue.
#[derive(Debug)]
pub struct Index {
    projects: Vec<Entry>,
    towns: Vec<(String, Region, Vec<String>)>,
}

#[derive(Debug)]
struct Entry {
    title: Vec<String>,
    place: Vec<String>,
    body: Vec<String>,
}

/// What a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How well the hits fit what was typed.
    pub kind: Kind,
    /// Best first.
    pub hits: Vec<Hit>,
    /// `Corrected`: how the query was understood. `Partial`: the words that found nothing. Else empty.
    pub words: Vec<String>,
    /// `Nearby`: the name of the place that has no project.
    pub place: Option<Texts>,
}

/// A project that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its place in `catalogue.projects`.
    pub ord: usize,
    /// Whole kilometres from the place asked for, when it is only near it.
    pub km: Option<u32>,
}

/// How well an answer fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Every word as typed, or as a beginning.
    Exact,
    /// Typing errors or another script were forgiven.
    Corrected,
    /// The place is known but has no project.
    Nearby,
    /// Some words found nothing; hits are what the others find.
    Partial,
    /// Nothing near either.
    Nothing,
}

/// What somebody may be about to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suggestion {
    /// Id of a town.
    Town(String),
    /// A region.
    Region(Region),
    /// A project's place in `catalogue.projects`.
    Project(usize),
}

impl Index {
    /// Every project gets its place in `catalogue.projects` as `ord`.
    pub fn build(catalogue: &Catalogue) -> Self {
        let towns: HashMap<&str, &Town> = catalogue.towns.iter().map(|t| (t.id.as_str(), t)).collect();
        let projects = catalogue.projects.iter().map(|project| {
            let town = towns.get(project.town.as_str());
            Entry {
                title: words(&project.title),
                place: town.map_or_else(Vec::new, |town| place_words(town)),
                body: [words(&project.district), words(&project.description)].concat(),
            }
        });
        Self {
            projects: projects.collect(),
            towns: catalogue
                .towns
                .iter()
                .map(|t| (t.id.clone(), t.region, place_words(t)))
                .collect(),
        }
    }

    /// What fits the words typed; `None` when no word was typed.
    pub fn find(&self, typed: &str) -> Option<Answer> {
        let typed = fold::words(typed);
        if typed.is_empty() {
            return None;
        }
        let mut ranked: Vec<(usize, usize)> = self
            .projects
            .iter()
            .enumerate()
            .filter_map(|(ord, entry)| Some((entry.rank(&typed)?, ord)))
            .collect();
        ranked.sort_unstable();
        Some(Answer {
            kind: if ranked.is_empty() { Kind::Nothing } else { Kind::Exact },
            hits: ranked.into_iter().map(|(_, ord)| Hit { ord, km: None }).collect(),
            words: Vec::new(),
            place: None,
        })
    }

    /// Places and projects that begin like what was typed, best first.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = fold::words(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let regions = Region::ALL
            .into_iter()
            .filter(|r| begins(&words(&r.names()), &typed));
        let towns = self.towns.iter().filter(|(_, _, names)| begins(names, &typed));
        let projects = self.projects.iter().enumerate();
        towns
            .map(|(id, _, _)| Suggestion::Town(id.clone()))
            .chain(regions.map(Suggestion::Region))
            .chain(
                projects
                    .filter(|(_, e)| begins(&e.title, &typed))
                    .map(|(ord, _)| Suggestion::Project(ord)),
            )
            .take(limit)
            .collect()
    }
}

impl Entry {
    /// Lower is better; `None` when a word is missing.
    fn rank(&self, typed: &[String]) -> Option<usize> {
        let field = |word: &String| {
            [&self.title, &self.place, &self.body]
                .iter()
                .position(|words| words.iter().any(|w| w.starts_with(word.as_str())))
        };
        typed.iter().map(field).sum()
    }
}

fn begins(words: &[String], typed: &[String]) -> bool {
    typed
        .iter()
        .all(|t| words.iter().any(|w| w.starts_with(t.as_str())))
}

fn words(texts: &Texts) -> Vec<String> {
    texts.0.values().flat_map(|text| fold::words(text)).collect()
}

fn place_words(town: &Town) -> Vec<String> {
    let aliases = town.aliases.iter().flat_map(|alias| fold::words(alias));
    words(&town.name)
        .into_iter()
        .chain(aliases)
        .chain(words(&town.region.names()))
        .collect()
}
