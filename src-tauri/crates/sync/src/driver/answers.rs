//! Requests of the driver: waiting for answers, probes, and detection of a lost connection. Must not know: what the
//! lanes do with answers.

use super::Driver;
use crate::answer_timeout::{self, LinkDown, WaitOutcome};
use crate::clock::Clock;
use crate::error::{PlatformError, SyncError};
use crate::lane::Lane;
use crate::ports::{LocalStore, Platform};
use crate::probe;
use expo_protocol::Probe;
use std::time::Duration;

/// Requests that were abandoned early.
#[derive(Default)]
pub(super) struct AnswerTimeouts {
    /// Lanes whose last request was abandoned because the connection was lost. Their next request gets the full timeout,
    /// so that a slow but working connection makes progress.
    timed_out: [bool; Lane::COUNT],
    /// The probe that found the connection lost during the last abandoned request.
    link_down: Option<LinkDown>,
}

impl AnswerTimeouts {
    /// Lets every lane abandon its next request early.
    pub const fn reset_timeouts(&mut self) {
        self.timed_out = [false; Lane::COUNT];
    }
}

impl<P: Platform, L: LocalStore, C: Clock> Driver<P, L, C> {
    /// Awaits the answer to a lane's request. Gives up if the connection is lost or if leads are due.
    pub(super) async fn wait_for_answer<T>(
        &mut self,
        lane: Lane,
        answer: impl Future<Output = Result<T, SyncError>>,
    ) -> Result<T, SyncError> {
        let may_probe = !std::mem::take(&mut self.answers.timed_out[lane as usize]);
        let (engine, ports) = (&self.engine, &self.ports);
        let should_yield = |now| {
            let leads_wait = || ports.local.facts().is_ok_and(|facts| facts.waiting > 0);
            lane != Lane::Leads && engine.due_at(Lane::Leads) <= now && leads_wait()
        };
        let waiting =
            answer_timeout::wait(&*ports.platform, &mut self.clock, may_probe, should_yield, answer);
        match self.downloads.slot.run_while(waiting).await {
            WaitOutcome::Answered(answer) => answer,
            WaitOutcome::Yielded => {
                let (detail, retry_after) = ("no answer while leads wait".to_owned(), None);
                Err(PlatformError::Server { detail, retry_after }.into())
            }
            WaitOutcome::LinkDown(link_down) => {
                self.answers.timed_out[lane as usize] = true;
                self.answers.link_down = Some(link_down);
                let detail = "no answer, and the connection was lost in the meantime".to_owned();
                Err(PlatformError::Offline(detail).into())
            }
        }
    }

    pub(super) async fn probe(&mut self) {
        let began = self.clock.now().monotonic;
        let probing = probe::send_probe_with_retries(&*self.ports.platform, &mut self.clock);
        let answer = self.downloads.slot.run_while(probing).await;
        let took = self.clock.now().monotonic.saturating_sub(began);
        self.probe_done(began, took, answer);
    }

    /// Reports a lost connection to the engine, if the last request was abandoned because of it.
    pub(super) fn report_link_down(&mut self) {
        if let Some(LinkDown { began, took, answer }) = self.answers.link_down.take() {
            self.engine.record_outage();
            self.probe_done(began, took, answer);
        }
    }

    fn probe_done(&mut self, began: Duration, took: Duration, answer: Result<Probe, PlatformError>) {
        let (now, random) = (self.clock.now(), self.clock.random());
        match answer {
            Ok(probe) => self.engine.probe_succeeded(&probe, took, now, random),
            Err(error) => {
                let last_request_at = began + probe::last_request_start(took);
                self.engine.probe_failed(&error, last_request_at, now, random);
                self.record_failure(Lane::Probe, &error.into());
            }
        }
    }
}
