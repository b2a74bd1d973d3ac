//! Keeps full-screen windows full screen and open, with and without a window manager. Must not know: what windows show.

use crate::windows::{self, STAFF, WindowOptions};
use tauri::{AppHandle, Manager, Window, WindowEvent};

/// Handles an event of a window: refuses to close the visitor window, and undoes changes of size and place.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    if !window.state::<WindowOptions>().is_full_screen() {
        return;
    }
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if window.label() == STAFF
                && let Err(error) = windows::close_staff(window.app_handle())
            {
                tracing::error!(%error, "could not close the staff window");
            }
        }
        WindowEvent::Resized(_)
        | WindowEvent::Moved(_)
        | WindowEvent::Focused(_)
        | WindowEvent::ScaleFactorChanged { .. } => restore_and_log(window),
        _ => {}
    }
}

/// Restores all windows. Some changes cause no event, such as another resolution of the screen.
pub fn restore_all(app: &AppHandle) {
    if app.state::<WindowOptions>().is_full_screen() {
        for window in app.webview_windows().values() {
            restore_and_log(&window.as_ref().window());
        }
    }
}

fn restore_and_log(window: &Window) {
    if let Err(error) = restore(window) {
        tracing::warn!(%error, window = window.label(), "could not restore full screen");
    }
}

/// Makes the window cover its screen again. Changes nothing if it does.
fn restore(window: &Window) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    show_if_withdrawn(window)?;
    if window.is_minimized()? {
        window.unminimize()?;
    }
    let monitor = match window.current_monitor()? {
        Some(monitor) => Some(monitor),
        None => window.primary_monitor()?,
    };
    let Some(monitor) = monitor else { return Ok(()) };
    // Wayland tells no program where its windows are.
    let is_place_known = std::env::var_os("WAYLAND_DISPLAY").is_none();
    let is_moved = is_place_known && window.outer_position()? != *monitor.position();
    if is_moved || window.inner_size()? != *monitor.size() {
        window.set_fullscreen(true)?;
        window.set_position(*monitor.position())?;
        window.set_size(*monitor.size())?;
        #[cfg(target_os = "linux")]
        require_size(window, &monitor)?;
    }
    Ok(())
}

/// Makes the size of the screen the smallest size of the window. Otherwise the toolkit shrinks a window that cannot be
/// resized to its content.
#[cfg(target_os = "linux")]
fn require_size(window: &Window, monitor: &tauri::Monitor) -> tauri::Result<()> {
    use gtk::prelude::WidgetExt;
    let size = monitor.size().to_logical::<i32>(monitor.scale_factor());
    window.gtk_window()?.set_size_request(size.width, size.height);
    Ok(())
}

/// Shows a window again that somebody else took off the screen. The toolkit still considers it visible.
#[cfg(target_os = "linux")]
fn show_if_withdrawn(window: &Window) -> tauri::Result<()> {
    use gtk::prelude::WidgetExt;
    if let Some(surface) = window.gtk_window()?.window()
        && !surface.is_visible()
    {
        surface.show();
    }
    Ok(())
}
