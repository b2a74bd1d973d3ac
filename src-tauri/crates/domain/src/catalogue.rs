//! The catalogue: subsidiary → project → group → unit, together with towns, offers and pictures. Owns the row types and
//! the references between rows. Must not know: spreadsheets, signatures, databases.

use crate::lang::Texts;
use crate::money::Money;
use crate::outline::Outline;
use crate::place::Region;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Defines an enum of unit variants, each with the snake-case code that spreadsheets, databases and messages use.
#[macro_export]
#[doc(hidden)]
macro_rules! code_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize, ::ts_rs::TS)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// All values in display order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code used in spreadsheets, databases and messages.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            /// The value with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

code_enum! {
    /// Type of property, as on the group's website.
    ProductType {
        /// Flat in a building.
        Apartment = "apartment",
        /// Single house.
        House = "house",
        /// Villa, finished.
        Villa = "villa",
        /// Villa sold as a shell, which the buyer finishes.
        SemiFinishedVilla = "semi_finished_villa",
        /// Plot for housing.
        ResidentialPlot = "residential_plot",
        /// Plot for a craft workshop.
        CraftPlot = "craft_plot",
        /// Plot for industrial activity.
        IndustrialPlot = "industrial_plot",
        /// Plot for commercial activity.
        CommercialPlot = "commercial_plot",
        /// Shop.
        Shop = "shop",
        /// Block of land for a developer (îlot).
        Block = "block",
    }
}

code_enum! {
    /// Construction state of a project.
    Delivery {
        /// Finished and handed over.
        Delivered = "delivered",
        /// Under construction.
        UnderConstruction = "under_construction",
        /// Sold off plan (VEFA), before construction.
        OffPlan = "off_plan",
    }
}

code_enum! {
    /// State of the land title (titre foncier).
    LandTitle {
        /// Each unit has its own title or gets one at the deed.
        Titled = "titled",
        /// Registration is under way.
        InProgress = "in_progress",
        /// Only the mother title exists.
        MotherTitle = "mother_title",
    }
}

code_enum! {
    /// Amenity of a project or its neighbourhood. A catalogue may contain others, which are not shown.
    Feature {
        /// Parking.
        Parking = "parking",
        /// Lift.
        Lift = "lift",
        /// Green spaces.
        GreenSpace = "green_space",
        /// Playground.
        Playground = "playground",
        /// School.
        School = "school",
        /// Mosque.
        Mosque = "mosque",
        /// Shops.
        Shops = "shops",
        /// Security guard.
        Security = "security",
        /// View of the sea.
        SeaView = "sea_view",
        /// View of the mountains.
        MountainView = "mountain_view",
        /// Public transport.
        Transport = "transport",
        /// Health centre.
        HealthCentre = "health_centre",
        /// Sports ground.
        Sport = "sport",
        /// Swimming pool.
        Pool = "pool",
        /// Terrace.
        Terrace = "terrace",
    }
}

code_enum! {
    /// Availability of a unit.
    UnitStatus {
        /// Available.
        Available = "available",
        /// Reserved.
        Reserved = "reserved",
        /// Sold.
        Sold = "sold",
    }
}

code_enum! {
    /// Subject of a picture.
    PictureKind {
        /// View of the project.
        View = "view",
        /// Façade.
        Elevation = "elevation",
        /// Plan of the rooms.
        FloorPlan = "floor_plan",
        /// Plan of the site.
        SitePlan = "site_plan",
    }
}

/// A regional subsidiary (filiale); it may cover several regions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Subsidiary {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Name.
    pub name: Texts,
    /// Telephone of its sales office, E.164.
    #[cfg_attr(feature = "schema", schema(required))]
    pub phone: Option<String>,
    /// Regions covered, at least one.
    pub regions: Vec<Region>,
}

/// A town, new town or urban pole with projects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Town {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Its region.
    pub region: Region,
    /// Name.
    pub name: Texts,
    /// Other spellings people search for, in any script.
    pub aliases: Vec<String>,
    /// Degrees north, WGS 84.
    pub latitude: f64,
    /// Degrees east, WGS 84.
    pub longitude: f64,
}

/// A housing development with one or more groups of units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Project {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifier of its subsidiary.
    pub subsidiary: String,
    /// Identifier of its town.
    pub town: String,
    /// District inside the town; `{}` if there is none.
    pub district: Texts,
    /// Title.
    pub title: Texts,
    /// Description, a few sentences.
    pub description: Texts,
    /// Construction state.
    pub delivery: Delivery,
    /// First day of the month of delivery.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<String>, format = Date))]
    pub delivery_on: Option<Date>,
    /// Date of the building permit.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<String>, format = Date))]
    pub building_permit_on: Option<Date>,
    /// Date of the habitation permit, which the direct aid depends on.
    #[cfg_attr(feature = "schema", schema(required, value_type = Option<String>, format = Date))]
    pub habitation_permit_on: Option<Date>,
    /// State of the land title.
    pub land_title: LandTitle,
    /// Number of the (mother) land title.
    #[cfg_attr(feature = "schema", schema(required))]
    pub land_title_number: Option<String>,
    /// Degrees north, WGS 84.
    #[cfg_attr(feature = "schema", schema(required))]
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    #[cfg_attr(feature = "schema", schema(required))]
    pub longitude: Option<f64>,
    /// Codes of amenities, such as `parking`. docs/catalogue-source.md lists all; others are not shown.
    pub features: Vec<String>,
}

/// Units of one type inside a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Group {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifier of its project.
    pub project: String,
    /// Type of its units.
    pub product_type: ProductType,
    /// Title.
    pub title: Texts,
}

/// A flat, house or plot for sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifier of its group.
    pub group: String,
    /// Product number as displayed, such as `A-104`.
    pub number: String,
    /// Price with all taxes (TTC), in centimes of a dirham.
    #[cfg_attr(feature = "schema", schema(value_type = i64, minimum = 1, maximum = 9_007_199_254_740_991_u64))]
    pub price: Money,
    /// Surface in square decimetres (1/100 m²).
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 9_007_199_254_740_991_u64))]
    pub surface_dm2: i64,
    /// Floor, 0 = ground.
    #[cfg_attr(feature = "schema", schema(required))]
    pub floor: Option<i32>,
    /// Rooms, living room included.
    #[cfg_attr(feature = "schema", schema(required))]
    pub rooms: Option<u32>,
    /// Levels allowed or built above the ground floor: the n of R+n.
    #[cfg_attr(feature = "schema", schema(required))]
    pub levels: Option<u32>,
    /// Façades on a street, 1 to 4.
    #[cfg_attr(feature = "schema", schema(required))]
    pub facades: Option<u32>,
    /// Coefficient of land use (COS) in hundredths.
    #[cfg_attr(feature = "schema", schema(required))]
    pub cos_hundredths: Option<u32>,
    /// Availability.
    pub status: UnitStatus,
    /// Description.
    pub designation: Texts,
    /// Polygon on the site plan of the project: 3 to 100 points `[x, y]`, each from 0 to 10,000, `y` down. Left out if
    /// there is none, never null.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<Vec<i32>>, required = false))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outline: Option<Outline>,
}

/// A time-limited commercial condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Offer {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifiers of its projects; empty means all.
    pub projects: Vec<String>,
    /// Title.
    pub title: Texts,
    /// Text of the conditions.
    pub text: Texts,
    /// First day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub valid_from: Date,
    /// Last day, included.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub valid_to: Date,
}

impl Offer {
    /// Whether the offer is valid on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }
}

/// One size of a picture: a WebP file, not animated. Equal hashes always have equal dimensions and size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rendition {
    /// SHA-256 of the file, lower-case hex: its name in `/v1/pictures/{sha256}`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub hash: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    #[cfg_attr(feature = "schema", schema(maximum = 1920))]
    pub height: u32,
    /// Size of the file in bytes.
    #[cfg_attr(feature = "schema", schema(maximum = 8_388_608))]
    pub bytes: u64,
}

/// A picture of a project in three sizes. For a small original all three can be the same file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Picture {
    /// Identifier of its project.
    pub project: String,
    /// Position in the gallery, unique in the project; 1 is the cover.
    pub position: u32,
    /// Subject.
    pub kind: PictureKind,
    /// Caption.
    pub caption: Texts,
    /// For lists, at most 480 px wide.
    pub small: Rendition,
    /// For pages, at most 1,080 px wide.
    pub medium: Rendition,
    /// For the full screen, at most 1,920 px wide.
    pub large: Rendition,
    /// Thumbhash, base64: placeholder until the picture is loaded.
    pub thumbhash: String,
}
