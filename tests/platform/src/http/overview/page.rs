//! The overview as one HTML page in French, without scripts, readable on a telephone. Must not know: the store, HTTP.

use super::figures::{DayView, KioskView, Overview, TIME_ZONE, Totals};
use super::french::{duration, french_day, grouped};
use super::visits;
use expo_domain::zone::time_zone;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page.css");

/// The complete page.
pub fn document(overview: &Overview) -> Markup {
    let zone = time_zone(TIME_ZONE).unwrap_or(TimeZone::UTC);
    let now = zone.to_datetime(overview.server_time);
    let with_concerns = overview
        .kiosks
        .iter()
        .filter(|kiosk| !kiosk.concerns.is_empty())
        .count();
    html! {
        (DOCTYPE)
        html lang="fr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content="60";
                title { "Vue d’ensemble des bornes" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Bornes de la tournée" }
                    p { "État au " time datetime=(overview.server_time) { (now.strftime("%d/%m/%Y à %H:%M")) } " (heure de Casablanca). La page se rafraîchit chaque minute." }
                }
                main {
                    (totals(overview, with_concerns))
                    section {
                        h2 { "Bornes" }
                        @if overview.kiosks.is_empty() {
                            p.empty { "Aucune borne n’est encore enregistrée." }
                        } @else {
                            (kiosk_table(overview, &zone))
                        }
                    }
                    section {
                        h2 { "Demandes reçues par jour et par étape" }
                        @if overview.days.is_empty() {
                            p.empty { "Aucune demande n’est encore arrivée." }
                        } @else {
                            (day_table(&overview.days))
                        }
                    }
                    @if !overview.visits.is_empty() {
                        section {
                            h2 { "Visites par jour et par étape" }
                            (visits::table(&overview.visits))
                        }
                    }
                }
                footer { p { "Cette page ne contient aucune donnée personnelle. Une demande compte le jour où elle est arrivée, même illisible ou effacée depuis." } }
            }
        }
    }
}

fn totals(overview: &Overview, with_concerns: usize) -> Markup {
    let Totals {
        kiosks,
        leads,
        waiting,
        quarantined,
        conflicts,
        erased,
        reused_tickets,
    } = &overview.totals;
    let figure = |value: &str, label: &str, is_concern: bool| {
        html! { div.figure.concern[is_concern] { dt { (label) } dd { (value) } } }
    };
    let number = |value: u64| grouped(value);
    html! {
        dl.figures {
            (figure(&number(*leads), "demandes lisibles", false))
            (figure(&number(*waiting), "en attente sur les bornes", false))
            (figure(&number(*kiosks), "bornes", false))
            (figure(&number(with_concerns as u64), "bornes à regarder", with_concerns > 0))
            (figure(&number(quarantined + conflicts), "envois à examiner", quarantined + conflicts > 0))
            (figure(&number(*erased), "demandes effacées", false))
            @if *reused_tickets > 0 {
                (figure(&number(*reused_tickets), "tickets attribués deux fois", true))
            }
            (figure(&overview.catalogue_version.map_or("aucune".to_owned(), |version| version.to_string()), "version du catalogue", false))
        }
    }
}

fn kiosk_table(overview: &Overview, zone: &TimeZone) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { "Borne" } th scope="col" { "À regarder" } th scope="col" { "Dernier contact" }
                    th.number scope="col" { "En attente" } th scope="col" { "Plus ancienne" }
                    th scope="col" { "Étape" } th scope="col" { "Catalogue" } th scope="col" { "Programme" }
                } }
                tbody {
                    @for kiosk in &overview.kiosks {
                        tr {
                            th scope="row" { (kiosk.kiosk) }
                            td.concerns { @if kiosk.concerns.is_empty() { span.ok { "rien" } } @else {
                                ul { @for concern in &kiosk.concerns { li { (concern_text(concern, kiosk)) } } }
                            } }
                            td { (last_contact(kiosk, zone)) }
                            td.number { (grouped(kiosk.waiting)) }
                            td { (kiosk.oldest_waiting_seconds.map_or("–".to_owned(), duration)) }
                            td { (kiosk.stop.as_deref().unwrap_or("–")) }
                            td { (catalogue_version(kiosk, overview.catalogue_version)) }
                            td { (kiosk.program) }
                        }
                    }
                }
            }
        }
    }
}

fn day_table(days: &[DayView]) -> Markup {
    let max = days.iter().map(|day| day.leads).max().unwrap_or(1).max(1);
    html! {
        div.scroll {
            table.days {
                thead { tr { th scope="col" { "Jour" } th scope="col" { "Étape" } th.number scope="col" { "Demandes" } th {} } }
                tbody {
                    @for day in days {
                        tr {
                            th scope="row" { (french_day(&day.day)) }
                            td { (day.stop.as_deref().unwrap_or("inconnue")) }
                            td.number { (grouped(day.leads)) }
                            td.bar aria-hidden="true" { meter max=(max) value=(day.leads) {} }
                        }
                    }
                }
            }
        }
    }
}

fn last_contact(kiosk: &KioskView, zone: &TimeZone) -> Markup {
    let at = kiosk
        .last_contact
        .as_deref()
        .and_then(|at| at.parse::<Timestamp>().ok());
    let (Some(at), Some(silent)) = (at, kiosk.silent_seconds) else {
        return html! { "jamais" };
    };
    let local = zone.to_datetime(at);
    html! { time datetime=(at) { (local.strftime("%d/%m %H:%M")) } span.quiet { " il y a " (duration(silent)) } }
}

fn catalogue_version(kiosk: &KioskView, newest: Option<u64>) -> Markup {
    match kiosk.catalogue_version {
        None => html! { "–" },
        version if version == newest => html! { "à jour" },
        Some(version) => html! { (version) },
    }
}

fn concern_text(concern: &str, kiosk: &KioskView) -> String {
    match concern {
        "never_heard" => "jamais vue depuis son enregistrement".to_owned(),
        "silent" => "sans nouvelles : éteinte ou hors ligne".to_owned(),
        "long_wait" => "des demandes attendent depuis longtemps".to_owned(),
        "set_aside" if kiosk.set_aside == 1 => "1 demande mise de côté, à revoir sur place".to_owned(),
        "set_aside" => format!(
            "{} demandes mises de côté, à revoir sur place",
            grouped(kiosk.set_aside)
        ),
        "config_rejected" => format!(
            "configuration {} refusée par la borne",
            kiosk.config_rejected.unwrap_or_default()
        ),
        "catalogue_refused" => format!(
            "catalogue publié refusé par la borne ({})",
            kiosk.catalogue_refused.as_deref().unwrap_or_default()
        ),
        "unpublished_catalogue" => format!(
            "montre le catalogue {}, qui n’est pas publié ici",
            kiosk.catalogue_version.unwrap_or_default()
        ),
        "clock" => "l’horloge n’est pas juste".to_owned(),
        "copied" => {
            "une copie de son dossier est en service sous le même nom : enregistrer chaque borne de nouveau"
                .to_owned()
        }
        "damaged_leads" => "le fichier des demandes est abîmé : sauvegarder le dossier complet".to_owned(),
        "unreadable_leads" if kiosk.unreadable_leads == 1 => "1 demande illisible sur la borne".to_owned(),
        "unreadable_leads" => format!(
            "{} demandes illisibles sur la borne",
            grouped(kiosk.unreadable_leads)
        ),
        "audit_log_returned" => "son journal est revenu à un état antérieur".to_owned(),
        "page_restarts" => format!("ses écrans ont redémarré {} fois", kiosk.page_restarts),
        _ => "catalogue ancien".to_owned(),
    }
}
