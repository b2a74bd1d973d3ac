//! The sync beside the windows: waits for enrolment, then keeps going, and begins anew when enrolment changes.

use client::{Client, ClientError, Settings};
use kiosk::{Enrolment, Kiosk};
use std::sync::Arc;
use std::time::Duration;

/// How often the set-up is looked at; the command line may enrol while the kiosk runs.
const LOOK: Duration = Duration::from_secs(2);
/// How often closed leads are looked for.
const HOUR: Duration = Duration::from_hours(1);

/// A client for an enrolment.
pub fn client(enrolment: &Enrolment) -> Result<Client, ClientError> {
    connect(&enrolment.platform, Some(enrolment.token.clone()))
}

/// A client for somebody who is not enrolled yet.
pub fn stranger(address: &str) -> Result<Client, ClientError> {
    connect(address, None)
}

fn connect(url: &str, token: Option<String>) -> Result<Client, ClientError> {
    Client::new(Settings {
        url: url.to_owned(),
        token,
        ca_file: pinned_authorities(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

/// The stop's own certificate authorities, when the environment names a file.
fn pinned_authorities() -> Option<std::path::PathBuf> {
    std::env::var_os("EXPO_CA_FILE").map(Into::into)
}

/// Runs rounds on a thread of its own until the program ends.
pub fn start(kiosk: Arc<Kiosk>) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    std::thread::Builder::new()
        .name("sync".to_owned())
        .spawn(move || runtime.block_on(forever(&kiosk)))?;
    Ok(())
}

async fn forever(kiosk: &Arc<Kiosk>) {
    let erasing = Arc::clone(kiosk);
    tokio::spawn(async move {
        loop {
            if let Err(error) = erasing.erase_closed() {
                tracing::error!(%error, "closed leads could not be erased");
            }
            tokio::time::sleep(HOUR).await;
        }
    });
    loop {
        if let Ok(Some(enrolment)) = kiosk.enrolment() {
            let changed = until_changed(kiosk, &enrolment);
            match client(&enrolment) {
                Ok(client) => {
                    if let Err(error) = kiosk.keep_in_sync(client, changed).await {
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
