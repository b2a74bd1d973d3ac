//! From the body of `POST /v1/leads` to envelopes that can be kept. An item is refused only when no receipt could be
//! written for it or its bytes are not what they say; what cannot be *read* is kept.

use super::problem::Refusal;
use crate::store::Received;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::LeadHeader;
use domain::lead::LeadRecord;
use protocol::{MAX_BATCH_BYTES, MAX_BATCH_ITEMS, MAX_SEALED_BYTES, sha256_hex};
use serde::Deserialize;
use serde_json::Value;
use std::io::Read;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;
use uuid::Uuid;
use vault::seal::{Identity, open};

/// Largest window of a compressed batch, as a power of two: what it costs to decompress is bounded before it begins.
const ZSTD_WINDOW_LOG: u32 = 20;

/// Fewer items are opened sooner than a thread begins.
const WORTH_A_THREAD: usize = 8;

#[derive(Deserialize)]
struct RawBatch {
    items: Vec<RawItem>,
}

/// An envelope of which only what a receipt needs must be understood.
#[derive(Deserialize)]
struct RawItem {
    header: Value,
    sealed: String,
    sha256: String,
}

#[derive(Deserialize)]
struct Name {
    id: Uuid,
    revision: u32,
}

/// Undoes zstd, never beyond the limit of a batch.
pub fn decompress(body: &[u8]) -> Result<Vec<u8>, Refusal> {
    let announced = zstd::zstd_safe::get_frame_content_size(body).ok().flatten();
    if announced.is_some_and(|bytes| bytes > MAX_BATCH_BYTES as u64) {
        return Err(too_long());
    }
    let broken = |_| Refusal::malformed("The body is not zstd with a window of at most 1 MiB.");
    let mut decoder = zstd::stream::read::Decoder::with_buffer(body).map_err(broken)?;
    decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(broken)?;
    let mut plain = Vec::new();
    decoder
        .take(MAX_BATCH_BYTES as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(broken)?;
    Ok(plain)
}

/// Reads a batch and opens what can be opened.
pub fn read(plain: &[u8], identity: &Identity) -> Result<Vec<Received>, Refusal> {
    if plain.len() > MAX_BATCH_BYTES {
        return Err(too_long());
    }
    let batch: RawBatch = serde_json::from_slice(plain).map_err(|e| {
        Refusal::malformed(format!(
            "Not a batch of leads: line {}, column {}.",
            e.line(),
            e.column()
        ))
    })?;
    if batch.items.len() > MAX_BATCH_ITEMS {
        return Err(Refusal::too_large(format!(
            "A batch is at most {MAX_BATCH_ITEMS} leads."
        )));
    }
    open_all(&batch.items, identity)
}

/// Opens on all cores: that is most of the work of a batch. Where several items are refused, the first is told.
fn open_all(items: &[RawItem], identity: &Identity) -> Result<Vec<Received>, Refusal> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(cores).max(WORTH_A_THREAD);
    let open = |turn: usize, share_of: &[RawItem]| -> Result<Vec<Received>, Refusal> {
        let numbered = (turn * share..).zip(share_of);
        numbered
            .map(|(index, item)| receive(index, item, identity))
            .collect()
    };
    if items.len() <= share {
        return open(0, items);
    }
    thread::scope(|scope| {
        let open = &open;
        let opening: Vec<_> = items
            .chunks(share)
            .enumerate()
            .map(|(turn, share_of)| scope.spawn(move || open(turn, share_of)))
            .collect();
        let mut received = Vec::with_capacity(items.len());
        for share_of in opening {
            received.extend(share_of.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok(received)
    })
}

fn too_long() -> Refusal {
    Refusal::too_large(format!(
        "A batch is at most {MAX_BATCH_BYTES} bytes before compression."
    ))
}

fn receive(index: usize, item: &RawItem, identity: &Identity) -> Result<Received, Refusal> {
    let refuse = |code, title, what: &str| {
        Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code,
            title,
            format!("Item {index}: {what}"),
        )
    };
    let unreadable = |what| refuse("item_unreadable", "A lead has no usable envelope.", what);
    let name = Name::deserialize(&item.header).map_err(|_| unreadable("header.id or header.revision"))?;
    let sealed = STANDARD
        .decode(&item.sealed)
        .map_err(|_| unreadable("sealed is not base64"))?;
    if sealed.len() > MAX_SEALED_BYTES {
        return Err(Refusal::too_large(format!(
            "Item {index}: at most {MAX_SEALED_BYTES} sealed bytes."
        )));
    }
    if sha256_hex(&sealed) != item.sha256 {
        let what = "sha256 is not that of the sealed bytes";
        return Err(refuse("item_damaged", "A lead is not what its hash says.", what));
    }
    Ok(Received {
        id: name.id,
        revision: name.revision,
        sha256: item.sha256.clone(),
        opened: open_record(&item.header, &sealed, identity),
        header: item.header.to_string(),
        sealed,
    })
}

/// What was sealed, if it is a lead with this header; or a word why not.
pub fn open_record(
    header: &Value,
    sealed: &[u8],
    identity: &Identity,
) -> Result<Box<LeadRecord>, &'static str> {
    let header = LeadHeader::deserialize(header).map_err(|_| "its header is not understood")?;
    let plain = open(sealed, identity).map_err(|_| "it cannot be opened with this platform's key")?;
    let record: Box<LeadRecord> = serde_json::from_slice(&plain).map_err(|_| "it does not hold a lead")?;
    if record.header == header {
        Ok(record)
    } else {
        Err("it holds another header than it came with")
    }
}
