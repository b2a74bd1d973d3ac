//! Searches as visitors type them, in the real window, with the demonstration catalogue: each must show what it is about, or
//! offer a way to go on.

use acceptance::programs::Kiosk;
use acceptance::screen::{Screen, Window, eventually};
use serde_json::Value;
use std::cell::RefCell;

/// Number of projects of the demonstration.
const ALL: u64 = 70;

/// A typed text and what the window then shows.
struct Search {
    typed: &'static str,
    /// Kind of the answer; empty if nothing matches.
    kind: &'static str,
    total: u64,
    /// First project of the list.
    first: &'static str,
    /// Test ids of what can be chosen besides the projects.
    offers: &'static [&'static str],
}

const fn search(typed: &'static str, kind: &'static str, total: u64, first: &'static str) -> Search {
    Search {
        typed,
        kind,
        total,
        first,
        offers: &[],
    }
}

/// A text that hides no project and offers something instead.
const fn offer(typed: &'static str, offers: &'static [&'static str]) -> Search {
    Search {
        typed,
        kind: "exact",
        total: ALL,
        first: "",
        offers,
    }
}

impl Search {
    const fn offering(self, offers: &'static [&'static str]) -> Self {
        Self { offers, ..self }
    }

    /// Whether the window shows this.
    fn is_shown(&self, shown: &Value) -> bool {
        let offers: Vec<&str> = shown["offers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        shown["total"].as_u64() == Some(self.total)
            && shown["kind"] == self.kind
            && (self.first.is_empty() || shown["first"] == format!("card-{}", self.first))
            && self.offers.iter().all(|offer| offers.contains(offer))
    }
}

const SEARCHES: [Search; 22] = [
    search("kazablanca", "exact", 2, "CAS-PHARES"),
    search("tetwan", "exact", 5, "TET-DERSA"),
    search("الدارالبيضاء", "exact", 6, "CAS-PHARES"),
    search("agadir appartement 3 chambres", "exact", 1, "AGA-ARGANIERS").offering(&["intent-rooms-4"]),
    offer("titre foncier", &["intent-land_title-titled"]),
    search("villa mer", "exact", 8, "MDQ-ASFALOU").offering(&["intent-type-villa"]),
    offer("500000", &["intent-budget-50000000"]),
    offer("moins de 300000", &["intent-budget-30000000"]),
    offer("daam sakane", &["intent-aid", "intent-topic-aid"]),
    offer("notaire", &["intent-topic-notary"]),
    offer("crédit", &["intent-topic-credit"]),
    offer("rendez-vous", &["intent-topic-appointment"]),
    search("Lot 45", "partial", 26, ""),
    search("LI-002", "exact", 4, "TNG-CHERGUI").offering(&["unit-TNG-CHERGUI-G1-01"]),
    search("A-401", "exact", 5, "TNG-EMBRUNS").offering(&["unit-TNG-EMBRUNS-G1-05"]),
    search("Rabat Hay Riad", "partial", 1, "RBA-AKRACH"),
    search("sebta", "nearby", 7, "FND-KHARRAZINE"),
    search("العيون", "exact", 3, "LAA-SAKIA"),
    search("dakhla", "exact", 3, "DAK-ARGENT"),
    search("ⵜⵉⵟⵡⴰⵏ", "exact", 5, "TET-DERSA"),
    search("شقة في طنجة", "exact", 1, "TNG-EMBRUNS").offering(&["intent-type-apartment"]),
    search("terrain industriel tanger", "exact", 1, "TNG-CHERGUI").offering(&["intent-type-industrial_plot"]),
];

const SHOWN_SCRIPT: &str = "(() => {
    const ids = (css) => [...document.querySelectorAll(css)].map((element) => element.dataset.testid);
    const dataset = (id) => document.querySelector(`[data-testid=\"${id}\"]`)?.dataset;
    return {
        total: Number(dataset('result-count')?.count),
        kind: dataset('answer')?.kind ?? '',
        first: ids('[data-testid^=\"card-\"]')[0] ?? '',
        offers: ids('[data-testid=\"intents\"] button:not([disabled]), .no-results button'),
    };
})()";

/// Writes a text into the search field and waits until the window shows what it must.
async fn look_up(window: &Window, search: &Search) {
    window.write_text("search-field", search.typed).await.unwrap();
    let shown = RefCell::new(Value::Null);
    let found = eventually("the search shows something else", || async {
        let now = window.evaluate(SHOWN_SCRIPT).await.ok()?["value"].clone();
        shown.replace(now);
        search.is_shown(&shown.borrow()).then_some(())
    });
    if let Err(failure) = found.await {
        panic!("{}: {failure}; it shows {}", search.typed, shown.borrow());
    }
}

#[tokio::test]
async fn searches_show_matches_or_offer_a_way_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_event(folder.path(), |event| event).unwrap();
    let window = Screen::start(1080, 1920).unwrap().open(&kiosk).await.unwrap();
    window.touch("begin-fr").await.unwrap();
    window.touch("nav-explore").await.unwrap();
    // Between two searches the list is complete, so that no answer of the search before is taken for the next one.
    let nothing_typed = offer("", &[]);
    for search in &SEARCHES {
        look_up(&window, &nothing_typed).await;
        look_up(&window, search).await;
    }
    let unknown = search("qqqq", "", 0, "").offering(&[
        "empty-lift",
        "empty-call",
        "start-all",
        "start-town",
        "start-aid",
        "start-land",
    ]);
    look_up(&window, &unknown).await;

    // A filter has as many results as its offer says; a topic leads to its guide, or to the form.
    look_up(&window, &offer("moins de 300000", &["intent-budget-30000000"])).await;
    let offered = window.text_of("intent-budget-30000000").await.unwrap();
    let total = offered.split_whitespace().last().unwrap_or_default().to_owned();
    window.touch("intent-budget-30000000").await.unwrap();
    window.wait_for("lift-budget").await.unwrap();
    let count = format!("[data-testid=\"result-count\"][data-count=\"{total}\"]");
    window.wait_for_css(&count).await.unwrap();
    window.touch("lift-budget").await.unwrap();
    look_up(&window, &offer("notaire", &["intent-topic-notary"])).await;
    window.touch("intent-topic-notary").await.unwrap();
    window.wait_for_screen("guide").await.unwrap();
    window.touch("nav-back").await.unwrap();
    look_up(&window, &nothing_typed).await;
    look_up(&window, &offer("rendez-vous", &["intent-topic-appointment"])).await;
    window.touch("intent-topic-appointment").await.unwrap();
    window.wait_for_screen("lead").await.unwrap();
    window.close().await.unwrap();
}
