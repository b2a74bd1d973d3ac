//! Time from the touch on "explore" until cards and the first picture of a list of 2,000 projects are painted, and the
//! memory of all processes. Compares the real program in a real window with Chromium in kiosk mode, which shows the same
//! built windows and calls the same use cases through a local server.

mod chromium;
mod server;

pub use server::serve;

use crate::large_kiosk::LargeKiosk;
use crate::machine::{find_processes, memory_of_process_trees, version};
use crate::report::Target;
use crate::{Bench, Failure, peers, print_text};
use acceptance::programs::Kiosk;
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
/// Screen size of a portrait kiosk, in pixels.
const SCREEN_SIZE: (u32, u32) = (1080, 1920);

/// Script that leaves the attract screen.
const BEGIN_SCRIPT: &str = "new Promise((done) => {
    const look = () => {
        document.querySelector('[data-testid=\"begin-fr\"]')?.click();
        if (document.querySelector('[data-testid=\"nav-explore\"]')) done(true); else requestAnimationFrame(look);
    };
    look();
})";

/// Script that goes to the home screen, waits until the page is idle, opens the list, and waits until cards and the first
/// picture are shown and two frames are painted. Returns milliseconds.
const OPEN_LIST_SCRIPT: &str = "new Promise((done, fail) => {
    const see = (css) => document.querySelector(css);
    const until = (look, then, frames = 1200) =>
        look() ? then() : frames ? requestAnimationFrame(() => until(look, then, frames - 1)) : fail('the list does not appear');
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

/// Most time and memory compared with Chromium, with a graphics card and without.
const MAX_RATIOS_WITH_CARD: (f64, f64) = (1.0, 0.5);
const MAX_RATIOS_WITHOUT_CARD: (f64, f64) = (1.5, 0.7);

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let (max_time_ratio, max_memory_ratio) = if has_graphics_card() {
        MAX_RATIOS_WITH_CARD
    } else {
        MAX_RATIOS_WITHOUT_CARD
    };
    let ours = LargeKiosk::create(&RECIPE)?;
    let kiosk = Kiosk { folder: ours.data() };
    // Each side has its own data folder, because two kiosks cannot share one.
    let theirs = ours.folder.path().join("theirs");
    peers::run(Command::new("cp").arg("-r").arg(ours.data()).arg(&theirs))?;
    print_text("Opening Chromium …\n");
    let runtime = Runtime::new()?;
    let chromium = runtime.block_on(Chromium::open(&theirs, SCREEN_SIZE))?;
    bench.version("Chromium", chromium.version.clone());
    bench.version("renderer of the kiosk", renderer(&kiosk)?);
    bench.version(
        "WebKitGTK",
        version("WebKitWebDriver", &["--version"]).unwrap_or_default(),
    );
    print_text("Opening the kiosk …\n");
    let screen = Screen::start(SCREEN_SIZE.0, SCREEN_SIZE.1)?;
    let window = runtime.block_on(screen.open(&kiosk))?;
    runtime.block_on(window.wait_for_screen("attract"))?;
    let in_kiosk =
        |script: &str| -> Result<f64, Failure> { number(&runtime.block_on(window.evaluate(script))?) };
    let in_chromium =
        |script: &str| -> Result<f64, Failure> { number(&runtime.block_on(chromium.evaluate(script))?) };
    in_kiosk(BEGIN_SCRIPT)?;
    in_chromium(BEGIN_SCRIPT)?;
    bench.figure(
        "first time to open the list",
        in_kiosk(OPEN_LIST_SCRIPT)?,
        "ms",
        Target::None,
    );
    bench.figure(
        "first time to open the list, Chromium",
        in_chromium(OPEN_LIST_SCRIPT)?,
        "ms",
        Target::None,
    );
    bench.compare(
        "from touch to painted list of 2,000 projects",
        "Chromium, kiosk mode",
        "ms",
        Target::AtMost(max_time_ratio),
        &mut || in_kiosk(OPEN_LIST_SCRIPT),
        &mut || in_chromium(OPEN_LIST_SCRIPT),
    )?;
    let own = find_processes("expo-kiosk", &ours.data().display().to_string())?;
    let (kiosk_mib, chromium_mib) = (
        memory_of_process_trees(&own)?,
        memory_of_process_trees(&chromium.processes()?)?,
    );
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
        Target::AtMost(max_memory_ratio),
    );
    print_text("Closing …\n");
    runtime.block_on(window.close())?;
    runtime.block_on(chromium.close())
}

/// Whether the machine has a device that renders.
fn has_graphics_card() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    let mut names = devices.map(|device| device.file_name());
    names.any(|name| name.to_string_lossy().starts_with("renderD"))
}

/// How the kiosk paints on this machine unless the environment says otherwise, as its diagnosis reports it.
fn renderer(kiosk: &Kiosk) -> Result<String, Failure> {
    let diagnosis: Value = serde_json::from_slice(&kiosk.output(["doctor"], "")?.stdout)?;
    Ok(diagnosis["renderer"].to_string())
}

/// The number in the result of a script; 1 for `true`.
fn number(result: &Value) -> Result<f64, Failure> {
    match &result["value"] {
        Value::Bool(true) => Ok(1.0),
        Value::Number(number) => number.as_f64().ok_or_else(|| "no number".into()),
        _ => Err(format!("the script returned {result}").into()),
    }
}
