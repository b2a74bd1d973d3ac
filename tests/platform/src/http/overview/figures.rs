//! Figures of the overview, computed from the store. Must not know: HTTP, HTML.

use super::visits::{self, VisitDayView};
use crate::store::{FIRST_FORMAT, HourlyLeadCount, KioskRow, Store, StoreCounts, StoreError};
use expo_domain::zone::time_zone;
use expo_protocol::LeadsCheck;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Time zone of headquarters, for days and hours.
pub const TIME_ZONE: &str = "Africa/Casablanca";
/// A kiosk without a heartbeat for this long is a concern. It may also just be switched off.
const MAX_SILENCE: SignedDuration = SignedDuration::from_mins(15);
/// Leads that wait for longer are a concern, seconds.
const MAX_WAIT_SECONDS: u64 = 30 * 60;
/// A larger clock offset is a concern, milliseconds.
const MAX_CLOCK_OFFSET_MS: u64 = 5 * 60 * 1000;
/// From this number on, restarts of crashed pages are a concern.
const MANY_PAGE_RESTARTS: u32 = 3;

/// The complete overview.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Overview {
    /// Clock of the platform.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
    /// Newest catalogue version.
    pub catalogue_version: Option<u64>,
    pub totals: Totals,
    /// In order of enrolment.
    pub kiosks: Vec<KioskView>,
    /// By day, newest first, then by stop.
    pub days: Vec<DayView>,
    /// Anonymous counts of visits by day, newest first, then by stop.
    pub visits: Vec<VisitDayView>,
}

/// Sums over all kiosks.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Totals {
    pub kiosks: u64,
    /// Leads that arrived and were read.
    pub leads: u64,
    /// Leads that kiosks reported as waiting.
    pub waiting: u64,
    pub quarantined: u64,
    pub conflicts: u64,
    pub erased: u64,
    /// Tickets that more than one lead has.
    pub reused_tickets: u64,
}

/// One kiosk.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct KioskView {
    pub kiosk: String,
    pub stop: Option<String>,
    pub program: String,
    /// Time of the last heartbeat.
    pub last_contact: Option<String>,
    pub silent_seconds: Option<u64>,
    pub waiting: u64,
    pub oldest_waiting_seconds: Option<u64>,
    pub catalogue_version: Option<u64>,
    pub config_version: Option<u64>,
    pub config_rejected: Option<u64>,
    pub set_aside: u64,
    pub restarts: u32,
    pub last_exit: Option<String>,
    pub missing_pictures: u64,
    /// Code of the reason why it refuses the newest catalogue.
    pub catalogue_refused: Option<String>,
    pub clock_offset_ms: Option<i64>,
    pub disk_free_bytes: Option<u64>,
    /// Restarts of crashed pages since the program started.
    pub page_restarts: u32,
    /// Leads that the kiosk cannot read.
    pub unreadable_leads: u64,
    /// The last check of the leads file on the kiosk.
    pub leads_check: Option<LeadsCheck>,
    /// When a copy of its data folder last reported under its identity.
    pub copied_at: Option<String>,
    /// Newest head of its audit log, and when the log last returned to an earlier one.
    pub audit_head: Option<String>,
    pub audit_returned_at: Option<String>,
    /// Problems that need attention: `never_heard`, `silent`, `copied`, `damaged_leads`, `unreadable_leads`,
    /// `audit_log_returned`, `long_wait`, `set_aside`, `config_rejected`, `clock`, `catalogue_refused`, `old_catalogue`,
    /// `unpublished_catalogue`, `page_restarts`.
    pub concerns: Vec<&'static str>,
}

/// Leads that first arrived on one day, for one stop.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DayView {
    /// Day in the time zone of headquarters, such as `2026-02-13`.
    pub day: String,
    pub stop: Option<String>,
    pub leads: u64,
}

impl Overview {
    /// Reads the current figures from the store.
    pub fn read(store: &Store, now: Timestamp) -> Result<Self, StoreError> {
        let catalogue_version = store.newest_version()?;
        let kiosks: Vec<KioskView> = store
            .kiosks()?
            .into_iter()
            .map(|row| {
                let format = row.heartbeat.as_ref().map_or(0, |report| report.catalogue_format);
                let offered = store.newest_version_for(format.max(FIRST_FORMAT))?;
                Ok(kiosk_view(row, catalogue_version, offered, now))
            })
            .collect::<Result<_, StoreError>>()?;
        let StoreCounts {
            leads,
            quarantined,
            conflicts,
            erased,
            ..
        } = store.counts()?;
        Ok(Self {
            server_time: now,
            catalogue_version,
            totals: Totals {
                kiosks: kiosks.len() as u64,
                leads,
                waiting: kiosks.iter().map(|kiosk| kiosk.waiting).sum(),
                quarantined,
                conflicts,
                erased,
                reused_tickets: store.reused_ticket_count()?,
            },
            kiosks,
            days: by_day(&store.hourly_lead_counts()?),
            visits: visits::by_day(store.visit_days()?),
        })
    }
}

/// `newest` is the newest version of all, `offered` the newest one that the kiosk reads.
fn kiosk_view(row: KioskRow, newest: Option<u64>, offered: Option<u64>, now: Timestamp) -> KioskView {
    let last_contact: Option<Timestamp> = row.heartbeat_at.as_deref().and_then(|at| at.parse().ok());
    let silence = last_contact.map(|at| now.duration_since(at).max(SignedDuration::ZERO));
    let report = row.heartbeat.unwrap_or_default();
    let has_reported = last_contact.is_some();
    let is_behind = has_reported && report.catalogue_version < offered;
    let concerns = [
        (!has_reported, "never_heard"),
        (silence.is_some_and(|silence| silence > MAX_SILENCE), "silent"),
        (row.copied_at.is_some(), "copied"),
        (
            report.leads_check.as_ref().is_some_and(|check| check.damaged),
            "damaged_leads",
        ),
        (report.unreadable_leads > 0, "unreadable_leads"),
        (row.audit_returned_at.is_some(), "audit_log_returned"),
        (
            report
                .oldest_waiting_seconds
                .is_some_and(|age| age > MAX_WAIT_SECONDS),
            "long_wait",
        ),
        (report.rejected > 0, "set_aside"),
        (report.config_rejected.is_some(), "config_rejected"),
        (
            report
                .clock_offset_ms
                .is_some_and(|offset| offset.unsigned_abs() > MAX_CLOCK_OFFSET_MS),
            "clock",
        ),
        (report.catalogue_refused.is_some(), "catalogue_refused"),
        (is_behind && report.catalogue_refused.is_none(), "old_catalogue"),
        (
            newest.is_some() && report.catalogue_version > newest,
            "unpublished_catalogue",
        ),
        (report.page_restarts >= MANY_PAGE_RESTARTS, "page_restarts"),
    ];
    KioskView {
        kiosk: row.kiosk,
        stop: row.stop,
        program: if has_reported { report.program } else { row.program },
        last_contact: row.heartbeat_at,
        silent_seconds: silence.map(|silence| silence.as_secs() as u64),
        waiting: report.waiting,
        oldest_waiting_seconds: report.oldest_waiting_seconds,
        catalogue_version: report.catalogue_version,
        config_version: has_reported.then_some(report.config_version),
        config_rejected: report.config_rejected,
        set_aside: report.rejected,
        restarts: report.restarts,
        last_exit: report.last_exit,
        missing_pictures: report.missing_pictures,
        catalogue_refused: report.catalogue_refused,
        clock_offset_ms: report.clock_offset_ms,
        disk_free_bytes: has_reported.then_some(report.disk_free_bytes),
        page_restarts: report.page_restarts,
        unreadable_leads: report.unreadable_leads,
        leads_check: report.leads_check,
        copied_at: row.copied_at,
        audit_head: row.audit_head,
        audit_returned_at: row.audit_returned_at,
        concerns: concerns
            .into_iter()
            .filter(|(applies, _)| *applies)
            .map(|(_, name)| name)
            .collect(),
    }
}

/// Sums hours in UTC to days in the time zone of headquarters.
fn by_day(hourly: &[HourlyLeadCount]) -> Vec<DayView> {
    let zone = time_zone(TIME_ZONE).unwrap_or(TimeZone::UTC);
    let mut days: BTreeMap<(Reverse<String>, &Option<String>), u64> = BTreeMap::new();
    for count in hourly {
        let hour = format!("{}:00:00Z", count.hour).parse::<Timestamp>();
        let day = hour.map_or_else(
            |_| count.hour.clone(),
            |hour| zone.to_datetime(hour).date().to_string(),
        );
        *days.entry((Reverse(day), &count.stop)).or_default() += count.leads;
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
    fn days_use_headquarters_time_zone_newest_first() {
        let hourly = |stop: &str, hour: &str, leads| HourlyLeadCount {
            stop: Some(stop.to_owned()),
            hour: hour.to_owned(),
            leads,
        };
        let counts = [
            hourly("paris", "2026-07-01T22", 3),
            hourly("paris", "2026-07-01T23", 4),
            hourly("lyon", "2026-07-02T09", 5),
        ];
        let days: Vec<_> = by_day(&counts)
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

    #[test]
    fn days_follow_the_moroccan_rule_of_2026() {
        let count = HourlyLeadCount {
            stop: None,
            hour: "2026-12-01T23".to_owned(),
            leads: 1,
        };
        assert_eq!(by_day(&[count])[0].day, "2026-12-01");
    }
}
