//! Who paints the windows: the graphics card where there is one, the web view's own painter where there is none. Without
//! a card `WebKitGTK` would emulate one in software, which takes five times as long to show a list and twice the memory
//! (docs/benchmarks.md, `paint`). Must not know what is painted.

use std::path::Path;
use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux shows graphics cards that programs may paint with.
const CARDS: &str = "/dev/dri";

/// Chooses the painter of a window by what the machine has.
pub fn choose<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if has_card(Path::new(CARDS)) {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Whether there is a card to paint with, not only one to show pictures with.
fn has_card(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}
