//! Packing with zstd against lines that the other side has too: what stands there already, the unchanged parts of a
//! changed row above all, costs next to nothing. Like `zstd --patch-from`.

use super::DeltaError;
use zstd::zstd_safe::{
    CCtx, CParameter, DCtx, Strategy, compress_bound, find_frame_compressed_size, get_error_name,
    get_frame_content_size,
};

/// Up to so many bytes in all the best match is looked for everywhere: a tenth of a second, some 30 MiB.
const THOROUGH: usize = 4 << 20;
const BEST: i32 = 22;
/// Largest window the format of zstd offers everywhere: snapshots are at most half of it.
const MAX_WINDOW_LOG: u32 = 30;
/// Larger tables find hardly more and take memory: with these at most some 400 MiB while a delta is packed.
const MAX_CHAIN_LOG: u32 = 26;
const MAX_HASH_LOG: u32 = 24;
/// How many places are tried for the longest match: rows are alike, so the first ones found are seldom their own.
const SEARCH_LOG: u32 = 12;
/// Shorter matches are digits and brackets that stand everywhere.
const MIN_MATCH: u32 = 6;

/// Packs a text against lines that whoever unpacks it has too.
pub(super) fn compress(text: &str, known: &str) -> Result<Vec<u8>, DeltaError> {
    let failed = |code| DeltaError::Packed(get_error_name(code).to_owned());
    let reach = known.len() + text.len();
    let window = (usize::BITS - reach.leading_zeros()).clamp(10, MAX_WINDOW_LOG);
    let mut context = CCtx::create();
    let parameters: &[CParameter] = if reach <= THOROUGH {
        &[CParameter::CompressionLevel(BEST), CParameter::WindowLog(window)]
    } else {
        // Slower strategies take minutes to index a large catalogue.
        &[
            CParameter::Strategy(Strategy::ZSTD_lazy2),
            CParameter::WindowLog(window),
            CParameter::ChainLog(window.min(MAX_CHAIN_LOG)),
            CParameter::HashLog(window.min(MAX_HASH_LOG)),
            CParameter::SearchLog(SEARCH_LOG),
            CParameter::MinMatch(MIN_MATCH),
            CParameter::EnableLongDistanceMatching(true),
        ]
    };
    for parameter in parameters.iter().copied().chain([CParameter::ChecksumFlag(true)]) {
        context.set_parameter(parameter).map_err(failed)?;
    }
    context.ref_prefix(known.as_bytes()).map_err(failed)?;
    let mut packed = Vec::with_capacity(compress_bound(text.len()));
    context.compress2(&mut packed, text.as_bytes()).map_err(failed)?;
    Ok(packed)
}

/// Unpacks the first frame, and what follows it. Never more than `most` bytes, whatever it says of itself.
pub(super) fn decompress<'a>(
    packed: &'a [u8],
    known: &str,
    most: u64,
) -> Result<(String, &'a [u8]), DeltaError> {
    let length = get_frame_content_size(packed)
        .ok()
        .flatten()
        .filter(|length| *length <= most)
        .ok_or_else(|| DeltaError::Packed(format!("it does not say a length of at most {most} bytes")))?;
    let failed = |code| DeltaError::Packed(get_error_name(code).to_owned());
    let end = find_frame_compressed_size(packed).map_err(failed)?;
    let (frame, rest) = packed
        .split_at_checked(end)
        .ok_or_else(|| DeltaError::Packed("it is cut short".to_owned()))?;
    let mut context = DCtx::create();
    context.ref_prefix(known.as_bytes()).map_err(failed)?;
    let mut plain = Vec::with_capacity(length as usize);
    context.decompress(&mut plain, frame).map_err(failed)?;
    let plain = String::from_utf8(plain).map_err(|_| DeltaError::Packed("it is not text".to_owned()))?;
    Ok((plain, rest))
}
