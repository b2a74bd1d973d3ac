//! What staff add to a lead: rating, result of a call, desk, note, and which leads were merged. Must not know: screens,
//! how a lead is sealed or stored.

use super::Desk;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How promising staff find a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variant names are self-explanatory")]
pub enum Rating {
    Hot,
    Warm,
    Cold,
}

/// Result of the last call to the visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The visitor answered.
    Called,
    /// Nobody answered.
    NoAnswer,
    /// An appointment was made.
    Appointment,
}

/// What staff added. Revisions by visitors and by earlier kiosks have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StaffEntry {
    /// How promising the lead is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Result of the last call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<CallOutcome>,
    /// Desk that takes care of the lead; absent if staff left the visitor's choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<Desk>,
    /// Remark of staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Time of the last change by staff, by the kiosk's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub changed_at: Timestamp,
    /// Leads that were merged into this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub merged: Vec<Uuid>,
    /// The lead that this one was merged into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = "uuid"))]
    pub merged_into: Option<Uuid>,
}

impl StaffEntry {
    /// An entry without content.
    pub const fn new(changed_at: Timestamp) -> Self {
        Self {
            rating: None,
            outcome: None,
            desk: None,
            note: None,
            changed_at,
            merged: Vec::new(),
            merged_into: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lead::LeadRecord;
    use serde_json::{Value, json};

    fn record() -> Value {
        json!({
            "header": {
                "id": "01890a5d-ac96-774b-bcce-b302099a8057", "revision": 1, "kind": "lead", "stop": "s", "kiosk": "K01",
                "ticket": "PAR-K01-0001", "taken_at": "2026-07-17T09:00:00Z", "monotonic_ms": 1, "boot_id": "b",
                "language": "fr",
            },
            "lead": {
                "name": "Testeuse Exemple", "phone": "+33600000001", "email": null, "country": "FR", "city": null,
                "language": "fr", "interests": [], "budget_mad": null, "purpose": null, "desk": null,
                "channel": "call", "consents": {"call": true, "whatsapp": false, "email": false, "bank": null},
                "note": null,
            },
            "consent": {
                "notice_version": "1", "notice_sha256": "0".repeat(64), "language": "fr",
                "given_at": "2026-07-17T09:00:00Z", "channel": "call",
            },
        })
    }

    #[test]
    fn records_without_staff_entry_are_read_and_written_alike() {
        let read: LeadRecord = serde_json::from_value(record()).unwrap();
        assert_eq!(read.staff, None);
        let written = serde_json::to_value(&read).unwrap();
        assert!(written.get("staff").is_none(), "{written}");
    }

    #[test]
    fn staff_entries_are_read_back() {
        let mut entry = StaffEntry::new("2026-07-17T10:00:00Z".parse().unwrap());
        entry.rating = Some(Rating::Hot);
        entry.outcome = Some(CallOutcome::NoAnswer);
        entry.merged = vec![Uuid::max()];
        let mut record = record();
        record["staff"] = serde_json::to_value(&entry).unwrap();
        assert_eq!(record["staff"]["outcome"], "no_answer");
        assert!(record["staff"].get("merged_into").is_none());
        let read: LeadRecord = serde_json::from_value(record).unwrap();
        assert_eq!(read.staff, Some(entry));
    }
}
