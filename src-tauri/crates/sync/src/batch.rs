//! Cutting what waits into batches, halving a batch that is refused, and matching receipts. Pure.

use protocol::{Envelope, MAX_BATCH_BYTES, MAX_BATCH_ITEMS, Outcome, Receipt};
use std::ops::Range;

/// Bytes of a batch around its items.
const FRAME: usize = 16;

/// Cuts items of the given wire sizes, in order, into batches within the limits. An item over the limit on its own
/// gets a batch of its own, so that the platform can refuse it without holding others back.
pub fn cut(sizes: &[usize]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut start = 0;
    let mut bytes = FRAME;
    for (index, size) in sizes.iter().enumerate() {
        let full = index - start == MAX_BATCH_ITEMS || bytes.saturating_add(*size) > MAX_BATCH_BYTES;
        if full && index > start {
            batches.push(start..index);
            start = index;
            bytes = FRAME;
        }
        bytes = bytes.saturating_add(*size);
    }
    if start < sizes.len() {
        batches.push(start..sizes.len());
    }
    batches
}

/// The two halves of a batch that was refused as a whole, or nothing when it is one item that is to blame.
pub fn halves(batch: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let middle = batch.start + batch.len() / 2;
    (batch.len() > 1).then_some((batch.start..middle, middle..batch.end))
}

/// What receipts say about a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Receipts that settle an envelope: held by the platform, or in conflict.
    pub settled: Vec<Receipt>,
    /// Envelopes to send again: told so, without receipt, or with receipts that contradict each other.
    pub left: u64,
}

/// Matches receipts to the envelopes of a batch by id, revision and hash; everything else is ignored.
pub fn judge(batch: &[Envelope], receipts: &[Receipt]) -> Verdicts {
    let mut verdicts = Verdicts::default();
    for envelope in batch {
        let mut about = receipts.iter().filter(|receipt| concerns(receipt, envelope));
        match about.next() {
            Some(first) if first.outcome != Outcome::Retry && about.all(|other| other == first) => {
                verdicts.settled.push(first.clone());
            }
            _ => verdicts.left += 1,
        }
    }
    verdicts
}

fn concerns(receipt: &Receipt, envelope: &Envelope) -> bool {
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
        fn batches_hold_every_item_once_in_order_within_the_limits(
            sizes in prop::collection::vec(600..90_000_usize, 0..400),
        ) {
            let batches = cut(&sizes);
            let items: Vec<usize> = batches.iter().cloned().flatten().collect();
            prop_assert_eq!(items, (0..sizes.len()).collect::<Vec<_>>());
            for batch in &batches {
                prop_assert!(!batch.is_empty() && batch.len() <= MAX_BATCH_ITEMS);
                let bytes: usize = sizes[batch.clone()].iter().sum();
                prop_assert!(bytes + FRAME <= MAX_BATCH_BYTES || batch.len() == 1);
            }
            for pair in batches.windows(2) {
                let next = sizes[pair[1].start];
                let bytes: usize = sizes[pair[0].clone()].iter().sum();
                let full = pair[0].len() == MAX_BATCH_ITEMS || bytes + FRAME + next > MAX_BATCH_BYTES;
                prop_assert!(full, "a batch ended early");
            }
        }

        #[test]
        fn halving_finds_the_bad_ones_and_passes_all_others(
            count in 1..100_usize, bad in prop::collection::btree_set(0..100_usize, 0..5),
        ) {
            let mut work: Vec<Range<usize>> = std::iter::once(0..count).collect();
            let (mut passed, mut blamed, mut requests) = (vec![], vec![], 0);
            while let Some(batch) = work.pop() {
                requests += 1;
                if !bad.iter().any(|item| batch.contains(item)) {
                    passed.extend(batch);
                } else if let Some((front, back)) = halves(&batch) {
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
    fn only_a_receipt_for_these_very_bytes_settles() {
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
        let verdicts = judge(&batch, &receipts);
        assert_eq!(
            verdicts,
            Verdicts {
                settled: vec![receipt(0, Outcome::Duplicate)],
                left: 3
            }
        );
    }
}
