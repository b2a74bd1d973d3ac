//! Commands that the windows can call. Each command unpacks its arguments, calls one use case and maps the error.
//! `capabilities/` and `permissions/` define which window may call which command.

mod pages;
mod staff;
mod staff_leads;
mod visitor;

use expo_kiosk_core::views::{ErrorCode, HostError};
use expo_kiosk_core::{Kiosk, KioskError};
use std::sync::Arc;
use tauri::{Builder, State, Wry};

type SharedKiosk<'a> = State<'a, Arc<Kiosk>>;
type CommandResult<T> = Result<T, HostError>;

/// Registers all commands.
pub fn register(builder: Builder<Wry>) -> Builder<Wry> {
    builder.invoke_handler(tauri::generate_handler![
        pages::page_alive,
        pages::page_failed,
        visitor::visitor_boot,
        visitor::explore,
        visitor::project,
        visitor::plan,
        visitor::affordability,
        visitor::aid_questions,
        visitor::summer_plan,
        visitor::shortlist,
        visitor::shortlist_totals,
        visitor::guide,
        visitor::guide_takeaway,
        visitor::notice,
        visitor::lead_check,
        visitor::read_phone,
        visitor::contact_hours,
        visitor::lead_submit,
        visitor::visit_note,
        visitor::staff_open,
        staff::staff_state,
        staff::staff_unlock,
        staff::staff_passphrase,
        staff::staff_lock,
        staff::staff_leave,
        staff::staff_change_pin,
        staff::staff_change_passphrase,
        staff::staff_diagnose,
        staff::staff_restart,
        staff::staff_today,
        staff::staff_sync_now,
        staff::staff_days,
        staff::staff_destinations,
        staff::staff_close_day,
        staff::staff_close_progress,
        staff::staff_cancel_close,
        staff::staff_audit,
        staff::staff_set_aside,
        staff::staff_requeue,
        staff::staff_catalogue,
        staff::staff_roll_back,
        staff::staff_sticks,
        staff::staff_import,
        staff::staff_import_progress,
        staff_leads::staff_leads,
        staff_leads::staff_lead,
        staff_leads::staff_lead_revise,
        staff_leads::staff_lead_merge,
        staff_leads::staff_lead_erase,
    ])
}

/// Runs work that may touch the disk on a thread of the blocking pool: the windows share few worker threads, and a slow
/// disk must not hold up the commands of the other window.
async fn blocking<T: Send + 'static>(
    kiosk: &SharedKiosk<'_>,
    work: impl FnOnce(&Kiosk) -> Result<T, KioskError> + Send + 'static,
) -> CommandResult<T> {
    let kiosk = Arc::clone(kiosk);
    let ended = tauri::async_runtime::spawn_blocking(move || work(&kiosk)).await;
    to_host_result(ended.unwrap_or_else(|_| Err(KioskError::Internal("a command panicked".to_owned()))))
}

/// Converts an error for the window. Logs internal and storage errors, which contain no personal data.
fn to_host_result<T>(result: Result<T, KioskError>) -> CommandResult<T> {
    result.map_err(|error| {
        let code = error.code();
        if matches!(
            code,
            ErrorCode::Internal | ErrorCode::Storage | ErrorCode::StorageFull
        ) {
            tracing::error!(code = code.code(), %error, "command failed");
        }
        error.for_window()
    })
}
