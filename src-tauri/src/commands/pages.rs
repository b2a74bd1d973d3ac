//! Commands of both pages about themselves.

#![expect(
    clippy::needless_pass_by_value,
    reason = "tauri passes arguments of commands by value"
)]

use crate::pages::{self, Pages};
use tauri::{AppHandle, State, WebviewWindow};

/// The page works. It calls this every two seconds, as long as its scripts run.
#[tauri::command]
pub fn page_alive(window: WebviewWindow, pages: State<'_, Pages>) {
    pages.answered(window.label());
}

/// A script of the page failed, and the page shows how to start again. The error itself stays in the page, because it may
/// contain what a visitor typed.
#[tauri::command]
pub fn page_failed(app: AppHandle, window: WebviewWindow) {
    tracing::error!(page = window.label(), "a script of the page failed");
    pages::count_restart(&app);
}
