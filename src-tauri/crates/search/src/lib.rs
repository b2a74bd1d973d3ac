//! In-memory search while a visitor types: finds projects by words and places, best match first. Owns which projects
//! match a query and in which order. Must not know filters, databases, windows or how results are worded.
//!
//! - `Index::build` (module `index`) makes term dictionaries and posting lists from a catalogue.
//! - `Index::search` (module `query::search`) splits the query into words (`tokenizer`), expands each word to terms of
//!   the index (`expand`), recognises names of places (`place_query`) and ranks the projects (`ranking`). If no project
//!   matches, it corrects the words (`fuzzy`, `phonetic`), looks near the place (`nearby`) or drops words (`partial`).
//! - `Index::read` (module `intent`) finds what the words ask for besides names: prices, product types, the aid, unit
//!   numbers, topics. Only the other words are searched.
//! - `Index::suggest` (module `query::suggest`) completes what is typed.

mod cost;
mod fuzzy;
mod index;
mod intent;
mod interner;
mod phonetic;
mod query;
mod terms;
#[cfg(test)]
mod tests;
mod tokenizer;
mod transcription;

pub use index::{FoundUnit, Index};
pub use intent::{FoundIntent, Intent, Reading};
pub use query::{Answer, AnswerKind, Hit, Suggestion};
