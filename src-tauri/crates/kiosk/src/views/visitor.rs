//! What visitors are shown.

use super::{CatalogueInfo, Facet};
use domain::{Delivery, LandTitle, Lang, Money, PictureKind, ProductType, Text, UnitStatus};
use serde::{Deserialize, Serialize};
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
    pub valid_to: String,
}

/// What a visitor looks for.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExploreQuery {
    pub lang: Lang,
    pub text: String,
    pub regions: Vec<String>,
    pub types: Vec<ProductType>,
    /// Highest price in centimes.
    pub max_price: Option<Money>,
    pub deliveries: Vec<Delivery>,
    pub aid: bool,
    pub offer: bool,
    pub sort: Sort,
    pub offset: u32,
    pub limit: u32,
}

impl ExploreQuery {
    /// Everything, in catalogue order: the first page.
    pub const fn everything(lang: Lang) -> Self {
        Self {
            lang,
            text: String::new(),
            regions: Vec::new(),
            types: Vec::new(),
            max_price: None,
            deliveries: Vec::new(),
            aid: false,
            offer: false,
            sort: Sort::Relevance,
            offset: 0,
            limit: 100,
        }
    }
}

/// The order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sort {
    Relevance,
    PriceAsc,
    PriceDesc,
    Delivery,
    Name,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Explore {
    pub total: u32,
    /// False when nothing fits and the nearest is shown instead.
    pub exact: bool,
    pub hits: Vec<ProjectCard>,
    pub facets: Facets,
    /// For an empty result: the filter whose lifting helps most.
    pub lift: Option<Lift>,
}

/// Counts of the current selection, each facet with its own choice left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Facets {
    pub regions: Vec<Facet>,
    pub types: Vec<Facet>,
    pub budgets: Vec<BudgetFacet>,
    pub deliveries: Vec<Facet>,
    pub aid: u32,
    pub offer: u32,
}

/// A budget and how many projects it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BudgetFacet {
    pub max_price: Money,
    pub count: u32,
}

/// A filter worth lifting and what it would show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Lift {
    pub filter: FilterName,
    pub total: u32,
}

/// The filters of [`ExploreQuery`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FilterName {
    Text,
    Regions,
    Types,
    Budget,
    Deliveries,
    Aid,
    Offer,
}

/// A project in a list.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProjectCard {
    pub id: String,
    pub title: Text,
    pub town: Text,
    pub region: Text,
    pub region_code: String,
    pub cover: Option<Picture>,
    pub types: Vec<ProductType>,
    pub price_from: Option<Money>,
    /// Square metres.
    pub surface_min: Option<f64>,
    /// Square metres.
    pub surface_max: Option<f64>,
    pub delivery: Delivery,
    pub delivery_on: Option<String>,
    pub available: u32,
    pub sold_out: bool,
    /// Whether some available unit may bring the direct aid, now or at delivery.
    pub aid: bool,
    pub offer: Option<Text>,
}

/// A project's page.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ProjectPage {
    pub id: String,
    pub title: Text,
    pub description: Text,
    pub town: Text,
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
    pub similar: Vec<ProjectCard>,
    pub sold_out: bool,
    pub catalogue_version: u64,
    pub published_on: String,
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
    /// What to plan; `None` when it cannot be had.
    pub plan: Option<CostPlan>,
}

/// What the direct aid may bring for a unit. Always indicative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UnitAid {
    pub kind: AidKind,
    pub amount: Option<Money>,
    /// Version of the rule.
    pub rule: String,
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
    ExploreQuery::export_all(config)?;
    Explore::export_all(config)?;
    ProjectPage::export_all(config)?;
    Notice::export_all(config)?;
    domain::LeadDraft::export_all(config)?;
    domain::FieldError::export_all(config)?;
    Thanks::export_all(config)
}
