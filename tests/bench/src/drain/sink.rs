//! The peer: receives batches of leads, writes each with one `fdatasync`, and answers with receipts. It checks and sorts
//! nothing, which is the minimum that loses no leads. With an identity it first opens each lead and discards the content,
//! which is the cost of a receipt that confirms a readable lead.

use crate::{Failure, print_text};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use axum::routing::post;
use expo_protocol::{LeadBatch, LeadReceipts, MAX_BATCH_BYTES, Outcome, Receipt};
use expo_vault::seal::Identity;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, available_parallelism};

struct Sink {
    file: Mutex<File>,
    identity: Option<Identity>,
}

/// Serves until killed; prints its address first.
pub fn serve(file: &Path, identity: Option<&Path>) -> Result<(), Failure> {
    let identity = identity.map(std::fs::read_to_string).transpose()?;
    let sink = Arc::new(Sink {
        file: Mutex::new(File::create(file)?),
        identity: identity.map(|text| text.parse()).transpose()?,
    });
    tokio::runtime::Runtime::new()?.block_on(async {
        let routes = Router::new()
            .route("/v1/leads", post(receive))
            .layer(DefaultBodyLimit::max(MAX_BATCH_BYTES))
            .with_state(sink);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        print_text(&format!("http://{}\n", listener.local_addr()?));
        Ok(axum::serve(listener, routes).await?)
    })
}

async fn receive(State(sink): State<Arc<Sink>>, body: Bytes) -> impl IntoResponse {
    let protocol_header = [(HeaderName::from_static("expo-protocol"), "1")];
    let result = tokio::task::spawn_blocking(move || sink.store(&body)).await;
    match result {
        Ok(Ok(receipts)) => (protocol_header, axum::Json(receipts)).into_response(),
        _ => (protocol_header, StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}

impl Sink {
    fn store(&self, body: &[u8]) -> Result<LeadReceipts, Failure> {
        let batch: LeadBatch = serde_json::from_slice(&zstd::bulk::decompress(body, MAX_BATCH_BYTES)?)?;
        if let Some(identity) = &self.identity {
            open_all(&batch, identity)?;
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

/// Opens the leads on all cores, as the platform does.
fn open_all(batch: &LeadBatch, identity: &Identity) -> Result<(), Failure> {
    let chunk_size = batch.items.len().div_ceil(available_parallelism()?.get()).max(1);
    thread::scope(|scope| {
        let opening: Vec<_> = batch
            .items
            .chunks(chunk_size)
            .map(|items| {
                scope.spawn(move || {
                    let mut items = items.iter();
                    items.try_for_each(|item| expo_vault::seal::open(&item.sealed, identity).map(drop))
                })
            })
            .collect();
        for thread in opening {
            thread
                .join()
                .map_err(|_| "a thread that opens leads panicked")??;
        }
        Ok(())
    })
}
