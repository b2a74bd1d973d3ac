//! What visitors are shown.

use super::{CatalogueInfo, ProjectCard};
use domain::{Delivery, LandTitle, Lang, Money, PictureKind, ProductType, Text, UnitStatus};
use serde::Serialize;
use ts_rs::TS;

/// All a window needs to begin.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Boot {
    pub stop: Stop,
    /// Languages offered, in order.
    pub languages: Vec<Lang>,
    pub idle_seconds: u32,
    pub countdown_seconds: u32,
    pub regions: Vec<RegionName>,
    /// Every town that has a project.
    pub towns: Vec<TownName>,
    /// Every subsidiary that has a project.
    pub subsidiaries: Vec<SubsidiaryName>,
    /// `None` before the first catalogue.
    pub catalogue: Option<CatalogueInfo>,
    /// Pictures for the attract screen.
    pub covers: Vec<Cover>,
    /// Offers valid today.
    pub offers: Vec<OfferCard>,
    /// Banks at this stop.
    pub banks: Vec<String>,
    /// False when no lead can be stored now: say so before the visitor types.
    pub leads_open: bool,
}

/// The stop, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Stop {
    pub id: String,
    pub name: Text,
    pub city: Text,
    pub venue: Option<Text>,
    pub starts_on: String,
    pub ends_on: String,
    pub demonstration: bool,
}

/// A region's name.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RegionName {
    pub code: String,
    pub name: Text,
}

/// A town on the map and in lists.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TownName {
    pub id: String,
    pub name: Text,
    pub region_code: String,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
}

/// A regional subsidiary's name.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SubsidiaryName {
    pub id: String,
    pub name: Text,
}

/// A picture that stands for a project.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Cover {
    #[serde(flatten)]
    pub picture: Picture,
    /// Project and town.
    pub caption: Text,
    pub project: String,
}

/// A picture in three sizes.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Picture {
    pub small: Rendition,
    pub medium: Rendition,
    pub large: Rendition,
    pub thumbhash: String,
    pub alt: Text,
    pub kind: PictureKind,
}

/// One size of a picture; its address is `media://localhost/<hash>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Rendition {
    pub hash: String,
    pub width: u32,
    pub height: u32,
}

/// An offer valid today.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct OfferCard {
    pub id: String,
    pub title: Text,
    pub text: Text,
    pub valid_from: String,
    pub valid_to: String,
    /// Whole days it still holds; 0 on its last day.
    pub days_left: u32,
}

/// A project's page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProjectPage {
    pub id: String,
    pub title: Text,
    pub description: Text,
    pub town: Text,
    pub town_id: String,
    pub region: Text,
    pub region_code: String,
    pub district: Option<Text>,
    pub subsidiary: SubsidiaryCard,
    pub pictures: Vec<Picture>,
    pub types: Vec<ProductType>,
    pub delivery: Delivery,
    pub delivery_on: Option<String>,
    pub building_permit_on: Option<String>,
    pub habitation_permit_on: Option<String>,
    pub land_title: LandTitle,
    pub land_title_number: Option<String>,
    pub features: Vec<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub offers: Vec<OfferCard>,
    pub groups: Vec<UnitGroup>,
    /// Others within an hour's drive, nearest first.
    pub nearby: Vec<ProjectCard>,
    pub similar: Vec<ProjectCard>,
    pub sold_out: bool,
    /// The rules behind every unit's `aid`; `None` when none is in force.
    pub aid_rule: Option<AidRuleInfo>,
    pub catalogue_version: u64,
    pub published_on: String,
    /// Whole days since then; `None` when the clock says it is still to come.
    pub age_days: Option<u32>,
}

/// Who sells.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SubsidiaryCard {
    pub name: Text,
    pub phone: Option<String>,
}

/// A group of units.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UnitGroup {
    pub id: String,
    pub product_type: ProductType,
    pub title: Text,
    pub available: u32,
    pub total: u32,
    pub price_from: Option<Money>,
    pub price_to: Option<Money>,
    pub surface_min: f64,
    pub surface_max: f64,
    pub units: Vec<UnitRow>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UnitRow {
    pub id: String,
    pub number: String,
    pub price: Money,
    /// Square metres.
    pub surface: f64,
    pub floor: Option<i32>,
    pub rooms: Option<u32>,
    pub levels: Option<u32>,
    pub facades: Option<u32>,
    pub cos: Option<f64>,
    pub status: UnitStatus,
    pub designation: Option<Text>,
    pub aid: UnitAid,
}

/// What the direct aid may bring for a unit. Always indicative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UnitAid {
    pub kind: AidKind,
    pub amount: Option<Money>,
}

/// Which rules of the direct aid were applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AidRuleInfo {
    pub version: String,
    pub checked_on: String,
}

/// Answers of the aid's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum AidKind {
    Eligible,
    AtDelivery,
    ToConfirm,
    NotEligible,
}

/// Price, costs and aid as a sum one can follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CostPlan {
    pub lines: Vec<CostLine>,
    pub total: Money,
    pub checked_on: String,
}

/// One line of the sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CostLine {
    pub code: String,
    /// Negative for the aid.
    pub amount: Money,
    pub estimated: bool,
}

/// The notice on personal data, in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Notice {
    pub version: String,
    pub lang: Lang,
    pub title: String,
    pub summary: String,
    pub full: Vec<String>,
    pub consents: ConsentTexts,
}

/// The sentence of each consent; the bank's holds `{bank}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ConsentTexts {
    pub call: String,
    pub whatsapp: String,
    pub email: String,
    pub bank: String,
}

/// Shown once the lead is safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Thanks {
    pub ticket: String,
    pub id: String,
    pub taken_at: String,
    /// QR of the ticket, SVG markup.
    pub qr_svg: String,
}

/// Every type visitors are shown, for the export to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    Boot::export_all(config)?;
    ProjectPage::export_all(config)?;
    CostPlan::export_all(config)?;
    Notice::export_all(config)?;
    domain::LeadDraft::export_all(config)?;
    domain::FieldError::export_all(config)?;
    Thanks::export_all(config)
}
