//! Visits by day and stop in the overview: sums over the kiosks of a stop, and their table in French. Must not know: the store's
//! tables.

use super::french::{french_day, grouped};
use crate::store::VisitDayRow;
use maud::{Markup, html};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Counts by name.
type Counts = BTreeMap<String, u64>;

/// Visits of one day at one stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct VisitDayView {
    /// Day at the stop, such as `2026-02-13`.
    pub day: String,
    pub stop: String,
    /// Number of kiosks that counted.
    pub kiosks: u64,
    pub visits: u64,
    /// Leads sent during these visits.
    pub leads: u64,
    /// All counts by name, such as `screen.explore` and `language.fr`.
    pub counts: BTreeMap<String, u64>,
}

/// Sums over the kiosks of each stop, newest day first, then by stop.
pub fn by_day(rows: Vec<VisitDayRow>) -> Vec<VisitDayView> {
    let mut days: BTreeMap<(Reverse<String>, String), (u64, Counts)> = BTreeMap::new();
    for row in rows {
        let (kiosks, counts) = days.entry((Reverse(row.day), row.stop)).or_default();
        *kiosks += 1;
        for (name, count) in row.counts {
            *counts.entry(name).or_default() += count;
        }
    }
    let days = days.into_iter().map(|((day, stop), (kiosks, counts))| {
        let count = |name: &str| counts.get(name).copied().unwrap_or(0);
        VisitDayView {
            day: day.0,
            stop,
            kiosks,
            visits: count("visits"),
            leads: count("leads"),
            counts,
        }
    });
    days.collect()
}

/// The table of the page.
pub fn table(days: &[VisitDayView]) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { "Jour" } th scope="col" { "Étape" } th.number scope="col" { "Visites" }
                    th.number scope="col" { "Demandes" } th.number scope="col" { "Demandes pour 100 visites" }
                    th scope="col" { "Langues" } th scope="col" { "Formulaire quitté" }
                    th.number scope="col" { "Recherches sans résultat" }
                } }
                tbody {
                    @for day in days {
                        tr {
                            th scope="row" { (french_day(&day.day)) }
                            td { (day.stop) }
                            td.number { (grouped(day.visits)) }
                            td.number { (grouped(day.leads)) }
                            td.number { (rate(day)) }
                            td { (shares(day, "language.", str::to_owned)) }
                            td { (shares(day, "form_left.", step_name)) }
                            td.number { (grouped(day.counts.get("no_result").copied().unwrap_or(0))) }
                        }
                    }
                }
            }
        }
    }
}

fn rate(day: &VisitDayView) -> String {
    (day.leads * 100)
        .checked_div(day.visits)
        .map_or_else(|| "–".to_owned(), grouped)
}

/// The counts whose names begin with `start`, highest first.
fn shares(day: &VisitDayView, start: &str, name: impl Fn(&str) -> String) -> String {
    let mut counts: Vec<(&str, u64)> = day
        .counts
        .iter()
        .filter_map(|(key, count)| Some((key.strip_prefix(start)?, *count)))
        .collect();
    counts.sort_by_key(|(_, count)| Reverse(*count));
    if counts.is_empty() {
        return "–".to_owned();
    }
    let shares = counts
        .into_iter()
        .map(|(code, count)| format!("{} {}", name(code), grouped(count)));
    shares.collect::<Vec<_>>().join(", ")
}

fn step_name(step: &str) -> String {
    match step {
        "who" => "coordonnées",
        "what" => "recherche",
        "when" => "rappel",
        "review" => "relecture",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: &str, stop: &str, kiosk: &str, counts: &[(&str, u64)]) -> VisitDayRow {
        VisitDayRow {
            day: day.to_owned(),
            stop: stop.to_owned(),
            kiosk: kiosk.to_owned(),
            counts: counts
                .iter()
                .map(|(name, count)| ((*name).to_owned(), *count))
                .collect(),
        }
    }

    #[test]
    fn visits_of_kiosks_at_one_stop_are_added_up() {
        let days = by_day(vec![
            row("2026-02-12", "paris", "K01", &[("visits", 7), ("leads", 1)]),
            row("2026-02-13", "paris", "K01", &[("visits", 3), ("language.fr", 3)]),
            row(
                "2026-02-13",
                "paris",
                "K02",
                &[("visits", 5), ("leads", 2), ("language.ar", 5)],
            ),
        ]);
        assert_eq!(days.len(), 2);
        let newest = &days[0];
        assert_eq!((newest.kiosks, newest.visits, newest.leads), (2, 8, 2));
        assert_eq!(rate(newest), "25");
        assert_eq!(shares(newest, "language.", str::to_owned), "ar 5, fr 3");
        assert_eq!(shares(newest, "form_left.", step_name), "–");
        let none = by_day(vec![row("2026-02-14", "paris", "K01", &[])]);
        assert_eq!(rate(&none[0]), "–");
    }
}
