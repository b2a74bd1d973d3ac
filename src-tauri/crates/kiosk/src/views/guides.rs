//! Views of guides and partners, in one language. Must not know: rules, windows.

use expo_domain::lead::Desk;
use expo_domain::{GuideText, Lang, PartnerKind, PlaceKind, PlanArea, ProductType, Situation, Text, Topic};
use serde::Serialize;
use ts_rs::TS;

/// The guides and partners of the stop; both empty if the catalogue has none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Guidance {
    /// Guides, by situation.
    pub guides: Vec<GuideCard>,
    /// Partners at the stand.
    pub partners: Vec<PartnerCard>,
    /// Places of the stand; empty without a plan.
    pub stand: Vec<PlaceView>,
}

/// A place on the plan of the stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "StandPlace")]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlaceView {
    pub id: String,
    pub kind: PlaceKind,
    /// Identifiers of the partners there.
    pub partners: Vec<String>,
    pub label: Text,
    pub area: PlanArea,
    /// Whether it is this kiosk.
    pub here: bool,
}

/// A guide in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct GuideCard {
    pub key: String,
    pub situation: Situation,
    pub title: Text,
    pub summary: Text,
    pub topics: Vec<Topic>,
    /// Empty for all.
    pub product_types: Vec<ProductType>,
}

/// A partner at the stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PartnerCard {
    pub id: String,
    pub kind: PartnerKind,
    pub name: Text,
    /// Where its desk is.
    pub desk: Text,
    pub text: Text,
    /// `None`: those of the stand.
    pub hours: Option<Text>,
    pub languages: Vec<Lang>,
    pub topics: Vec<Topic>,
    /// The desk of the lead form that stands for it.
    pub lead_desk: Desk,
}

/// The page of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GuidePage {
    /// Its name.
    pub key: String,
    /// Language of the text, which may differ from the requested one.
    pub lang: Lang,
    /// The text.
    pub text: GuideText,
    /// Day when its facts were last compared with their source.
    pub checked_on: String,
    /// Partners that answer its topics.
    pub partners: Vec<PartnerCard>,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    Guidance::export_all(config)?;
    GuidePage::export_all(config)
}
