//! Everything that the program writes for visitors and staff outside its windows: takeaway, exports, notes on USB sticks,
//! the template of a source, faults of a source. Owns the wording and the formats of numbers and dates, with one folder per language. Must not
//! know: where a text goes, command-line output (English only), sentences of the windows (part of `ui`).
//!
//! # Adding a language
//!
//! Copy a folder such as `es`, translate it, and add its `mod` and its row in [`LANGUAGES`] below. A missing text does not
//! compile. Texts for staff exist in [`STAFF_LANGUAGES`], the template in the languages of [`TemplateLanguage`] only.

mod ar;
mod de;
mod direction;
mod en;
mod es;
mod export;
mod formats;
mod fr;
mod import;
mod it;
mod nl;
mod result;
mod summer;
mod takeaway;
mod template;
#[cfg(test)]
mod tests;
mod usb;

pub use direction::Direction;
pub use export::{ExportTexts, Headers, ReceiptTexts};
pub use formats::Formats;
pub use import::{
    CellTexts, ContentTexts, CsvTexts, FileTexts, FormatTexts, GuidePartTexts, GuideTexts, HeaderTexts,
    ImportTexts, LineTexts, OtherFormatTexts, PhotoTexts, PictureTexts, RowTexts, RuleTexts, WarningTexts,
    WorkbookTexts,
};
pub use summer::SummerTexts;
pub use takeaway::TakeawayTexts;
pub use template::{ColumnDescriptions, Instructions, TemplateLanguage, TemplateTexts};
pub use usb::{RefusalReasons, UsbTexts};

use expo_domain::Lang;

/// The texts of one language.
pub struct Language {
    /// Numbers, amounts, areas and dates.
    pub formats: Formats,
    /// Direction of the script.
    pub direction: Direction,
    /// Headers and fixed values of an export.
    pub export: ExportTexts,
    /// Text in the QR codes of the plan of a stay.
    pub summer: SummerTexts,
    /// Text in the QR code of a shortlist.
    pub takeaway: TakeawayTexts,
    /// Notes on USB sticks.
    pub usb: UsbTexts,
}

/// The languages with texts, in display order. Other languages use their fallback.
static LANGUAGES: &[(Lang, &Language)] = &[
    (Lang::Fr, &fr::LANGUAGE),
    (Lang::Ar, &ar::LANGUAGE),
    (Lang::En, &en::LANGUAGE),
    (Lang::Es, &es::LANGUAGE),
    (Lang::Nl, &nl::LANGUAGE),
    (Lang::De, &de::LANGUAGE),
    (Lang::It, &it::LANGUAGE),
];

/// The languages of staff.
const STAFF_LANGUAGES: [Lang; 3] = [Lang::Fr, Lang::Ar, Lang::En];

/// The texts of the first language in the fallback chain of `lang` that has texts.
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "every chain ends in French, and a test resolves all languages"
)]
pub fn of(lang: Lang) -> &'static Language {
    let first = lang.fallback().iter().find_map(|lang| registered(*lang));
    first.expect("every fallback chain contains a language with texts")
}

/// The languages of staff, in display order. For notes whose reader is unknown.
pub fn for_staff() -> impl Iterator<Item = &'static Language> {
    STAFF_LANGUAGES.into_iter().map(of)
}

/// The texts of the template.
pub const fn template(language: TemplateLanguage) -> &'static TemplateTexts {
    match language {
        TemplateLanguage::French => &fr::TEMPLATE,
        TemplateLanguage::English => &en::TEMPLATE,
    }
}

/// The texts about reading a source.
pub const fn import(language: TemplateLanguage) -> &'static ImportTexts {
    match language {
        TemplateLanguage::French => &fr::IMPORT,
        TemplateLanguage::English => &en::IMPORT,
    }
}

/// The texts of exactly this language.
fn registered(lang: Lang) -> Option<&'static Language> {
    let entry = LANGUAGES.iter().find(|(key, _)| *key == lang);
    entry.map(|(_, language)| *language)
}
