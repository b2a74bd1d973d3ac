//! Reads the body of `POST /v1/leads` into envelopes for the store. An item is refused only if no receipt can be written for
//! it, or if its bytes do not match its hash. An envelope that cannot be opened is stored anyway.

use super::error::ApiError;
use super::schemas::LeadHeader;
use crate::records::open_record;
use crate::store::ReceivedEnvelope;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use expo_protocol::{MAX_BATCH_BYTES, MAX_BATCH_ITEMS, MAX_SEALED_BYTES, sha256_hex};
use expo_vault::seal::Identity;
use serde::Deserialize;
use serde_json::Value;
use std::io::Read;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;
use utoipa::ToSchema;
use uuid::Uuid;

/// Largest window of a compressed batch, as a power of two. It limits the memory for decompression in advance.
const ZSTD_WINDOW_LOG: u32 = 20;

/// Fewest items per thread: fewer are opened faster than a thread starts.
const MIN_ITEMS_PER_THREAD: usize = 8;

/// A batch of envelopes.
#[derive(Deserialize, ToSchema)]
pub struct LeadBatch {
    /// The envelopes.
    #[schema(max_items = 100)]
    items: Vec<Envelope>,
}

/// A sealed lead, unchanged since the kiosk created it.
#[derive(Deserialize, ToSchema)]
struct Envelope {
    /// What is known without opening it.
    #[schema(value_type = LeadHeader)]
    header: Value,
    /// binary age file, base64 with padding; at most 64 KiB before encoding. It contains a `LeadRecord`.
    sealed: String,
    /// SHA-256 of the sealed bytes, lower-case hex.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    sha256: String,
}

/// The part of a header that a receipt needs.
#[derive(Deserialize)]
struct EnvelopeKey {
    id: Uuid,
    revision: u32,
}

/// Decompresses zstd, up to the size limit of a batch.
pub fn decompress(body: &[u8]) -> Result<Vec<u8>, ApiError> {
    let announced = zstd::zstd_safe::get_frame_content_size(body).ok().flatten();
    if announced.is_some_and(|bytes| bytes > MAX_BATCH_BYTES as u64) {
        return Err(batch_too_large());
    }
    let broken = |_| ApiError::malformed("The body is not zstd with a window of at most 1 MiB.");
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body).map_err(broken)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(broken)?;
    let mut plain = Vec::new();
    decoder
        .take(MAX_BATCH_BYTES as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(broken)?;
    Ok(plain)
}

/// Parses a batch and opens its envelopes.
pub fn read(plain: &[u8], identity: &Identity) -> Result<Vec<ReceivedEnvelope>, ApiError> {
    if plain.len() > MAX_BATCH_BYTES {
        return Err(batch_too_large());
    }
    let batch: LeadBatch = serde_json::from_slice(plain).map_err(|e| {
        ApiError::malformed(format!(
            "Not a batch of leads: line {}, column {}.",
            e.line(),
            e.column()
        ))
    })?;
    if batch.items.len() > MAX_BATCH_ITEMS {
        return Err(ApiError::too_large(format!(
            "A batch has at most {MAX_BATCH_ITEMS} leads."
        )));
    }
    open_all(&batch.items, identity)
}

/// Opens the envelopes on all cores, because decryption is most of the work. If several items are refused, the error is that
/// of the first.
fn open_all(items: &[Envelope], identity: &Identity) -> Result<Vec<ReceivedEnvelope>, ApiError> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let chunk_len = items.len().div_ceil(cores).max(MIN_ITEMS_PER_THREAD);
    let open = |number: usize, chunk: &[Envelope]| -> Result<Vec<ReceivedEnvelope>, ApiError> {
        let numbered = (number * chunk_len..).zip(chunk);
        numbered
            .map(|(index, item)| open_item(index, item, identity))
            .collect()
    };
    if items.len() <= chunk_len {
        return open(0, items);
    }
    thread::scope(|scope| {
        let open = &open;
        let threads: Vec<_> = items
            .chunks(chunk_len)
            .enumerate()
            .map(|(number, chunk)| scope.spawn(move || open(number, chunk)))
            .collect();
        let mut received = Vec::with_capacity(items.len());
        for thread in threads {
            received.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok(received)
    })
}

fn batch_too_large() -> ApiError {
    ApiError::too_large(format!(
        "A batch has at most {MAX_BATCH_BYTES} bytes before compression."
    ))
}

fn open_item(index: usize, item: &Envelope, identity: &Identity) -> Result<ReceivedEnvelope, ApiError> {
    let item_error = |code, title, problem: &str| {
        ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code,
            title,
            format!("Item {index}: {problem}"),
        )
    };
    let unreadable = |problem| item_error("item_unreadable", "A lead has no usable envelope.", problem);
    let key =
        EnvelopeKey::deserialize(&item.header).map_err(|_| unreadable("header.id or header.revision"))?;
    let sealed = STANDARD
        .decode(&item.sealed)
        .map_err(|_| unreadable("sealed is not base64"))?;
    if sealed.len() > MAX_SEALED_BYTES {
        return Err(ApiError::too_large(format!(
            "Item {index}: at most {MAX_SEALED_BYTES} sealed bytes."
        )));
    }
    if sha256_hex(&sealed) != item.sha256 {
        let problem = "sha256 is not that of the sealed bytes";
        return Err(item_error(
            "item_damaged",
            "A lead does not match its hash.",
            problem,
        ));
    }
    Ok(ReceivedEnvelope {
        id: key.id,
        revision: key.revision,
        sha256: item.sha256.clone(),
        opened: open_record(&item.header, &sealed, identity),
        header: item.header.to_string(),
        sealed,
    })
}
