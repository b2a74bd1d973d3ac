//! The peer: takes batches of leads as the platform does, writes each down with one `fdatasync`, and answers with
//! receipts. It checks nothing and keeps no order: less cannot be done without losing leads. Given a key it opens every
//! lead before, and drops what was in it: that much a receipt costs which says that a lead can be read.

use crate::{Failure, say};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use protocol::{LeadBatch, LeadReceipts, MAX_BATCH_BYTES, Outcome, Receipt};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, available_parallelism};
use vault::seal::Identity;

struct Sink {
    file: Mutex<File>,
    identity: Option<Identity>,
}

/// Serves until ended; says its address first.
pub fn serve(file: &Path, opens: Option<&Path>) -> Result<(), Failure> {
    let identity = opens.map(std::fs::read_to_string).transpose()?;
    let sink = Arc::new(Sink {
        file: Mutex::new(File::create(file)?),
        identity: identity.map(|text| text.parse()).transpose()?,
    });
    tokio::runtime::Runtime::new()?.block_on(async {
        let routes = Router::new()
            .route("/v1/leads", post(take))
            .layer(DefaultBodyLimit::max(MAX_BATCH_BYTES))
            .with_state(sink);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        say(&format!("http://{}\n", listener.local_addr()?));
        Ok(axum::serve(listener, routes).await?)
    })
}

async fn take(State(sink): State<Arc<Sink>>, body: Bytes) -> impl IntoResponse {
    let marked = [(HeaderName::from_static("expo-protocol"), "1")];
    let taken = tokio::task::spawn_blocking(move || sink.keep(&body)).await;
    match taken {
        Ok(Ok(receipts)) => (marked, axum::Json(receipts)).into_response(),
        _ => (marked, StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}

impl Sink {
    fn keep(&self, body: &[u8]) -> Result<LeadReceipts, Failure> {
        let batch: LeadBatch = serde_json::from_slice(&zstd::bulk::decompress(body, MAX_BATCH_BYTES)?)?;
        if let Some(identity) = &self.identity {
            open(&batch, identity)?;
        }
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(body)?;
        file.sync_data()?;
        drop(file);
        let receipts = batch.items.into_iter().map(|envelope| Receipt {
            id: envelope.header.id,
            revision: envelope.header.revision,
            sha256: envelope.sha256,
            outcome: Outcome::Accepted,
        });
        Ok(LeadReceipts {
            receipts: receipts.collect(),
        })
    }
}

/// On all cores, as the platform.
fn open(batch: &LeadBatch, identity: &Identity) -> Result<(), Failure> {
    let share = batch.items.len().div_ceil(available_parallelism()?.get()).max(1);
    thread::scope(|scope| {
        let opening: Vec<_> = batch
            .items
            .chunks(share)
            .map(|items| {
                scope.spawn(move || {
                    let mut items = items.iter();
                    items.try_for_each(|item| vault::seal::open(&item.sealed, identity).map(drop))
                })
            })
            .collect();
        for one in opening {
            one.join().map_err(|_| "opening fell over")??;
        }
        Ok(())
    })
}
