//! A calendar entry as iCalendar (RFC 5545) with times in UTC, which phones offer to save when they scan it. Must not know:
//! plans, QR codes.

use crate::error::KioskError;
use crate::visitor::text_value::escape;
use expo_domain::zone::time_zone;
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// Zone of the stay.
const ZONE: &str = "Africa/Casablanca";
/// Opening and closing time of the offices that the stay is for.
const OPENS_AT: Time = Time::constant(9, 0, 0, 0);
const CLOSES_AT: Time = Time::constant(16, 0, 0, 0);

/// A stay with a text.
pub(super) struct Entry<'a> {
    pub arrival: Date,
    pub departure: Date,
    pub written_at: Timestamp,
    pub title: &'a str,
    pub text: &'a str,
}

/// The entry. Lines are not folded: readers of QR codes do not expect it.
pub(super) fn write(entry: &Entry) -> Result<String, KioskError> {
    let starts = utc(entry.arrival, OPENS_AT)?;
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Expo kiosk//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:stay-{starts}-{}", basic(entry.written_at)),
        format!("DTSTAMP:{}", basic(entry.written_at)),
        format!("DTSTART:{starts}"),
        format!("DTEND:{}", utc(entry.departure, CLOSES_AT)?),
        format!("SUMMARY:{}", escape(entry.title)),
        format!("DESCRIPTION:{}", escape(entry.text)),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    Ok(lines.join("\r\n"))
}

fn utc(day: Date, time: Time) -> Result<String, KioskError> {
    let invalid = |error: jiff::Error| KioskError::Internal(format!("calendar: {error}"));
    let zone = time_zone(ZONE).map_err(invalid)?;
    let at = day.to_datetime(time).to_zoned_datetime(zone).map_err(invalid)?;
    Ok(basic(at.timestamp()))
}

fn basic(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
