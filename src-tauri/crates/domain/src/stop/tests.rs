//! Checks of an event file, and its defaults.

use super::{Contact, Stop};

fn stop(fields: &str) -> Stop {
    let text = format!(
        r#"{{"id":"x","code":"TST","name":{{"fr":"x"}},"city":{{"fr":"x"}},"starts_on":"2026-02-13",
            "ends_on":"2026-02-13","languages":["fr"],{fields}}}"#
    );
    serde_json::from_str(&text).unwrap()
}

#[test]
fn form_starts_with_the_country_of_the_stop() {
    for (fields, country) in [
        (r#""time_zone":"Europe/Brussels""#, "BE"),
        (r#""time_zone":"America/Montreal""#, "CA"),
        (r#""time_zone":"Africa/Casablanca""#, "MA"),
        (r#""time_zone":"Africa/Casablanca","country":"FR""#, "FR"),
        (r#""time_zone":"Pacific/Fiji""#, "FR"),
    ] {
        let stop = stop(fields);
        assert_eq!(stop.check(), Ok(()), "{fields}");
        assert_eq!(stop.form_country(), country, "{fields}");
    }
    for wrong in ["be", "BEL", "XX", ""] {
        let stop = stop(&format!(r#""time_zone":"Europe/Paris","country":"{wrong}""#));
        let field = stop.check().map_err(|error| error.field);
        assert_eq!(field, Err("country"), "{wrong}");
    }
}

#[test]
fn long_screens_wait_longer_before_the_countdown() {
    let seconds =
        |fields: &str| stop(&format!(r#""time_zone":"Europe/Paris"{fields}"#)).idle_seconds_of_long_screens();
    assert_eq!(seconds(""), 120);
    assert_eq!(seconds(r#","idle_seconds":10"#), 20);
    assert_eq!(seconds(r#","idle_seconds":400"#), 600);
    assert_eq!(seconds(r#","long_idle_seconds":90"#), 90);
    for wrong in [59, 601] {
        let stop = stop(&format!(
            r#""time_zone":"Europe/Paris","long_idle_seconds":{wrong}"#
        ));
        let field = stop.check().map_err(|error| error.field);
        assert_eq!(field, Err("long_idle_seconds"), "{wrong}");
    }
}

#[test]
fn absent_fields_are_not_written() {
    let written = serde_json::to_string(&stop(r#""time_zone":"Europe/Paris""#)).unwrap();
    assert!(
        !written.contains("country") && !written.contains("long_idle_seconds"),
        "{written}"
    );
}

#[test]
fn contact_needs_e164_phone_and_https_address() {
    let contact = |phone: Option<&str>, site: Option<&str>| Contact {
        phone: phone.map(str::to_owned),
        site: site.map(str::to_owned),
        choice_page: None,
    };
    let long = format!("https://example.org/{}", "a".repeat(50));
    assert!(contact(None, None).check().is_ok());
    assert!(
        contact(Some("+212537000000"), Some("https://example.org"))
            .check()
            .is_ok()
    );
    for (phone, site, field) in [
        (Some("0537000000"), None, "group.phone"),
        (Some("+212 537 00 00 00"), None, "group.phone"),
        (None, Some("http://example.org"), "group.site"),
        (None, Some("https://"), "group.site"),
        (
            None,
            Some("https://example.org\nhttps://example.com"),
            "group.site",
        ),
        (None, Some(long.as_str()), "group.site"),
    ] {
        let checked = contact(phone, site).check().map_err(|error| error.field);
        assert_eq!(checked, Err(field), "{phone:?} {site:?}");
    }
}

#[test]
fn choice_page_is_https_without_fragment() {
    let check = |page: &str| {
        let contact = Contact {
            choice_page: Some(page.to_owned()),
            ..Contact::default()
        };
        contact.check().map_err(|error| error.field)
    };
    assert_eq!(check("https://example.org/choix?lang=fr"), Ok(()));
    for wrong in ["http://example.org", "https://example.org/#choix", "https://"] {
        assert_eq!(check(wrong), Err("group.choice_page"), "{wrong}");
    }
    // A stop without it is read by earlier kiosks too.
    assert_eq!(
        serde_json::to_string(&Contact::default()).unwrap(),
        r#"{"phone":null,"site":null}"#
    );
}

#[test]
fn promise_of_a_reply_is_one_to_thirty_days() {
    let days = |days: &str| stop(&format!(r#""time_zone":"Europe/Paris","reply_days":{days}"#));
    for right in ["1", "30", "null"] {
        assert_eq!(days(right).check(), Ok(()), "{right}");
    }
    for wrong in ["0", "31"] {
        assert_eq!(days(wrong).check().map_err(|error| error.field), Err("reply_days"), "{wrong}");
    }
}

#[test]
fn visitors_have_the_zone_of_their_country_or_of_the_stop() {
    let zone = |at: &str, country: Option<&str>| {
        let found = stop(&format!(r#""time_zone":"{at}""#)).zone_of_visitor(country);
        (found.zone, found.country.unwrap_or_default())
    };
    for (at, country, expected) in [
        ("Europe/Paris", Some("NL"), ("Europe/Amsterdam", "NL")),
        ("Europe/Paris", Some("JP"), ("Europe/Paris", "FR")),
        ("Europe/Paris", None, ("Europe/Paris", "FR")),
        ("America/Vancouver", Some("CA"), ("America/Vancouver", "CA")),
        ("Europe/Paris", Some("CA"), ("America/Toronto", "CA")),
        ("Pacific/Fiji", None, ("Pacific/Fiji", "")),
    ] {
        let (zone, of) = zone(at, country);
        assert_eq!((&*zone, &*of), expected);
    }
}
