//! Commands of the staff window. None holds the session while it works, because a stick may block for long.

use super::{CommandResult, SharedKiosk, blocking, to_host_result};
use crate::staff_session::StaffSession;
use crate::{restart, windows};
use expo_kiosk_core::views::{
    AuditRow, CatalogueState, CloseOrder, ClosingProgress, DayReceipt, DayRow, Destination, FindingCode,
    ImportProgress, LeadsOpened, RejectedLeadRow, StaffState, SyncReport, Today, UsbBundle,
};
use expo_kiosk_core::{Kiosk, KioskError, Session};
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, State};
use uuid::Uuid;

pub(super) type SharedSession<'a> = State<'a, Arc<StaffSession>>;

/// Runs an act of staff.
pub(super) async fn act<T: Send + 'static>(
    kiosk: &SharedKiosk<'_>,
    staff: &SharedSession<'_>,
    work: impl FnOnce(&Kiosk, &Session) -> Result<T, KioskError> + Send + 'static,
) -> CommandResult<T> {
    let staff = Arc::clone(staff);
    blocking(kiosk, move |kiosk| work(kiosk, &staff.for_act())).await
}

/// Runs an automatic request of the page, which does not count as activity.
async fn poll<T: Send + 'static>(
    kiosk: &SharedKiosk<'_>,
    staff: &SharedSession<'_>,
    work: impl FnOnce(&Kiosk, &Session) -> Result<T, KioskError> + Send + 'static,
) -> CommandResult<T> {
    let staff = Arc::clone(staff);
    blocking(kiosk, move |kiosk| work(kiosk, &staff.for_polling())).await
}

/// Runs an act that changes the session. It must not touch removable media.
async fn change<T: Send + 'static>(
    kiosk: &SharedKiosk<'_>,
    staff: &SharedSession<'_>,
    work: impl FnOnce(&Kiosk, &mut Session) -> Result<T, KioskError> + Send + 'static,
) -> CommandResult<T> {
    let staff = Arc::clone(staff);
    blocking(kiosk, move |kiosk| staff.change(|session| work(kiosk, session))).await
}

#[tauri::command]
pub async fn staff_state(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<StaffState> {
    poll(&kiosk, &staff, Kiosk::staff_state).await
}

#[tauri::command]
pub async fn staff_unlock(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    pin: String,
) -> CommandResult<()> {
    change(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_unlock(session, &pin)
    })
    .await
}

#[tauri::command]
pub async fn staff_passphrase(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    passphrase: String,
) -> CommandResult<LeadsOpened> {
    change(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_open_leads(session, &passphrase)
    })
    .await
}

#[tauri::command]
pub async fn staff_lock(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<()> {
    change(&kiosk, &staff, Kiosk::staff_lock).await
}

#[tauri::command]
pub async fn staff_leave(
    app: AppHandle,
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<()> {
    change(&kiosk, &staff, Kiosk::staff_lock).await?;
    to_host_result(windows::close_staff(&app).map_err(|e| KioskError::Internal(e.to_string())))
}

#[tauri::command]
pub async fn staff_change_pin(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    passphrase: String,
    pin: String,
) -> CommandResult<()> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_change_pin(session, &passphrase, &pin)
    })
    .await
}

#[tauri::command]
pub async fn staff_change_passphrase(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    passphrase: String,
    new: String,
) -> CommandResult<()> {
    change(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_change_passphrase(session, &passphrase, &new)
    })
    .await
}

#[tauri::command]
pub async fn staff_diagnose(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<Vec<FindingCode>> {
    act(&kiosk, &staff, Kiosk::staff_diagnose).await
}

/// Ends the program and starts it again.
#[tauri::command]
pub async fn staff_restart(
    app: AppHandle,
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<()> {
    act(&kiosk, &staff, Kiosk::staff_restart).await?;
    restart::request(&app);
    Ok(())
}

#[tauri::command]
pub async fn staff_today(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<Today> {
    poll(&kiosk, &staff, Kiosk::staff_today).await
}

#[tauri::command]
pub async fn staff_sync_now(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<SyncReport> {
    act(&kiosk, &staff, Kiosk::require_pin).await?;
    to_host_result(kiosk.sync_now().await)
}

#[tauri::command]
pub async fn staff_days(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<Vec<DayRow>> {
    poll(&kiosk, &staff, Kiosk::staff_days).await
}

#[tauri::command]
pub async fn staff_destinations(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<Vec<Destination>> {
    poll(&kiosk, &staff, Kiosk::staff_destinations).await
}

#[tauri::command]
pub async fn staff_close_day(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    order: CloseOrder,
) -> CommandResult<DayReceipt> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_close_day(session, order)
    })
    .await
}

#[tauri::command]
pub async fn staff_close_progress(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<ClosingProgress> {
    poll(&kiosk, &staff, Kiosk::staff_close_progress).await
}

#[tauri::command]
pub async fn staff_cancel_close(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<()> {
    act(&kiosk, &staff, Kiosk::staff_cancel_close).await
}

#[tauri::command]
pub async fn staff_audit(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<Vec<AuditRow>> {
    act(&kiosk, &staff, Kiosk::staff_audit_log).await
}

#[tauri::command]
pub async fn staff_set_aside(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<Vec<RejectedLeadRow>> {
    act(&kiosk, &staff, |kiosk, session| {
        kiosk.staff_rejected_leads(session)
    })
    .await
}

/// Queues rejected leads again: those with the given identifiers, or all.
#[tauri::command]
pub async fn staff_requeue(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    ids: Option<Vec<Uuid>>,
) -> CommandResult<u32> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_requeue(session, ids.as_deref())
    })
    .await
}

#[tauri::command]
pub async fn staff_catalogue(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<CatalogueState> {
    act(&kiosk, &staff, Kiosk::staff_catalogue).await
}

#[tauri::command]
pub async fn staff_roll_back(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    from: u64,
) -> CommandResult<u64> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.staff_roll_back(session, from)
    })
    .await
}

#[tauri::command]
pub async fn staff_sticks(kiosk: SharedKiosk<'_>, staff: SharedSession<'_>) -> CommandResult<Vec<UsbBundle>> {
    poll(&kiosk, &staff, |kiosk, session| {
        kiosk.require_pin(session)?;
        kiosk.bundles_on_removable_media()
    })
    .await
}

#[tauri::command]
pub async fn staff_import(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
    path: PathBuf,
) -> CommandResult<u64> {
    act(&kiosk, &staff, move |kiosk, session| {
        kiosk.require_pin(session)?;
        let imported = kiosk.import_from_removable_media(path)?;
        Ok(imported.version)
    })
    .await
}

#[tauri::command]
pub async fn staff_import_progress(
    kiosk: SharedKiosk<'_>,
    staff: SharedSession<'_>,
) -> CommandResult<ImportProgress> {
    poll(&kiosk, &staff, |kiosk, session| {
        kiosk.staff_import_progress(session)
    })
    .await
}
