//! The eight languages of the kiosk, and texts that exist in some of them. Must not know: sentences of the user
//! interface, which are part of `ui`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use ts_rs::TS;

/// A language of the kiosk, by its ISO 639 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French; every catalogue text exists in French.
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
    /// All languages in display order.
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

    /// Languages to try for a text, in order: first this language, last French.
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

/// Error for a code that is none of the eight languages.
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

/// One text with its translations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Lang, String>);

/// One translation of a text, with its actual language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Its language, which may differ from the requested one.
    pub lang: Lang,
}

impl Texts {
    /// A text that exists in French only.
    pub fn fr(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Lang::Fr, text.into())]))
    }

    /// The text for a reader of `lang`: the first of its fallback chain that exists, otherwise any translation.
    pub fn pick(&self, lang: Lang) -> Option<Text> {
        let chain = lang.fallback().iter().copied().chain(Lang::ALL);
        chain.into_iter().find_map(|lang| {
            self.0.get(&lang).map(|text| Text {
                text: text.clone(),
                lang,
            })
        })
    }

    /// The text that a reader of each language gets: see [`Self::pick`].
    pub fn in_each_language(&self) -> BTreeMap<Lang, String> {
        let text = |lang: Lang| self.pick(lang).map(|text| (lang, text.text));
        Lang::ALL.into_iter().filter_map(text).collect()
    }

    /// The French text, or an empty string. For sorting, logs and file names.
    pub fn french(&self) -> &str {
        self.0.get(&Lang::Fr).map_or("", String::as_str)
    }

    /// Whether no translation exists.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_text_falls_back_with_its_own_language() {
        let texts = Texts(BTreeMap::from([
            (Lang::Fr, "Villa".to_owned()),
            (Lang::En, "Villa (en)".to_owned()),
        ]));
        assert_eq!(texts.pick(Lang::Nl).map(|t| t.lang), Some(Lang::En));
        assert_eq!(texts.pick(Lang::Ar).map(|t| t.lang), Some(Lang::Fr));
        assert_eq!(Texts::default().pick(Lang::Ar), None);
    }

    #[test]
    fn each_language_has_a_text_if_one_exists() {
        let texts = Texts(BTreeMap::from([
            (Lang::Fr, "Étape".to_owned()),
            (Lang::Ar, "محطة".to_owned()),
        ]));
        let all = texts.in_each_language();
        assert_eq!(all.len(), Lang::ALL.len());
        assert_eq!(all[&Lang::Zgh], "محطة");
        assert_eq!(all[&Lang::En], "Étape");
        assert!(Texts::default().in_each_language().is_empty());
    }

    #[test]
    fn fallbacks_start_with_the_language_and_end_in_french() {
        for lang in Lang::ALL {
            assert_eq!(lang.fallback().first(), Some(&lang));
            assert_eq!(lang.fallback().last(), Some(&Lang::Fr));
            assert_eq!(lang.code().parse(), Ok(lang));
        }
    }
}
