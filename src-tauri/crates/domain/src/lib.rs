//! Domain types and rules: languages, regions, money, the catalogue, leads, consent, housing aid, purchase costs and the plan of a
//! summer visit.
//! Owns every fact and check that needs no I/O. Must not know: databases, networks, windows, files, clocks. Time and
//! randomness are always passed in.

pub mod affordability;
pub mod aid;
pub mod aid_questionnaire;
pub mod audit;
pub mod catalogue;
pub mod characters;
mod codes;
pub mod cost;
pub mod document;
pub mod envelope;
pub mod exchange_rate;
pub mod fold;
pub mod hash;
pub mod lang;
pub mod lead;
pub mod loan;
pub mod money;
pub mod offplan;
pub mod outline;
pub mod phone;
pub mod place;
pub mod rows;
pub mod rule_set;
pub mod rule_source;
pub mod rules;
#[cfg(feature = "schema")]
mod schema;
pub mod stand;
pub mod stop;
pub mod summer_plan;
pub mod topic;
pub mod transfer;
pub mod zone;

pub use audit::{AuditAct, AuditDetail};
pub use catalogue::{
    Delivery, Feature, Group, LandTitle, Offer, Picture, PictureKind, ProductType, Project, Rendition,
    Subsidiary, Town, Unit, UnitStatus,
};
pub use document::{Document, DocumentContent, Guide, GuideText, Partner, PartnerKind, Situation};
pub use envelope::Envelope;
pub use lang::{Lang, Text, Texts};
pub use lead::{FieldError, Lead, LeadDraft, LeadHeader};
pub use money::{AmountRange, Money};
pub use outline::Outline;
pub use place::Region;
pub use rows::{Catalogue, JsonRows};
pub use rule_set::{RuleFile, RuleSet};
pub use rules::Rules;
pub use stand::{PlaceKind, PlanArea, Stand, StandPlace};
pub use stop::{Contact, Stop};
pub use topic::Topic;
