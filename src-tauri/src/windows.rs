//! The two windows and their restrictions: no external navigation, no new windows, no downloads, no drag and drop, nothing
//! stored on the disk. Must not know: commands, use cases.

use std::path::PathBuf;
use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, LogicalSize, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// Label of the visitor window.
pub const VISITOR: &str = "visitor";
/// Label of the staff window.
pub const STAFF: &str = "staff";
/// Background colour of the theme, so that the window does not flash white before the first paint.
const BACKGROUND: Color = Color(0xFA, 0xF7, 0xF2, 0xFF);
/// Proxy for everything that the pages would load from a network: nothing answers at the discard port. Pages load only
/// from the program, but the web engine connects to a server as soon as a link to it is clicked.
const NO_NETWORK_PROXY: &str = "http://127.0.0.1:9";
/// Runs before the scripts of a page. A page that closes itself would leave an empty window.
const FORBID_CLOSE: &str = "Object.defineProperty(window, 'close', { value() {} });";
/// Set to `true` by programs that drive the windows, such as WebDriver; Tauri reads it too.
const AUTOMATION_VARIABLE: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Width and height of a window in logical pixels.
#[derive(Debug, Clone, Copy)]
pub struct Size(pub f64, pub f64);

/// How windows are opened.
#[derive(Debug, Clone)]
pub struct WindowOptions {
    /// Size of a window for development; full screen without a size.
    pub size: Option<Size>,
    /// Folder for files of the web views that cannot be avoided.
    pub web_folder: PathBuf,
}

impl WindowOptions {
    /// Whether windows are full screen, and cannot be closed, moved or resized.
    pub const fn is_full_screen(&self) -> bool {
        self.size.is_none()
    }
}

/// Opens the visitor window.
pub fn open_visitor(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    build(app, VISITOR, "index.html")
}

/// Shows the staff window above the visitor window. Returns the window if it was not open before.
pub fn open_staff(app: &AppHandle) -> tauri::Result<Option<WebviewWindow>> {
    match app.get_webview_window(STAFF) {
        Some(window) => window.set_focus().map(|()| None),
        None => build(app, STAFF, "staff.html").map(Some),
    }
}

/// Closes the staff window and discards its page with all its state.
pub fn close_staff(app: &AppHandle) -> tauri::Result<()> {
    app.get_webview_window(STAFF)
        .map_or(Ok(()), |window| window.destroy())
}

fn build(app: &AppHandle, label: &str, page: &str) -> tauri::Result<WebviewWindow> {
    let options = app.state::<WindowOptions>();
    let full_screen = options.is_full_screen();
    let screen = app
        .primary_monitor()?
        .map(|m| m.size().to_logical::<f64>(m.scale_factor()));
    let LogicalSize { width, height } = match (options.size, screen) {
        (Some(Size(width, height)), _) => LogicalSize { width, height },
        (None, Some(screen)) => screen,
        (None, None) => LogicalSize {
            width: 1080.0,
            height: 1920.0,
        },
    };
    let builder = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .title("Al-Omrane Expo")
        .inner_size(width, height)
        .position(0.0, 0.0)
        .decorations(!full_screen)
        .fullscreen(full_screen)
        .resizable(!full_screen)
        .minimizable(!full_screen)
        .maximizable(!full_screen)
        .closable(!full_screen)
        .background_color(BACKGROUND)
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
        .initialization_script(FORBID_CLOSE)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    let builder = match NO_NETWORK_PROXY.parse() {
        // The development server is behind no proxy.
        Ok(proxy) if cfg!(feature = "custom-protocol") => builder.proxy_url(proxy),
        _ => builder,
    };
    let window = without_storage(builder, label, &options).build()?;
    #[cfg(target_os = "linux")]
    window.with_webview(|webview| forbid_storage(&webview.inner()))?;
    Ok(window)
}

/// Keeps the data of the visitor window in memory only, and names a folder for what the engine writes nevertheless.
///
/// The staff window shares this folder with nobody. It cannot be kept in memory the same way: the runtime registers the
/// protocol of our pages once per folder, and each ephemeral window needs a registration of its own. The same is true
/// under automation, where both windows must share one web context.
fn without_storage<'a>(
    builder: WebviewWindowBuilder<'a, tauri::Wry, AppHandle>,
    label: &str,
    options: &WindowOptions,
) -> WebviewWindowBuilder<'a, tauri::Wry, AppHandle> {
    if std::env::var(AUTOMATION_VARIABLE).is_ok_and(|value| value == "true") {
        return builder.data_directory(options.web_folder.clone());
    }
    builder
        .data_directory(options.web_folder.join(label))
        .incognito(label == VISITOR)
}

/// Turns off every storage that a page can use.
#[cfg(target_os = "linux")]
fn forbid_storage(view: &webkit2gtk::WebView) {
    use webkit2gtk::{
        CacheModel, CookieAcceptPolicy, CookieManagerExt, SettingsExt, WebContextExt, WebViewExt,
    };
    if let Some(settings) = WebViewExt::settings(view) {
        settings.set_enable_html5_local_storage(false);
        settings.set_enable_html5_database(false);
        settings.set_enable_page_cache(false);
    }
    if let Some(context) = view.web_context() {
        context.set_cache_model(CacheModel::DocumentViewer);
        if let Some(cookies) = context.cookie_manager() {
            cookies.set_accept_policy(CookieAcceptPolicy::Never);
        }
    }
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
