//! Parts of results that are the same in all languages. Must not know: sentences.

use expo_domain::lead::ResultUnit;

/// `A-104 (RABAT-01)`, or the identifier of the unit if its number is not known.
pub(crate) fn shown_unit(unit: &ResultUnit) -> String {
    let number = unit.number.as_ref().unwrap_or(&unit.unit);
    format!("{number} ({})", unit.project)
}
