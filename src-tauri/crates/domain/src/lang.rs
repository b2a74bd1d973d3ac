//! The eight languages of the kiosk and texts that exist in some of them. Must not know how a sentence is worded:
//! the interface's own sentences live in the user interface.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;

/// A language the kiosk can speak, by its ISO 639 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, the language every catalogue text exists in.
    Fr,
    /// Arabic, written right to left.
    Ar,
    /// Amazigh in Tifinagh.
    Zgh,
    /// English.
    En,
    /// Spanish.
    Es,
    /// Dutch.
    Nl,
    /// German.
    De,
    /// Italian.
    It,
}

impl Lang {
    /// All languages, in the order the kiosk lists them.
    pub const ALL: [Self; 8] = [
        Self::Fr,
        Self::Ar,
        Self::Zgh,
        Self::En,
        Self::Es,
        Self::Nl,
        Self::De,
        Self::It,
    ];

    /// The ISO 639 code, as in `lang` attributes and column suffixes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::Ar => "ar",
            Self::Zgh => "zgh",
            Self::En => "en",
            Self::Es => "es",
            Self::Nl => "nl",
            Self::De => "de",
            Self::It => "it",
        }
    }

    /// Where to look when a text is missing in this language: first itself, last French.
    pub const fn fallback(self) -> &'static [Self] {
        match self {
            Self::Fr => &[Self::Fr],
            Self::Ar => &[Self::Ar, Self::Fr],
            Self::Zgh => &[Self::Zgh, Self::Ar, Self::Fr],
            Self::En => &[Self::En, Self::Fr],
            Self::Es => &[Self::Es, Self::En, Self::Fr],
            Self::Nl => &[Self::Nl, Self::En, Self::Fr],
            Self::De => &[Self::De, Self::En, Self::Fr],
            Self::It => &[Self::It, Self::En, Self::Fr],
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A code that names none of the eight languages.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("'{0}' is not a language of the kiosk; use one of fr, ar, zgh, en, es, nl, de, it")]
pub struct UnknownLang(String);

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, UnknownLang> {
        Self::ALL
            .into_iter()
            .find(|lang| lang.code() == code)
            .ok_or_else(|| UnknownLang(code.to_owned()))
    }
}

/// One text in the languages it was written in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Lang, String>);

/// A text chosen for a reader, with the language it really is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Text {
    /// The words.
    pub text: String,
    /// Their own language, which may differ from the one asked for.
    pub lang: Lang,
}

impl Texts {
    /// A text that exists in French only.
    pub fn fr(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Lang::Fr, text.into())]))
    }

    /// The text for a reader of `lang`, along its fallback chain, then whatever exists.
    pub fn pick(&self, lang: Lang) -> Option<Text> {
        let chain = lang.fallback().iter().copied().chain(Lang::ALL);
        chain.into_iter().find_map(|lang| {
            self.0.get(&lang).map(|text| Text {
                text: text.clone(),
                lang,
            })
        })
    }

    /// The French text, or an empty one: for sorting, logs and file names.
    pub fn french(&self) -> &str {
        self.0.get(&Lang::Fr).map_or("", String::as_str)
    }

    /// Whether no language has a text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_text_falls_back_and_says_its_own_language() {
        let texts = Texts(BTreeMap::from([
            (Lang::Fr, "Villa".to_owned()),
            (Lang::En, "Villa (en)".to_owned()),
        ]));
        assert_eq!(texts.pick(Lang::Nl).map(|t| t.lang), Some(Lang::En));
        assert_eq!(texts.pick(Lang::Ar).map(|t| t.lang), Some(Lang::Fr));
        assert_eq!(Texts::default().pick(Lang::Ar), None);
    }

    #[test]
    fn every_fallback_begins_with_itself_and_ends_in_french() {
        for lang in Lang::ALL {
            assert_eq!(lang.fallback().first(), Some(&lang));
            assert_eq!(lang.fallback().last(), Some(&Lang::Fr));
            assert_eq!(lang.code().parse(), Ok(lang));
        }
    }
}
