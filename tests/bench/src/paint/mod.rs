//! The list of 2,000 projects: from the touch of its door until cards with their first picture are painted, and the
//! memory of all processes with it. The real program in a real window, beside Chromium in kiosk mode with the same
//! built windows and the same use-cases behind a local server.

mod chromium;
mod server;

pub use server::serve;

use crate::machine::{memory_of_trees, processes_with, version};
use crate::report::Target;
use crate::stock::Stock;
use crate::{Bench, Failure, peers, say};
use acceptance::screen::Screen;
use chromium::Chromium;
use generator::Recipe;
use serde_json::Value;
use std::process::Command;
use tokio::runtime::Runtime;

const RECIPE: Recipe = Recipe {
    seed: 3,
    projects: 2_000,
    units: 100_000,
    pictures: 120,
};
/// The panel of a standing kiosk.
const PANEL: (u32, u32) = (1080, 1920);

/// Leaves the attract screen.
const BEGIN: &str = "new Promise((done) => {
    const look = () => {
        document.querySelector('[data-testid=\"begin-fr\"]')?.click();
        if (document.querySelector('[data-testid=\"nav-explore\"]')) done(true); else requestAnimationFrame(look);
    };
    look();
})";

/// Goes home, lets the page come to rest, touches the door and waits until cards and the first picture are there and
/// two frames have been painted. Milliseconds.
const OPEN_THE_LIST: &str = "new Promise((done, fail) => {
    const see = (css) => document.querySelector(css);
    const until = (look, then, frames = 1200) =>
        look() ? then() : frames ? requestAnimationFrame(() => until(look, then, frames - 1)) : fail('nothing came');
    const frames = (count, then) => count ? requestAnimationFrame(() => frames(count - 1, then)) : then();
    const cards = () => document.querySelectorAll('[data-testid^=\"card-\"]').length;
    const painted = () => {
        const picture = see('[data-testid^=\"card-\"] img');
        return cards() >= 4 && picture?.complete && picture.naturalWidth > 0;
    };
    if (!see('[data-screen=\"home\"]')) see('[data-testid=\"nav-home\"]').click();
    until(() => see('[data-screen=\"home\"]') && !cards(), () => frames(45, () => {
        const start = performance.now();
        see('[data-testid=\"nav-explore\"]').click();
        until(painted, () => frames(2, () => done(performance.now() - start)));
    }));
})";

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let ours = Stock::make(&RECIPE)?;
    // Each side has a data folder of its own: two kiosks never share one.
    let theirs = ours.folder.path().join("theirs");
    peers::run(Command::new("cp").arg("-r").arg(ours.data()).arg(&theirs))?;
    say("Opening Chromium …\n");
    let runtime = Runtime::new()?;
    let chromium = runtime.block_on(Chromium::open(&theirs, PANEL))?;
    bench.version("Chromium", chromium.version.clone());
    bench.version(
        "WebKitGTK",
        version("WebKitWebDriver", &["--version"]).unwrap_or_default(),
    );
    say("Opening the kiosk …\n");
    let screen = Screen::start(PANEL.0, PANEL.1)?;
    let kiosk = acceptance::programs::Kiosk { folder: ours.data() };
    let window = runtime.block_on(screen.open(&kiosk))?;
    runtime.block_on(window.on("attract"))?;
    let in_kiosk =
        |script: &str| -> Result<f64, Failure> { number(&runtime.block_on(window.promise(script))?) };
    let in_chromium =
        |script: &str| -> Result<f64, Failure> { number(&runtime.block_on(chromium.promise(script))?) };
    in_kiosk(BEGIN)?;
    in_chromium(BEGIN)?;
    bench.figure(
        "first opening of the list",
        in_kiosk(OPEN_THE_LIST)?,
        "ms",
        Target::None,
    );
    bench.figure(
        "first opening of the list, Chromium",
        in_chromium(OPEN_THE_LIST)?,
        "ms",
        Target::None,
    );
    bench.compare(
        "from touch to painted list of 2,000 projects",
        "Chromium, kiosk mode",
        "ms",
        Target::AtMost(1.0),
        &mut || in_kiosk(OPEN_THE_LIST),
        &mut || in_chromium(OPEN_THE_LIST),
    )?;
    let own = processes_with("expo-kiosk", &ours.data().display().to_string())?;
    let (kiosk_mib, chromium_mib) = (memory_of_trees(&own)?, memory_of_trees(&chromium.processes()?)?);
    bench.figure("memory of all processes (PSS)", kiosk_mib, "MiB", Target::None);
    bench.figure(
        "memory of all processes (PSS), Chromium",
        chromium_mib,
        "MiB",
        Target::None,
    );
    bench.figure(
        "memory, ours / Chromium",
        kiosk_mib / chromium_mib,
        "",
        Target::AtMost(0.5),
    );
    say("Closing …\n");
    runtime.block_on(window.close())?;
    runtime.block_on(chromium.close())
}

/// The number in what a promise gave.
fn number(said: &Value) -> Result<f64, Failure> {
    match &said["value"] {
        Value::Bool(true) => Ok(1.0),
        Value::Number(number) => number.as_f64().ok_or_else(|| "no number".into()),
        _ => Err(format!("the page says {said}").into()),
    }
}
