//! The weights of the ranking. A match costs the sum over its words; the lowest cost ranks first. The order is name of
//! a place, title, category, district, description; complete words before prefixes; typing errors last. Must not know
//! how costs are computed.

/// Base cost of a town's name.
pub(crate) const TOWN: u8 = 0;
/// Base cost of a region's name.
pub(crate) const REGION: u8 = 0;
/// Base cost of a title.
pub(crate) const TITLE: u8 = 1;
/// Base cost of a category: product type, delivery state, feature or number of rooms.
pub(crate) const CATEGORY: u8 = 2;
/// Base cost of a district.
pub(crate) const DISTRICT: u8 = 3;
/// Base cost of a description.
pub(crate) const BODY: u8 = 8;

/// Added for one word of a place name that has several words.
pub(crate) const PARTIAL_NAME: u8 = 2;
/// Added for a variant of the word, and for words written together or apart.
pub(crate) const VARIANT: u8 = 1;
/// Added if the word is only a prefix of the term.
pub(crate) const PREFIX: u8 = 4;
/// Added for each typing error. A word with at least this cost is corrected.
pub(crate) const TYPING_ERROR: u8 = 16;
/// Added for a term with the same phonetic key.
pub(crate) const PHONETIC: u8 = 18;
/// Added for a vowel that differs between terms with the same phonetic key.
pub(crate) const VOWEL: u8 = 8;

/// Maximum cost of an optional word, also if it does not match.
pub(crate) const MAX_OPTIONAL: u8 = 3;
/// Corrected hits whose total cost exceeds the best one by more than this are dropped.
pub(crate) const CORRECTED_TOLERANCE: u16 = 6;

/// Cost of a word that does not match.
pub(crate) const NO_MATCH: u8 = 0x7f;
/// Total cost of a project that does not match all required words.
pub(crate) const NO_MATCH_TOTAL: u16 = u16::MAX;
/// Flag in addition to a cost: the word is in the title.
pub(crate) const IN_TITLE: u8 = 0x80;

/// The cost in `cell` without the flag [`IN_TITLE`].
pub(crate) const fn without_flag(cell: u8) -> u8 {
    cell & !IN_TITLE
}

/// Lowers the cost in `cell` to `cost`, if it is higher. Keeps the flag [`IN_TITLE`].
pub(crate) fn lower(cell: &mut u8, cost: u8) {
    let flag = *cell & IN_TITLE;
    *cell = without_flag(*cell).min(cost) | flag;
}
