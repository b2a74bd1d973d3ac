//! What counts how much. Owns every figure of the ranking: a hit costs the sum over its words, the cheapest comes
//! first. Exact name, place, title, kind, district, then text; whole words before beginnings; errors last.

/// The name of a town.
pub(crate) const PLACE: u8 = 0;
/// The name of a region.
pub(crate) const REGION: u8 = 0;
/// A title.
pub(crate) const TITLE: u8 = 1;
/// What is sold, how far it is, what is around.
pub(crate) const KIND: u8 = 2;
/// A district.
pub(crate) const DISTRICT: u8 = 3;
/// Descriptions.
pub(crate) const BODY: u8 = 8;

/// More for one word of a place's longer name.
pub(crate) const PART: u8 = 2;
/// More for another form of the word, or for words that were written apart or together.
pub(crate) const FORM: u8 = 1;
/// More for the beginning of a word.
pub(crate) const BEGINNING: u8 = 4;
/// More for each typing error; from here on a word is corrected.
pub(crate) const ERROR: u8 = 16;
/// More for the same sound in another spelling or script.
pub(crate) const SOUND: u8 = 18;
/// More for a vowel that does not fit.
pub(crate) const VOWEL: u8 = 8;

/// At most so much for a word like "le", found or not.
pub(crate) const OPTIONAL: u8 = 3;
/// Corrected hits that cost so much more than the best one are left out.
pub(crate) const SLACK: u16 = 6;

/// Not found.
pub(crate) const NONE: u8 = 0x7f;
/// Beside a cost: the word stands in the title.
pub(crate) const IN_TITLE: u8 = 0x80;
