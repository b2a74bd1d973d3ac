//! The sync service: runs rounds in the background as long as the kiosk is enrolled, and restarts when the enrolment
//! changes. Also runs periodic cleanup and disk checks, and creates clients for the command line. Must not know: windows.

use crate::notify;
use expo_client::{Client, ClientError, Settings};
use expo_kiosk_core::{Enrolment, Kiosk};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Interval of checks for a changed enrolment, since the command line can enrol while the kiosk runs.
const ENROLMENT_POLL_INTERVAL: Duration = Duration::from_secs(2);
/// Interval of the removal of expired leads and unused pictures, and of the question whether a daily check is due.
const CLEANUP_INTERVAL: Duration = Duration::from_hours(1);
/// Interval of checks of the disk space.
const DISK_CHECK_INTERVAL: Duration = Duration::from_secs(5);

/// A client for an enrolled kiosk.
pub fn client(kiosk: &Kiosk, enrolment: &Enrolment) -> Result<Client, ClientError> {
    let token = Some(enrolment.token.clone());
    new_client(&enrolment.platform, token, pinned_authorities(kiosk)?)
}

/// A client for enrolment. `token` is the token of the current enrolment if it is with the same platform. `ca` replaces
/// the certificate authorities that the kiosk trusts.
pub fn enrolment_client(
    kiosk: &Kiosk,
    address: &str,
    token: Option<String>,
    ca: Option<&Path>,
) -> Result<Client, ClientError> {
    let ca_file = match ca {
        Some(file) => Some(file.to_owned()),
        None => pinned_authorities(kiosk)?,
    };
    new_client(address, token, ca_file)
}

fn new_client(url: &str, token: Option<String>, ca_file: Option<PathBuf>) -> Result<Client, ClientError> {
    Client::new(Settings {
        url: url.to_owned(),
        token,
        ca_file,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// File with the only certificate authorities to trust: from the environment, otherwise from the set-up.
/// An unusable file is an error of the client.
fn pinned_authorities(kiosk: &Kiosk) -> Result<Option<PathBuf>, ClientError> {
    match std::env::var_os("EXPO_CA_FILE") {
        Some(file) => Ok(Some(file.into())),
        None => kiosk
            .pinned_authorities()
            .map_err(|error| ClientError::Setup(error.to_string())),
    }
}

/// Starts the service on a separate thread. Calls `close` when the process receives a termination signal, or when a
/// restart opens leads again that a failing disk had closed and systemd does that.
pub fn start(kiosk: Arc<Kiosk>, close: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let runtime = runtime()?;
    std::thread::Builder::new()
        .name("sync".to_owned())
        .spawn(move || {
            let watched = Arc::clone(&kiosk);
            runtime.spawn(async move {
                tokio::select! {
                    () = termination_signal() => {}
                    () = restart_needed(&watched) => {}
                }
                close();
            });
            runtime.block_on(run_forever(&kiosk));
        })?;
    Ok(())
}

/// Runs the service without windows until the process receives a termination signal.
pub fn run_until_terminated(kiosk: &Arc<Kiosk>) -> std::io::Result<()> {
    let runtime = runtime()?;
    notify::ready();
    runtime.block_on(async {
        tokio::select! {
            () = termination_signal() => {}
            () = run_forever(kiosk) => {}
            () = report_alive() => {}
        }
    });
    // Does not wait for blocking tasks: a DNS lookup without a name server would delay the exit by a minute.
    runtime.shutdown_background();
    Ok(())
}

/// Runtime of the rounds. It is separate from the windows, which must never wait for the disk or the network.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

/// Completes when a restart helps and systemd restarts the program.
async fn restart_needed(kiosk: &Kiosk) {
    while !(notify::is_supervised() && kiosk.needs_restart()) {
        tokio::time::sleep(DISK_CHECK_INTERVAL).await;
    }
}

/// Reports to systemd that the service works. With windows, their thread does so. Never completes.
async fn report_alive() {
    loop {
        notify::alive();
        tokio::time::sleep(DISK_CHECK_INTERVAL).await;
    }
}

/// Completes on SIGTERM or SIGINT. Never completes on other systems than Unix.
async fn termination_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut terminate), Ok(mut interrupt)) =
            (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
        {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = interrupt.recv() => return,
            }
        }
    }
    std::future::pending::<()>().await;
}

async fn run_forever(kiosk: &Arc<Kiosk>) {
    let checked = Arc::clone(kiosk);
    tokio::spawn(async move {
        let mut is_start = true;
        loop {
            let kiosk = Arc::clone(&checked);
            // Its result does not matter: it runs again in an hour.
            drop(tokio::task::spawn_blocking(move || check(&kiosk, is_start)).await);
            is_start = false;
            tokio::time::sleep(CLEANUP_INTERVAL).await;
        }
    });
    let erasing = Arc::clone(kiosk);
    tokio::spawn(async move {
        loop {
            if let Err(error) = erasing.delete_old_leads() {
                tracing::error!(%error, "could not delete expired leads");
            }
            if let Err(error) = erasing.remove_unused_pictures() {
                tracing::error!(%error, "could not remove unused pictures");
            }
            tokio::time::sleep(CLEANUP_INTERVAL).await;
        }
    });
    let tending = Arc::clone(kiosk);
    tokio::spawn(async move {
        loop {
            if let Err(error) = tending.maintain_disk() {
                tracing::error!(%error, "could not maintain the disk reserve");
            }
            tokio::time::sleep(DISK_CHECK_INTERVAL).await;
        }
    });
    loop {
        if let Ok(Some(enrolment)) = kiosk.enrolment() {
            let changed = enrolment_changed(kiosk, &enrolment);
            match client(kiosk, &enrolment) {
                Ok(client) => {
                    if let Err(error) = kiosk.keep_in_sync(&enrolment, client, changed).await {
                        tracing::error!(%error, "sync stopped");
                    }
                }
                Err(error) => tracing::error!(%error, "could not create the client"),
            }
        }
        tokio::time::sleep(ENROLMENT_POLL_INTERVAL).await;
    }
}

/// Checks leads and catalogue at the start, and then daily.
fn check(kiosk: &Kiosk, is_start: bool) {
    let leads = if is_start {
        kiosk.check_leads().map(|_| true)
    } else {
        kiosk.check_leads_daily()
    };
    match leads {
        Ok(true) => {
            if let Err(error) = kiosk.check_catalogue() {
                tracing::error!(%error, "could not check the catalogue");
            }
        }
        Ok(false) => {}
        Err(error) => tracing::error!(%error, "could not check the leads"),
    }
}

/// Completes when the kiosk no longer has this enrolment.
async fn enrolment_changed(kiosk: &Arc<Kiosk>, enrolment: &Enrolment) {
    while kiosk.enrolment().is_ok_and(|now| now.as_ref() == Some(enrolment)) {
        tokio::time::sleep(ENROLMENT_POLL_INTERVAL).await;
    }
}
