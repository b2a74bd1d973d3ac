//! Figures for Prometheus: what this instance answered, and how much the store holds. Without personal data.

use crate::app::App;
use crate::store::StoreError;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder, core::Collector,
};
use protocol::{Outcome, Receipt};
use std::sync::Arc;
use std::time::Instant;

/// Counters of one instance.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    leads: IntCounterVec,
    held: IntGaugeVec,
}

impl Default for Metrics {
    #[expect(clippy::expect_used, reason = "names and labels stand right here")]
    fn default() -> Self {
        const VALID: &str = "names are valid and different";
        let requests = Opts::new("expo_requests_total", "Requests answered.");
        let seconds = HistogramOpts::new(
            "expo_request_seconds",
            "Time to answer, without sending the body.",
        );
        let leads = Opts::new("expo_leads_total", "Envelopes received, by what was done.");
        let held = Opts::new("expo_held", "Rows in the store.");
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(requests, &["method", "route", "status"]).expect(VALID),
            seconds: HistogramVec::new(seconds, &["route"]).expect(VALID),
            leads: IntCounterVec::new(leads, &["outcome"]).expect(VALID),
            held: IntGaugeVec::new(held, &["what"]).expect(VALID),
        };
        let all: [Box<dyn Collector>; 4] = [
            Box::new(metrics.requests.clone()),
            Box::new(metrics.seconds.clone()),
            Box::new(metrics.leads.clone()),
            Box::new(metrics.held.clone()),
        ];
        for collector in all {
            metrics.registry.register(collector).expect(VALID);
        }
        metrics
    }
}

impl Metrics {
    /// Counts what became of envelopes.
    pub fn received(&self, receipts: &[Receipt]) {
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

    /// Everything in Prometheus' text format.
    pub fn text(&self, app: &App) -> Result<String, StoreError> {
        let sizes = app.store.sizes()?;
        let seen = app
            .store
            .kiosks()?
            .iter()
            .filter(|kiosk| kiosk.heartbeat_at.is_some())
            .count() as u64;
        for (what, rows) in [
            ("kiosks", sizes.kiosks),
            ("kiosks_seen", seen),
            ("leads", sizes.leads),
            ("quarantine", sizes.quarantined),
            ("conflicts", sizes.conflicts),
            ("erasures", sizes.erased),
        ] {
            self.held.with_label_values(&[what]).set(rows as i64);
        }
        TextEncoder::new()
            .encode_to_string(&self.registry.gather())
            .map_err(|e| StoreError(e.to_string()))
    }
}

/// Counts and times every request by its route: never by its path, which may hold anything.
pub async fn measure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = match request.method().as_str() {
        known @ ("GET" | "POST" | "HEAD") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let response = next.run(request).await;
    let metrics = &app.metrics;
    metrics
        .requests
        .with_label_values(&[method.as_str(), &route, response.status().as_str()])
        .inc();
    metrics
        .seconds
        .with_label_values(&[route.as_str()])
        .observe(started.elapsed().as_secs_f64());
    response
}
