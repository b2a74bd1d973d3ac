//! Splits waiting envelopes into batches, halves a refused batch, and matches receipts. Pure.
//! Must not know: where envelopes come from or how they are sent.

use expo_protocol::{Envelope, MAX_BATCH_BYTES, MAX_BATCH_ITEMS, Outcome, Receipt};
use std::ops::Range;

/// Bytes of a batch besides its items.
const BATCH_OVERHEAD_BYTES: usize = 16;

/// Splits items of the given sizes (bytes on the wire), in order, into batches within the limits. An item that exceeds
/// the limit gets its own batch, so that the platform can refuse it without delaying others.
pub fn split_into_batches(sizes: &[usize]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut start = 0;
    let mut bytes = BATCH_OVERHEAD_BYTES;
    for (index, size) in sizes.iter().enumerate() {
        let full = index - start == MAX_BATCH_ITEMS || bytes.saturating_add(*size) > MAX_BATCH_BYTES;
        if full && index > start {
            batches.push(start..index);
            start = index;
            bytes = BATCH_OVERHEAD_BYTES;
        }
        bytes = bytes.saturating_add(*size);
    }
    if start < sizes.len() {
        batches.push(start..sizes.len());
    }
    batches
}

/// The two halves of a refused batch; `None` for a batch of one item.
pub fn split_in_half(batch: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let middle = batch.start + batch.len() / 2;
    (batch.len() > 1).then_some((batch.start..middle, middle..batch.end))
}

/// Result of matching receipts to a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReceiptMatch {
    /// Receipts that settle an envelope: the platform holds it, or it conflicts.
    pub settled: Vec<Receipt>,
    /// Number of envelopes to send again: the platform says so, or there is no receipt, or receipts contradict each other.
    pub unsettled: u64,
}

/// Matches receipts to the envelopes of a batch by id, revision and SHA-256; ignores all other receipts.
pub fn match_receipts(batch: &[Envelope], receipts: &[Receipt]) -> ReceiptMatch {
    let mut matched = ReceiptMatch::default();
    for envelope in batch {
        let mut candidates = receipts.iter().filter(|receipt| is_for(receipt, envelope));
        match candidates.next() {
            Some(first) if first.outcome != Outcome::Retry && candidates.all(|other| other == first) => {
                matched.settled.push(first.clone());
            }
            _ => matched.unsettled += 1,
        }
    }
    matched
}

fn is_for(receipt: &Receipt, envelope: &Envelope) -> bool {
    receipt.id == envelope.header.id
        && receipt.revision == envelope.header.revision
        && receipt.sha256 == envelope.sha256
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::tests::envelope;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn batches_keep_order_and_limits(
            sizes in prop::collection::vec(600..90_000_usize, 0..400),
        ) {
            let batches = split_into_batches(&sizes);
            let items: Vec<usize> = batches.iter().cloned().flatten().collect();
            prop_assert_eq!(items, (0..sizes.len()).collect::<Vec<_>>());
            for batch in &batches {
                prop_assert!(!batch.is_empty() && batch.len() <= MAX_BATCH_ITEMS);
                let bytes: usize = sizes[batch.clone()].iter().sum();
                prop_assert!(bytes + BATCH_OVERHEAD_BYTES <= MAX_BATCH_BYTES || batch.len() == 1);
            }
            for pair in batches.windows(2) {
                let next = sizes[pair[1].start];
                let bytes: usize = sizes[pair[0].clone()].iter().sum();
                let full = pair[0].len() == MAX_BATCH_ITEMS || bytes + BATCH_OVERHEAD_BYTES + next > MAX_BATCH_BYTES;
                prop_assert!(full, "a batch ended early");
            }
        }

        #[test]
        fn halving_isolates_the_bad_items(
            count in 1..100_usize, bad in prop::collection::btree_set(0..100_usize, 0..5),
        ) {
            let mut work: Vec<Range<usize>> = std::iter::once(0..count).collect();
            let (mut passed, mut blamed, mut requests) = (vec![], vec![], 0);
            while let Some(batch) = work.pop() {
                requests += 1;
                if !bad.iter().any(|item| batch.contains(item)) {
                    passed.extend(batch);
                } else if let Some((front, back)) = split_in_half(&batch) {
                    work.extend([back, front]);
                } else {
                    blamed.push(batch.start);
                }
            }
            let expected: Vec<usize> = bad.iter().copied().filter(|item| *item < count).collect();
            prop_assert_eq!(&blamed, &expected);
            prop_assert_eq!(passed.len() + blamed.len(), count);
            prop_assert!(requests <= 1 + 2 * 7 * expected.len().max(1));
        }
    }

    #[test]
    fn only_a_receipt_for_the_same_bytes_settles() {
        let batch = [envelope(1), envelope(2), envelope(3), envelope(4)];
        let receipt = |index: usize, outcome| Receipt {
            id: batch[index].header.id,
            revision: batch[index].header.revision,
            sha256: batch[index].sha256.clone(),
            outcome,
        };
        let wrong_hash = Receipt {
            sha256: "00".repeat(32),
            ..receipt(1, Outcome::Accepted)
        };
        let wrong_revision = Receipt {
            revision: 9,
            ..receipt(1, Outcome::Accepted)
        };
        let receipts = [
            receipt(0, Outcome::Duplicate),
            wrong_hash,
            wrong_revision,
            receipt(2, Outcome::Retry),
            receipt(3, Outcome::Accepted),
            receipt(3, Outcome::Conflict),
        ];
        let matched = match_receipts(&batch, &receipts);
        assert_eq!(
            matched,
            ReceiptMatch {
                settled: vec![receipt(0, Outcome::Duplicate)],
                unsettled: 3
            }
        );
    }
}
