//! What the windows may ask for. Each command unpacks, calls one use-case and maps the error; which window may call
//! which is said in `capabilities/` and `permissions/`.

mod staff;
mod visitor;

pub use staff::Desk;

use kiosk::views::HostError;
use kiosk::{Kiosk, KioskError};
use std::sync::Arc;
use tauri::{Builder, State, Wry};

type Shared<'a> = State<'a, Arc<Kiosk>>;
type Answer<T> = Result<T, HostError>;

/// Adds all commands.
pub fn register(builder: Builder<Wry>) -> Builder<Wry> {
    builder.invoke_handler(tauri::generate_handler![
        visitor::visitor_boot,
        visitor::explore,
        visitor::project,
        visitor::plan,
        visitor::shortlist,
        visitor::notice,
        visitor::lead_check,
        visitor::lead_submit,
        visitor::staff_open,
        staff::staff_state,
        staff::staff_unlock,
        staff::staff_passphrase,
        staff::staff_lock,
        staff::staff_leave,
        staff::staff_today,
        staff::staff_sync_now,
        staff::staff_days,
        staff::staff_destinations,
        staff::staff_close_day,
        staff::staff_audit,
        staff::staff_set_aside,
        staff::staff_requeue,
        staff::staff_catalogue,
        staff::staff_roll_back,
        staff::staff_sticks,
        staff::staff_import,
        staff::staff_import_progress,
    ])
}

/// What a window is told of an error; the log gets the code, which names no person.
fn told<T>(result: Result<T, KioskError>) -> Answer<T> {
    result.map_err(|error| {
        if matches!(error.code(), "internal" | "storage" | "storage_full") {
            tracing::error!(code = error.code(), %error, "command failed");
        }
        error.for_window()
    })
}
