//! Views for visitors: boot data, project page, lead form. Must not know: rules, windows.

use super::{CatalogueInfo, Guidance, ProjectCard};
use expo_domain::lead::Slot;
use expo_domain::{Delivery, LandTitle, Lang, Money, Outline, PictureKind, ProductType, Text, UnitStatus};
use serde::Serialize;
use ts_rs::TS;

/// Data for the start of a visitor window.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Boot {
    pub stop: Stop,
    /// Languages offered, in order.
    pub languages: Vec<Lang>,
    pub idle_seconds: u32,
    /// In the form and on long pages.
    pub long_idle_seconds: u32,
    pub countdown_seconds: u32,
    pub regions: Vec<RegionName>,
    /// All towns with a project.
    pub towns: Vec<TownName>,
    /// All subsidiaries with a project.
    pub subsidiaries: Vec<SubsidiaryName>,
    /// `None` before the first catalogue.
    pub catalogue: Option<CatalogueInfo>,
    /// Pictures for the attract screen.
    pub covers: Vec<Cover>,
    /// Offers valid today.
    pub offers: Vec<OfferCard>,
    pub guidance: Guidance,
    /// Which answers about money are possible today.
    pub rules: RulesInForce,
    /// Banks at this stop.
    pub banks: Vec<String>,
    /// Working days within which the visitor gets a reply; `None` without such a promise.
    pub reply_days: Option<u8>,
    /// Whether leads can be stored now. If not, the window must say so before the visitor types.
    pub leads_open: bool,
}

/// Which rules are in force today; windows hide the doors that need another one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct RulesInForce {
    /// Highest amount of the direct aid; `None` without a rule of the aid.
    pub aid_up_to: Option<Money>,
    /// Whether costs can be calculated.
    pub costs: bool,
    /// Whether a stay can be planned.
    pub stay: bool,
}

/// The stop, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Stop {
    pub id: String,
    pub name: Text,
    pub city: Text,
    pub venue: Option<Text>,
    pub starts_on: String,
    pub ends_on: String,
    /// Country that the form starts with, ISO 3166-1 alpha-2.
    pub country: String,
    pub demonstration: bool,
}

/// Name of a region.
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

/// Name of a subsidiary.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SubsidiaryName {
    pub id: String,
    pub name: Text,
}

/// A picture on the attract screen.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Cover {
    #[serde(flatten)]
    pub picture: Picture,
    /// Names of project and town.
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

/// One size of a picture; its URL is `media://localhost/<hash>`.
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
    /// Days it is still valid; 0 on the last day.
    pub days_left: u32,
}

/// The page of a project.
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
    /// The town, and what is near; empty if the place of the project is not known.
    pub surroundings: Vec<Surrounding>,
    pub offers: Vec<OfferCard>,
    pub groups: Vec<UnitGroup>,
    /// Other projects within 60 km, nearest first.
    pub nearby: Vec<ProjectCard>,
    pub similar: Vec<ProjectCard>,
    pub sold_out: bool,
    /// The rules behind the `aid` of the units; `None` if none is in force.
    pub aid_rule: Option<AidRuleInfo>,
    pub catalogue_version: u64,
    pub published_on: String,
    /// Full days since then; `None` if the clock says that the day is in the future.
    pub age_days: Option<u32>,
}

/// A place near a project, with its distance as the crow flies.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Surrounding {
    pub kind: LandmarkKind,
    /// `None` for the sea.
    pub name: Option<Text>,
    /// Rounded; 0 means less than half a kilometre.
    pub km: u32,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
}

/// Kind of a place near a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LandmarkKind {
    /// Centre of the town.
    Town,
    Sea,
    Station,
    Airport,
}

/// The subsidiary that sells the project.
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
    /// Its polygon on the site plan.
    pub outline: Option<Outline>,
    pub aid: UnitAid,
}

/// The direct aid for a unit; never binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct UnitAid {
    pub kind: AidKind,
    pub amount: Option<Money>,
}

/// The applied rules of the direct aid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct AidRuleInfo {
    pub version: String,
    pub checked_on: String,
}

/// Result of the rules of the direct aid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum AidKind {
    Eligible,
    AtDelivery,
    ToConfirm,
    NotEligible,
}

/// The privacy notice, in one language.
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

/// The sentence of each consent; the one for the bank contains `{bank}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ConsentTexts {
    pub call: String,
    pub whatsapp: String,
    pub email: String,
    pub bank: String,
}

/// Confirmation of a stored lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Thanks {
    pub ticket: String,
    pub id: String,
    pub taken_at: String,
    /// QR code of the ticket alone, SVG markup.
    pub qr_svg: String,
    /// QR code of a calendar entry for the stay, SVG markup; `None` without a stay.
    pub calendar_qr_svg: Option<String>,
}

/// When a visitor can be reached, to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContactHours {
    /// Country whose time it is, ISO 3166-1 alpha-2; `None` if it is not known.
    pub country: Option<String>,
    /// City of the time zone, if the country has several or is not known.
    pub city: Option<String>,
    /// All parts of the week.
    pub slots: Vec<SlotHours>,
}

/// Hours of a part of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SlotHours {
    /// The part of the week.
    pub slot: Slot,
    /// `10:00`, where the visitor lives.
    pub from: String,
    /// `13:00`, where the visitor lives.
    pub to: String,
    /// The same in Morocco; `None` if the hours are the same.
    pub morocco: Option<MoroccanHours>,
}

/// Hours in Morocco.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MoroccanHours {
    pub from: String,
    pub to: String,
    /// Whether they begin on the day after that of the visitor.
    pub next_day: bool,
    /// Whether they begin on the day before that of the visitor.
    pub previous_day: bool,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    Boot::export_all(config)?;
    ProjectPage::export_all(config)?;
    expo_domain::Feature::export_all(config)?;
    Notice::export_all(config)?;
    expo_domain::LeadDraft::export_all(config)?;
    expo_domain::phone::PhoneReading::export_all(config)?;
    expo_domain::FieldError::export_all(config)?;
    ContactHours::export_all(config)?;
    Thanks::export_all(config)
}
