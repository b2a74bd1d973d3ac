//! What the kiosk talks about: languages, places, money, the catalogue, leads, consent, and the rules of aid and
//! costs. Owns every fact and check that needs no input or output. Must not know databases, networks, windows,
//! files or clocks: time and randomness are always passed in.

pub mod aid;
pub mod catalogue;
pub mod cost;
pub mod fold;
pub mod lang;
pub mod lead;
pub mod money;
pub mod phone;
pub mod place;
pub mod stop;

pub use catalogue::{
    Catalogue, Delivery, Group, LandTitle, Offer, Picture, PictureKind, ProductType, Project, Rendition,
    RowTexts, Subsidiary, Town, Unit, UnitStatus,
};
pub use lang::{Lang, Text, Texts};
pub use lead::{FieldError, Lead, LeadDraft, LeadHeader};
pub use money::Money;
pub use place::Region;
pub use stop::{Contact, Stop};
