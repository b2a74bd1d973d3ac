//! zstd compression with a dictionary that both sides have, like `zstd --patch-from`. Text that occurs in the
//! dictionary, such as the unchanged parts of an edited row, costs almost nothing.

use super::DeltaError;
use zstd::zstd_safe::{
    CCtx, CParameter, DCtx, Strategy, compress_bound, find_frame_compressed_size, get_error_name,
    get_frame_content_size,
};

/// Up to this size of dictionary and text, the highest compression level is used: a tenth of a second, about 30 MiB.
const MAX_BYTES_AT_BEST_LEVEL: usize = 4 << 20;
const BEST_LEVEL: i32 = 22;
/// Largest window that zstd supports on all platforms. Snapshots are at most half as large.
const MAX_WINDOW_LOG: u32 = 30;
/// Larger tables find hardly more matches. With these limits, compression needs at most about 400 MiB.
const MAX_CHAIN_LOG: u32 = 26;
const MAX_HASH_LOG: u32 = 24;
/// Number of candidates (log₂) for the longest match. Rows resemble each other, so the first candidates are seldom the
/// old version of the same row.
const SEARCH_LOG: u32 = 12;
/// Shorter matches are digits and brackets, which occur everywhere.
const MIN_MATCH: u32 = 6;

/// Compresses a text with a dictionary.
pub(super) fn compress(text: &str, dictionary: &str) -> Result<Vec<u8>, DeltaError> {
    let failed = |code| DeltaError::Malformed(get_error_name(code).to_owned());
    let total = dictionary.len() + text.len();
    let window = (usize::BITS - total.leading_zeros()).clamp(10, MAX_WINDOW_LOG);
    let mut context = CCtx::create();
    let parameters: &[CParameter] = if total <= MAX_BYTES_AT_BEST_LEVEL {
        &[
            CParameter::CompressionLevel(BEST_LEVEL),
            CParameter::WindowLog(window),
        ]
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
    context.ref_prefix(dictionary.as_bytes()).map_err(failed)?;
    let mut packed = Vec::with_capacity(compress_bound(text.len()));
    context.compress2(&mut packed, text.as_bytes()).map_err(failed)?;
    Ok(packed)
}

/// Decompresses the first frame and returns it with the remaining input. Never produces more than `max_bytes`, even if
/// the frame header is wrong.
pub(super) fn decompress<'a>(
    packed: &'a [u8],
    dictionary: &str,
    max_bytes: u64,
) -> Result<(String, &'a [u8]), DeltaError> {
    let length = get_frame_content_size(packed)
        .ok()
        .flatten()
        .filter(|length| *length <= max_bytes)
        .ok_or_else(|| {
            DeltaError::Malformed(format!("it declares no length of at most {max_bytes} bytes"))
        })?;
    let failed = |code| DeltaError::Malformed(get_error_name(code).to_owned());
    let end = find_frame_compressed_size(packed).map_err(failed)?;
    let (frame, rest) = packed
        .split_at_checked(end)
        .ok_or_else(|| DeltaError::Malformed("it is truncated".to_owned()))?;
    let mut context = DCtx::create();
    context.ref_prefix(dictionary.as_bytes()).map_err(failed)?;
    let mut plain = Vec::with_capacity(length as usize);
    context.decompress(&mut plain, frame).map_err(failed)?;
    let plain = String::from_utf8(plain).map_err(|_| DeltaError::Malformed("it is not UTF-8".to_owned()))?;
    Ok((plain, rest))
}
