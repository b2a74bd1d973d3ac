//! Walks through a catalogue of realistic size in the real window, by touch: list, search, filters, map, project, units,
//! comparison and takeaway, in three languages and both orientations. axe checks every screen.

#![expect(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

use acceptance::catalogue::{LARGE_PROJECT_COUNT, ONE_PROJECT_ID, large_bundle, one_project_bundle};
use acceptance::programs::{Kiosk, repository};
use acceptance::screen::{Screen, Window, eventually};
use acceptance::visit::{CARDS, Screenshots};
use std::cell::RefCell;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::sleep;

/// The list of places shows at most this many of its 180 towns before anything is touched.
const MAX_FIRST_TOWNS: f64 = 70.0;

/// Language, screen size and inputs of one walk.
#[derive(Clone, Copy)]
struct Scenario {
    language: &'static str,
    width: u32,
    height: u32,
    /// A town's name or the beginning of one, possibly misspelled.
    typed: &'static str,
    /// Identifier of that town.
    town: &'static str,
    /// Text that matches nothing.
    nonsense: &'static str,
    /// Code of a region on the map.
    region: &'static str,
}

const FRENCH: Scenario = Scenario {
    language: "fr",
    width: 1080,
    height: 1920,
    typed: "marakech",
    town: "MARRAKECH",
    nonsense: "qqq",
    region: "MA-04",
};
const ARABIC: Scenario = Scenario {
    language: "ar",
    typed: "طنج",
    town: "TANGER",
    nonsense: "ظظظ",
    region: "MA-07",
    ..FRENCH
};
const ENGLISH: Scenario = Scenario {
    language: "en",
    typed: "casablnca",
    town: "CASABLANCA",
    region: "MA-09",
    ..FRENCH
};

const fn landscape(scenario: Scenario) -> Scenario {
    Scenario {
        width: 1920,
        height: 1080,
        ..scenario
    }
}

#[tokio::test]
async fn french_portrait() {
    walk(FRENCH).await;
}

#[tokio::test]
async fn french_landscape() {
    walk(landscape(FRENCH)).await;
}

#[tokio::test]
async fn arabic_portrait() {
    walk(ARABIC).await;
}

#[tokio::test]
async fn arabic_landscape() {
    walk(landscape(ARABIC)).await;
}

#[tokio::test]
async fn english_portrait() {
    walk(ENGLISH).await;
}

#[tokio::test]
async fn english_landscape() {
    walk(landscape(ENGLISH)).await;
}

/// Another process imports a catalogue while the list scrolls, as a USB stick does. The list shows one version or the
/// other, never a mixture and never nothing.
#[tokio::test]
async fn catalogue_import_while_scrolling_never_mixes_versions() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_catalogue(folder.path(), long_idle(), &large_bundle().unwrap()).unwrap();
    let next = one_project_bundle(folder.path()).unwrap();
    let screen = Screen::start(1080, 1920).unwrap();
    let walk = Walk {
        window: screen.open(&kiosk).await.unwrap(),
        screenshots: Screenshots::new(&screenshot_folder(), "overtaken"),
    };
    walk.touch("begin-fr").await;
    walk.touch("nav-explore").await;
    walk.wait_for_total(|total| total == LARGE_PROJECT_COUNT).await;
    let import = [OsStr::new("catalogue"), OsStr::new("import"), next.as_os_str()];
    kiosk.run(import).unwrap();
    let cards = format!("document.querySelectorAll('{CARDS}')");
    eventually("the list keeps the old catalogue", || async {
        walk.number("(list => (list.scrollTop = list.scrollHeight))(document.querySelector('.list'))")
            .await;
        // Slow enough that the new catalogue is read before the end of the old list is reached.
        sleep(Duration::from_secs(4)).await;
        let shown = walk
            .text(&format!(
                "document.querySelector('[data-testid=\"result-count\"]').dataset.count + ' ' + [...{cards}].map((card) => card.dataset.testid)"
            ))
            .await;
        let (total, cards) = shown.split_once(' ').unwrap();
        if total == "1" {
            assert_eq!(cards, format!("card-{ONE_PROJECT_ID}"));
            return Some(());
        }
        assert_eq!(total, LARGE_PROJECT_COUNT.to_string());
        assert!(!cards.is_empty() && !cards.contains(ONE_PROJECT_ID), "{cards}");
        None
    })
    .await
    .unwrap();
    walk.check("shown").await;
    walk.window.close().await.unwrap();
}

/// The window and the screenshots of a walk.
struct Walk {
    window: Window,
    screenshots: Screenshots,
}

impl Walk {
    /// Takes a screenshot and checks the accessibility of the screen.
    async fn check(&self, name: &str) {
        self.screenshots.take(&self.window, name).await.unwrap();
        let violations = self.window.accessibility_violations().await.unwrap();
        assert!(violations.is_empty(), "{name}: {}", violations.join("\n"));
    }

    async fn touch(&self, id: &str) {
        self.window.touch(id).await.unwrap();
    }

    /// Touches the first element of a CSS selector.
    async fn touch_first(&self, css: &str) {
        self.window.touch_css(css).await.unwrap();
    }

    async fn total(&self) -> u64 {
        let count = self.window.wait_for("result-count").await.unwrap();
        let total = count.attr("data-count").await.unwrap();
        total.and_then(|total| total.parse().ok()).unwrap_or_default()
    }

    /// Waits until the number of results satisfies `fits`, and returns it.
    async fn wait_for_total(&self, fits: impl Fn(u64) -> bool) -> u64 {
        eventually("the number of results does not become as expected", || async {
            let total = self.total().await;
            fits(total).then_some(total)
        })
        .await
        .unwrap()
    }

    async fn text(&self, expression: &str) -> String {
        let text = self.window.evaluate(expression).await.unwrap();
        text["value"].as_str().unwrap_or_default().to_owned()
    }

    async fn number(&self, expression: &str) -> f64 {
        self.window.evaluate(expression).await.unwrap()["value"]
            .as_f64()
            .unwrap_or_default()
    }
}

/// Lengthens the idle time: nobody touches the screen while screenshots are taken.
fn long_idle() -> impl Fn(String) -> String {
    |event: String| event.replace("idle_seconds = 60", "idle_seconds = 600")
}

fn screenshot_folder() -> PathBuf {
    let folder = repository().join("target/e2e/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn walk(scenario: Scenario) {
    let bundle = large_bundle().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_catalogue(folder.path(), long_idle(), &bundle).unwrap();
    let screen = Screen::start(scenario.width, scenario.height).unwrap();
    let prefix = format!("{}-{}x{}", scenario.language, scenario.width, scenario.height);
    let walk = Walk {
        window: screen.open(&kiosk).await.unwrap(),
        screenshots: Screenshots::new(&screenshot_folder(), &prefix),
    };
    walk.touch(&format!("begin-{}", scenario.language)).await;
    walk.touch("nav-explore").await;
    scroll_list(&walk).await;
    search(&walk, &scenario).await;
    use_filters(&walk).await;
    use_places(&walk, &scenario).await;
    use_map(&walk, &scenario).await;
    view_project(&walk).await;
    compare_and_take_away(&walk).await;
    walk.window.close().await.unwrap();
}

/// Scrolls far down the list, opens a project and returns to the same scroll position.
async fn scroll_list(walk: &Walk) {
    walk.wait_for_total(|total| total == LARGE_PROJECT_COUNT).await;
    walk.check("list").await;
    let cards = format!("document.querySelectorAll('{CARDS}')");
    let count = format!("{cards}.length");
    let list = format!("document.querySelector('{CARDS}').closest('.list')");
    eventually("the list does not load more cards", || async {
        walk.number(&format!("({list}.scrollTop = {list}.scrollHeight)"))
            .await;
        (walk.number(&count).await >= 96.0).then_some(())
    })
    .await
    .unwrap();
    // A card in the middle of the list, scrolled into view. More cards may still load and move the middle.
    let middle = format!("(cards => cards[cards.length >> 1])({cards})");
    let center_card =
        format!("((card) => (card.scrollIntoView({{ block: 'center' }}), card.dataset.testid))({middle})");
    let before = RefCell::default();
    let id = eventually("the list does not stop moving", || async {
        let now = Some(walk.text(&center_card).await);
        let still = before.replace(now.clone()) == now;
        now.filter(|_| still)
    })
    .await
    .unwrap();
    // Records the scroll position at the touch, which is the one the list must return to.
    let record = format!("() => (document.documentElement.dataset.scrolled = {list}.scrollTop)");
    walk.text(&format!(
        "document.addEventListener('pointerdown', {record}, {{ capture: true, once: true }})"
    ))
    .await;
    walk.touch(&id).await;
    walk.window.wait_for_screen("project").await.unwrap();
    walk.window.wait_for("project-title").await.unwrap();
    let position = walk
        .number("Number(document.documentElement.dataset.scrolled)")
        .await;
    assert!(position > 3.0 * 1920.0, "not far down the list: {position}");
    walk.touch("nav-back").await;
    walk.window.wait_for_screen("explore").await.unwrap();
    eventually("the scroll position is lost", || async {
        let now = walk.number(&format!("{list}?.scrollTop ?? -1")).await;
        ((now - position).abs() < 300.0).then_some(())
    })
    .await
    .unwrap();
}

/// A misspelled town is suggested and chosen by one touch. A text that matches nothing offers a way back.
async fn search(walk: &Walk, scenario: &Scenario) {
    walk.touch("search-field").await;
    walk.window.type_text(scenario.typed).await.unwrap();
    let suggestion = format!("suggest-town-{}", scenario.town);
    walk.window.wait_for(&suggestion).await.unwrap();
    walk.check("words").await;
    walk.touch(&suggestion).await;
    walk.wait_for_total(|total| total > 0 && total < LARGE_PROJECT_COUNT)
        .await;
    if walk.window.has_element("key-close").await {
        walk.touch("key-close").await;
    }
    walk.check("town").await;
    walk.touch_first("[data-testid^=\"lift-\"]").await;
    walk.wait_for_total(|total| total == LARGE_PROJECT_COUNT).await;
    walk.touch("search-field").await;
    walk.window.type_text(scenario.nonsense).await.unwrap();
    walk.wait_for_total(|total| total == 0).await;
    if walk.window.has_element("key-close").await {
        walk.touch("key-close").await;
    }
    walk.check("nothing").await;
    walk.touch("empty-lift").await;
    walk.wait_for_total(|total| total == LARGE_PROJECT_COUNT).await;
}

/// Chooses a filter in the filter sheet and another order, then removes the filter.
async fn use_filters(walk: &Walk) {
    walk.touch("open-filters").await;
    walk.window.wait_for("filter-sheet").await.unwrap();
    walk.check("filters").await;
    walk.touch("sheet-facet-type-villa").await;
    walk.touch("filters-show").await;
    let villas = walk
        .wait_for_total(|total| total > 0 && total < LARGE_PROJECT_COUNT)
        .await;
    walk.touch("open-sort").await;
    walk.touch("sort-price_asc").await;
    assert_eq!(walk.wait_for_total(|_| true).await, villas);
    walk.touch_first("[data-testid^=\"lift-\"]").await;
    walk.wait_for_total(|total| total == LARGE_PROJECT_COUNT).await;
}

/// Jumps to a region in the list of all places, looks at all its towns and chooses the region.
async fn use_places(walk: &Walk, scenario: &Scenario) {
    let code = scenario.region;
    let region = format!("document.getElementById('place-{code}')");
    let towns = "document.querySelectorAll('[data-testid^=\"place-facet-town-\"]').length";
    walk.touch("open-place").await;
    walk.window.wait_for("place-sheet").await.unwrap();
    walk.check("places").await;
    let first = walk.number(towns).await;
    assert!(
        (30.0..=MAX_FIRST_TOWNS).contains(&first),
        "{first} towns are shown at first"
    );
    walk.touch(&format!("place-jump-{code}")).await;
    eventually("the region is not in view", || async {
        let middle = format!(
            "(({{ top, bottom }}) => (top + bottom) / 2 / innerHeight)({region}.getBoundingClientRect())"
        );
        let middle = walk.number(&middle).await;
        (middle > 0.2 && middle < 0.9).then_some(())
    })
    .await
    .unwrap();
    walk.touch(&format!("place-more-{code}")).await;
    eventually("the other towns do not appear", || async {
        (walk.number(towns).await > first).then_some(())
    })
    .await
    .unwrap();
    walk.touch(&format!("place-facet-region-{code}")).await;
    walk.touch("places-show").await;
    walk.wait_for_total(|total| total > 0 && total < LARGE_PROJECT_COUNT)
        .await;
    walk.touch(&format!("lift-regions-{code}")).await;
    walk.wait_for_total(|total| total == LARGE_PROJECT_COUNT).await;
}

/// Chooses a region and a town on the map. List and map share one selection.
async fn use_map(walk: &Walk, scenario: &Scenario) {
    let sheet = walk.window.has_element("open-map").await;
    if sheet {
        walk.touch("open-map").await;
    }
    let prefix = if sheet { "map-" } else { "" };
    walk.check("map").await;
    walk.touch(&format!("{prefix}facet-region-{}", scenario.region))
        .await;
    let in_region = walk
        .wait_for_total(|total| total > 0 && total < LARGE_PROJECT_COUNT)
        .await;
    walk.window
        .wait_for_css(&format!("[data-testid^=\"{prefix}map-town-\"]"))
        .await
        .unwrap();
    walk.check("map-region").await;
    walk.touch_first(&format!("[data-testid^=\"{prefix}map-town-\"]:not([disabled])"))
        .await;
    walk.wait_for_total(|total| total > 0 && total < in_region).await;
    walk.check("map-town").await;
    if sheet {
        walk.touch("map-show").await;
    }
}

/// Enlarges a picture of a project, opens a unit, and saves both project and unit.
async fn view_project(walk: &Walk) {
    walk.touch_first(CARDS).await;
    walk.window.wait_for_screen("project").await.unwrap();
    walk.window.wait_for("project-title").await.unwrap();
    walk.check("project").await;
    walk.touch("gallery-enlarge").await;
    walk.touch("zoom-in").await;
    walk.check("zoom").await;
    walk.touch("viewer-close").await;
    walk.touch("save-project").await;
    walk.touch_first("[data-testid^=\"unit-\"]").await;
    walk.window.wait_for("unit-sheet").await.unwrap();
    walk.check("unit").await;
    walk.touch("save-unit").await;
    walk.touch("sheet-close").await;
}

/// Compares the two saved entries, then reads the QR code of the takeaway: it must contain the text on the screen.
async fn compare_and_take_away(walk: &Walk) {
    walk.touch("nav-selection").await;
    walk.window.wait_for("shortlist").await.unwrap();
    walk.check("shortlist").await;
    walk.touch("shortlist-compare").await;
    walk.window.wait_for("compare").await.unwrap();
    walk.check("compare").await;
    walk.touch("nav-back").await;
    walk.touch("shortlist-take").await;
    walk.window.wait_for("takeaway-code").await.unwrap();
    walk.check("takeaway").await;
    let text = walk.window.text_of("takeaway-text").await.unwrap();
    let screenshot = image::load_from_memory(&walk.window.screenshot_png().await.unwrap())
        .unwrap()
        .to_luma8();
    let (width, height) = (screenshot.width() as usize, screenshot.height() as usize);
    let grey = |x: usize, y: usize| screenshot.get_pixel(x as u32, y as u32).0[0];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = prepared.detect_grids();
    assert_eq!(codes.len(), 1, "number of QR codes on the screen");
    let (_, read) = codes[0].decode().unwrap();
    let lines = |text: &str| {
        text.lines()
            // WebDriver returns the text without direction marks and with plain spaces.
            .map(|line| {
                line.replace(['\u{200e}', '\u{200f}'], "")
                    .replace(['\u{a0}', '\u{202f}'], " ")
            })
            .map(|line| line.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect::<Vec<_>>()
    };
    // The code is a contact whose note is the text; telephone and site at the end of the text are fields of their own.
    let unfolded = read.replace("\r\n ", "").replace("\n ", "");
    let note = unfolded
        .lines()
        .find_map(|line| line.strip_prefix("NOTE:"))
        .unwrap();
    let note = note.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";");
    let (note, shown) = (lines(&note), lines(&text));
    assert!(note.len() >= 4 && shown.starts_with(&note), "{note:?} {shown:?}");
    assert!(read.contains("TEL:+212"), "{read}");
    assert!(read.contains("https://www.alomrane.gov.ma"), "{read}");
}
