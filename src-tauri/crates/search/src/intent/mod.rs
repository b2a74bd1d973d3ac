//! Intents of a query: filters, unit numbers and topics that its words ask for, besides names. Owns which words the text
//! search looks for and which it does not. Must not know how projects are found or filtered.

mod amount;
mod lexer;
mod number;
mod phrases;
mod roles;
mod unit_number;

use crate::index::{FoundUnit, Index};
use amount::Quantity;
use expo_domain::{Delivery, LandTitle, Money, ProductType, Topic};
use lexer::Piece;
use std::collections::HashSet;

/// What a visitor asks for by words that are not names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// A highest price.
    Budget(Money),
    /// A smallest surface in square metres.
    Surface(u32),
    /// A number of rooms from 1 to 5; 5 means five or more.
    Rooms(u32),
    /// A product type.
    Type(ProductType),
    /// A delivery state.
    Delivery(Delivery),
    /// A state of the land title.
    LandTitle(LandTitle),
    /// The direct housing aid.
    Aid,
    /// A current offer.
    Offer,
    /// A subject that guides and desks answer.
    Topic(Topic),
}

/// An intent and the query without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIntent {
    /// What is asked for.
    pub intent: Intent,
    /// The query without the words of the intent.
    pub rest: String,
}

/// A query, read for its intents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// What the text search looks for: the query without the words of intents that are not in texts.
    pub text: String,
    /// The intents in the order of their words, each once.
    pub intents: Vec<FoundIntent>,
    /// The units whose number is in the query.
    pub units: Vec<FoundUnit>,
}

/// An intent with its pieces.
#[derive(Debug, Clone)]
struct Recognised {
    intent: Intent,
    pieces: Vec<usize>,
    /// The pieces that the text search does not look for.
    consumed: Vec<usize>,
}

impl Index {
    /// Reads the intents of a query. Its last word may be incomplete.
    pub fn read(&self, query: &str) -> Reading {
        let pieces = lexer::pieces(query);
        let (mut recognised, mut consumed) = amounts(query, &pieces);
        let mut taken: HashSet<usize> = recognised.iter().flat_map(|found| found.pieces.clone()).collect();
        taken.extend(&consumed);
        let units = unit_number::find(self, query, &pieces, &taken);
        let units = units.map_or_else(Vec::new, |(units, number)| {
            taken.extend(number.clone());
            consumed.extend(number);
            units
        });
        let is_open = pieces.last().is_some_and(|last| last.end == query.len());
        let is_name = |word: &str| !self.terms().with_prefix(word).is_empty();
        let is_town = |word: &str| self.is_name_of_town(word);
        let phrases = phrases::recognise(&pieces, &taken, is_open, &is_name, &is_town);
        // The start of a title is a title, whatever else its words mean.
        if !self.is_start_of_title(query) {
            consumed.extend(phrases.iter().flat_map(|found| found.consumed.clone()));
        }
        recognised.extend(phrases);
        recognised.sort_by_key(|found| found.pieces.first().copied());
        Reading {
            text: lexer::without(query, &pieces, |at| consumed.contains(&at)),
            intents: distinct(query, &pieces, &recognised),
            units,
        }
    }
}

/// Intents of amounts and numbers of rooms, and the pieces that the text search does not look for.
fn amounts(query: &str, pieces: &[Piece]) -> (Vec<Recognised>, HashSet<usize>) {
    let (mut recognised, mut consumed) = (Vec::new(), HashSet::new());
    for found in amount::amounts(query, pieces) {
        consumed.extend(found.pieces.clone());
        let intent = match found.quantity {
            Quantity::Price(price) => Intent::Budget(price),
            Quantity::Surface(surface) => Intent::Surface(surface),
            Quantity::Unfinished => continue,
        };
        recognised.push(Recognised {
            intent,
            pieces: found.pieces.collect(),
            consumed: Vec::new(),
        });
    }
    for (at, pair) in pieces.windows(2).enumerate() {
        // The text search finds "3 chambres" by the category.
        if pair[0].is_number
            && let Some(rooms) = crate::tokenizer::rooms(&pair[0].word, &pair[1].word)
        {
            recognised.push(Recognised {
                intent: Intent::Rooms(rooms),
                pieces: vec![at, at + 1],
                consumed: Vec::new(),
            });
        }
    }
    (recognised, consumed)
}

/// Each intent once, with the query without all its words.
fn distinct(query: &str, pieces: &[Piece], recognised: &[Recognised]) -> Vec<FoundIntent> {
    let mut intents: Vec<FoundIntent> = Vec::new();
    for found in recognised {
        if intents.iter().any(|earlier| earlier.intent == found.intent) {
            continue;
        }
        let is_same = |other: &&Recognised| other.intent == found.intent;
        let words: HashSet<usize> = recognised
            .iter()
            .filter(is_same)
            .flat_map(|other| other.pieces.clone())
            .collect();
        intents.push(FoundIntent {
            intent: found.intent,
            rest: lexer::without(query, pieces, |at| words.contains(&at)),
        });
    }
    intents
}
