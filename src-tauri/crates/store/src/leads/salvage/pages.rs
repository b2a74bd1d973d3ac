//! The pages of a database file and of its write-ahead log, read without SQLite, so that damage in one page does not hide
//! the others. See <https://www.sqlite.org/fileformat2.html>. Must not know: tables.

use std::collections::BTreeMap;

/// No record of the kiosk is longer.
const MAX_RECORD_BYTES: usize = 4 << 20;
/// Length of the file header, which precedes the header of page 1.
const FILE_HEADER_BYTES: usize = 100;
/// Length of the header of a write-ahead log.
const WAL_HEADER_BYTES: usize = 32;
/// Length of the header of each frame in the log.
const FRAME_HEADER_BYTES: usize = 24;
const INDEX_INTERIOR: u8 = 0x02;
const INDEX_LEAF: u8 = 0x0a;
const TABLE_LEAF: u8 = 0x0d;

/// A value of a record.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real,
    Text(String),
    Blob(Vec<u8>),
}

/// A record with the number of its row; index entries have none.
pub(super) struct Record {
    pub row: Option<i64>,
    pub values: Vec<Value>,
}

/// All pages of a database file and its log.
pub(super) struct Pages<'a> {
    page_bytes: usize,
    /// In the order of writing: first those of the file, then those of the log.
    versions: Vec<(u32, &'a [u8])>,
    /// The newest version of each page.
    newest: BTreeMap<u32, &'a [u8]>,
    /// The versions in the database file.
    file: &'a [u8],
}

impl<'a> Pages<'a> {
    pub fn new(file: &'a [u8], log: &'a [u8], page_bytes: usize) -> Self {
        let in_file = file.chunks_exact(page_bytes);
        let mut versions: Vec<_> = (1..).zip(in_file).collect();
        versions.extend(frames(log, page_bytes));
        Self {
            page_bytes,
            newest: versions.iter().copied().collect(),
            versions,
            file,
        }
    }

    /// Without versions of pages that were replaced since.
    pub fn only_newest(mut self) -> Self {
        self.versions = self
            .newest
            .iter()
            .map(|(number, page)| (*number, *page))
            .collect();
        self
    }

    /// Calls `visit` with every record that the cell pointers of a page name.
    pub fn for_each_record(&self, mut visit: impl FnMut(Record)) {
        for (number, page) in &self.versions {
            self.records_of(*number, page, &mut visit);
        }
    }

    fn records_of(&self, number: u32, page: &[u8], visit: &mut impl FnMut(Record)) -> Option<()> {
        let header = if number == 1 { FILE_HEADER_BYTES } else { 0 };
        let kind = *page.get(header)?;
        let (pointers, before_payload, is_table) = match kind {
            INDEX_LEAF => (8, 0, false),
            INDEX_INTERIOR => (12, 4, false),
            TABLE_LEAF => (8, 0, true),
            _ => return None,
        };
        let count = usize::from(u16_at(page, header + 3)?);
        for cell in 0..count {
            let at = usize::from(u16_at(page, header + pointers + 2 * cell)?);
            if let Some(record) = self.cell(page, at + before_payload, is_table) {
                visit(record);
            }
        }
        Some(())
    }

    /// Calls `visit` with everything that has the form of an index entry of `columns` columns, at any position of any page.
    /// This finds entries of pages whose own header is damaged; `visit` has to verify them.
    pub fn for_each_possible_entry(&self, columns: usize, mut visit: impl FnMut(Vec<Value>)) {
        for (_, page) in &self.versions {
            for at in 0..page.len() {
                if self.may_be_entry(page, at, columns)
                    && let Some(record) = self.cell(page, at, false)
                {
                    visit(record.values);
                }
            }
        }
    }

    /// Whether a cell at this position has a record header of `columns` columns. Fast, because it is asked for every byte.
    fn may_be_entry(&self, page: &[u8], at: usize, columns: usize) -> bool {
        let Some((length, after)) = varint(page, at) else {
            return false;
        };
        let Some((header, mut position)) = varint(page, after) else {
            return false;
        };
        let end = after.saturating_add(header as usize);
        let has_plausible_length = (header as usize) > columns && header < length;
        if !has_plausible_length || end > page.len() || length as usize > self.max_bytes() {
            return false;
        }
        let mut found = 0;
        while position < end {
            let Some((_, next)) = varint(page, position) else {
                return false;
            };
            (position, found) = (next, found + 1);
        }
        position == end && found == columns
    }

    fn max_bytes(&self) -> usize {
        (self.versions.len() * self.page_bytes).min(MAX_RECORD_BYTES)
    }

    /// The record of the cell at this position. Tries both versions of its overflow pages; the values may be wrong if one
    /// of them is damaged.
    fn cell(&self, page: &[u8], at: usize, is_table: bool) -> Option<Record> {
        let (length, mut at) = varint(page, at)?;
        let length = usize::try_from(length).ok().filter(|n| *n <= self.max_bytes())?;
        let mut row = None;
        if is_table {
            let (number, after) = varint(page, at)?;
            (row, at) = (Some(number as i64), after);
        }
        let local = local_bytes(self.page_bytes, length, is_table);
        let mut payload = page.get(at..at.checked_add(local)?)?.to_vec();
        if local < length {
            let first = u32_at(page, at + local)?;
            let newest = |number: u32| self.newest.get(&number).copied();
            let in_file = |number: u32| {
                let start = (number as usize).checked_sub(1)?.checked_mul(self.page_bytes)?;
                self.file.get(start..start.checked_add(self.page_bytes)?)
            };
            let rest = overflow(first, length - local, &newest)
                .or_else(|| overflow(first, length - local, &in_file));
            payload.extend(rest?);
        }
        Some(Record {
            row,
            values: values(&payload)?,
        })
    }
}

/// Page sizes to try: the one in the header of the file or of the log, then all others, the usual one first.
pub(super) fn page_sizes(file: &[u8], log: &[u8]) -> Vec<usize> {
    let in_file = u16_at(file, 16).map(|n| if n == 1 { 1 << 16 } else { usize::from(n) });
    let in_log = u32_at(log, 8).map(|n| n as usize);
    let mut sizes = vec![4096];
    sizes.extend((9..=16).map(|bits| 1 << bits).filter(|size| *size != 4096));
    let named = in_file.into_iter().chain(in_log);
    if let Some(named) = named.into_iter().find(|size| sizes.contains(size)) {
        sizes.retain(|size| *size != named);
        sizes.insert(0, named);
    }
    sizes
}

/// Page number and content of every frame of the log, whether its checksum is right or not.
fn frames(log: &[u8], page_bytes: usize) -> impl Iterator<Item = (u32, &[u8])> {
    let frames = log.get(WAL_HEADER_BYTES..).unwrap_or_default();
    frames
        .chunks_exact(FRAME_HEADER_BYTES + page_bytes)
        .filter_map(|frame| Some((u32_at(frame, 0)?, frame.get(FRAME_HEADER_BYTES..)?)))
}

/// How many bytes of a payload are in the cell itself.
const fn local_bytes(page_bytes: usize, payload: usize, is_table: bool) -> usize {
    let max = if is_table {
        page_bytes - 35
    } else {
        (page_bytes - 12) * 64 / 255 - 23
    };
    let min = (page_bytes - 12) * 32 / 255 - 23;
    if payload <= max {
        return payload;
    }
    let fitting = min + (payload - min) % (page_bytes - 4);
    if fitting <= max { fitting } else { min }
}

/// `length` bytes from a chain of overflow pages.
fn overflow<'a>(first: u32, length: usize, page: &impl Fn(u32) -> Option<&'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut next = first;
    while bytes.len() < length {
        let content = page(next)?;
        next = u32_at(content, 0)?;
        let rest = content.get(4..)?;
        bytes.extend_from_slice(&rest[..rest.len().min(length - bytes.len())]);
    }
    Some(bytes)
}

fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let (header, mut at) = varint(payload, 0)?;
    let header = usize::try_from(header).ok()?;
    let mut body = header;
    let mut values = Vec::new();
    while at < header {
        let (kind, next) = varint(payload, at)?;
        at = next;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind as usize,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            kind => usize::try_from((kind - 12) / 2).ok()?,
        };
        let bytes = payload.get(body..body.checked_add(length)?)?;
        body += length;
        values.push(match kind {
            0 => Value::Null,
            1..=6 => Value::Integer(integer(bytes)),
            7 => Value::Real,
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            kind if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
            _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
        });
    }
    Some(values)
}

/// A big-endian two's complement number.
fn integer(bytes: &[u8]) -> i64 {
    let is_negative = bytes.first().is_some_and(|first| *first >= 0x80);
    let start = if is_negative { -1 } else { 0 };
    bytes
        .iter()
        .fold(start, |number, byte| (number << 8) | i64::from(*byte))
}

/// A variable-length number and the position after it.
fn varint(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for index in 0..9 {
        let byte = *bytes.get(at.checked_add(index)?)?;
        if index == 8 {
            return Some(((number << 8) | u64::from(byte), at + 9));
        }
        number = (number << 7) | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some((number, at + index + 1));
        }
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}
