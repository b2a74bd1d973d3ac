//! Leads: the draft that the form sends, the validated lead, and the proof of consent. Must not know: how a lead is
//! sealed, stored or sent.

mod check;
mod correction;
mod field_error;
mod interest;
mod reply;
mod result;
mod staff_entry;

pub use check::DraftContext;
pub use correction::LeadCorrection;
pub use field_error::{FieldCode, FieldError, FieldName};
pub use interest::{Interest, InterestDraft, WantedTown};
pub use reply::{Beneficiary, DeskPartner, LeadStay, OnBehalf, Reachable, Slot};
pub use result::{AidOutcome, ResultUnit, SharedResult};
pub use staff_entry::{CallOutcome, Rating, StaffEntry};

use crate::catalogue::ProductType;
use crate::lang::Lang;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How the visitor wants to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Telephone call.
    Call,
    /// `WhatsApp` or SMS.
    Whatsapp,
    /// E-mail.
    Email,
}

impl Channel {
    /// The code used in messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Whatsapp => "whatsapp",
            Self::Email => "email",
        }
    }
}

/// Intended use of the property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variant names are self-explanatory")]
pub enum Purpose {
    Live,
    Invest,
    Family,
    Plot,
    Business,
    Other,
}

/// Desk at the stand that the visitor wants to talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variant names are self-explanatory")]
pub enum Desk {
    Advisor,
    Bank,
    Notary,
    Ministry,
}

impl Desk {
    /// The code used in messages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Advisor => "advisor",
            Self::Bank => "bank",
            Self::Notary => "notary",
            Self::Ministry => "ministry",
        }
    }
}

/// Separate consents, none of them given by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// To telephone calls.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub call: bool,
    /// To messages by `WhatsApp` or SMS.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub whatsapp: bool,
    /// To e-mails.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub email: bool,
    /// To transmission of the lead to this bank.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required))]
    pub bank: Option<String>,
}

impl Consents {
    /// Whether the visitor consents to the channel.
    pub const fn allow(&self, channel: Channel) -> bool {
        match channel {
            Channel::Call => self.call,
            Channel::Whatsapp => self.whatsapp,
            Channel::Email => self.email,
        }
    }
}

/// Lead as the form sends it, not validated. Unknown fields are rejected by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct LeadDraft {
    /// Name; one part is enough, and it can be empty.
    pub name: String,
    /// Telephone as typed.
    pub phone: Option<String>,
    /// E-mail as typed.
    pub email: Option<String>,
    /// Country of residence, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// City of residence.
    pub city: Option<String>,
    /// Language the visitor used.
    pub language: Option<Lang>,
    /// Projects and units.
    #[serde(deserialize_with = "interest::objects_or_ids")]
    pub interests: Vec<InterestDraft>,
    /// Identifiers of towns where the visitor looks.
    pub towns: Vec<String>,
    /// Product types that the visitor looks for.
    pub types: Vec<ProductType>,
    /// Budget in whole dirhams.
    pub budget_mad: Option<i64>,
    /// Intended use.
    pub purpose: Option<Purpose>,
    /// Desk at the stand.
    pub desk: Option<Desk>,
    /// Preferred channel; by default the first usable one with consent.
    pub channel: Option<Channel>,
    /// Consents.
    pub consents: Consents,
    /// Remark.
    pub note: Option<String>,
    /// A result of the kiosk's questions; only if the visitor agrees to send it.
    pub result: Option<SharedResult>,
    /// All channels for the reply; `channel` is one of them, or comes before them.
    pub channels: Vec<Channel>,
    /// The partner at the desk: its identifier in the catalogue, or the name of a bank of the stop.
    pub partner: Option<String>,
    /// Language of the reply; by default that of the window. Arabic stands for Darija too.
    pub call_language: Option<Lang>,
    /// When the visitor can be reached.
    pub slots: Vec<Slot>,
    /// A stay in Morocco, for an appointment at an agency.
    pub stay: Option<LeadStay>,
    /// Whom the request is for.
    pub on_behalf: Option<OnBehalf>,
}

/// A validated lead. Null where the visitor said nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Lead {
    /// Name; empty if the visitor gave none.
    pub name: String,
    /// Telephone, E.164. A lead has a telephone number or an e-mail address.
    #[cfg_attr(feature = "schema", schema(required))]
    pub phone: Option<String>,
    /// E-mail.
    #[cfg_attr(feature = "schema", schema(required))]
    pub email: Option<String>,
    /// Country of residence, ISO 3166-1 alpha-2, upper case.
    #[cfg_attr(feature = "schema", schema(required))]
    pub country: Option<String>,
    /// City of residence.
    #[cfg_attr(feature = "schema", schema(required))]
    pub city: Option<String>,
    /// Language the visitor used.
    pub language: Lang,
    /// Projects and units. Earlier kiosks write the identifier of a project in place of an object.
    #[serde(deserialize_with = "interest::objects_or_ids")]
    pub interests: Vec<Interest>,
    /// Towns where the visitor looks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub towns: Vec<WantedTown>,
    /// Product types that the visitor looks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<ProductType>,
    /// Budget in whole dirhams.
    #[cfg_attr(feature = "schema", schema(required))]
    pub budget_mad: Option<i64>,
    /// Intended use.
    #[cfg_attr(feature = "schema", schema(required))]
    pub purpose: Option<Purpose>,
    /// Desk at the stand.
    #[cfg_attr(feature = "schema", schema(required))]
    pub desk: Option<Desk>,
    /// Preferred channel.
    pub channel: Channel,
    /// Consents.
    pub consents: Consents,
    /// Remark.
    #[cfg_attr(feature = "schema", schema(required))]
    pub note: Option<String>,
    /// A result of the kiosk's questions that the visitor agreed to send; absent without that agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<SharedResult>,
    /// All channels that the visitor chose, `channel` first; absent if it is the only one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// The partner at the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<DeskPartner>,
    /// Language of the reply, if the visitor chose one; otherwise `language`. Arabic stands for Darija too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_language: Option<Lang>,
    /// When the visitor can be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reachable: Option<Reachable>,
    /// A stay in Morocco, for an appointment at an agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<LeadStay>,
    /// Whom the request is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<OnBehalf>,
}

impl Lead {
    /// All channels that the visitor chose, the preferred one first.
    pub fn all_channels(&self) -> &[Channel] {
        if self.channels.is_empty() {
            std::slice::from_ref(&self.channel)
        } else {
            &self.channels
        }
    }
}

/// Proof of the visitor's consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConsentProof {
    /// Version of the notice shown.
    pub notice_version: String,
    /// SHA-256 of the notice and consent sentences as shown, lower-case hex.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub notice_sha256: String,
    /// Language in which they were shown.
    pub language: Lang,
    /// Time of consent by the kiosk's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub given_at: Timestamp,
    /// Channel that the visitor chose.
    pub channel: Channel,
}

/// Clear-text header of a lead, without personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = SealedHeader))]
pub struct LeadHeader {
    /// `UUIDv7`, the same for all revisions.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = "uuid"))]
    pub id: Uuid,
    /// Counted from 1; each correction increments it.
    #[cfg_attr(feature = "schema", schema(maximum = 4_294_967_295_u64))]
    pub revision: u32,
    /// Kind of content in the envelope: `lead`.
    pub kind: String,
    /// Identifier of the stop.
    pub stop: String,
    /// Identifier of the kiosk at that time; a random one that begins with `U` before its first enrolment.
    pub kiosk: String,
    /// Ticket shown to the visitor, `CODE-KIOSK-NUMBER`.
    pub ticket: String,
    /// Time by the kiosk's clock, UTC.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub taken_at: Timestamp,
    /// Milliseconds since the machine started.
    pub monotonic_ms: u64,
    /// Identifier of the current boot of the machine.
    pub boot_id: String,
    /// Language the visitor used.
    pub language: Lang,
}

/// Plain text of an envelope: the lead, its proof of consent and a copy of the header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeadRecord {
    /// Copy of the header. It is encrypted too, so a forged clear-text header can be detected.
    pub header: LeadHeader,
    /// The lead.
    pub lead: Lead,
    /// Proof of consent.
    pub consent: ConsentProof,
    /// What staff added; earlier kiosks write none, and earlier programs ignore it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffEntry>,
}
