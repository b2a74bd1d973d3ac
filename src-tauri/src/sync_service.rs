//! The sync beside the windows: waits for enrolment, then keeps going, and begins anew when enrolment changes.

use client::{Client, ClientError, Settings};
use kiosk::{Enrolment, Kiosk};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How often the set-up is looked at; the command line may enrol while the kiosk runs.
const LOOK: Duration = Duration::from_secs(2);
/// How often closed leads and pictures nobody needs are looked for.
const HOUR: Duration = Duration::from_hours(1);

/// How often the disk is looked at.
const DISK: Duration = Duration::from_secs(5);

/// A client for an enrolment.
pub fn client(kiosk: &Kiosk, enrolment: &Enrolment) -> Result<Client, ClientError> {
    let token = Some(enrolment.token.clone());
    connect(&enrolment.platform, token, pinned(kiosk))
}

/// A client for enrolling, with authorities of the stop's own if there are any, and with the token of the enrolment before
/// when it is at this very platform.
pub fn enrolling(
    kiosk: &Kiosk,
    address: &str,
    token: Option<String>,
    ca: Option<&Path>,
) -> Result<Client, ClientError> {
    connect(address, token, ca.map(Path::to_owned).or_else(|| pinned(kiosk)))
}

fn connect(url: &str, token: Option<String>, ca_file: Option<PathBuf>) -> Result<Client, ClientError> {
    Client::new(Settings {
        url: url.to_owned(),
        token,
        ca_file,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The stop's own certificate authorities: a file that the environment names, or those of its set-up.
fn pinned(kiosk: &Kiosk) -> Option<PathBuf> {
    let named = std::env::var_os("EXPO_CA_FILE").map(PathBuf::from);
    named.or_else(|| kiosk.authorities())
}

/// Runs rounds on a thread of its own until the program ends. `close` is called when the machine asks the program to
/// end.
pub fn start(kiosk: Arc<Kiosk>, close: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let runtime = runtime()?;
    std::thread::Builder::new()
        .name("sync".to_owned())
        .spawn(move || {
            runtime.spawn(async {
                asked_to_end().await;
                close();
            });
            runtime.block_on(forever(&kiosk));
        })?;
    Ok(())
}

/// Runs rounds without windows until the machine asks the program to end.
pub fn until_told(kiosk: &Arc<Kiosk>) -> std::io::Result<()> {
    let runtime = runtime()?;
    runtime.block_on(async {
        tokio::select! {
            () = asked_to_end() => {}
            () = forever(kiosk) => {}
        }
    });
    // A name that is being looked up in a hall without name service would hold the end up for a minute.
    runtime.shutdown_background();
    Ok(())
}

/// Where rounds run: apart from the windows, which must never wait for a disk or a line.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
}

/// Ready when the machine shuts down or somebody ends the program from outside; never elsewhere than on Unix.
async fn asked_to_end() {
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

async fn forever(kiosk: &Arc<Kiosk>) {
    let erasing = Arc::clone(kiosk);
    tokio::spawn(async move {
        loop {
            if let Err(error) = erasing.erase_closed() {
                tracing::error!(%error, "closed leads could not be erased");
            }
            if let Err(error) = erasing.clear_pictures() {
                tracing::error!(%error, "pictures nobody needs could not be removed");
            }
            tokio::time::sleep(HOUR).await;
        }
    });
    let tending = Arc::clone(kiosk);
    tokio::spawn(async move {
        loop {
            if let Err(error) = tending.tend_disk() {
                tracing::error!(%error, "the reserve could not be looked after");
            }
            tokio::time::sleep(DISK).await;
        }
    });
    loop {
        if let Ok(Some(enrolment)) = kiosk.enrolment() {
            let changed = until_changed(kiosk, &enrolment);
            match client(kiosk, &enrolment) {
                Ok(client) => {
                    if let Err(error) = kiosk.keep_in_sync(&enrolment, client, changed).await {
                        tracing::error!(%error, "sync stopped");
                    }
                }
                Err(error) => tracing::error!(%error, "no client"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn until_changed(kiosk: &Arc<Kiosk>, enrolment: &Enrolment) {
    while kiosk.enrolment().is_ok_and(|now| now.as_ref() == Some(enrolment)) {
        tokio::time::sleep(LOOK).await;
    }
}
