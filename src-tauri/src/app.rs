//! The Tauri application: visitor window, commands, `media:` protocol and sync service together.

use crate::staff_session::StaffSession;
use crate::windows::{STAFF, Size};
use crate::{commands, media_protocol, notify, sync_service, windows};
use expo_kiosk_core::Kiosk;
use std::sync::Arc;
use tauri::{Manager, RunEvent, WindowEvent};

/// Runs the application until it is closed. Full screen without a size.
pub fn run(kiosk: Arc<Kiosk>, size: Option<Size>) -> Result<(), Box<dyn std::error::Error>> {
    let protocol_kiosk = Arc::clone(&kiosk);
    let sync_kiosk = Arc::clone(&kiosk);
    let builder = tauri::Builder::default()
        .manage(Arc::clone(&kiosk))
        .manage(StaffSession::default())
        .manage(size)
        .register_asynchronous_uri_scheme_protocol("media", move |_, request, responder| {
            let kiosk = Arc::clone(&protocol_kiosk);
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(media_protocol::respond(&kiosk, &request));
            });
        })
        .on_window_event(|window, event| {
            if window.label() == STAFF && matches!(event, WindowEvent::Destroyed) {
                window.state::<StaffSession>().end();
            }
        })
        .setup(move |app| {
            windows::open_visitor(app.handle(), size)?;
            notify::ready();
            let handle = app.handle().clone();
            sync_service::start(sync_kiosk, move || handle.exit(0))?;
            Ok(())
        });
    let app = commands::register(builder).build(tauri::generate_context!())?;
    // Staff must see what is wrong although the data folder cannot be written.
    if let Err(error) = kiosk.begin_run() {
        tracing::error!(%error, "could not record the start of the run");
    }
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit)
            && let Err(error) = kiosk.end_run()
        {
            tracing::error!(%error, "could not record the end of the run");
        }
    });
    Ok(())
}
