//! Runs the sync: one round, or rounds until it is stopped. Must not know: HTTP, windows.

use super::sync_port::SyncPort;
use super::sync_views::report_view;
use crate::error::KioskError;
use crate::settings::Enrolment;
use crate::views::SyncReport;
use expo_sync::{Driver, Platform, SystemClock};
use std::future::Future;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Capacity of the nudge channel; further nudges add nothing.
const MAX_PENDING_NUDGES: usize = 8;

impl SyncPort {
    /// Runs one complete round with the platform of an enrolment.
    pub(crate) async fn sync_once<P: Platform>(
        self: &Arc<Self>,
        enrolment: &Enrolment,
        platform: P,
    ) -> Result<SyncReport, KioskError> {
        self.link.bind_sync_to(enrolment)?;
        let driver = Driver::new(Arc::new(platform), Arc::clone(self), SystemClock::start());
        let report = driver.map_err(KioskError::internal)?.run_round().await;
        Ok(report_view(&report))
    }

    /// Runs rounds with the platform of an enrolment until `stop` is ready.
    pub(crate) async fn keep_in_sync<P: Platform>(
        self: &Arc<Self>,
        enrolment: &Enrolment,
        platform: P,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<(), KioskError> {
        self.link.bind_sync_to(enrolment)?;
        let driver = Driver::new(Arc::new(platform), Arc::clone(self), SystemClock::start())
            .map_err(KioskError::internal)?;
        let (sender, nudges) = mpsc::channel(MAX_PENDING_NUDGES);
        self.link.set_nudges(Some(sender));
        driver.run(stop, nudges).await;
        self.link.set_nudges(None);
        Ok(())
    }
}
