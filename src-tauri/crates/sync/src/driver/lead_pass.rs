//! Passes of the driver over the waiting leads. Must not know: how one chunk is sent.

use super::Driver;
use crate::clock::Clock;
use crate::engine::PROBE_INTERVAL;
use crate::error::{LocalError, PlatformError, SyncError};
use crate::lane::Lane;
use crate::leads::{self, LeadCounts};
use crate::ports::{LocalStore, Platform, QueuePosition};
use expo_protocol::MAX_BATCH_ITEMS;
use std::time::Duration;

/// Progress of a pass over the waiting leads.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeadPass {
    /// Position of the last lead sent in this pass.
    position: QueuePosition,
    /// Leads of this pass that have to be sent again.
    unsettled: u64,
    /// How many leads to send at once; fewer on a connection too slow to carry more in time.
    chunk_size: usize,
}

impl Default for LeadPass {
    fn default() -> Self {
        Self {
            position: QueuePosition::START,
            unsettled: 0,
            chunk_size: MAX_BATCH_ITEMS,
        }
    }
}

impl LeadPass {
    /// Doubles the chunk size after a success, and halves it after a timeout.
    fn adapt_chunk_size<T>(&mut self, sent: &Result<T, SyncError>, took: Duration) {
        self.chunk_size = match sent {
            Ok(_) => (self.chunk_size * 2).min(MAX_BATCH_ITEMS),
            Err(SyncError::Platform(PlatformError::Offline(_))) if took >= PROBE_INTERVAL => {
                (self.chunk_size / 2).max(1)
            }
            Err(_) => self.chunk_size,
        };
    }

    const fn restart(&mut self) {
        (self.position, self.unsettled) = (QueuePosition::START, 0);
    }
}

impl<P: Platform, L: LocalStore, C: Clock> Driver<P, L, C> {
    /// Sends the next chunk of leads. The lane succeeds or fails at the end of the pass, when no lead waits after the
    /// chunk.
    pub(super) async fn send_leads(&mut self) {
        let mut counts = LeadCounts::default();
        let (ports, pass) = (self.ports.clone(), self.lead_pass);
        let began = self.clock.now().monotonic;
        let sending = leads::send_chunk(
            &*ports.platform,
            &*ports.local,
            pass.position,
            pass.chunk_size,
            &mut counts,
        );
        let sent = self.wait_for_answer(Lane::Leads, sending).await;
        let took = self.clock.now().monotonic.saturating_sub(began);
        self.lead_pass.adapt_chunk_size(&sent, took);
        self.lead_pass.unsettled += counts.unsettled;
        self.add_lead_counts(counts);
        let position_and_end = sent.and_then(|last| match last {
            Some(position) => Ok((position, self.ports.local.waiting(position, 1)?.is_empty())),
            // The facts count waiting leads, but there are none: fail instead of looping without delay.
            None if pass.position == QueuePosition::START => {
                Err(LocalError::Storage("leads are counted but not found".to_owned()).into())
            }
            None => Ok((pass.position, true)),
        });
        let result = match position_and_end {
            Ok((position, false)) => {
                self.lead_pass.position = position;
                return;
            }
            Ok(_) if self.lead_pass.unsettled > 0 => {
                Err(SyncError::MissingReceipts(self.lead_pass.unsettled))
            }
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        self.lead_pass.restart();
        self.lane_done(Lane::Leads, result);
    }

    const fn add_lead_counts(&mut self, counts: LeadCounts) {
        let total = &mut self.round.leads;
        total.sent += counts.sent;
        total.duplicates += counts.duplicates;
        total.conflicts += counts.conflicts;
        total.rejected += counts.rejected;
    }
}
