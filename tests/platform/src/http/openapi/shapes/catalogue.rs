//! What a published catalogue is made of: the checkpoint that is signed, the lines of a snapshot, the plan and the values
//! of a delta.

use serde::Deserialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ArrayItems, ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// What is signed: JSON text of this is `SignedCheckpoint.checkpoint`, at most 16 KiB.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Format of this document, 1. Any other is refused as that of a newer program.
    #[schema(minimum = 1, maximum = 1)]
    format: u32,
    /// Version of the catalogue; a kiosk takes only higher ones.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_u64)]
    version: u64,
    /// When it was published.
    #[schema(format = DateTime)]
    published_at: String,
    /// After this staff are told that it is old; it is shown and taken all the same. Null: never.
    #[schema(required, format = DateTime)]
    expires_at: Option<String>,
    /// Rows of each kind.
    rows: RowCounts,
    /// SHA-256 over all lines of the snapshot, sorted by their bytes, each with its line feed.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    content_sha256: String,
    /// SHA-256 of the packed snapshot.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    snapshot_sha256: String,
    /// Length of the packed snapshot.
    #[schema(maximum = 536_870_912)]
    snapshot_bytes: u64,
    /// Length of the snapshot once unpacked.
    #[schema(maximum = 536_870_912)]
    snapshot_plain_bytes: u64,
    /// Different picture files.
    pictures: u64,
    /// Their length together, each counted once.
    pictures_bytes: u64,
}

/// Rows of each kind.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowCounts {
    subsidiaries: u64,
    towns: u64,
    projects: u64,
    groups: u64,
    units: u64,
    offers: u64,
    pictures: u64,
}

/// A text by language. Fields stand in the order fr, ar, zgh, en, es, nl, de, it; what is not there is left out, never null.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    #[schema(required = false)]
    fr: String,
    #[schema(required = false)]
    ar: String,
    #[schema(required = false)]
    zgh: String,
    #[schema(required = false)]
    en: String,
    #[schema(required = false)]
    es: String,
    #[schema(required = false)]
    nl: String,
    #[schema(required = false)]
    de: String,
    #[schema(required = false)]
    it: String,
}

/// One line of a snapshot. Fields stand in the order of `required`, nulls are written.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
#[expect(
    clippy::large_enum_variant,
    reason = "read in tests only, one after the other"
)]
pub enum CatalogueRow {
    About(AboutRow),
    Subsidiary(SubsidiaryRow),
    Town(TownRow),
    Project(ProjectRow),
    Group(GroupRow),
    Unit(UnitRow),
    Offer(OfferRow),
    Picture(PictureRow),
}

/// What the catalogue says of itself: exactly one line.
#[derive(Deserialize, ToSchema)]
pub struct AboutRow {
    #[schema(pattern = "^about$")]
    row: String,
    /// Whether everything is made up: the kiosk then says so on every screen.
    demonstration: bool,
    /// A sentence shown with the catalogue.
    notice: Texts,
}

/// A regional subsidiary.
#[derive(Deserialize, ToSchema)]
pub struct SubsidiaryRow {
    #[schema(pattern = "^subsidiary$")]
    row: String,
    /// Unique among subsidiaries.
    id: String,
    /// Name.
    name: Texts,
    /// Telephone of its sales office, E.164.
    #[schema(required)]
    phone: Option<String>,
    /// Regions covered, at least one.
    regions: Vec<Region>,
}

/// A region of Morocco, ISO 3166-2:MA.
#[derive(Deserialize, ToSchema)]
pub enum Region {
    #[serde(rename = "MA-01")]
    Tangier,
    #[serde(rename = "MA-02")]
    Oriental,
    #[serde(rename = "MA-03")]
    Fes,
    #[serde(rename = "MA-04")]
    Rabat,
    #[serde(rename = "MA-05")]
    BeniMellal,
    #[serde(rename = "MA-06")]
    Casablanca,
    #[serde(rename = "MA-07")]
    Marrakech,
    #[serde(rename = "MA-08")]
    Draa,
    #[serde(rename = "MA-09")]
    Souss,
    #[serde(rename = "MA-10")]
    Guelmim,
    #[serde(rename = "MA-11")]
    Laayoune,
    #[serde(rename = "MA-12")]
    Dakhla,
}

/// A town.
#[derive(Deserialize, ToSchema)]
pub struct TownRow {
    #[schema(pattern = "^town$")]
    row: String,
    /// Unique among towns.
    id: String,
    /// Its region.
    region: Region,
    /// Name.
    name: Texts,
    /// Other spellings people search for, in any script.
    aliases: Vec<String>,
    /// Degrees north, WGS 84.
    latitude: f64,
    /// Degrees east, WGS 84.
    longitude: f64,
}

/// A project.
#[derive(Deserialize, ToSchema)]
pub struct ProjectRow {
    #[schema(pattern = "^project$")]
    row: String,
    /// Unique among projects.
    id: String,
    /// `id` of its subsidiary.
    subsidiary: String,
    /// `id` of its town.
    town: String,
    /// District inside the town; `{}` where there is none.
    district: Texts,
    /// Title.
    title: Texts,
    /// A few sentences.
    description: Texts,
    /// How far it is.
    delivery: Delivery,
    /// First day of the month in which it is or was delivered.
    #[schema(required, format = Date)]
    delivery_on: Option<String>,
    /// Date of the building permit.
    #[schema(required, format = Date)]
    building_permit_on: Option<String>,
    /// Date of the permit to inhabit; the direct aid depends on it.
    #[schema(required, format = Date)]
    habitation_permit_on: Option<String>,
    /// State of the land title.
    land_title: LandTitle,
    /// Number of the (mother) title.
    #[schema(required)]
    land_title_number: Option<String>,
    /// Degrees north, WGS 84; null together with `longitude`.
    #[schema(required)]
    latitude: Option<f64>,
    /// Degrees east, WGS 84.
    #[schema(required)]
    longitude: Option<f64>,
    /// Codes of what is there, such as `parking`; all of them stand in docs/catalogue-source.md, others are not shown.
    features: Vec<String>,
}

/// How far a project is.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Delivered,
    UnderConstruction,
    OffPlan,
}

/// The state of a land title.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LandTitle {
    Titled,
    InProgress,
    MotherTitle,
}

/// Like units of one project.
#[derive(Deserialize, ToSchema)]
pub struct GroupRow {
    #[schema(pattern = "^group$")]
    row: String,
    /// Unique among groups.
    id: String,
    /// `id` of its project.
    project: String,
    /// What its units are.
    product_type: ProductType,
    /// Title.
    title: Texts,
}

/// What is sold.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProductType {
    Apartment,
    House,
    Villa,
    SemiFinishedVilla,
    ResidentialPlot,
    CraftPlot,
    IndustrialPlot,
    CommercialPlot,
    Shop,
    Block,
}

/// One thing that can be bought.
#[derive(Deserialize, ToSchema)]
pub struct UnitRow {
    #[schema(pattern = "^unit$")]
    row: String,
    /// Unique among units.
    id: String,
    /// `id` of its group.
    group: String,
    /// Product number as shown, such as `A-104`.
    number: String,
    /// Price with all taxes, in centimes of a dirham.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_u64)]
    price: i64,
    /// Surface in hundredths of a square metre.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_u64)]
    surface_dm2: i64,
    /// Floor, 0 is the ground floor.
    #[schema(required)]
    floor: Option<i32>,
    /// Rooms, living room included.
    #[schema(required)]
    rooms: Option<u32>,
    /// Levels above ground: the n of R+n.
    #[schema(required)]
    levels: Option<u32>,
    /// Façades on a street.
    #[schema(required)]
    facades: Option<u32>,
    /// Coefficient of land use in hundredths.
    #[schema(required)]
    cos_hundredths: Option<u32>,
    /// Whether it can be had.
    status: UnitStatus,
    /// In words.
    designation: Texts,
}

/// Whether a unit can be had.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitStatus {
    Available,
    Reserved,
    Sold,
}

/// An offer, shown from its first to its last day.
#[derive(Deserialize, ToSchema)]
pub struct OfferRow {
    #[schema(pattern = "^offer$")]
    row: String,
    /// Unique among offers.
    id: String,
    /// `id` of each project it concerns; empty: of all.
    projects: Vec<String>,
    /// Title.
    title: Texts,
    /// Conditions.
    text: Texts,
    /// First day.
    #[schema(format = Date)]
    valid_from: String,
    /// Last day, included.
    #[schema(format = Date)]
    valid_to: String,
}

/// A picture of a project in three sizes. A small one may be the same file in all three.
#[derive(Deserialize, ToSchema)]
pub struct PictureRow {
    #[schema(pattern = "^picture$")]
    row: String,
    /// `id` of its project.
    project: String,
    /// Place in the gallery, unique in the project; 1 is the cover.
    position: u32,
    /// What it shows.
    kind: PictureKind,
    /// What it shows, in words.
    caption: Texts,
    /// At most 480 wide.
    small: Rendition,
    /// At most 1,080 wide.
    medium: Rendition,
    /// At most 1,920 wide.
    large: Rendition,
    /// Thumbhash in base64, shown until the picture is there.
    thumbhash: String,
}

/// What a picture shows.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    View,
    Elevation,
    FloorPlan,
    SitePlan,
}

/// One picture file, WebP, not animated. One `hash` has the same figures wherever it stands.
#[derive(Deserialize, ToSchema)]
pub struct Rendition {
    /// SHA-256 of the file: its name in `/v1/pictures/{sha256}`.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// Pixels, as in the file.
    width: u32,
    /// Pixels, as in the file.
    #[schema(maximum = 1920)]
    height: u32,
    /// Length of the file.
    #[schema(maximum = 8_388_608)]
    bytes: u64,
}

/// One line of a delta's plan: the header first, then a step each.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum DeltaLine {
    Header(DeltaHeader),
    Step(DeltaStep),
}

/// The first line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeltaHeader {
    /// Format, 2.
    #[schema(minimum = 2, maximum = 2)]
    delta: u32,
    /// Version it starts from.
    from: u64,
    /// Version it leads to.
    to: u64,
}

/// A step: kind of row, what is done, how many older rows stay before it. utoipa derives no arrays whose items differ.
#[derive(Deserialize)]
pub struct DeltaStep(String, String, u64);

impl PartialSchema for DeltaStep {
    fn schema() -> RefOr<Schema> {
        let code = |description, codes: &[&str]| {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some(description))
                .enum_values(Some(codes.iter().copied()))
        };
        let kind = code(
            "Kind of row; kinds come in this order.",
            &[
                "about",
                "subsidiary",
                "town",
                "project",
                "group",
                "unit",
                "offer",
                "picture",
            ],
        );
        let what = code(
            "The next older row goes; it stays with other values in some fields; a row is put in before it.",
            &["gone", "edit", "put"],
        );
        let stay = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some("Older rows of this kind that stay as they are before it."))
            .minimum(Some(0));
        ArrayBuilder::new()
            .description(Some("What is done at a place of the older list."))
            .prefix_items([kind, what, stay])
            .items(ArrayItems::False)
            .min_items(Some(3))
            .max_items(Some(3))
            .into()
    }
}

impl ToSchema for DeltaStep {}

/// A value: the fields that an edit changes, each whole and new, or a row that is put, as in the snapshot but for `row`.
#[derive(Deserialize, ToSchema)]
#[schema(value_type = Object)]
pub struct DeltaValue(serde_json::Value);
