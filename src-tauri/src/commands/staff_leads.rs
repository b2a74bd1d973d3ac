//! Commands of the staff window for single leads. They need the passphrase.

use super::staff::{SharedSession, act};
use super::{CommandResult, SharedKiosk, blocking};
use expo_kiosk_core::views::{ErasureProof, LeadChange, LeadList, LeadPage, LeadQuery};
use std::sync::Arc;
use uuid::Uuid;

/// A page that waits for the rest of a list repeats its query, which does not count as activity.
#[tauri::command]
pub async fn staff_leads(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    query: LeadQuery,
) -> CommandResult<LeadList> {
    let staff = Arc::clone(&staff);
    blocking(&kiosk, move |kiosk| {
        let mut session = staff.for_polling();
        if !session.repeats(&query) {
            session = staff.for_act();
        }
        kiosk.staff_leads(&session, &query)
    })
    .await
}

#[tauri::command]
pub async fn staff_lead(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    id: Uuid,
) -> CommandResult<LeadPage> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_lead(session, id)
    })
    .await
}

#[tauri::command]
pub async fn staff_lead_revise(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    id: Uuid,
    revision: u32,
    change: LeadChange,
) -> CommandResult<LeadPage> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_lead_revise(session, id, revision, &change)
    })
    .await
}

#[tauri::command]
pub async fn staff_lead_merge(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    id: Uuid,
    other: Uuid,
) -> CommandResult<LeadPage> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_lead_merge(session, id, other)
    })
    .await
}

#[tauri::command]
pub async fn staff_lead_erase(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    ticket: String,
) -> CommandResult<ErasureProof> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_lead_erase(session, &ticket)
    })
    .await
}
