//! The peer: takes batches of leads as the platform does, writes each down with one `fdatasync`, and answers with
//! receipts. It opens nothing, checks nothing and keeps no order: less cannot be done without losing leads.

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

/// Serves until ended; says its address first.
pub fn serve(file: &Path) -> Result<(), Failure> {
    let file = Arc::new(Mutex::new(File::create(file)?));
    tokio::runtime::Runtime::new()?.block_on(async {
        let routes = Router::new()
            .route("/v1/leads", post(take))
            .layer(DefaultBodyLimit::max(MAX_BATCH_BYTES))
            .with_state(file);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        say(&format!("http://{}\n", listener.local_addr()?));
        Ok(axum::serve(listener, routes).await?)
    })
}

async fn take(State(file): State<Arc<Mutex<File>>>, body: Bytes) -> impl IntoResponse {
    let marked = [(HeaderName::from_static("expo-protocol"), "1")];
    let taken = tokio::task::spawn_blocking(move || keep(&file, &body)).await;
    match taken {
        Ok(Ok(receipts)) => (marked, axum::Json(receipts)).into_response(),
        _ => (marked, StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}

fn keep(file: &Mutex<File>, body: &[u8]) -> std::io::Result<LeadReceipts> {
    let batch: LeadBatch = serde_json::from_slice(&zstd::bulk::decompress(body, MAX_BATCH_BYTES)?)?;
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
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
