//! Views of the leads for staff who gave the passphrase. They hold personal data: they go to the staff window only and are
//! never logged. Must not know: rules, windows.

use super::{ChangedField, LeadDelivery, LeadProblem, Notice, RevisionAuthor};
use expo_domain::lead::{CallOutcome, Channel, Consents, Desk, Purpose, Rating};
use expo_domain::{Lang, ProductType};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which leads to list, newest first. Without filters all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeadQuery {
    /// Words of ticket, name, telephone, e-mail, city or wishes; all must occur.
    pub text: String,
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: Option<String>,
    /// Leads with this rating.
    pub rating: Option<Rating>,
    /// Leads of this desk.
    pub desk: Option<Desk>,
    /// Leads with this result of the last call.
    pub outcome: Option<CallOutcome>,
    /// Leads that another lead is probably a duplicate of.
    pub duplicates_only: bool,
    /// Number of matching leads to skip.
    pub offset: u32,
    /// Number of rows; at most 200.
    pub limit: u32,
}

/// A part of the list. While leads are still being opened, `opened + unopened` is less than `total`: ask again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct LeadList {
    /// Leads on this kiosk, also those merged into another.
    pub total: u32,
    /// Leads that were opened.
    pub opened: u32,
    /// Leads that cannot be opened: damaged, or sealed for other staff.
    pub unopened: u32,
    /// Leads that match the query so far; a lead merged into another is found as that one.
    pub matching: u32,
    /// The matching leads from `offset`.
    pub rows: Vec<LeadSummary>,
    /// The leads that cannot be opened.
    pub problems: Vec<UnopenedLead>,
}

/// A lead that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnopenedLead {
    /// Its ticket, if that can be read.
    pub ticket: Option<String>,
    /// Its identifier, or the number of its row if the identifier is damaged.
    pub name: String,
    /// The reason.
    pub problem: LeadProblem,
}

/// A lead in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadSummary {
    /// Identifier.
    pub id: String,
    /// Newest revision.
    pub revision: u32,
    /// Ticket shown to the visitor.
    pub ticket: String,
    /// When and where it was taken.
    pub taken: LeadTaken,
    /// Who it is.
    pub contact: LeadContact,
    /// What the visitor asks about.
    pub wish: LeadWish,
    /// What staff did about it.
    pub follow_up: FollowUp,
    /// Delivery of the newest revision.
    pub delivery: LeadDelivery,
}

/// When and where a lead was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadTaken {
    /// Day at the stop, `YYYY-MM-DD`.
    pub day: String,
    /// Time at the stop, `HH:MM`.
    pub time: String,
    /// Identifier of the kiosk at that time.
    pub kiosk: String,
}

/// Who a lead is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadContact {
    /// Name; may be empty.
    pub name: String,
    /// Telephone, E.164.
    pub phone: Option<String>,
    /// Language the visitor used.
    pub language: Lang,
    /// Other leads of probably the same person on this kiosk.
    pub likely_duplicates: u32,
}

/// What a visitor asks about, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadWish {
    /// The first project or unit, otherwise the first town.
    pub first: Option<String>,
    /// Number of further projects, units and towns.
    pub more: u32,
    /// Desk that takes care of the lead: chosen by staff, otherwise by the visitor.
    pub desk: Option<Desk>,
}

/// What staff did about a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FollowUp {
    /// How promising the lead is.
    pub rating: Option<Rating>,
    /// Result of the last call.
    pub outcome: Option<CallOutcome>,
}

/// Everything about a lead.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LeadPage {
    /// As in the list.
    pub summary: LeadSummary,
    /// The other fields of the lead.
    pub lead: LeadDetails,
    /// Proof of consent.
    pub consent: ConsentShown,
    /// All revisions that can be opened, newest first.
    pub revisions: Vec<LeadRevisionRow>,
    /// Leads of probably the same person, newest first.
    pub duplicates: Vec<LeadSummary>,
    /// Leads that were merged into this one.
    pub merged: Vec<LeadReference>,
    /// The lead that this one was merged into; then this one cannot be changed.
    pub merged_into: Option<LeadReference>,
}

/// The fields of a lead that the list does not show.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LeadDetails {
    /// E-mail.
    pub email: Option<String>,
    /// Country of residence, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// City of residence.
    pub city: Option<String>,
    /// What the visitor asks about.
    pub wishes: LeadWishes,
    /// Preferred channel.
    pub channel: Channel,
    /// Consents.
    pub consents: Consents,
    /// The visitor's remark.
    pub note: Option<String>,
    /// Remark of staff.
    pub staff_note: Option<String>,
}

/// What a visitor asks about.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LeadWishes {
    /// Projects and units.
    pub interests: Vec<LeadInterest>,
    /// Towns: names, or identifiers if the catalogue could not be read.
    pub towns: Vec<String>,
    /// Product types.
    pub types: Vec<ProductType>,
    /// Budget in whole dirhams.
    pub budget_mad: Option<i64>,
    /// Intended use.
    pub purpose: Option<Purpose>,
}

/// A project or unit that a visitor asks about.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LeadInterest {
    /// Identifier of the project.
    pub project: String,
    /// Title of the project; its identifier if the catalogue could not be read.
    pub title: String,
    /// Number of the unit, otherwise its identifier; `None` for the whole project.
    pub unit: Option<String>,
    /// Surface of the unit in square metres.
    pub surface: Option<f64>,
}

/// Proof of consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConsentShown {
    /// Version of the notice shown.
    pub notice_version: String,
    /// SHA-256 of the sentences shown.
    pub notice_sha256: String,
    /// Language in which they were shown.
    pub language: Lang,
    /// Time of consent at the stop.
    pub given_at: String,
    /// Channel that the visitor chose.
    pub channel: Channel,
    /// The sentences, if this program has exactly those that were shown.
    pub wording: Option<Notice>,
}

/// A revision of a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadRevisionRow {
    /// Number.
    pub revision: u32,
    /// Time at the stop; `None` if the revision does not say it.
    pub at: Option<String>,
    /// What it changed; empty for the first one.
    pub changed: Vec<ChangedField>,
    /// Who wrote it.
    pub by: RevisionAuthor,
}

/// Names another lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LeadReference {
    /// Identifier.
    pub id: String,
    /// Ticket; `None` if this kiosk no longer has the lead.
    pub ticket: Option<String>,
}

/// A change by staff. `None` leaves a field as it is; an empty text clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct LeadChange {
    /// How promising the lead is.
    pub rating: Option<Rating>,
    /// Result of the last call.
    pub outcome: Option<CallOutcome>,
    /// Desk that takes care of the lead.
    pub desk: Option<Desk>,
    /// Remark of staff.
    pub staff_note: Option<String>,
    /// The visitor's remark.
    pub note: Option<String>,
    /// Corrected contact.
    pub contact: ContactChange,
}

/// Corrections of a contact. `None` leaves a field as it is; an empty text clears it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ContactChange {
    /// Name.
    pub name: Option<String>,
    /// Telephone as typed, read with the country of the lead.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// City of residence.
    pub city: Option<String>,
}

/// Proof that a lead was erased on this kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ErasureProof {
    /// Ticket shown to the visitor.
    pub ticket: String,
    /// Identifier, which headquarters need to erase the lead on the platform.
    pub id: String,
    /// Time at the stop.
    pub erased_at: String,
    /// Number of revisions that were erased.
    pub revisions: u32,
    /// SHA-256 of the erased envelopes, oldest first.
    pub envelope_sha256: Vec<String>,
    /// Leads that were merged with this one, which were erased with it; hashes and revisions include theirs.
    pub merged: Vec<LeadReference>,
    /// Whether the platform holds the lead or may hold it. Then headquarters erase it there:
    /// `expo-platform erase` with each identifier.
    pub sent_to_platform: bool,
}

/// Exports all types of this module to TypeScript.
#[cfg(test)]
pub(super) fn export(config: &ts_rs::Config) -> Result<(), ts_rs::ExportError> {
    LeadQuery::export_all(config)?;
    LeadList::export_all(config)?;
    LeadPage::export_all(config)?;
    LeadChange::export_all(config)?;
    ErasureProof::export_all(config)
}
