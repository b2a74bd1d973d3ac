//! The hours in which visitors can say that they are reachable: in their own time zone, with the hours in Morocco. Must not
//! know: the form, leads.

use crate::error::KioskError;
use crate::views::{ContactHours, MoroccanHours, SlotHours};
use expo_domain::lead::Slot;
use expo_domain::stop::VisitorZone;
use expo_domain::zone::time_zone;
use expo_domain::{Stop, phone};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Zone of the advisors.
const ADVISORS_ZONE: &str = "Africa/Casablanca";

/// The zone of a visitor: that of the number, E.164, otherwise of the country of residence, otherwise of the stop.
pub(super) fn visitor_zone(stop: &Stop, number: Option<&str>, residence: Option<&str>) -> VisitorZone {
    let of_number = number.and_then(phone::country_of);
    stop.zone_of_visitor(of_number.as_deref().or(residence))
}

/// The hours of all parts of the week. `today` decides about summer time.
pub(crate) fn contact_hours(
    stop: &Stop,
    typed: &str,
    country: &str,
    today: Date,
) -> Result<ContactHours, KioskError> {
    let number = phone::to_e164(typed, Some(country)).ok();
    let zone = visitor_zone(stop, number.as_deref(), Some(country));
    let invalid = |error: jiff::Error| KioskError::Internal(format!("time zone: {error}"));
    let here = time_zone(&zone.zone).map_err(invalid)?;
    let morocco = time_zone(ADVISORS_ZONE).map_err(invalid)?;
    let slots = Slot::ALL.iter().map(|slot| slot_hours(*slot, today, &here, &morocco));
    let city = zone.zone.rsplit('/').next().unwrap_or_default().replace('_', " ");
    Ok(ContactHours {
        city: (!zone.is_only_one).then_some(city),
        country: zone.country,
        slots: slots.collect::<Result<_, _>>().map_err(invalid)?,
    })
}

fn slot_hours(slot: Slot, day: Date, here: &TimeZone, morocco: &TimeZone) -> Result<SlotHours, jiff::Error> {
    let (from, to) = slot.hours();
    let in_morocco = |hour| -> Result<DateTime, jiff::Error> {
        let at = day.at(hour, 0, 0, 0).to_zoned_datetime(here.clone())?;
        Ok(at.with_time_zone(morocco.clone()).datetime())
    };
    let (start, end) = (in_morocco(from)?, in_morocco(to)?);
    let is_same = start == day.at(from, 0, 0, 0);
    let moroccan = MoroccanHours {
        from: clock(start),
        to: clock(end),
        next_day: start.date() > day,
        previous_day: start.date() < day,
    };
    Ok(SlotHours {
        slot,
        from: clock(day.at(from, 0, 0, 0)),
        to: clock(day.at(to, 0, 0, 0)),
        morocco: (!is_same).then_some(moroccan),
    })
}

fn clock(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn stop() -> Stop {
        let event = serde_json::json!({
            "id": "x", "code": "TST", "name": {"fr": "Essai"}, "city": {"fr": "Essai"}, "starts_on": "2026-12-01",
            "ends_on": "2026-12-01", "time_zone": "Europe/Paris", "languages": ["fr"]
        });
        serde_json::from_value(event).unwrap()
    }

    fn morning(typed: &str, country: &str, today: Date) -> (Option<String>, Option<MoroccanHours>) {
        let hours = contact_hours(&stop(), typed, country, today).unwrap();
        let morning = hours.slots.into_iter().next().unwrap();
        assert_eq!((&*morning.from, &*morning.to), ("10:00", "13:00"));
        (hours.country, morning.morocco)
    }

    #[test]
    fn moroccan_hours_follow_summer_time_of_the_visitor() {
        for (today, from) in [(date(2026, 12, 1), "09:00"), (date(2027, 7, 1), "08:00")] {
            let (country, morocco) = morning("0612345678", "FR", today);
            assert_eq!(country.as_deref(), Some("FR"));
            assert_eq!(morocco.unwrap().from, from);
        }
    }

    #[test]
    fn the_number_decides_before_the_country_of_residence() {
        let winter = date(2026, 12, 1);
        assert_eq!(
            morning("+212661000000", "FR", winter),
            (Some("MA".to_owned()), None)
        );
        let (country, morocco) = morning("", "AE", winter);
        assert_eq!(country.as_deref(), Some("AE"));
        assert_eq!(morocco.unwrap().from, "06:00");
    }

    #[test]
    fn an_evening_in_canada_is_the_next_day_in_morocco() {
        let mut stop = stop();
        stop.time_zone = "America/Vancouver".to_owned();
        let hours = contact_hours(&stop, "", "CA", date(2026, 12, 1)).unwrap();
        assert_eq!(hours.city.as_deref(), Some("Vancouver"));
        let evening = hours.slots[2].morocco.clone().unwrap();
        assert_eq!((&*evening.from, &*evening.to), ("02:00", "04:00"));
        assert!(evening.next_day && !evening.previous_day);
    }

    #[test]
    fn an_unknown_country_has_the_zone_of_the_stop() {
        let hours = contact_hours(&stop(), "", "JP", date(2026, 12, 1)).unwrap();
        assert_eq!((hours.country.as_deref(), hours.city), (Some("FR"), None));
    }
}
