//! The catalogue: subsidiary → project → group → unit, with towns, offers and pictures beside them. Owns the shapes
//! and the references between rows. Must not know spreadsheets, signatures or databases.

use crate::lang::Texts;
use crate::money::Money;
use crate::place::Region;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Writes an enum of plain variants with its snake-case code, the one that spreadsheets, databases and screens use.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The code used in spreadsheets, databases and messages.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            /// The value of a code, if it is one.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

coded! {
    /// What is sold, as on the group's own site.
    ProductType {
        /// Flat in a building.
        Apartment = "apartment",
        /// Single house.
        House = "house",
        /// Villa, finished.
        Villa = "villa",
        /// Villa sold as a shell to be finished by the buyer.
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

coded! {
    /// How far a project is.
    Delivery {
        /// Finished and handed over.
        Delivered = "delivered",
        /// Building works have begun.
        UnderConstruction = "under_construction",
        /// Sold off plan (VEFA), works not begun.
        OffPlan = "off_plan",
    }
}

coded! {
    /// The state of the land title (titre foncier).
    LandTitle {
        /// Each unit has, or gets at the deed, its own title.
        Titled = "titled",
        /// Registration is under way.
        InProgress = "in_progress",
        /// Only the mother title exists so far.
        MotherTitle = "mother_title",
    }
}

coded! {
    /// Whether a unit can still be had.
    UnitStatus {
        /// Free.
        Available = "available",
        /// Reserved by somebody.
        Reserved = "reserved",
        /// Sold.
        Sold = "sold",
    }
}

coded! {
    /// What a picture shows.
    PictureKind {
        /// A view of the place.
        View = "view",
        /// A façade.
        Elevation = "elevation",
        /// A plan of rooms.
        FloorPlan = "floor_plan",
        /// A plan of the site.
        SitePlan = "site_plan",
    }
}

/// A regional subsidiary (filiale); it may cover several regions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subsidiary {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Name.
    pub name: Texts,
    /// Telephone of its sales office, E.164.
    pub phone: Option<String>,
    /// Regions covered, at least one.
    pub regions: Vec<Region>,
}

/// A town, new town or urban pole where projects stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// A project: one place with one or more groups of units.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifier of its subsidiary.
    pub subsidiary: String,
    /// Identifier of its town.
    pub town: String,
    /// District inside the town.
    pub district: Texts,
    /// Title.
    pub title: Texts,
    /// Description, a few sentences.
    pub description: Texts,
    /// How far it is.
    pub delivery: Delivery,
    /// First day of the month in which it is or was delivered.
    pub delivery_on: Option<Date>,
    /// Date of the building permit.
    pub building_permit_on: Option<Date>,
    /// Date of the permit to inhabit; the direct aid depends on it.
    pub habitation_permit_on: Option<Date>,
    /// State of the land title.
    pub land_title: LandTitle,
    /// Number of the (mother) land title.
    pub land_title_number: Option<String>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
    /// Codes of what is there (parking, lift, school …).
    pub features: Vec<String>,
}

/// A group of like units inside a project.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifier of its project.
    pub project: String,
    /// What its units are.
    pub product_type: ProductType,
    /// Title.
    pub title: Texts,
}

/// One thing that can be bought.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Identifier of its group.
    pub group: String,
    /// Product number as shown to people, such as `A-104`.
    pub number: String,
    /// Price TTC.
    pub price: Money,
    /// Surface in square decimetres (1/100 m²).
    pub surface_dm2: i64,
    /// Floor, 0 = ground.
    pub floor: Option<i32>,
    /// Rooms, living room included.
    pub rooms: Option<u32>,
    /// Levels allowed or built above ground: the n of R+n.
    pub levels: Option<u32>,
    /// Façades on a street, 1 to 4.
    pub facades: Option<u32>,
    /// Coefficient of land use (COS) in hundredths.
    pub cos_hundredths: Option<u32>,
    /// Whether it can be had.
    pub status: UnitStatus,
    /// Designation in words.
    pub designation: Texts,
}

/// An offer with its days of validity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Identifier, unique in the catalogue.
    pub id: String,
    /// Projects it concerns; empty means all.
    pub projects: Vec<String>,
    /// Title.
    pub title: Texts,
    /// Conditions in words.
    pub text: Texts,
    /// First day.
    pub valid_from: Date,
    /// Last day, included.
    pub valid_to: Date,
}

impl Offer {
    /// Whether the offer holds on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && day <= self.valid_to
    }
}

/// One size of a picture, stored under its SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// SHA-256 of the file, lower-case hex.
    pub hash: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Length of the file in bytes.
    pub bytes: u64,
}

/// A picture of a project in three sizes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// Identifier of its project.
    pub project: String,
    /// Place in the gallery, 1 is the cover.
    pub position: u32,
    /// What it shows.
    pub kind: PictureKind,
    /// What it shows, in words.
    pub caption: Texts,
    /// For lists, at most 480 px wide.
    pub small: Rendition,
    /// For pages, at most 1,080 px wide.
    pub medium: Rendition,
    /// For the full screen, at most 1,920 px wide.
    pub large: Rendition,
    /// Thumbhash, base64: what to show until the picture is there.
    pub thumbhash: String,
}

/// One whole version of the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Whether it is made up for demonstration.
    pub demonstration: bool,
    /// A sentence shown with the catalogue.
    pub notice: Texts,
    /// Subsidiaries.
    pub subsidiaries: Vec<Subsidiary>,
    /// Towns.
    pub towns: Vec<Town>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Units.
    pub units: Vec<Unit>,
    /// Offers.
    pub offers: Vec<Offer>,
    /// Pictures.
    pub pictures: Vec<Picture>,
}

/// The same as texts: each row as it stands in a snapshot, without the field that names its kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowTexts {
    /// Whether it is made up for demonstration.
    pub demonstration: bool,
    /// A sentence shown with the catalogue.
    pub notice: Texts,
    /// Subsidiaries.
    pub subsidiaries: Vec<String>,
    /// Towns.
    pub towns: Vec<String>,
    /// Projects.
    pub projects: Vec<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Units.
    pub units: Vec<String>,
    /// Offers.
    pub offers: Vec<String>,
    /// Pictures.
    pub pictures: Vec<String>,
}

impl RowTexts {
    /// The texts of a catalogue.
    pub fn of(catalogue: &Catalogue) -> Result<Self, serde_json::Error> {
        fn texts<T: Serialize>(rows: &[T]) -> Result<Vec<String>, serde_json::Error> {
            rows.iter().map(serde_json::to_string).collect()
        }
        Ok(Self {
            demonstration: catalogue.demonstration,
            notice: catalogue.notice.clone(),
            subsidiaries: texts(&catalogue.subsidiaries)?,
            towns: texts(&catalogue.towns)?,
            projects: texts(&catalogue.projects)?,
            groups: texts(&catalogue.groups)?,
            units: texts(&catalogue.units)?,
            offers: texts(&catalogue.offers)?,
            pictures: texts(&catalogue.pictures)?,
        })
    }

    /// The catalogue that texts stand for. Whether identifiers and references hold is not checked.
    pub fn read(&self) -> Result<Catalogue, serde_json::Error> {
        Ok(Catalogue {
            units: self.read_units()?,
            ..self.read_without_units()?
        })
    }

    /// Its units, which are half of the work.
    pub fn read_units(&self) -> Result<Vec<Unit>, serde_json::Error> {
        rows(&self.units)
    }

    /// All of it but the units.
    pub fn read_without_units(&self) -> Result<Catalogue, serde_json::Error> {
        Ok(Catalogue {
            demonstration: self.demonstration,
            notice: self.notice.clone(),
            subsidiaries: rows(&self.subsidiaries)?,
            towns: rows(&self.towns)?,
            projects: rows(&self.projects)?,
            groups: rows(&self.groups)?,
            units: Vec::new(),
            offers: rows(&self.offers)?,
            pictures: rows(&self.pictures)?,
        })
    }
}

fn rows<T: serde::de::DeserializeOwned>(texts: &[String]) -> Result<Vec<T>, serde_json::Error> {
    texts.iter().map(|text| serde_json::from_str(text)).collect()
}
