//! The Tauri application: windows, pages, commands, `media:` protocol and sync service together.

use crate::pages::{self, Pages};
use crate::restart::{self, Restart};
use crate::staff_session::StaffSession;
use crate::windows::{STAFF, Size, WindowOptions};
use crate::{commands, full_screen, media_protocol, notify, sync_service, windows};
use expo_kiosk_core::Kiosk;
use std::sync::Arc;
use tauri::webview::PageLoadEvent;
use tauri::{Manager, RunEvent, Window, WindowEvent};

/// Folder below the data folder for files of the web views that cannot be avoided.
const WEB_FOLDER: &str = "webview";

/// Runs the application until it is closed. Full screen without a size.
pub fn run(kiosk: Arc<Kiosk>, size: Option<Size>) -> Result<(), Box<dyn std::error::Error>> {
    let options = WindowOptions {
        size,
        web_folder: kiosk.folder().join(WEB_FOLDER),
    };
    let is_full_screen = options.is_full_screen();
    let protocol_kiosk = Arc::clone(&kiosk);
    let sync_kiosk = Arc::clone(&kiosk);
    let builder = tauri::Builder::default()
        .manage(Arc::clone(&kiosk))
        .manage(Arc::new(StaffSession::default()))
        .manage(Pages::default())
        .manage(Restart::default())
        .manage(options)
        .register_asynchronous_uri_scheme_protocol("media", move |_, request, responder| {
            let kiosk = Arc::clone(&protocol_kiosk);
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(media_protocol::respond(&kiosk, &request));
            });
        })
        .on_page_load(|webview, load| {
            if load.event() == PageLoadEvent::Started {
                webview.state::<Pages>().load_started(webview.label());
            }
        })
        .on_window_event(on_window_event)
        .setup(move |app| {
            pages::watch(&windows::open_visitor(app.handle())?)?;
            pages::start_checks(app.handle().clone(), is_full_screen)?;
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
    app.run(move |app, event| match event {
        RunEvent::Exit if app.state::<Restart>().is_requested() => restart::start_again(),
        RunEvent::Exit => {
            if let Err(error) = kiosk.end_run() {
                tracing::error!(%error, "could not record the end of the run");
            }
        }
        _ => {}
    });
    Ok(())
}

fn on_window_event(window: &Window, event: &WindowEvent) {
    full_screen::on_window_event(window, event);
    if window.label() == STAFF && matches!(event, WindowEvent::Destroyed) {
        window.state::<Pages>().closed(STAFF);
        let session = Arc::clone(&window.state::<Arc<StaffSession>>());
        // An act of staff may hold the session for a moment.
        tauri::async_runtime::spawn_blocking(move || session.end());
    }
}
