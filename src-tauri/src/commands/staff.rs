//! Commands of the staff window.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri passes command arguments by value"
)]

use super::{CommandResult, SharedKiosk, to_host_result};
use crate::staff_session::StaffSession;
use crate::windows;
use expo_kiosk_core::views::{
    AuditRow, CatalogueState, DayReceipt, DayRow, Destination, ExportFormat, ImportProgress, LeadsOpened,
    RejectedLeadRow, StaffState, SyncReport, Today, UsbBundle,
};
use expo_kiosk_core::{CloseOrder, KioskError};
use std::path::PathBuf;
use tauri::{AppHandle, State};
use uuid::Uuid;

#[tauri::command(async)]
pub fn staff_state(kiosk: SharedKiosk<'_>, staff: State<'_, StaffSession>) -> CommandResult<StaffState> {
    to_host_result(kiosk.staff_state(&staff.for_polling().session))
}

#[tauri::command(async)]
pub fn staff_unlock(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
    pin: String,
) -> CommandResult<()> {
    to_host_result(kiosk.staff_unlock(&mut staff.for_act().session, &pin))
}

#[tauri::command(async)]
pub fn staff_passphrase(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
    passphrase: String,
) -> CommandResult<LeadsOpened> {
    to_host_result(kiosk.staff_open_leads(&mut staff.for_act().session, &passphrase))
}

#[tauri::command(async)]
pub fn staff_lock(kiosk: SharedKiosk<'_>, staff: State<'_, StaffSession>) -> CommandResult<()> {
    to_host_result(kiosk.staff_lock(&mut staff.for_act().session))
}

#[tauri::command(async)]
pub fn staff_leave(
    app: AppHandle,
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
) -> CommandResult<()> {
    to_host_result(kiosk.staff_lock(&mut staff.for_act().session))?;
    to_host_result(windows::close_staff(&app).map_err(|e| KioskError::Internal(e.to_string())))
}

#[tauri::command(async)]
pub fn staff_today(kiosk: SharedKiosk<'_>, staff: State<'_, StaffSession>) -> CommandResult<Today> {
    to_host_result(kiosk.staff_today(&staff.for_polling().session))
}

#[tauri::command]
pub async fn staff_sync_now(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
) -> CommandResult<SyncReport> {
    to_host_result(kiosk.require_pin(&staff.for_act().session))?;
    to_host_result(kiosk.sync_now().await)
}

#[tauri::command(async)]
pub fn staff_days(kiosk: SharedKiosk<'_>, staff: State<'_, StaffSession>) -> CommandResult<Vec<DayRow>> {
    to_host_result(kiosk.staff_days(&staff.for_act().session))
}

#[tauri::command(async)]
pub fn staff_destinations(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
) -> CommandResult<Vec<Destination>> {
    to_host_result(kiosk.staff_destinations(&staff.for_act().session))
}

#[tauri::command(async)]
pub fn staff_close_day(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
    day: Option<String>,
    formats: Vec<ExportFormat>,
    destination: PathBuf,
) -> CommandResult<DayReceipt> {
    let order = CloseOrder {
        day,
        formats,
        destination,
    };
    to_host_result(kiosk.close_day(&staff.for_act().session, &order))
}

#[tauri::command(async)]
pub fn staff_audit(kiosk: SharedKiosk<'_>, staff: State<'_, StaffSession>) -> CommandResult<Vec<AuditRow>> {
    to_host_result(kiosk.staff_audit_log(&staff.for_act().session))
}

#[tauri::command(async)]
pub fn staff_set_aside(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
) -> CommandResult<Vec<RejectedLeadRow>> {
    to_host_result(kiosk.staff_rejected_leads(&staff.for_act().session))
}

/// Queues rejected leads again: those with the given identifiers, or all.
#[tauri::command(async)]
pub fn staff_requeue(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
    ids: Option<Vec<Uuid>>,
) -> CommandResult<u32> {
    to_host_result(kiosk.staff_requeue(&staff.for_act().session, ids.as_deref()))
}

#[tauri::command(async)]
pub fn staff_catalogue(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
) -> CommandResult<CatalogueState> {
    to_host_result(kiosk.staff_catalogue(&staff.for_act().session))
}

#[tauri::command(async)]
pub fn staff_roll_back(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
    from: u64,
) -> CommandResult<u64> {
    to_host_result(kiosk.staff_roll_back(&staff.for_act().session, from))
}

/// Does not hold the session while it reads removable media, because a failing device can block for long.
#[tauri::command(async)]
pub fn staff_sticks(kiosk: SharedKiosk<'_>, staff: State<'_, StaffSession>) -> CommandResult<Vec<UsbBundle>> {
    to_host_result(kiosk.require_pin(&staff.for_polling().session))?;
    Ok(kiosk.bundles_on_removable_media())
}

/// Does not hold the session during the import, so that the page can request the progress.
#[tauri::command(async)]
pub fn staff_import(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
    path: PathBuf,
) -> CommandResult<u64> {
    to_host_result(kiosk.require_pin(&staff.for_act().session))?;
    to_host_result(kiosk.import_from_removable_media(&path)).map(|imported| imported.version)
}

#[tauri::command(async)]
pub fn staff_import_progress(
    kiosk: SharedKiosk<'_>,
    staff: State<'_, StaffSession>,
) -> CommandResult<ImportProgress> {
    to_host_result(kiosk.staff_import_progress(&staff.for_polling().session))
}
