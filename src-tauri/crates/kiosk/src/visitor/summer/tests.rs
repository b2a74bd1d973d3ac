//! The takeaway of a plan: size of the codes, times in UTC.

use crate::visitor::calendar::{Entry, write};
use super::{plan_text, signatures_text};
use crate::reference::Reference;
use crate::visitor::qr_code::MAX_QR_BYTES;
use expo_domain::Lang;
use expo_domain::summer_plan::{Stay, SummerPlan};
use jiff::civil::{Date, date};

const TODAY: Date = date(2027, 6, 1);

fn plan(stay: &Stay) -> SummerPlan {
    let reference = Reference::load().unwrap();
    let aid = reference.rules.aid(TODAY).map(|rule| &rule.procedure);
    reference
        .rules
        .summer(TODAY)
        .unwrap()
        .plan(stay, TODAY, aid)
        .unwrap()
}

fn entry<'a>(stay: &Stay, text: &'a str) -> Entry<'a> {
    Entry {
        arrival: stay.arrival,
        departure: stay.departure,
        written_at: "2027-06-01T08:30:00Z".parse().unwrap(),
        title: "Essai; un, deux",
        text,
    }
}

#[test]
fn codes_of_every_purchase_scan_well() {
    for case in 0..8 {
        let stay = Stay {
            arrival: date(2027, 7, 1),
            departure: date(2027, 7, 10),
            off_plan: case & 1 > 0,
            aid: case & 2 > 0,
            loan: case & 4 > 0,
        };
        for lang in Lang::ALL {
            let plan = plan(&stay);
            let text = plan_text(plan.stages.iter(), lang);
            assert!(text.len() <= MAX_QR_BYTES, "{} bytes: {text}", text.len());
            let event = write(&entry(&stay, &signatures_text(&plan, lang))).unwrap();
            assert!(event.len() <= MAX_QR_BYTES, "{} bytes: {event}", event.len());
        }
    }
}

#[test]
fn calendar_entry_has_times_in_utc() {
    // Morocco was at UTC+01 until September 2026, and is at UTC+00 since then.
    let stay = |year| Stay {
        arrival: date(year, 7, 1),
        departure: date(year, 7, 31),
        off_plan: false,
        aid: false,
        loan: false,
    };
    let event = write(&entry(&stay(2027), "Une ligne\nDeux, trois")).unwrap();
    for line in [
        "BEGIN:VEVENT",
        "DTSTAMP:20270601T083000Z",
        "DTSTART:20270701T090000Z",
        "DTEND:20270731T160000Z",
        "SUMMARY:Essai\\; un\\, deux",
        "DESCRIPTION:Une ligne\\nDeux\\, trois",
    ] {
        assert!(event.split("\r\n").any(|found| found == line), "{line}: {event}");
    }
    let before = write(&entry(&stay(2026), "")).unwrap();
    assert!(before.contains("DTSTART:20260701T080000Z"), "{before}");
}

#[test]
fn text_names_proxies_and_what_is_to_confirm() {
    let stay = Stay {
        arrival: date(2027, 7, 1),
        departure: date(2027, 7, 10),
        off_plan: false,
        aid: true,
        loan: true,
    };
    let text = plan_text(plan(&stay).stages.iter(), Lang::Fr);
    let expected = "Mon achat pendant mon séjour\n\
        Pièces à réunir – 01/06/2027\n\
        Dossier bancaire (à confirmer) – 01/06/2027\n\
        Inscription à Daam Sakane – 01/06/2027\n\
        Accord préliminaire de l’aide – 01/06/2027\n\
        Visite du bien – 01/07/2027\n\
        Procuration (à confirmer) – 01/07/2027\n\
        Compromis chez le notaire – 02/07/2027\n\
        Dépôt par le notaire – 02/07/2027\n\
        Aide versée au notaire – 09/07/2027\n\
        Acte définitif (par procuration) – 26/07/2027\n\
        Dates indicatives, à confirmer avec le notaire.";
    assert_eq!(text, expected);
}
