//! Texts of an export of leads. Must not know: the order of columns, file formats.

use expo_domain::ProductType;
use expo_domain::lead::{Beneficiary, Channel, Desk, Purpose, SharedResult, Slot};

/// Texts of an export in one language.
pub struct ExportTexts {
    /// Titles of the columns.
    pub headers: Headers,
    /// Value of a consent that was given.
    pub yes: &'static str,
    /// Value of a consent that was not given.
    pub no: &'static str,
    /// How to reach the visitor.
    pub channel: fn(Channel) -> &'static str,
    /// What the visitor looks for.
    pub purpose: fn(Purpose) -> &'static str,
    /// Desk that the visitor wants to talk to.
    pub desk: fn(Desk) -> &'static str,
    /// Type of property that the visitor looks for.
    pub product_type: fn(ProductType) -> &'static str,
    /// The result that the visitor sent with the request.
    pub result: fn(&SharedResult) -> String,
    /// Part of the week in which the visitor can be reached.
    pub slot: fn(Slot) -> &'static str,
    /// Whom the request is for.
    pub beneficiary: fn(Beneficiary) -> &'static str,
    /// Name of the sheet with the leads.
    pub leads_sheet: &'static str,
    /// Name of the sheet with the counts.
    pub summary_sheet: &'static str,
    /// Label of the number of leads.
    pub total: &'static str,
    /// Label of the time of the first lead.
    pub first_lead: &'static str,
    /// Label of the time of the last lead.
    pub last_lead: &'static str,
    /// Label for leads without a value.
    pub not_given: &'static str,
}

/// Titles of the columns.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Headers {
    pub ticket: &'static str,
    pub taken_at_local: &'static str,
    pub taken_at_utc: &'static str,
    pub stop: &'static str,
    pub kiosk: &'static str,
    pub language: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub country: &'static str,
    pub city: &'static str,
    pub channel: &'static str,
    pub purpose: &'static str,
    pub desk: &'static str,
    pub budget: &'static str,
    pub interests: &'static str,
    pub consent_call: &'static str,
    pub consent_whatsapp: &'static str,
    pub consent_email: &'static str,
    pub consent_bank: &'static str,
    pub note: &'static str,
    pub notice_version: &'static str,
    pub id: &'static str,
    pub revision: &'static str,
    pub towns: &'static str,
    pub types: &'static str,
    pub result: &'static str,
    pub partner: &'static str,
    pub call_language: &'static str,
    pub reachable: &'static str,
    pub stay: &'static str,
    pub on_behalf: &'static str,
}
