//! Uploads one chunk of leads: batches, halving of refused batches, receipts. Must not know: when or why.

use crate::batch::{match_receipts, split_in_half, split_into_batches};
use crate::error::SyncError;
use crate::ports::{LocalStore, Platform, QueuePosition};
use crate::rejection::Rejection;
use expo_protocol::{Envelope, LeadBatch, Outcome};

/// Number of leads by the outcome of sending them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadCounts {
    /// Newly held by the platform, readable or in quarantine.
    pub sent: u64,
    /// Already held by the platform.
    pub duplicates: u64,
    /// Held by the platform with other bytes.
    pub conflicts: u64,
    /// Refused for good and taken out of the queue.
    pub rejected: u64,
    /// To be sent again.
    pub unsettled: u64,
}

impl LeadCounts {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Accepted | Outcome::Quarantined => self.sent += 1,
            Outcome::Duplicate => self.duplicates += 1,
            Outcome::Conflict => self.conflicts += 1,
            Outcome::Retry => self.unsettled += 1,
        }
    }
}

/// Sends at most `limit` leads after a queue position and adds their outcomes to `counts`. Returns the position of the
/// last lead, or `None` if there are none. Leads settled before an error stay settled.
pub async fn send_chunk<P: Platform, L: LocalStore>(
    platform: &P,
    local: &L,
    after: QueuePosition,
    limit: usize,
    counts: &mut LeadCounts,
) -> Result<Option<QueuePosition>, SyncError> {
    let waiting = local.waiting(after, limit)?;
    let last = waiting.last().map(|lead| lead.position);
    let envelopes: Vec<Envelope> = waiting.into_iter().map(|lead| lead.envelope).collect();
    let sizes: Vec<usize> = envelopes.iter().map(Envelope::wire_bytes).collect();
    let mut batches = split_into_batches(&sizes);
    batches.reverse();
    let mut refused = Vec::new();
    let mut any_settled = false;
    while let Some(range) = batches.pop() {
        let batch = LeadBatch {
            items: envelopes[range.clone()].to_vec(),
        };
        match platform.send_leads(&batch).await {
            Ok(answer) => {
                let matched = match_receipts(&batch.items, &answer.receipts);
                local.record_receipts(&matched.settled)?;
                any_settled |= !matched.settled.is_empty();
                matched
                    .settled
                    .iter()
                    .for_each(|receipt| counts.count(receipt.outcome));
                counts.unsettled += matched.unsettled;
            }
            Err(error) if error.refuses_content() => {
                if let Some((front, back)) = split_in_half(&range) {
                    batches.extend([back, front]);
                } else {
                    refused.push((range.start, Rejection::from(&error)));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    // A refused lead is rejected only if others are accepted. A platform that refuses every lead is itself at fault:
    // the leads stay in the queue until it is repaired.
    if !any_settled {
        counts.unsettled += refused.len() as u64;
        return Ok(last);
    }
    for (index, rejection) in refused {
        let header = &envelopes[index].header;
        local.reject(header.id, header.revision, &rejection)?;
        counts.rejected += 1;
    }
    Ok(last)
}
