//! Packing a delta with zstd against the text of the version it starts from: what stands there already, the unchanged
//! parts of a changed row above all, costs next to nothing. Like `zstd --patch-from`.

use super::DeltaError;
use zstd::zstd_safe::{
    CCtx, CParameter, DCtx, Strategy, compress_bound, get_error_name, get_frame_content_size,
};

/// Largest window the format of zstd offers everywhere: snapshots are at most half of it.
const MAX_WINDOW_LOG: u32 = 30;
/// Larger tables find hardly more and take memory: with these at most some 400 MiB while a delta is packed.
const MAX_CHAIN_LOG: u32 = 26;
const MAX_HASH_LOG: u32 = 24;
/// How many places are tried for the longest match: rows are alike, so the first ones found are seldom their own.
const SEARCH_LOG: u32 = 12;
/// Shorter matches are digits and brackets that stand everywhere.
const MIN_MATCH: u32 = 6;

/// Packs a delta against the text of the version it starts from, as [`crate::snapshot::write`] writes it.
pub fn compress(text: &str, old_snapshot: &str) -> Result<Vec<u8>, DeltaError> {
    let failed = |code| DeltaError::Packed(get_error_name(code).to_owned());
    let reach = (old_snapshot.len() + text.len()) as u64;
    let window = (64 - reach.leading_zeros()).clamp(10, MAX_WINDOW_LOG);
    let mut context = CCtx::create();
    for parameter in [
        // Slower strategies take minutes to index a large snapshot and save a tenth at best.
        CParameter::Strategy(Strategy::ZSTD_lazy2),
        CParameter::WindowLog(window),
        CParameter::ChainLog(window.min(MAX_CHAIN_LOG)),
        CParameter::HashLog(window.min(MAX_HASH_LOG)),
        CParameter::SearchLog(SEARCH_LOG),
        CParameter::MinMatch(MIN_MATCH),
        CParameter::EnableLongDistanceMatching(true),
        CParameter::ChecksumFlag(true),
    ] {
        context.set_parameter(parameter).map_err(failed)?;
    }
    context.ref_prefix(old_snapshot.as_bytes()).map_err(failed)?;
    let mut packed = Vec::with_capacity(compress_bound(text.len()));
    context.compress2(&mut packed, text.as_bytes()).map_err(failed)?;
    Ok(packed)
}

/// Unpacks a delta; never more than `most` bytes, whatever it says of itself.
pub fn decompress(packed: &[u8], old_snapshot: &str, most: u64) -> Result<String, DeltaError> {
    let length = get_frame_content_size(packed)
        .ok()
        .flatten()
        .filter(|length| *length <= most)
        .ok_or_else(|| DeltaError::Packed(format!("it does not say a length of at most {most} bytes")))?;
    let failed = |code| DeltaError::Packed(get_error_name(code).to_owned());
    let mut context = DCtx::create();
    context.ref_prefix(old_snapshot.as_bytes()).map_err(failed)?;
    let mut plain = Vec::with_capacity(length as usize);
    context.decompress(&mut plain, packed).map_err(failed)?;
    String::from_utf8(plain).map_err(|_| DeltaError::Packed("it is not text".to_owned()))
}
