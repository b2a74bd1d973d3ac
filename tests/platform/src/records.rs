//! Opens envelopes with the key of the platform. Must not know: HTTP, the store.

use expo_domain::LeadHeader;
use expo_domain::lead::LeadRecord;
use expo_vault::seal::{Identity, open};
use serde::Deserialize;
use serde_json::Value;

/// Decrypts the sealed bytes of an envelope and checks that they hold a lead record with the same header. The error says
/// why it cannot be read.
pub fn open_record(
    header: &Value,
    sealed: &[u8],
    identity: &Identity,
) -> Result<Box<LeadRecord>, &'static str> {
    let header = LeadHeader::deserialize(header).map_err(|_| "its header has missing or invalid fields")?;
    let plain = open(sealed, identity).map_err(|_| "it cannot be opened with this platform's key")?;
    let record: Box<LeadRecord> =
        serde_json::from_slice(&plain).map_err(|_| "it does not contain a lead record")?;
    if record.header == header {
        Ok(record)
    } else {
        Err("the sealed header differs from the header of the envelope")
    }
}
