//! Heartbeats of the driver and what their replies trigger. Must not know: what a heartbeat reports.

use super::Driver;
use crate::clock::Clock;
use crate::error::SyncError;
use crate::lane::Lane;
use crate::ports::{Facts, LocalStore, Platform};
use std::sync::Arc;
use std::time::Duration;

impl<P: Platform, L: LocalStore, C: Clock> Driver<P, L, C> {
    pub(super) async fn heartbeat(&mut self, facts: &Facts) {
        self.engine.set_heartbeat_interval(facts.heartbeat_interval);
        // The heartbeat reports the saved state.
        self.save_state(false);
        let began = self.clock.now();
        let result = match self.ports.local.heartbeat() {
            Ok(report) => {
                let platform = Arc::clone(&self.ports.platform);
                let sending = async { platform.heartbeat(&report).await.map_err(SyncError::from) };
                self.wait_for_answer(Lane::Heartbeat, sending).await
            }
            Err(error) => Err(error.into()),
        };
        let recorded = match &result {
            Ok(reply) => {
                let now = self.clock.now();
                let took = now.monotonic.saturating_sub(began.monotonic);
                self.engine.record_platform_time(reply.server_time, took, now);
                self.record_newest_catalogue(reply.catalogue_version, facts, now.monotonic);
                self.ports.local.on_heartbeat_reply(reply)
            }
            Err(SyncError::Platform(error)) if error.is_permanent() => {
                self.ports.local.on_heartbeat_refused()
            }
            Err(_) => Ok(()),
        };
        if let Err(error) = recorded {
            self.record_failure(Lane::Storage, &error.into());
        }
        self.lane_done(Lane::Heartbeat, result.map(|_| ()));
    }

    fn record_newest_catalogue(&mut self, newest: Option<u64>, facts: &Facts, now: Duration) {
        let catalogue = &mut self.downloads.catalogue;
        let unusable = catalogue.unusable_version();
        if unusable < newest {
            // A newer version may be usable.
            catalogue.unusable = None;
        }
        let is_unusable = unusable.is_some() && unusable == newest;
        self.engine
            .record_newest_catalogue(newest, facts, is_unusable, now);
        if catalogue.refused.is_some() && !is_unusable {
            // The refused version may have been withdrawn.
            self.engine.check_catalogue_soon();
        }
    }
}
