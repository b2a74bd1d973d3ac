//! What a kiosk seals: only who has the key of `leads_recipient` sees it.

use super::Lang;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is sealed in an envelope, as JSON.
#[derive(Deserialize, ToSchema)]
pub struct LeadRecord {
    /// The header of the envelope again.
    header: SealedHeader,
    /// What the visitor wants.
    lead: Lead,
    /// What the visitor agreed to.
    consent: ConsentProof,
}

/// A header with all its fields. It is that of the envelope when every one of these is the same there.
#[derive(Deserialize, ToSchema)]
pub struct SealedHeader {
    /// `UUIDv7`, given once.
    #[schema(format = "uuid")]
    id: String,
    /// 1, then one more for every correction.
    revision: u32,
    /// `lead`.
    kind: String,
    /// Stop of the tour.
    stop: String,
    /// Kiosk, by the name it had then; `K00` before it was first enrolled.
    kiosk: String,
    /// Ticket shown to the visitor, `CODE-KIOSK-NUMBER`.
    ticket: String,
    /// Kiosk's clock. The same instant counts, however it is written.
    #[schema(format = DateTime)]
    taken_at: String,
    /// Milliseconds since the machine started.
    monotonic_ms: u64,
    /// Identifies the start of the machine.
    boot_id: String,
    /// Language the visitor used.
    language: Lang,
}

/// A visitor's wish. Null where nothing was said.
#[derive(Deserialize, ToSchema)]
pub struct Lead {
    /// Name.
    name: String,
    /// Telephone, E.164. There is a telephone number or an e-mail address.
    #[schema(required)]
    phone: Option<String>,
    /// E-mail.
    #[schema(required)]
    email: Option<String>,
    /// Country of residence, ISO 3166-1 alpha-2, upper case.
    #[schema(required)]
    country: Option<String>,
    /// City of residence.
    #[schema(required)]
    city: Option<String>,
    /// Language the visitor used.
    language: Lang,
    /// `id` of each project asked about, of the catalogue then shown.
    interests: Vec<String>,
    /// Budget in whole dirhams.
    #[schema(required)]
    budget_mad: Option<i64>,
    /// What for.
    #[schema(required)]
    purpose: Option<Purpose>,
    /// Who should answer.
    #[schema(required)]
    desk: Option<Desk>,
    /// How to be reached.
    channel: Channel,
    /// Consents.
    consents: Consents,
    /// A remark.
    #[schema(required)]
    note: Option<String>,
}

/// What the home is for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    Live,
    Invest,
    Family,
    Plot,
    Business,
    Other,
}

/// Who should answer.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Desk {
    Advisor,
    Bank,
    Notary,
    Ministry,
}

/// How to be reached.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Call,
    Whatsapp,
    Email,
}

/// Separate consents.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// To be telephoned.
    call: bool,
    /// To be written to by WhatsApp or SMS.
    whatsapp: bool,
    /// To be written to by e-mail.
    email: bool,
    /// To transmission to this bank.
    #[schema(required)]
    bank: Option<String>,
}

/// Proof of what the visitor agreed to.
#[derive(Deserialize, ToSchema)]
pub struct ConsentProof {
    /// Version of the notice shown.
    notice_version: String,
    /// SHA-256 of the notice and the sentences of consent as shown.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    notice_sha256: String,
    /// Language they were shown in.
    language: Lang,
    /// When, by the kiosk's clock.
    #[schema(format = DateTime)]
    given_at: String,
    /// Channel of the visitor's choice.
    channel: Channel,
}
