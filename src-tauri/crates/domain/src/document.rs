//! Documents of the catalogue beside projects: guides, partners, rules and the plan of the stand. Owns the types of guides and
//! partners. Must not know: Markdown, spreadsheets, windows, what rules calculate.

use crate::catalogue::ProductType;
use crate::lang::{Lang, Texts};
use crate::lead::Desk;
use crate::rule_set::RuleSet;
use crate::stand::Stand;
use crate::topic::Topic;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A guide, a partner, the rules of one file or the plan of the stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Document {
    /// Identifier, unique in the catalogue: `guide/KEY`, `guide/KEY/COUNTRY`, `partner/ID`, `rules/FILE` or `stand`.
    pub id: String,
    /// What it contains.
    pub content: DocumentContent,
}

/// The content of a document, by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variant names are self-explanatory")]
pub enum DocumentContent {
    Guide(Guide),
    Partner(Partner),
    /// From format 3 on: all versions in one rule file, by its name; see `docs/catalogue-source.md`.
    Rules(RuleSet),
    /// From format 3 on.
    Stand(Stand),
}

crate::code_enum! {
    /// Part of a purchase that a guide is about; the list of guides is ordered by it.
    Situation {
        /// The way to one's home, from the first visit to the keys.
        Buying = "buying",
        /// Buying what is not built yet.
        OffPlan = "off_plan",
        /// Buying a plot and building on it.
        Building = "building",
        /// Buying from abroad: power of attorney, foreign currency.
        FromAbroad = "from_abroad",
        /// Loans.
        Financing = "financing",
        /// Checks before signing or paying.
        Safety = "safety",
        /// After the purchase, and complaints.
        Afterwards = "afterwards",
    }
}

/// A guide for buyers, in one or more languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Guide {
    /// Name of the guide; the same for the variants of several countries.
    pub key: String,
    /// Country of the stops that show this variant, ISO 3166-1 alpha-2. Null: stops without a variant of their own.
    #[cfg_attr(feature = "schema", schema(required, pattern = "^[A-Z]{2}$"))]
    pub country: Option<String>,
    /// What it is about.
    pub situation: Situation,
    /// Subjects that it answers, at least one.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub topics: Vec<Topic>,
    /// Product types that it is for; empty for all.
    pub product_types: Vec<ProductType>,
    /// Day when its facts were last compared with their source.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub checked_on: Date,
    /// The guide by language; at least French.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::HashMap<String, GuideText>))]
    pub texts: BTreeMap<Lang, GuideText>,
}

/// A guide in one language. Steps and papers are the same in all languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GuideText {
    /// Title.
    pub title: String,
    /// One or two sentences on what the reader will know.
    pub summary: String,
    /// The short version: one action per step.
    pub short: Vec<Vec<Span>>,
    /// The detailed version.
    pub steps: Vec<GuideStep>,
    /// Papers to bring, to be ticked; may be empty.
    pub papers: Vec<String>,
    /// Laws and public sources of the facts.
    pub source: String,
}

/// A step of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GuideStep {
    /// Title.
    pub title: String,
    /// What to do and to know.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
    },
    /// A list of actions.
    List {
        /// Whether the order matters.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Span>>,
    },
    /// Something to be careful about.
    Notice {
        /// Its text.
        spans: Vec<Span>,
    },
}

/// A part of a text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is emphasised.
    pub strong: bool,
}

crate::code_enum! {
    /// Kind of a partner.
    PartnerKind {
        /// The group or a subsidiary.
        Group = "group",
        /// A bank.
        Bank = "bank",
        /// Notaries.
        Notary = "notary",
        /// The ministry.
        Ministry = "ministry",
    }
}

impl PartnerKind {
    /// The desk in the form of a visitor who asks this partner for a call.
    pub const fn desk(self) -> Desk {
        match self {
            Self::Group => Desk::Advisor,
            Self::Bank => Desk::Bank,
            Self::Notary => Desk::Notary,
            Self::Ministry => Desk::Ministry,
        }
    }
}

/// A partner at the stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Partner {
    /// Kind.
    pub kind: PartnerKind,
    /// Countries of the stops where it is present; empty for all.
    pub countries: Vec<String>,
    /// Name.
    pub name: Texts,
    /// Where its desk is.
    pub desk: Texts,
    /// What it does for visitors.
    pub text: Texts,
    /// Opening hours; `{}` if they are those of the stand.
    pub hours: Texts,
    /// Languages spoken, at least one.
    pub languages: Vec<Lang>,
    /// Subjects that it answers, at least one.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub topics: Vec<Topic>,
}

impl Partner {
    /// Whether it is present at stops of this country.
    pub fn is_present_in(&self, country: &str) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|one| one == country)
    }
}
