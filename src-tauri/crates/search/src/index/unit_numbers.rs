//! The numbers of units, such as `A-401` or `LI-002`. Owns when two spellings are the same number. Must not know queries.

use crate::interner::{WordInterner, renumber};
use crate::terms::{PostingLists, TermDictionary};
use expo_domain::{Catalogue, ProductType, fold};
use std::collections::HashMap;

/// A unit with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundUnit {
    /// Project ordinal: index in `catalogue.projects`.
    pub ord: usize,
    /// Identifier of the unit.
    pub id: String,
    /// Its number as displayed.
    pub number: String,
    /// Its product type.
    pub product_type: ProductType,
}

/// The units of a catalogue by number.
#[derive(Debug, Default)]
pub(crate) struct UnitNumbers {
    /// Keys of numbers: see [`key`].
    keys: TermDictionary,
    by_key: PostingLists<u32>,
    /// The last digits of each number with its unit, sorted.
    by_last_digits: Vec<(u32, u32)>,
    /// Project and product type of each unit.
    units: Vec<(u32, ProductType)>,
    ids: TermDictionary,
    numbers: TermDictionary,
}

impl UnitNumbers {
    pub fn new(catalogue: &Catalogue) -> Self {
        let projects = (0_u32..).zip(&catalogue.projects);
        let ords: HashMap<&str, u32> = projects
            .map(|(ord, project)| (project.id.as_str(), ord))
            .collect();
        let groups: HashMap<&str, (u32, ProductType)> = catalogue
            .groups
            .iter()
            .filter_map(|group| {
                Some((
                    group.id.as_str(),
                    (*ords.get(group.project.as_str())?, group.product_type),
                ))
            })
            .collect();
        let mut keys = WordInterner::default();
        let mut numbers = Self::default();
        let (mut postings, mut shown) = (Vec::new(), Vec::new());
        for unit in &catalogue.units {
            let Some(owner) = groups.get(unit.group.as_str()) else {
                continue;
            };
            let number = numbers.units.len() as u32;
            numbers
                .by_last_digits
                .extend(last_digits(&unit.number).map(|digits| (digits, number)));
            postings.push((keys.id(&key(&unit.number)), number));
            numbers.units.push(*owner);
            shown.push(unit);
        }
        numbers.by_last_digits.sort_unstable();
        numbers.ids = TermDictionary::new(shown.iter().map(|unit| unit.id.as_str()));
        numbers.numbers = TermDictionary::new(shown.iter().map(|unit| unit.number.as_str()));
        let (dictionary, terms) = keys.into_dictionary();
        numbers.by_key = PostingLists::new(dictionary.len(), &renumber(postings, &terms));
        numbers.keys = dictionary;
        numbers
    }

    /// The units with this number, however its letters, digits and zeros are written.
    pub fn with_number(&self, number: &str) -> Vec<FoundUnit> {
        let key = key(number);
        let term = self.keys.find(&key).filter(|_| !key.is_empty());
        let units = term.map(|term| self.by_key.of(term..term + 1));
        units
            .into_iter()
            .flatten()
            .map(|unit| self.found(*unit))
            .collect()
    }

    /// The units of whose number these are the last digits.
    pub fn with_last_digits(&self, digits: u32) -> Vec<FoundUnit> {
        let from = self.by_last_digits.partition_point(|(last, _)| *last < digits);
        let units = self.by_last_digits[from..]
            .iter()
            .take_while(|(last, _)| *last == digits);
        units.map(|(_, unit)| self.found(*unit)).collect()
    }

    fn found(&self, unit: u32) -> FoundUnit {
        let (ord, product_type) = self.units[unit as usize];
        FoundUnit {
            ord: ord as usize,
            id: self.ids.get(unit as usize).to_owned(),
            number: self.numbers.get(unit as usize).to_owned(),
            product_type,
        }
    }
}

/// The letters and digits of a number, without zeros in front of digits: `LI-002` and `li 2` are the same.
fn key(number: &str) -> String {
    let mut key = String::new();
    for run in runs(&fold::fold(number)) {
        let digits = run.trim_start_matches('0');
        key.push_str(if digits.is_empty() { &run[..1] } else { digits });
    }
    key
}

/// The digits at the end of a number, without what separates them from the rest.
fn last_digits(number: &str) -> Option<u32> {
    runs(&fold::fold(number)).last()?.parse().ok()
}

/// Runs of letters and runs of digits in a folded text.
fn runs(folded: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut runs = Vec::new();
            let mut rest = word;
            while let Some(first) = rest.chars().next() {
                let end = rest
                    .find(|c| is_digit(c) != is_digit(first))
                    .unwrap_or(rest.len());
                runs.push(&rest[..end]);
                rest = &rest[end..];
            }
            runs
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_number_have_one_key() {
        for (number, expected) in [
            ("A-401", "a401"),
            ("LI-002", "li2"),
            ("li 2", "li2"),
            ("lot n° 045", "lotn45"),
            ("٤٠١", "401"),
            ("B100", "b100"),
            ("TR-07-010", "tr710"),
            ("0", "0"),
        ] {
            assert_eq!(key(number), expected, "{number}");
        }
        assert_eq!(last_digits("TR-07-010"), Some(10));
        assert_eq!(last_digits("RDC"), None);
    }
}
