//! Keeps the pages of the windows working: notices that a page's process ended or hangs, loads the visitor page again,
//! closes the staff window, and starts the program again if that does not help. Must not know: commands, use cases.

use crate::windows::{self, STAFF};
use crate::{full_screen, notify, restart};
use expo_kiosk_core::{Kiosk, PageRecovery, PageWatch};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager, Url, WebviewWindow};

/// Interval of checks for pages that hang.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);

/// The pages of the open windows.
pub struct Pages {
    state: Mutex<PagesState>,
    started: Instant,
}

#[derive(Default)]
struct PagesState {
    watch: PageWatch,
    /// The address of each page.
    addresses: BTreeMap<String, Url>,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            started: Instant::now(),
        }
    }
}

impl Pages {
    /// The page says that it works.
    pub fn answered(&self, page: &str) {
        self.state().watch.answered(page, self.now());
    }

    /// The page starts to load.
    pub fn load_started(&self, page: &str) {
        self.state().watch.load_started(page, self.now());
    }

    /// The window was closed.
    pub fn closed(&self, page: &str) {
        self.state().watch.closed(page);
    }

    fn opened(&self, page: &str, address: Url) {
        let mut state = self.state();
        state.watch.opened(page, self.now());
        state.addresses.insert(page.to_owned(), address);
    }

    /// Time since the start of the program. It does not count while the machine is suspended.
    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    fn state(&self) -> MutexGuard<'_, PagesState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a page is started again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    ProcessEnded,
    Hangs,
}

/// Watches the page of a new window.
pub fn watch(window: &WebviewWindow) -> tauri::Result<()> {
    window.state::<Pages>().opened(window.label(), window.url()?);
    #[cfg(target_os = "linux")]
    {
        use webkit2gtk::{WebProcessTerminationReason, WebViewExt};
        let (app, page) = (window.app_handle().clone(), window.label().to_owned());
        window.with_webview(move |webview| {
            webview.inner().connect_web_process_terminated(move |_, reason| {
                // The shell itself terminates only pages that hang.
                if reason != WebProcessTerminationReason::TerminatedByApi {
                    recover(&app, &page, Cause::ProcessEnded);
                }
            });
        })?;
    }
    Ok(())
}

/// Checks every second, on its own thread, that pages work and windows cover the screen. Windows for development may
/// stop, for example at a breakpoint.
pub fn start_checks(app: AppHandle, is_full_screen: bool) -> std::io::Result<()> {
    if !is_full_screen {
        return Ok(());
    }
    let checks = move || {
        loop {
            thread::sleep(CHECK_INTERVAL);
            let restored = app.clone();
            // Fails only while the program ends.
            let _ = app.run_on_main_thread(move || {
                full_screen::restore_all(&restored);
                // Sent by the main thread, so that systemd restarts a program whose windows hang.
                notify::alive();
            });
            let pages = app.state::<Pages>();
            let hanging = pages.state().watch.hanging(pages.now());
            for page in hanging {
                recover(&app, &page, Cause::Hangs);
            }
        }
    };
    thread::Builder::new().name("pages".to_owned()).spawn(checks)?;
    Ok(())
}

/// Counts a restart of a page on a thread that may wait for the disk.
pub fn count_restart(app: &AppHandle) {
    let kiosk = Arc::clone(&app.state::<Arc<Kiosk>>());
    tauri::async_runtime::spawn_blocking(move || {
        if let Err(error) = kiosk.record_page_restart() {
            tracing::error!(%error, "could not count the restart of a page");
        }
    });
}

fn recover(app: &AppHandle, page: &str, cause: Cause) {
    let pages = app.state::<Pages>();
    let recovery = pages.state().watch.ended(page, pages.now());
    tracing::error!(page, ?cause, ?recovery, "a page no longer works");
    count_restart(app);
    let Some(window) = app.get_webview_window(page) else {
        return;
    };
    let mut result = Ok(());
    if cause == Cause::Hangs {
        result = end_process(&window);
    }
    match recovery {
        PageRecovery::RestartProgram => restart::request(app),
        PageRecovery::Reload => result = result.and_then(|()| load_again(app, &window)),
    }
    if let Err(error) = result {
        tracing::error!(page, %error, "could not start the page again");
    }
}

/// Ends the process of a page that hangs; it may be stopped, and would outlive its window.
fn end_process(window: &WebviewWindow) -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    window.with_webview(|webview| webkit2gtk::WebViewExt::terminate_web_process(&webview.inner()))?;
    Ok(())
}

/// Loads the visitor page again, or closes the staff window, which ends its session.
fn load_again(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    if window.label() == STAFF {
        return windows::close_staff(app);
    }
    let address = app
        .state::<Pages>()
        .state()
        .addresses
        .get(window.label())
        .cloned();
    address.map_or(Ok(()), |address| window.navigate(address))
}
