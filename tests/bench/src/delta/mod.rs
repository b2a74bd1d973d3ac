//! P7: a change of one percent of the catalogue. Bytes on the wire beside zstd and bsdiff on the snapshot; time until
//! visitors see it beside plain inserts; and what a search meanwhile has to bear.

mod edition;
mod raw;

use crate::report::Target;
use crate::stats::{percentile, timed};
use crate::stock::Stock;
use crate::{Bench, Failure, peers, say};
use domain::Lang;
use edition::Edition;
use generator::Recipe;
use kiosk::Kiosk;
use kiosk::views::ExploreQuery;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use sync::Local;

const RECIPE: Recipe = Recipe {
    seed: 4,
    projects: 10_000,
    units: 100_000,
    pictures: 60,
};
/// Searches timed for one percentile.
const SEARCHES: usize = 2_000;
/// So long after the last touch the kiosk is taken to be alone.
const QUIET: Duration = Duration::from_millis(2_100);

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let stock = Stock::make(&RECIPE)?;
    let old = stock.bundle()?;
    let new = Edition::after(&old)?;
    bench.figure("steps of the change", new.there.steps()? as f64, "", Target::None);
    on_the_wire(bench, &new)?;
    applied(bench, &stock, &new)?;
    searched_meanwhile(bench, &stock, &new)
}

/// What is sent, beside the best that general tools make of the two snapshots.
fn on_the_wire(bench: &mut Bench, new: &Edition) -> Result<(), Failure> {
    bench.version("zstd", peers::debian("zstd", "zstd", &["--version"])?);
    bench.version(
        "bsdiff",
        peers::debian("dpkg-query", "bsdiff", &["-W", "-f=${Version}", "bsdiff"])?,
    );
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("old"), &new.basis)?;
    std::fs::write(at("new"), &new.snapshot)?;
    say("zstd --patch-from …\n");
    peers::run(
        Command::new("zstd")
            .args(["-q", "--ultra", "-22", "--long=31", "--patch-from"])
            .args([at("old"), at("new"), "-o".into(), at("zstd")]),
    )?;
    say("bsdiff …\n");
    peers::run(Command::new("bsdiff").args([at("old"), at("new"), at("bsdiff")]))?;
    let bytes = |path: &Path| -> Result<f64, Failure> { Ok(std::fs::metadata(path)?.len() as f64) };
    let (zstd, bsdiff) = (bytes(&at("zstd"))?, bytes(&at("bsdiff"))?);
    let ours = new.there.length() as f64;
    for (what, value) in [
        ("snapshot, not packed", new.snapshot.len() as f64),
        ("on the wire, ours", ours),
        ("on the wire, zstd --ultra -22 --patch-from", zstd),
        ("on the wire, bsdiff", bsdiff),
    ] {
        bench.figure(what, value / 1_000.0, "kB", Target::None);
    }
    bench.figure(
        "on the wire, ours / the better of them",
        ours / zstd.min(bsdiff),
        "",
        Target::AtMost(1.1),
    );
    Ok(())
}

/// From the bytes received to the new version shown, beside plain inserts of the same rows with their indexes.
fn applied(bench: &mut Bench, stock: &Stock, new: &Edition) -> Result<(), Failure> {
    let rows = raw::Rows::of(&new.snapshot)?;
    let folder = tempfile::tempdir()?;
    let (signed, packed) = new.step(&new.there, new.from)?;
    bench.compare(
        "applying the change, 10,000 projects, 100,000 units",
        "raw inserts + index",
        "ms",
        Target::AtMost(1.3),
        &mut || {
            let kiosk = ready(stock)?;
            // Nobody explores: with somebody there the kiosk leaves a core to them.
            thread::sleep(QUIET);
            let (time, done) = timed(|| kiosk.install_delta(&signed, new.from, &packed));
            done?;
            Ok(time)
        },
        &mut || {
            let (time, done) = timed(|| rows.insert(&folder.path().join("raw.db")));
            done?;
            Ok(time)
        },
    )?;
    Ok(())
}

/// Keystrokes while the change is applied again and again, beside the same at rest.
fn searched_meanwhile(bench: &mut Bench, stock: &Stock, new: &Edition) -> Result<(), Failure> {
    let kiosk = ready(stock)?;
    let typed = typed(&stock.catalogue);
    let mut turn = 0;
    let version = std::sync::atomic::AtomicU64::new(new.from);
    // Each change leads to a version of its own, to the next edition and back in turn.
    let apply = || -> Result<(), String> {
        let from = version.load(Ordering::Relaxed);
        let way = if (from - new.from).is_multiple_of(2) {
            &new.there
        } else {
            &new.back
        };
        let (signed, packed) = new.step(way, from).map_err(|error| error.to_string())?;
        let shown = kiosk
            .install_delta(&signed, from, &packed)
            .map_err(|error| error.to_string())?;
        version.store(shown, Ordering::Relaxed);
        Ok(())
    };
    let mut search = |kiosk: &Kiosk| -> Result<f64, Failure> {
        let mut times = Vec::with_capacity(SEARCHES);
        for _ in 0..SEARCHES {
            turn += 1;
            let (time, found) = timed(|| kiosk.explore(&typed[turn % typed.len()]));
            found?;
            times.push(time);
        }
        Ok(percentile(&times, 0.99))
    };
    let search = std::cell::RefCell::new(&mut search);
    bench.compare(
        "p99 of searches while changes are applied",
        "at rest",
        "ms",
        Target::AtMost(1.2),
        &mut || {
            let over = AtomicBool::new(false);
            thread::scope(|scope| {
                let applying = scope.spawn(|| -> Result<(), String> {
                    while !over.load(Ordering::Relaxed) {
                        apply()?;
                    }
                    Ok(())
                });
                let time = (search.borrow_mut())(&kiosk);
                over.store(true, Ordering::Relaxed);
                applying.join().map_err(|_| "applying fell over")??;
                time
            })
        },
        &mut || (search.borrow_mut())(&kiosk),
    )?;
    Ok(())
}

/// A kiosk that shows the edition before, with everything read.
fn ready(stock: &Stock) -> Result<Kiosk, Failure> {
    let file = stock.data().join("catalogue.db");
    let kept = stock.folder.path().join("before.db");
    if kept.exists() {
        std::fs::copy(&kept, &file)?;
    } else {
        std::fs::copy(&file, &kept)?;
    }
    let kiosk = stock.open()?;
    kiosk.explore(&ExploreQuery::everything(Lang::Fr))?;
    Ok(kiosk)
}

/// Every beginning of the names of towns, as one types them.
fn typed(catalogue: &domain::Catalogue) -> Vec<ExploreQuery> {
    let names = catalogue
        .towns
        .iter()
        .filter_map(|town| town.name.0.get(&Lang::Fr));
    let beginnings = names.flat_map(|name| {
        let name: Vec<char> = name.chars().collect();
        (1..=name.len()).map(move |length| name[..length].iter().collect::<String>())
    });
    beginnings
        .map(|text| ExploreQuery {
            text,
            ..ExploreQuery::everything(Lang::Fr)
        })
        .collect()
}
