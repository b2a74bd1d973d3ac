//! Exploring: what a visitor looks for, and what is found.

use super::{Facet, Picture};
use domain::{Delivery, LandTitle, Lang, Money, ProductType, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a visitor looks for. A project fits when it passes every filter over projects (text, regions, towns,
/// subsidiaries, deliveries, land titles, offer) and, as soon as a filter over units is set (types, price, surface,
/// rooms, aid), one unit of it that can be had passes all of those. An empty list filters nothing.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ExploreQuery {
    pub lang: Lang,
    pub text: String,
    /// ISO 3166-2 codes.
    pub regions: Vec<String>,
    /// Identifiers of towns.
    pub towns: Vec<String>,
    /// Identifiers of subsidiaries.
    pub subsidiaries: Vec<String>,
    pub types: Vec<ProductType>,
    /// Highest price in centimes.
    pub max_price: Option<Money>,
    /// Lowest surface in whole square metres.
    pub min_surface: Option<u32>,
    /// Of 1 to 5; 5 means five or more.
    pub rooms: Vec<u32>,
    pub deliveries: Vec<Delivery>,
    pub land_titles: Vec<LandTitle>,
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
            towns: Vec::new(),
            subsidiaries: Vec::new(),
            types: Vec::new(),
            max_price: None,
            min_surface: None,
            rooms: Vec::new(),
            deliveries: Vec::new(),
            land_titles: Vec::new(),
            aid: false,
            offer: false,
            sort: Sort::Relevance,
            offset: 0,
            limit: 100,
        }
    }
}

/// The order of results. In every order what is only near comes after what was asked for, and sold out comes last.
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
    /// What this was read from, version and day: pages of different editions are not of one list.
    pub edition: String,
    pub total: u32,
    /// How the typed words were understood.
    pub answer: Answer,
    /// Place in the whole result from which on hits are only near the place asked for.
    pub nearby_from: Option<u32>,
    pub hits: Vec<ProjectCard>,
    /// While words are typed: places and projects that begin so.
    pub suggestions: Vec<Suggestion>,
    pub facets: Facets,
    /// For an empty result: the filter whose lifting helps most.
    pub lift: Option<Lift>,
}

/// How the typed words were understood. Whatever is not exact has to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Answer {
    /// How near the answer is to the question.
    pub kind: AnswerKind,
    /// `corrected`: the words as they were understood. `partial`: the words that found nothing.
    pub words: Vec<String>,
    /// `nearby`: the place that has no project.
    pub place: Option<Text>,
}

/// How near an answer is to its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Every word, as typed or as a beginning.
    Exact,
    /// With forgiven typing errors, or in another script.
    Corrected,
    /// The place is known and has no project; these are the nearest.
    Nearby,
    /// Only some of the words.
    Partial,
    /// Nothing, not even near.
    Nothing,
}

/// Something to touch instead of typing on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// Identifier of the town or project, code of the region.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// Region of a town, town of a project.
    pub detail: Option<Text>,
    /// Projects there; 1 for a project.
    pub count: u32,
}

/// What a suggestion leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SuggestionKind {
    Town,
    Region,
    Project,
}

/// Projects by value within the current selection, each facet with its own choice left out: what touching it shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Facets {
    pub regions: Vec<Facet>,
    pub towns: Vec<Facet>,
    pub subsidiaries: Vec<Facet>,
    pub types: Vec<Facet>,
    pub budgets: Vec<BudgetFacet>,
    pub surfaces: Vec<SurfaceFacet>,
    pub rooms: Vec<Facet>,
    pub deliveries: Vec<Facet>,
    pub land_titles: Vec<Facet>,
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

/// A lowest surface and how many projects offer it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SurfaceFacet {
    /// Whole square metres.
    pub min_surface: u32,
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
    Towns,
    Subsidiaries,
    Types,
    Budget,
    Surface,
    Rooms,
    Deliveries,
    LandTitles,
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
    /// Lowest price of the units that fit the selection.
    pub price_from: Option<Money>,
    /// Square metres.
    pub surface_min: Option<f64>,
    /// Square metres.
    pub surface_max: Option<f64>,
    pub delivery: Delivery,
    pub delivery_on: Option<String>,
    pub available: u32,
    /// Units that can be had and fit the selection.
    pub fitting: u32,
    pub sold_out: bool,
    /// Whether some available unit may bring the direct aid, now or at delivery.
    pub aid: bool,
    pub offer: Option<Text>,
    /// Whole kilometres from the place asked for, or from the project whose page this is.
    pub km: Option<u32>,
}

/// Every type of exploring, for the export to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    ExploreQuery::export_all(config)?;
    Explore::export_all(config)
}
