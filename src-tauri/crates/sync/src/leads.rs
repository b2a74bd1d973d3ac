//! One slice of leads up: batches, halving what is refused, receipts. Must not know when or why.

use crate::batch::{cut, halves, judge};
use crate::error::{PlatformError, SyncError};
use crate::ports::{Local, Place, Platform};
use protocol::{Envelope, LeadBatch, Outcome};

/// What became of leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Newly held by the platform, read or in quarantine.
    pub sent: u64,
    /// Held by it before.
    pub duplicates: u64,
    /// Held by it with other bytes.
    pub conflicts: u64,
    /// Refused for good and taken out of the queue.
    pub set_aside: u64,
    /// To be sent again.
    pub left: u64,
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Accepted | Outcome::Quarantined => self.sent += 1,
            Outcome::Duplicate => self.duplicates += 1,
            Outcome::Conflict => self.conflicts += 1,
            Outcome::Retry => self.left += 1,
        }
    }
}

/// Sends the next `limit` leads after a place and returns the place of the last of them, or `None` when there are none.
/// What was settled before an error stays settled.
pub async fn send_slice<P: Platform, L: Local>(
    platform: &P,
    local: &L,
    after: Place,
    limit: usize,
    tally: &mut Tally,
) -> Result<Option<Place>, SyncError> {
    let waiting = local.waiting(after, limit)?;
    let last = waiting.last().map(|lead| lead.place);
    let envelopes: Vec<Envelope> = waiting.into_iter().map(|lead| lead.envelope).collect();
    let sizes: Vec<usize> = envelopes.iter().map(Envelope::wire_bytes).collect();
    let mut work = cut(&sizes);
    work.reverse();
    let mut refused = Vec::new();
    let mut taken = false;
    while let Some(range) = work.pop() {
        let batch = LeadBatch {
            items: envelopes[range.clone()].to_vec(),
        };
        match platform.send_leads(&batch).await {
            Ok(answer) => {
                let verdicts = judge(&batch.items, &answer.receipts);
                local.record_receipts(&verdicts.settled)?;
                taken |= !verdicts.settled.is_empty();
                verdicts
                    .settled
                    .iter()
                    .for_each(|receipt| tally.count(receipt.outcome));
                tally.left += verdicts.left;
            }
            Err(error) if error.refuses_content() => {
                if let Some((front, back)) = halves(&range) {
                    work.extend([back, front]);
                } else {
                    refused.push((range.start, reason(&error)));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    // Only beside leads that are taken is a refused one to blame. A platform that refuses all is itself at fault:
    // they stay in the queue until it is mended.
    if !taken {
        tally.left += refused.len() as u64;
        return Ok(last);
    }
    for (index, reason) in refused {
        let header = &envelopes[index].header;
        local.set_aside(header.id, header.revision, &reason)?;
        tally.set_aside += 1;
    }
    Ok(last)
}

/// The code of a refusal and its sentence, for staff.
fn reason(error: &PlatformError) -> String {
    match error {
        PlatformError::Refused { code, detail, .. } if detail.is_empty() => code.clone(),
        PlatformError::Refused { code, detail, .. } => format!("{code}: {detail}"),
        other => other.to_string(),
    }
}
