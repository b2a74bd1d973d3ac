//! Texts of the takeaway, the shortlist in the notes of a contact. Must not know: how the lines are composed and shortened.

use expo_domain::{AmountRange, Delivery, Money};
use jiff::civil::Date;

/// Texts of the takeaway in one language.
pub struct TakeawayTexts {
    /// First line, with the day of the visit.
    pub heading: fn(Date) -> String,
    /// Separates the parts of a line.
    pub comma: &'static str,
    /// The lowest price of a project.
    pub from: fn(Money) -> String,
    /// In place of the price of a project.
    pub sold_out: &'static str,
    /// In place of the price of a unit.
    pub sold: &'static str,
    /// In place of the price of a unit.
    pub reserved: &'static str,
    /// A unit by its number.
    pub unit: fn(&str) -> String,
    /// State of the works of a project, with the month of delivery if it is known.
    pub delivery: fn(Delivery, Option<Date>) -> String,
    /// In place of the price of a project.
    pub all_reserved: &'static str,
    /// The identifier of a project, for the group's advisors.
    pub reference: fn(&str) -> String,
    /// Price and costs of the units together.
    pub total: fn(AmountRange) -> String,
    /// The same if the direct aid is granted once.
    pub total_with_aid: fn(AmountRange) -> String,
    /// Above the papers of a guide that the visitor does not have yet.
    pub papers_missing: &'static str,
    /// Above those that the visitor has.
    pub papers_ready: &'static str,
    /// A line with a telephone number.
    pub phone: fn(&str) -> String,
    /// What the prices include, with the day when the catalogue was published.
    pub price_terms: fn(Date) -> String,
}
