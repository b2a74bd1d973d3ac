//! Prometheus metrics: requests answered by this instance, and row counts of the store. They contain no personal data. Must
//! not know: HTTP handlers.

use crate::store::{KioskRow, Store, StoreError};
use expo_protocol::{Outcome, Receipt};
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder, core::Collector,
};
use std::time::Duration;

/// Metrics of one instance.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    leads: IntCounterVec,
    rows: IntGaugeVec,
}

impl Default for Metrics {
    #[expect(
        clippy::expect_used,
        reason = "names and labels are constants of this function"
    )]
    fn default() -> Self {
        const VALID: &str = "names are valid and different";
        let requests = Opts::new("expo_requests_total", "Requests answered.");
        let seconds = HistogramOpts::new(
            "expo_request_seconds",
            "Time to answer, without sending the body.",
        );
        let leads = Opts::new("expo_leads_total", "Envelopes received, by outcome.");
        let rows = Opts::new("expo_held", "Rows in the store.");
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(requests, &["method", "route", "status"]).expect(VALID),
            seconds: HistogramVec::new(seconds, &["route"]).expect(VALID),
            leads: IntCounterVec::new(leads, &["outcome"]).expect(VALID),
            rows: IntGaugeVec::new(rows, &["what"]).expect(VALID),
        };
        let all: [Box<dyn Collector>; 4] = [
            Box::new(metrics.requests.clone()),
            Box::new(metrics.seconds.clone()),
            Box::new(metrics.leads.clone()),
            Box::new(metrics.rows.clone()),
        ];
        for collector in all {
            metrics.registry.register(collector).expect(VALID);
        }
        metrics
    }
}

impl Metrics {
    /// Counts one answered request. `route` is a route pattern, never a path, which may contain anything.
    pub fn count_request(&self, method: &str, route: &str, status: &str, duration: Duration) {
        self.requests.with_label_values(&[method, route, status]).inc();
        self.seconds
            .with_label_values(&[route])
            .observe(duration.as_secs_f64());
    }

    /// Counts received envelopes by outcome.
    pub fn count_receipts(&self, receipts: &[Receipt]) {
        for receipt in receipts {
            let outcome = match receipt.outcome {
                Outcome::Accepted => "accepted",
                Outcome::Duplicate => "duplicate",
                Outcome::Conflict => "conflict",
                Outcome::Quarantined => "quarantined",
                Outcome::Retry => "retry",
            };
            self.leads.with_label_values(&[outcome]).inc();
        }
    }

    /// All metrics in the text format of Prometheus, with the current row counts of `store`.
    pub fn text(&self, store: &Store) -> Result<String, StoreError> {
        let counts = store.counts()?;
        let kiosks = store.kiosks()?;
        let count =
            |is_counted: fn(&KioskRow) -> bool| kiosks.iter().filter(|row| is_counted(row)).count() as u64;
        for (what, rows) in [
            ("kiosks", counts.kiosks),
            ("kiosks_seen", count(|row| row.heartbeat_at.is_some())),
            ("kiosks_copied", count(|row| row.copied_at.is_some())),
            (
                "kiosks_with_returned_audit_log",
                count(|row| row.audit_returned_at.is_some()),
            ),
            ("kiosks_with_damaged_leads", count(KioskRow::has_damaged_leads)),
            ("reused_tickets", store.reused_ticket_count()?),
            ("leads", counts.leads),
            ("quarantine", counts.quarantined),
            ("conflicts", counts.conflicts),
            ("erasures", counts.erased),
        ] {
            self.rows.with_label_values(&[what]).set(rows as i64);
        }
        TextEncoder::new()
            .encode_to_string(&self.registry.gather())
            .map_err(|e| StoreError(e.to_string()))
    }
}
