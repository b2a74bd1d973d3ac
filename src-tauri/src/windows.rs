//! The two windows and their restrictions: no external navigation, no new windows, no downloads, no drag and drop. Must
//! not know: commands, use cases.

use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, LogicalSize, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Label of the visitor window.
pub const VISITOR: &str = "visitor";
/// Label of the staff window.
pub const STAFF: &str = "staff";
/// Background colour of the theme, so that the window does not flash white before the first paint.
const BACKGROUND: Color = Color(0xFA, 0xF7, 0xF2, 0xFF);

/// Width and height of a window in logical pixels.
#[derive(Debug, Clone, Copy)]
pub struct Size(pub f64, pub f64);

/// Opens the visitor window; full screen without a size.
pub fn open_visitor<R: Runtime>(app: &AppHandle<R>, size: Option<Size>) -> tauri::Result<()> {
    build(app, VISITOR, "index.html", size).map(drop)
}

/// Shows the staff window above the visitor window.
pub fn open_staff<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    match app.get_webview_window(STAFF) {
        Some(window) => window.set_focus(),
        None => build(app, STAFF, "staff.html", *app.state::<Option<Size>>()).map(drop),
    }
}

/// Closes the staff window and discards its page with all its state.
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
        .background_color(BACKGROUND)
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()
}

/// Whether the page belongs to the program: `tauri://localhost`, its form on Windows, or the development server of a
/// development build.
fn is_own_page(url: &tauri::Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => cfg!(not(feature = "custom-protocol")),
        _ => false,
    }
}
