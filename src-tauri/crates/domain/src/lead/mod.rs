//! A visitor's wish to be called back: what the form sends, what it must hold, and the consent that goes with it.
//! Must not know how a lead is sealed, stored or sent.

mod check;

pub use check::{FieldError, Known};

use crate::lang::Lang;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How the visitor wants to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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

/// What the home is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Purpose {
    Live,
    Invest,
    Family,
    Plot,
    Business,
    Other,
}

/// Who at the stand should answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Desk {
    Advisor,
    Bank,
    Notary,
    Ministry,
}

/// Separate consents, none of them given by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// To be telephoned.
    #[serde(default)]
    pub call: bool,
    /// To be written to by `WhatsApp` or SMS.
    #[serde(default)]
    pub whatsapp: bool,
    /// To be written to by e-mail.
    #[serde(default)]
    pub email: bool,
    /// To transmission to this bank.
    #[serde(default)]
    pub bank: Option<String>,
}

impl Consents {
    /// Whether a channel may be used.
    pub const fn allow(&self, channel: Channel) -> bool {
        match channel {
            Channel::Call => self.call,
            Channel::Whatsapp => self.whatsapp,
            Channel::Email => self.email,
        }
    }
}

/// What the form sends; unknown fields are refused by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct LeadDraft {
    /// Name, one part is enough.
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
    /// Identifiers of projects.
    pub interests: Vec<String>,
    /// Budget in whole dirhams.
    pub budget_mad: Option<i64>,
    /// What for.
    pub purpose: Option<Purpose>,
    /// Which desk.
    pub desk: Option<Desk>,
    /// How to be reached; when absent, the first consented channel that can be used.
    pub channel: Option<Channel>,
    /// Consents.
    pub consents: Consents,
    /// A remark.
    pub note: Option<String>,
}

/// A lead that passed every check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Name.
    pub name: String,
    /// Telephone, E.164.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Country of residence, ISO 3166-1 alpha-2, upper case.
    pub country: Option<String>,
    /// City of residence.
    pub city: Option<String>,
    /// Language the visitor used.
    pub language: Lang,
    /// Identifiers of projects.
    pub interests: Vec<String>,
    /// Budget in whole dirhams.
    pub budget_mad: Option<i64>,
    /// What for.
    pub purpose: Option<Purpose>,
    /// Which desk.
    pub desk: Option<Desk>,
    /// How to be reached.
    pub channel: Channel,
    /// Consents.
    pub consents: Consents,
    /// A remark.
    pub note: Option<String>,
}

/// Proof of what the visitor agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentProof {
    /// Version of the notice shown.
    pub notice_version: String,
    /// SHA-256 of the notice and consent sentences as shown, lower-case hex.
    pub notice_sha256: String,
    /// Language they were shown in.
    pub language: Lang,
    /// When the visitor agreed, by the kiosk's clock.
    pub given_at: Timestamp,
    /// Channel of the visitor's choice.
    pub channel: Channel,
}

/// What may be known of a lead without opening it; never anything personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadHeader {
    /// `UUIDv7`, given once.
    pub id: Uuid,
    /// 1, then one more for every correction.
    pub revision: u32,
    /// What the envelope holds: `lead`.
    pub kind: String,
    /// Stop of the tour.
    pub stop: String,
    /// Kiosk.
    pub kiosk: String,
    /// Ticket shown to the visitor.
    pub ticket: String,
    /// Kiosk's clock, UTC.
    pub taken_at: Timestamp,
    /// Milliseconds since the machine started.
    pub monotonic_ms: u64,
    /// Identifies the start of the machine.
    pub boot_id: String,
    /// Language the visitor used.
    pub language: Lang,
}

/// What is sealed inside an envelope: the lead, its proof and its header again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadRecord {
    /// The header, so that an opened envelope cannot be told to be another.
    pub header: LeadHeader,
    /// The lead.
    pub lead: Lead,
    /// Its proof of consent.
    pub consent: ConsentProof,
}
