//! The two windows and how they are locked down: no way to anywhere else, nothing dropped, opened or downloaded.

use crate::{commands, media, rounds};
use kiosk::Kiosk;
use std::sync::Arc;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{
    AppHandle, LogicalSize, Manager, RunEvent, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

/// Label of the visitors' window.
pub const VISITOR: &str = "visitor";
/// Label of the staff's window.
pub const STAFF: &str = "staff";
/// The plaster of the theme, so that no white flashes before the first paint.
const PLASTER: Color = Color(0xFA, 0xF7, 0xF2, 0xFF);

/// Size of a window on a desktop; the whole screen when absent.
#[derive(Debug, Clone, Copy)]
pub struct Size(pub f64, pub f64);

/// Opens the kiosk and returns when it is closed.
pub fn open(kiosk: Arc<Kiosk>, size: Option<Size>) -> Result<(), Box<dyn std::error::Error>> {
    let pictures = Arc::clone(&kiosk);
    let syncing = Arc::clone(&kiosk);
    let builder = tauri::Builder::default()
        .manage(Arc::clone(&kiosk))
        .manage(commands::Desk::default())
        .manage(size)
        .register_asynchronous_uri_scheme_protocol("media", move |_, request, responder| {
            let pictures = Arc::clone(&pictures);
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(media::answer(&pictures, &request));
            });
        })
        .on_window_event(|window, event| {
            if window.label() == STAFF && matches!(event, WindowEvent::Destroyed) {
                window.state::<commands::Desk>().end();
            }
        })
        .setup(move |app| {
            build(app.handle(), VISITOR, "index.html", size)?;
            let handle = app.handle().clone();
            rounds::start(syncing, move || handle.exit(0))?;
            Ok(())
        });
    let app = commands::register(builder).build(tauri::generate_context!())?;
    kiosk.begin_run()?;
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit)
            && let Err(error) = kiosk.end_run()
        {
            tracing::error!(%error, "the end could not be noted");
        }
    });
    Ok(())
}

/// Shows the staff's window above the visitors'.
pub fn open_staff<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    match app.get_webview_window(STAFF) {
        Some(window) => window.set_focus(),
        None => build(app, STAFF, "staff.html", *app.state::<Option<Size>>()).map(drop),
    }
}

/// Closes the staff's window; its page and all it held go with it.
pub fn close_staff<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    app.get_webview_window(STAFF)
        .map_or(Ok(()), |window| window.destroy())
}

fn build<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    page: &str,
    size: Option<Size>,
) -> tauri::Result<WebviewWindow<R>> {
    let screen = app
        .primary_monitor()?
        .map(|m| m.size().to_logical::<f64>(m.scale_factor()));
    let LogicalSize { width, height } = match (size, screen) {
        (Some(Size(width, height)), _) => LogicalSize { width, height },
        (None, Some(screen)) => screen,
        (None, None) => LogicalSize {
            width: 1080.0,
            height: 1920.0,
        },
    };
    WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .title("Al-Omrane Expo")
        .inner_size(width, height)
        .position(0.0, 0.0)
        .decorations(size.is_some())
        .fullscreen(size.is_none())
        .background_color(PLASTER)
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()
}

/// Only the program's own pages: `tauri://localhost` (and its form on Windows), the development server when there is
/// one.
fn is_ours(url: &tauri::Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => cfg!(not(feature = "custom-protocol")),
        _ => false,
    }
}
