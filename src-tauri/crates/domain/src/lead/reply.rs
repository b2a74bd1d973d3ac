//! How, when and where the visitor wants the reply: parts of the week, a stay in Morocco, a partner by name, and the person
//! whom the request is for. Owns these types and the hours of the parts of the week. Must not know: the catalogue, which
//! time zone applies where.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

crate::code_enum! {
    /// Part of the week in which the visitor can be reached.
    Slot {
        /// Monday to Friday, morning.
        Morning = "morning",
        /// Monday to Friday, afternoon.
        Afternoon = "afternoon",
        /// Monday to Friday, evening.
        Evening = "evening",
        /// Saturday and Sunday.
        Weekend = "weekend",
    }
}

impl Slot {
    /// Full hours at which it begins and ends, where the visitor lives. On working days they are those of the French decree
    /// 2022-1313 on commercial calls.
    pub const fn hours(self) -> (i8, i8) {
        match self {
            Self::Morning => (10, 13),
            Self::Afternoon => (14, 18),
            Self::Evening => (18, 20),
            Self::Weekend => (10, 18),
        }
    }
}

crate::code_enum! {
    /// Person whom the request is for.
    Beneficiary {
        /// The visitor.
        Myself = "myself",
        /// A member of the family.
        Family = "family",
        /// Somebody else.
        Other = "other",
    }
}

/// When the visitor can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reachable {
    /// IANA time zone in which the hours of the slots count, such as `Europe/Paris`.
    pub zone: String,
    /// Parts of the week, each once, at least one.
    pub slots: Vec<Slot>,
}

/// A stay in Morocco, for an appointment at an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeadStay {
    /// First day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    #[ts(type = "string")]
    pub from: Date,
    /// Last day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    #[ts(type = "string")]
    pub to: Date,
}

/// Whom the request is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OnBehalf {
    /// The person.
    pub whom: Beneficiary,
    /// What the visitor says about them, such as `my mother`.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub detail: Option<String>,
}

/// The partner that the visitor wants to talk to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeskPartner {
    /// Identifier of the partner in the catalogue, or the name of a bank that only the stop has.
    pub partner: String,
    /// French name; absent if the catalogue could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}
