//! Whether a write-ahead log has lost committed frames. SQLite ignores everything after the first frame with a wrong
//! checksum without reporting it. Must not know: tables.

use super::pages::u32_at;

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
/// The last bit says whether checksums are computed over big-endian words.
const MAGIC: u32 = 0x377f_0682;

/// Whether a commit of the current log comes after a frame with a wrong checksum, or the header is damaged. A frame that a
/// power cut interrupted has no commit after it.
pub(in crate::leads) fn has_lost_commits(log: &[u8]) -> bool {
    let Some(content) = log.get(HEADER_BYTES..) else {
        return false;
    };
    let Some(header) = Header::read(log) else {
        return content.iter().any(|byte| *byte != 0);
    };
    let mut sum = header.sum;
    let mut frames = content.chunks_exact(FRAME_HEADER_BYTES + header.page_bytes);
    let is_next = |sum: &mut (u32, u32), frame: &[u8]| {
        *sum = header.add(*sum, &frame[..8]);
        *sum = header.add(*sum, &frame[FRAME_HEADER_BYTES..]);
        header.wrote(frame) && (u32_at(frame, 16), u32_at(frame, 20)) == (Some(sum.0), Some(sum.1))
    };
    let is_commit = |frame: &[u8]| header.wrote(frame) && u32_at(frame, 4) != Some(0);
    let first_wrong = frames.find(|frame| !is_next(&mut sum, frame));
    first_wrong.is_some_and(is_commit) || frames.any(is_commit)
}

struct Header {
    page_bytes: usize,
    is_big_endian: bool,
    salts: (Option<u32>, Option<u32>),
    sum: (u32, u32),
}

impl Header {
    /// `None` if the header is damaged.
    fn read(log: &[u8]) -> Option<Self> {
        let magic = u32_at(log, 0)?;
        let page_bytes = u32_at(log, 8)? as usize;
        if magic & !1 != MAGIC || !page_bytes.is_power_of_two() || !(512..=1 << 16).contains(&page_bytes) {
            return None;
        }
        let mut header = Self {
            page_bytes,
            is_big_endian: magic & 1 == 1,
            salts: (u32_at(log, 16), u32_at(log, 20)),
            sum: (0, 0),
        };
        header.sum = header.add((0, 0), log.get(..24)?);
        let stored = (u32_at(log, 24)?, u32_at(log, 28)?);
        (header.sum == stored).then_some(header)
    }

    /// Whether a frame belongs to this log, and not to an older one whose place it took.
    fn wrote(&self, frame: &[u8]) -> bool {
        (u32_at(frame, 8), u32_at(frame, 12)) == self.salts
    }

    fn add(&self, sum: (u32, u32), bytes: &[u8]) -> (u32, u32) {
        let word = |bytes: &[u8]| {
            let big = u32_at(bytes, 0).unwrap_or_default();
            if self.is_big_endian { big } else { big.swap_bytes() }
        };
        bytes.chunks_exact(8).fold(sum, |(a, b), words| {
            let a = a.wrapping_add(word(words)).wrapping_add(b);
            let b = b.wrapping_add(word(&words[4..])).wrapping_add(a);
            (a, b)
        })
    }
}
