//! What headquarters sees of the tour: kiosks and leads by stop and day, as JSON and as a page. Without personal data.

mod page;

use crate::app::App;
use crate::http::guard::Looker;
use crate::http::problem::Refusal;
use crate::store::{Arrivals, KioskRow, Sizes, StoreError};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::{Html, IntoResponse, Response};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Days and hours are those of headquarters.
const ZONE: &str = "Africa/Casablanca";
/// A kiosk that was not heard for so long is looked after. It may also just be switched off.
const SILENCE: SignedDuration = SignedDuration::from_mins(15);
/// Leads that wait longer are looked after, seconds.
const LONG_WAIT: u64 = 30 * 60;
/// A clock further off is looked after, milliseconds.
const CLOCK_OFF: u64 = 5 * 60 * 1000;
/// The page is whole in itself: its style stands in it, nothing else is loaded or run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The whole overview.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Overview {
    /// Platform's clock.
    #[schema(value_type = String, format = DateTime)]
    server_time: Timestamp,
    /// Newest catalogue version.
    catalogue_version: Option<u64>,
    totals: Totals,
    /// In order of enrolment.
    kiosks: Vec<KioskView>,
    /// By day, the last first, then by stop.
    days: Vec<DayView>,
}

/// Everything together.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
struct Totals {
    kiosks: u64,
    /// Leads that arrived and were read.
    leads: u64,
    /// Leads that kiosks said they still have to send.
    waiting: u64,
    quarantined: u64,
    conflicts: u64,
    erased: u64,
}

/// One kiosk.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
struct KioskView {
    kiosk: String,
    stop: Option<String>,
    program: String,
    /// When it was last heard.
    last_contact: Option<String>,
    silent_seconds: Option<u64>,
    waiting: u64,
    oldest_waiting_seconds: Option<u64>,
    catalogue_version: Option<u64>,
    config_version: Option<u64>,
    config_rejected: Option<u64>,
    set_aside: u64,
    restarts: u32,
    last_exit: Option<String>,
    missing_pictures: u64,
    /// Code of why it does not take the newest catalogue.
    catalogue_refused: Option<String>,
    clock_offset_ms: Option<i64>,
    disk_free_bytes: Option<u64>,
    /// What somebody should look after: `never_heard`, `silent`, `long_wait`, `set_aside`, `config_rejected`, `clock`,
    /// `catalogue_refused`, `old_catalogue`, `unpublished_catalogue`.
    concerns: Vec<&'static str>,
}

/// Leads that first arrived on one day.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
struct DayView {
    /// Of headquarters' calendar, such as `2026-02-13`.
    day: String,
    stop: Option<String>,
    leads: u64,
}

/// The overview as JSON.
#[utoipa::path(
    get, path = "/overview.json", tag = "headquarters", security(("overview" = []), ("overview_browser" = [])),
    responses((status = 200, description = "Kiosks, and leads by stop and day", body = Overview))
)]
pub async fn figures(_: Looker, State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    let overview = app.work(|app| Ok(read(app, Timestamp::now())?)).await?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(overview)).into_response())
}

/// The overview as a page, in French.
#[utoipa::path(
    get, path = "/overview", tag = "headquarters", security(("overview" = []), ("overview_browser" = [])),
    responses((status = 200, description = "The same for people", body = String, content_type = "text/html"))
)]
pub async fn page(_: Looker, State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    let overview = app.work(|app| Ok(read(app, Timestamp::now())?)).await?;
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    Ok((headers, Html(page::document(&overview).into_string())).into_response())
}

fn read(app: &App, now: Timestamp) -> Result<Overview, StoreError> {
    let catalogue_version = app.store.newest_version()?;
    let kiosks: Vec<KioskView> = app
        .store
        .kiosks()?
        .into_iter()
        .map(|row| view(row, catalogue_version, now))
        .collect();
    let Sizes {
        leads,
        quarantined,
        conflicts,
        erased,
        ..
    } = app.store.sizes()?;
    Ok(Overview {
        server_time: now,
        catalogue_version,
        totals: Totals {
            kiosks: kiosks.len() as u64,
            leads,
            waiting: kiosks.iter().map(|kiosk| kiosk.waiting).sum(),
            quarantined,
            conflicts,
            erased,
        },
        kiosks,
        days: by_day(&app.store.arrivals()?),
    })
}

fn view(row: KioskRow, newest: Option<u64>, now: Timestamp) -> KioskView {
    let heard: Option<Timestamp> = row.heartbeat_at.as_deref().and_then(|at| at.parse().ok());
    let silence = heard.map(|at| now.duration_since(at).max(SignedDuration::ZERO));
    let told = row.heartbeat.unwrap_or_default();
    let was_heard = heard.is_some();
    let is_behind = was_heard && told.catalogue_version < newest;
    let concerns = [
        (!was_heard, "never_heard"),
        (silence.is_some_and(|silence| silence > SILENCE), "silent"),
        (
            told.oldest_waiting_seconds.is_some_and(|age| age > LONG_WAIT),
            "long_wait",
        ),
        (told.set_aside > 0, "set_aside"),
        (told.config_rejected.is_some(), "config_rejected"),
        (
            told.clock_offset_ms
                .is_some_and(|off| off.unsigned_abs() > CLOCK_OFF),
            "clock",
        ),
        (told.catalogue_refused.is_some(), "catalogue_refused"),
        (is_behind && told.catalogue_refused.is_none(), "old_catalogue"),
        (
            newest.is_some() && told.catalogue_version > newest,
            "unpublished_catalogue",
        ),
    ];
    KioskView {
        kiosk: row.kiosk,
        stop: row.stop,
        program: if was_heard { told.program } else { row.program },
        last_contact: row.heartbeat_at,
        silent_seconds: silence.map(|silence| silence.as_secs() as u64),
        waiting: told.waiting,
        oldest_waiting_seconds: told.oldest_waiting_seconds,
        catalogue_version: told.catalogue_version,
        config_version: was_heard.then_some(told.config_version),
        config_rejected: told.config_rejected,
        set_aside: told.set_aside,
        restarts: told.restarts,
        last_exit: told.last_exit,
        missing_pictures: told.missing_pictures,
        catalogue_refused: told.catalogue_refused,
        clock_offset_ms: told.clock_offset_ms,
        disk_free_bytes: was_heard.then_some(told.disk_free_bytes),
        concerns: concerns
            .into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, name)| name)
            .collect(),
    }
}

/// Hours of UTC put together to days of headquarters.
fn by_day(arrivals: &[Arrivals]) -> Vec<DayView> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let mut days: BTreeMap<(std::cmp::Reverse<String>, &Option<String>), u64> = BTreeMap::new();
    for arrival in arrivals {
        let hour = format!("{}:00:00Z", arrival.hour).parse::<Timestamp>();
        let day = hour.map_or_else(
            |_| arrival.hour.clone(),
            |hour| zone.to_datetime(hour).date().to_string(),
        );
        *days.entry((std::cmp::Reverse(day), &arrival.stop)).or_default() += arrival.leads;
    }
    let days = days.into_iter().map(|((day, stop), leads)| DayView {
        day: day.0,
        stop: stop.clone(),
        leads,
    });
    days.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_headquarters_and_the_last_comes_first() {
        let arrival = |stop: &str, hour: &str, leads| Arrivals {
            stop: Some(stop.to_owned()),
            hour: hour.to_owned(),
            leads,
        };
        let arrivals = [
            arrival("paris", "2026-07-01T22", 3),
            arrival("paris", "2026-07-01T23", 4),
            arrival("lyon", "2026-07-02T09", 5),
        ];
        let days: Vec<_> = by_day(&arrivals)
            .into_iter()
            .map(|view| (view.day, view.stop.unwrap_or_default(), view.leads))
            .collect();
        let day = |day: &str, stop: &str, leads| (day.to_owned(), stop.to_owned(), leads);
        assert_eq!(
            days,
            [
                day("2026-07-02", "lyon", 5),
                day("2026-07-02", "paris", 4),
                day("2026-07-01", "paris", 3)
            ]
        );
    }
}
