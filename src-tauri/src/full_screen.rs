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
    let covers_screen = !is_moved && window.inner_size()? == *monitor.size();
    if !covers_screen {
        window.set_fullscreen(true)?;
        window.set_position(*monitor.position())?;
        window.set_size(*monitor.size())?;
    }
    #[cfg(target_os = "linux")]
    force(&window.gtk_window()?, &monitor, covers_screen);
    Ok(())
}

/// Does what the toolkit leaves to a window manager, which a kiosk may not have. The toolkit ignores sizes of full-screen
/// windows, still lets visitors drag their edges, and considers a window visible that somebody took off the screen.
#[cfg(target_os = "linux")]
fn force(window: &gtk::ApplicationWindow, monitor: &tauri::Monitor, covers_screen: bool) {
    use gtk::prelude::{GtkWindowExt, WidgetExt};
    let place = monitor.position().to_logical::<i32>(monitor.scale_factor());
    let size = monitor.size().to_logical::<i32>(monitor.scale_factor());
    if window.is_resizable() || !covers_screen {
        // A window that cannot be resized shrinks to its content without this.
        window.set_size_request(size.width, size.height);
        window.set_resizable(false);
    }
    let Some(surface) = window.window() else { return };
    if !surface.is_visible() {
        surface.show();
    }
    if !covers_screen {
        surface.move_resize(place.x, place.y, size.width, size.height);
    }
}
