//! Views for browsing: queries and results. Must not know: rules, windows.

use super::{FacetCount, Picture};
use expo_domain::{Delivery, LandTitle, Lang, Money, ProductType, Text, Topic};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A query. A project matches if it passes every filter over projects (text, regions, towns, subsidiaries, deliveries, land
/// titles, offer) and, if a filter over units is set (types, price, total to plan, surface, rooms, aid), one of its available units passes
/// all of these. An empty list is no filter.
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
    /// Highest total to plan for: price and costs, in centimes.
    pub max_plan: Option<Money>,
    /// Whether totals to plan for are less the direct aid where it is possible.
    pub plan_counts_aid: bool,
    /// Smallest surface in square metres.
    pub min_surface: Option<u32>,
    /// Numbers from 1 to 5; 5 means five or more.
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
    /// The first page of all projects, in the order of the catalogue.
    pub const fn everything(lang: Lang) -> Self {
        Self {
            lang,
            text: String::new(),
            regions: Vec::new(),
            towns: Vec::new(),
            subsidiaries: Vec::new(),
            types: Vec::new(),
            max_price: None,
            max_plan: None,
            plan_counts_aid: true,
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

/// Sort order. Sold-out projects follow the others, and projects that are only near the place come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Sort {
    Relevance,
    PriceAsc,
    PriceDesc,
    /// By the total to plan for, lowest first.
    PlanAsc,
    SurfaceAsc,
    SurfaceDesc,
    /// By distance from the chosen towns.
    Distance,
    Delivery,
    Name,
}

/// Results of a query.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Explore {
    /// Catalogue version and day. Pages with different editions do not belong to the same list.
    pub edition: String,
    pub total: u32,
    /// How the typed text was understood.
    pub answer: Answer,
    /// Index of the first result that is only near the place searched for.
    pub nearby_from: Option<u32>,
    pub hits: Vec<ProjectCard>,
    /// Places and projects that complete the typed text.
    pub suggestions: Vec<Suggestion>,
    /// What the typed text asks for besides names. Only on the first page.
    pub intents: Vec<FoundIntent>,
    /// The units whose number is in the typed text, in the projects of this page.
    pub units: Vec<FoundUnit>,
    pub facets: Facets,
    /// If there is no result: the filter whose removal shows the most projects.
    pub lift: Option<Lift>,
}

/// How the typed text was understood. The window must show it unless it is exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Answer {
    /// How well the results match the text.
    pub kind: AnswerKind,
    /// `corrected`: the words after correction. `partial`: the words that were dropped.
    pub words: Vec<String>,
    /// `nearby`: the place without a matching project.
    pub place: Option<Text>,
    /// `nearby`: the place has no project at all.
    pub is_empty_place: bool,
}

/// What a visitor asks for by words that are not names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Intent {
    /// A highest price.
    Budget { max_price: Money },
    /// A smallest surface in square metres.
    Surface { min_surface: u32 },
    /// A number of rooms from 1 to 5; 5 means five or more.
    Rooms { rooms: u32 },
    /// A product type.
    Type { product_type: ProductType },
    /// A delivery state.
    Delivery { delivery: Delivery },
    /// A state of the land title.
    LandTitle { land_title: LandTitle },
    /// The direct housing aid.
    Aid,
    /// A current offer.
    Offer,
    /// A subject that guides and desks answer.
    Topic { topic: Topic },
}

/// An intent in the typed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundIntent {
    /// What is asked for.
    pub intent: Intent,
    /// The text without the words of the intent.
    pub text: String,
    /// Number of projects with the filter of the intent and this text; `None` for a topic.
    pub count: Option<u32>,
}

/// A unit that is found by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundUnit {
    /// Identifier of the unit.
    pub id: String,
    /// Its number as displayed.
    pub number: String,
    /// Its product type.
    pub product_type: ProductType,
    /// Identifier of its project.
    pub project: String,
    /// Title of its project.
    pub title: Text,
}

/// How well results match the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Every word matches as typed, or as a prefix.
    Exact,
    /// Words match after correction of typing errors, or in another script.
    Corrected,
    /// The place has no project; the results are near it.
    Nearby,
    /// Only some of the words match.
    Partial,
    /// No project matches.
    Nothing,
}

/// A suggestion that completes the typed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Suggestion {
    /// Kind of the suggestion.
    pub kind: SuggestionKind,
    /// Identifier of the town or project, code of the region.
    pub id: String,
    /// Its name.
    pub label: Text,
    /// Region of a town, town of a project.
    pub detail: Option<Text>,
    /// Number of projects; 1 for a project.
    pub count: u32,
}

/// Kind of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum SuggestionKind {
    Town,
    Region,
    Project,
}

/// Counts per value of every facet: the number of projects if that value were the only choice of the facet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Facets {
    pub regions: Vec<FacetCount>,
    pub towns: Vec<FacetCount>,
    pub subsidiaries: Vec<FacetCount>,
    pub types: Vec<FacetCount>,
    pub budgets: Vec<BudgetFacet>,
    pub plans: Vec<PlanFacet>,
    pub surfaces: Vec<SurfaceFacet>,
    pub rooms: Vec<FacetCount>,
    pub deliveries: Vec<FacetCount>,
    pub land_titles: Vec<FacetCount>,
    pub aid: u32,
    pub offer: u32,
}

/// A budget and its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BudgetFacet {
    pub max_price: Money,
    pub count: u32,
}

/// A total to plan for and its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlanFacet {
    pub max_plan: Money,
    pub count: u32,
}

/// A minimum surface and its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SurfaceFacet {
    /// Square metres.
    pub min_surface: u32,
    pub count: u32,
}

/// A filter to remove, and the number of projects without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Lift {
    pub filter: FilterName,
    pub total: u32,
}

/// Declares [`FilterName`] and the list of all its values.
macro_rules! filter_names {
    ($($name:ident),* $(,)?) => {
        /// The filters of [`ExploreQuery`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum FilterName {
            $($name),*
        }

        impl FilterName {
            /// All filters, each at the position of its number.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

filter_names! {
    Text,
    Regions,
    Towns,
    Subsidiaries,
    Types,
    Budget,
    Plan,
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
    /// Lowest price of the units that match the query.
    pub price_from: Option<Money>,
    /// Lowest total to plan for of the units that match the query. Only in search results.
    pub plan_from: Option<Money>,
    /// Smallest surface of the units that match the query, in square metres.
    pub surface_min: Option<f64>,
    /// Largest surface of the units that match the query, in square metres.
    pub surface_max: Option<f64>,
    pub delivery: Delivery,
    pub delivery_on: Option<String>,
    pub available: u32,
    /// Available units that match the query.
    pub fitting: u32,
    pub sold_out: bool,
    /// Whether an available unit that matches the query may bring the direct aid, now or at delivery.
    pub aid: bool,
    pub offer: Option<Text>,
    /// Distance in full kilometres from the place searched for, or from the project of the page.
    pub km: Option<u32>,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    ExploreQuery::export_all(config)?;
    Explore::export_all(config)
}
