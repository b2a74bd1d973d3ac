//! Texts of an export of leads and of its receipt. Must not know: the order of columns, file formats.

use expo_domain::lead::{Beneficiary, CallOutcome, Channel, Desk, Purpose, Rating, SharedResult, Slot};
use expo_domain::{Lang, ProductType};

/// Texts of an export in one language.
pub struct ExportTexts {
    /// Titles of the columns.
    pub headers: Headers,
    /// What each column holds, in one or two sentences.
    pub notes: Headers,
    /// Name of a language.
    pub language: fn(Lang) -> &'static str,
    /// Name of the language of these texts.
    pub own_language: &'static str,
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
    /// How promising staff find a lead.
    pub rating: fn(Rating) -> &'static str,
    /// Result of the last call.
    pub outcome: fn(CallOutcome) -> &'static str,
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
    /// Name of the sheet that explains the columns.
    pub columns_sheet: &'static str,
    /// Heading of the titles of the columns on that sheet.
    pub column: &'static str,
    /// Heading of the names of the columns that are the same in all languages.
    pub column_key: &'static str,
    /// The receipt of a closed day.
    pub receipt: ReceiptTexts,
    /// Label of the number of leads.
    pub total: &'static str,
    /// Label of the time of the first lead.
    pub first_lead: &'static str,
    /// Label of the time of the last lead.
    pub last_lead: &'static str,
    /// Label for leads without a value.
    pub not_given: &'static str,
}

/// One text for each column: its title, or what it holds.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Headers {
    pub ticket: &'static str,
    pub taken_at_local: &'static str,
    pub taken_at_utc: &'static str,
    pub stop: &'static str,
    pub stop_name: &'static str,
    pub kiosk: &'static str,
    pub language: &'static str,
    pub language_name: &'static str,
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
    pub project_codes: &'static str,
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
    pub rating: &'static str,
    pub outcome: &'static str,
    pub staff_desk: &'static str,
    pub staff_note: &'static str,
    pub merged: &'static str,
    pub merged_into: &'static str,
}

/// Labels of the receipt of a closed day.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct ReceiptTexts {
    /// Between a label and its value.
    pub colon: &'static str,
    pub title: &'static str,
    pub stop: &'static str,
    pub kiosk: &'static str,
    pub day: &'static str,
    pub all_days: &'static str,
    /// Said if the files only have leads of no earlier export.
    pub only_new: &'static str,
    pub closed_at: &'static str,
    pub closed_by: &'static str,
    pub leads: &'static str,
    pub unsent: &'static str,
    pub unopened: &'static str,
    pub unreadable: &'static str,
    pub files: &'static str,
    pub bytes: &'static str,
    pub previous: &'static str,
    pub none: &'static str,
    /// How to check the receipt.
    pub check: &'static str,
    /// Said if the kiosk could not sign.
    pub not_signed: &'static str,
}
