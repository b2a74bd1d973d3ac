//! Exploring a catalogue of the real one's size in the real window, by touch: list, words, filters, map, project,
//! units, compare and the code to take away, in three languages and both orientations. axe looks at every screen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use acceptance::catalogue::{PROJECT, PROJECTS, bundle_of_one, large};
use acceptance::programs::{Kiosk, repository};
use acceptance::screen::{Screen, Window, eventually};
use acceptance::visit::Album;
use std::cell::RefCell;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::sleep;

/// Who explores, and how the kiosk stands.
#[derive(Clone, Copy)]
struct Explorer {
    language: &'static str,
    width: u32,
    height: u32,
    /// The beginning of a town's name, with an error in it.
    typed: &'static str,
    /// The town meant.
    town: &'static str,
    /// Letters that no word has.
    nonsense: &'static str,
    /// A region on the map.
    region: &'static str,
}

const FRENCH: Explorer = Explorer {
    language: "fr",
    width: 1080,
    height: 1920,
    typed: "marakech",
    town: "MARRAKECH",
    nonsense: "qqq",
    region: "MA-04",
};
const ARABIC: Explorer = Explorer {
    language: "ar",
    typed: "طنج",
    town: "TANGER",
    nonsense: "ظظظ",
    region: "MA-07",
    ..FRENCH
};
const ENGLISH: Explorer = Explorer {
    language: "en",
    typed: "casablnca",
    town: "CASABLANCA",
    region: "MA-09",
    ..FRENCH
};

const fn wide(explorer: Explorer) -> Explorer {
    Explorer {
        width: 1920,
        height: 1080,
        ..explorer
    }
}

#[tokio::test]
async fn french_portrait() {
    walk(FRENCH).await;
}

#[tokio::test]
async fn french_landscape() {
    walk(wide(FRENCH)).await;
}

#[tokio::test]
async fn arabic_portrait() {
    walk(ARABIC).await;
}

#[tokio::test]
async fn arabic_landscape() {
    walk(wide(ARABIC)).await;
}

#[tokio::test]
async fn english_portrait() {
    walk(ENGLISH).await;
}

#[tokio::test]
async fn english_landscape() {
    walk(wide(ENGLISH)).await;
}

/// Another process imports it, as by a stick: the list is all of the one or all of the other, and never a gap.
#[tokio::test]
async fn a_catalogue_that_comes_while_somebody_scrolls_is_shown_whole() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_catalogue(folder.path(), patient(), &large().unwrap()).unwrap();
    let next = bundle_of_one(folder.path()).unwrap();
    let screen = Screen::start(1080, 1920).unwrap();
    let walk = Walk {
        window: screen.open(&kiosk).await.unwrap(),
        album: Album::new(&pictures(), "overtaken"),
    };
    walk.touch("begin-fr").await;
    walk.touch("nav-explore").await;
    walk.shows(|total| total == PROJECTS).await;
    let import = [OsStr::new("catalogue"), OsStr::new("import"), next.as_os_str()];
    kiosk.run(import).unwrap();
    let cards = "document.querySelectorAll('[data-testid^=\"card-\"]')";
    eventually("the list stays the old one", || async {
        walk.number("(list => (list.scrollTop = list.scrollHeight))(document.querySelector('.list'))")
            .await;
        // Not down to the end of the old one before the new one is read.
        sleep(Duration::from_secs(4)).await;
        let seen = walk
            .text(&format!(
                "document.querySelector('[data-testid=\"result-count\"]').dataset.count + ' ' + [...{cards}].map((card) => card.dataset.testid)"
            ))
            .await;
        let (total, cards) = seen.split_once(' ').unwrap();
        if total == "1" {
            assert_eq!(cards, format!("card-{PROJECT}"));
            return Some(());
        }
        assert_eq!(total, PROJECTS.to_string());
        assert!(!cards.is_empty() && !cards.contains(PROJECT), "{cards}");
        None
    })
    .await
    .unwrap();
    walk.look("shown").await;
    walk.window.close().await.unwrap();
}

/// A window, and the pictures taken of it.
struct Walk {
    window: Window,
    album: Album,
}

impl Walk {
    /// Looks at what is shown: a picture for people, axe for the rest.
    async fn look(&self, name: &str) {
        self.album.take(&self.window, name).await.unwrap();
        let faults = self.window.accessibility().await.unwrap();
        assert!(faults.is_empty(), "{name}: {}", faults.join("\n"));
    }

    async fn touch(&self, id: &str) {
        self.window.touch(id).await.unwrap();
    }

    /// Touches the first one of many.
    async fn touch_first(&self, css: &str) {
        self.window.touch_css(css).await.unwrap();
    }

    async fn total(&self) -> u64 {
        let count = self.window.see("result-count").await.unwrap();
        let total = count.attr("data-count").await.unwrap();
        total.and_then(|total| total.parse().ok()).unwrap_or_default()
    }

    /// Waits until the list holds so many.
    async fn shows(&self, fits: impl Fn(u64) -> bool) -> u64 {
        eventually("the count does not change as it should", || async {
            let total = self.total().await;
            fits(total).then_some(total)
        })
        .await
        .unwrap()
    }

    async fn text(&self, expression: &str) -> String {
        let text = self.window.promise(expression).await.unwrap();
        text["value"].as_str().unwrap_or_default().to_owned()
    }

    async fn number(&self, expression: &str) -> f64 {
        self.window.promise(expression).await.unwrap()["value"]
            .as_f64()
            .unwrap_or_default()
    }
}

/// Nobody touches while pictures are taken.
fn patient() -> impl Fn(String) -> String {
    |event: String| event.replace("idle_seconds = 60", "idle_seconds = 600")
}

fn pictures() -> PathBuf {
    let folder = repository().join("target/e2e/pictures");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn walk(who: Explorer) {
    let bundle = large().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::with_catalogue(folder.path(), patient(), &bundle).unwrap();
    let screen = Screen::start(who.width, who.height).unwrap();
    let prefix = format!("{}-{}x{}", who.language, who.width, who.height);
    let walk = Walk {
        window: screen.open(&kiosk).await.unwrap(),
        album: Album::new(&pictures(), &prefix),
    };
    walk.touch(&format!("begin-{}", who.language)).await;
    walk.touch("nav-explore").await;
    list(&walk).await;
    words(&walk, &who).await;
    filters(&walk).await;
    map(&walk, &who).await;
    project(&walk).await;
    compare_and_take_away(&walk).await;
    walk.window.close().await.unwrap();
}

/// The whole list, far down, into a project and back to the same place.
async fn list(walk: &Walk) {
    walk.shows(|total| total == PROJECTS).await;
    walk.look("list").await;
    let cards = "document.querySelectorAll('[data-testid^=\"card-\"]').length";
    let list = "document.querySelector('[data-testid^=\"card-\"]').closest('.list')";
    eventually("the list does not go on", || async {
        walk.number(&format!("({list}.scrollTop = {list}.scrollHeight)"))
            .await;
        (walk.number(cards).await >= 96.0).then_some(())
    })
    .await
    .unwrap();
    // One in the middle, put where a finger reaches it without scrolling. More may still come in and move the middle.
    let middle = "(cards => cards[cards.length >> 1])(document.querySelectorAll('[data-testid^=\"card-\"]'))";
    let at_rest =
        format!("((card) => (card.scrollIntoView({{ block: 'center' }}), card.dataset.testid))({middle})");
    let before = RefCell::default();
    let id = eventually("the list does not come to rest", || async {
        let now = Some(walk.text(&at_rest).await);
        let rests = before.replace(now.clone()) == now;
        now.filter(|_| rests)
    })
    .await
    .unwrap();
    // The place kept is the one where the finger came down, whatever moved before.
    let note = format!("() => (document.documentElement.dataset.place = {list}.scrollTop)");
    walk.text(&format!(
        "document.addEventListener('pointerdown', {note}, {{ capture: true, once: true }})"
    ))
    .await;
    walk.touch(&id).await;
    walk.window.on("project").await.unwrap();
    walk.window.see("project-title").await.unwrap();
    let place = walk
        .number("Number(document.documentElement.dataset.place)")
        .await;
    assert!(place > 3.0 * 1920.0, "far down the list, not at {place}");
    walk.touch("nav-back").await;
    walk.window.on("explore").await.unwrap();
    eventually("the place in the list is lost", || async {
        let now = walk.number(&format!("{list}?.scrollTop ?? -1")).await;
        ((now - place).abs() < 300.0).then_some(())
    })
    .await
    .unwrap();
}

/// A town typed with an error is understood, said to be so, suggested, and taken by one touch.
async fn words(walk: &Walk, who: &Explorer) {
    walk.touch("search-field").await;
    walk.window.write(who.typed).await.unwrap();
    let suggestion = format!("suggest-town-{}", who.town);
    walk.window.see(&suggestion).await.unwrap();
    walk.look("words").await;
    walk.touch(&suggestion).await;
    walk.shows(|total| total > 0 && total < PROJECTS).await;
    if walk.window.has("key-close").await {
        walk.touch("key-close").await;
    }
    walk.look("town").await;
    walk.touch_first("[data-testid^=\"lift-\"]").await;
    walk.shows(|total| total == PROJECTS).await;
    walk.touch("search-field").await;
    walk.window.write(who.nonsense).await.unwrap();
    walk.shows(|total| total == 0).await;
    if walk.window.has("key-close").await {
        walk.touch("key-close").await;
    }
    walk.look("nothing").await;
    walk.touch("empty-lift").await;
    walk.shows(|total| total == PROJECTS).await;
}

/// Every facet in one sheet; each count is what one touch shows.
async fn filters(walk: &Walk) {
    walk.touch("open-filters").await;
    walk.window.see("filter-sheet").await.unwrap();
    walk.look("filters").await;
    walk.touch("sheet-facet-type-villa").await;
    walk.touch("filters-show").await;
    let villas = walk.shows(|total| total > 0 && total < PROJECTS).await;
    walk.touch("open-sort").await;
    walk.touch("sort-price_asc").await;
    assert_eq!(walk.shows(|_| true).await, villas);
    walk.touch_first("[data-testid^=\"lift-\"]").await;
    walk.shows(|total| total == PROJECTS).await;
}

/// Into a region by touch, a town, and back to the whole country; list and map are one selection.
async fn map(walk: &Walk, who: &Explorer) {
    let sheet = walk.window.has("open-map").await;
    if sheet {
        walk.touch("open-map").await;
    }
    let prefix = if sheet { "map-" } else { "" };
    walk.look("map").await;
    walk.touch(&format!("{prefix}facet-region-{}", who.region)).await;
    let in_region = walk.shows(|total| total > 0 && total < PROJECTS).await;
    walk.window
        .see_css(&format!("[data-testid^=\"{prefix}map-town-\"]"))
        .await
        .unwrap();
    walk.look("map-region").await;
    walk.touch_first(&format!("[data-testid^=\"{prefix}map-town-\"]:not([disabled])"))
        .await;
    walk.shows(|total| total > 0 && total < in_region).await;
    walk.look("map-town").await;
    if sheet {
        walk.touch("map-show").await;
    }
}

/// A project's pictures, units in another order, one unit with its costs, saved.
async fn project(walk: &Walk) {
    walk.touch_first("[data-testid^=\"card-\"]").await;
    walk.window.on("project").await.unwrap();
    walk.window.see("project-title").await.unwrap();
    walk.look("project").await;
    walk.touch("gallery-enlarge").await;
    walk.touch("zoom-in").await;
    walk.look("zoom").await;
    walk.touch("viewer-close").await;
    walk.touch("save-project").await;
    walk.touch_first("[data-testid^=\"unit-\"]").await;
    walk.window.see("unit-sheet").await.unwrap();
    walk.look("unit").await;
    walk.touch("save-unit").await;
    walk.touch("sheet-close").await;
}

/// Two saved things beside each other, then a code that says in any phone what the screen says beside it.
async fn compare_and_take_away(walk: &Walk) {
    walk.touch("nav-selection").await;
    walk.window.see("shortlist").await.unwrap();
    walk.look("shortlist").await;
    walk.touch("shortlist-compare").await;
    walk.window.see("compare").await.unwrap();
    walk.look("compare").await;
    walk.touch("nav-back").await;
    walk.touch("shortlist-take").await;
    walk.window.see("takeaway-code").await.unwrap();
    walk.look("takeaway").await;
    let text = walk.window.words("takeaway-text").await.unwrap();
    let shown = image::load_from_memory(&walk.window.png().await.unwrap())
        .unwrap()
        .to_luma8();
    let (width, height) = (shown.width() as usize, shown.height() as usize);
    let grey = |x: usize, y: usize| shown.get_pixel(x as u32, y as u32).0[0];
    let mut shown = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = shown.detect_grids();
    assert_eq!(codes.len(), 1, "one code on the screen");
    let (_, read) = codes[0].decode().unwrap();
    let lines = |text: &str| {
        text.lines()
            // The window's words come without direction marks and with plain spaces.
            .map(|line| {
                line.replace(['\u{200e}', '\u{200f}'], "")
                    .replace(['\u{a0}', '\u{202f}'], " ")
            })
            .map(|line| line.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&read), lines(&text));
    assert!(read.contains("https://www.alomrane.gov.ma"), "{read}");
}
