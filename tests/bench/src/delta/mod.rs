//! P7: a delta that changes one percent of the catalogue. Measures bytes on the wire, compared with zstd and bsdiff on the
//! snapshots; time until visitors see the new version, compared with plain inserts; and searches during installation.

mod next_version;
mod raw_inserts;

use crate::large_kiosk::LargeKiosk;
use crate::report::Target;
use crate::stats::{percentile, timed};
use crate::{Bench, Failure, peers, print_text};
use expo_domain::Lang;
use expo_kiosk_core::Kiosk;
use expo_kiosk_core::views::ExploreQuery;
use expo_protocol::SignedCheckpoint;
use expo_sync::{LocalError, LocalStore};
use generator::Recipe;
use next_version::NextVersion;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const RECIPE: Recipe = Recipe {
    seed: 4,
    projects: 10_000,
    units: 100_000,
    pictures: 60,
};
/// Searches per percentile.
const SEARCH_COUNT: usize = 2_000;
/// Longer than the time after the last touch for which a visitor counts as active.
const INACTIVITY_WAIT: Duration = Duration::from_millis(2_100);

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let large_kiosk = LargeKiosk::create(&RECIPE)?;
    let old = large_kiosk.bundle()?;
    let new = NextVersion::after(&old)?;
    bench.figure(
        "steps of the delta",
        new.forward.steps()? as f64,
        "",
        Target::None,
    );
    measure_size(bench, &new)?;
    measure_installation(bench, &large_kiosk, &new)?;
    measure_searches(bench, &large_kiosk, &new)
}

/// Size of the delta, compared with the output of general tools for the two snapshots.
fn measure_size(bench: &mut Bench, new: &NextVersion) -> Result<(), Failure> {
    bench.version("zstd", peers::install_debian("zstd", "zstd", &["--version"])?);
    bench.version(
        "bsdiff",
        peers::install_debian("dpkg-query", "bsdiff", &["-W", "-f=${Version}", "bsdiff"])?,
    );
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("old"), &new.old_snapshot)?;
    std::fs::write(path("new"), &new.new_snapshot)?;
    print_text("zstd --patch-from …\n");
    peers::run(
        Command::new("zstd")
            .args(["-q", "--ultra", "-22", "--long=31", "--patch-from"])
            .args([path("old"), path("new"), "-o".into(), path("zstd")]),
    )?;
    print_text("bsdiff …\n");
    peers::run(Command::new("bsdiff").args([path("old"), path("new"), path("bsdiff")]))?;
    let bytes = |path: &Path| -> Result<f64, Failure> { Ok(std::fs::metadata(path)?.len() as f64) };
    let (zstd, bsdiff) = (bytes(&path("zstd"))?, bytes(&path("bsdiff"))?);
    let ours = new.forward.length() as f64;
    for (label, value) in [
        ("snapshot, uncompressed", new.new_snapshot.len() as f64),
        ("on the wire, ours", ours),
        ("on the wire, zstd --ultra -22 --patch-from", zstd),
        ("on the wire, bsdiff", bsdiff),
    ] {
        bench.figure(label, value / 1_000.0, "kB", Target::None);
    }
    bench.figure(
        "on the wire, ours / smaller peer",
        ours / zstd.min(bsdiff),
        "",
        Target::AtMost(1.1),
    );
    Ok(())
}

/// Installs a delta from version `from` as the sync does.
fn install_delta(
    kiosk: &Kiosk,
    signed: &SignedCheckpoint,
    from: u64,
    packed: &[u8],
) -> Result<u64, LocalError> {
    let port = kiosk.sync_port();
    let not_wanted = || LocalError::Storage("the version is not wanted".to_owned());
    let checkpoint = port.wanted_checkpoint(signed)?.ok_or_else(not_wanted)?;
    port.install_delta(&checkpoint, from, packed)
}

/// Time from the received bytes to the shown version, compared with plain inserts of the same rows and their indexes.
fn measure_installation(
    bench: &mut Bench,
    large_kiosk: &LargeKiosk,
    new: &NextVersion,
) -> Result<(), Failure> {
    let rows = raw_inserts::Rows::of(&new.new_snapshot)?;
    let folder = tempfile::tempdir()?;
    let (signed, packed) = new.delta_from(&new.forward, new.from)?;
    bench.compare(
        "installing the delta, 10,000 projects, 100,000 units",
        "plain inserts + index",
        "ms",
        Target::AtMost(1.3),
        &mut || {
            let kiosk = open_with_old_version(large_kiosk)?;
            // While a visitor is active, the kiosk leaves one core free. Here nobody is active.
            thread::sleep(INACTIVITY_WAIT);
            let (time, done) = timed(|| install_delta(&kiosk, &signed, new.from, &packed));
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

/// Search time per keystroke while deltas are installed without pause, compared with an idle kiosk.
fn measure_searches(bench: &mut Bench, large_kiosk: &LargeKiosk, new: &NextVersion) -> Result<(), Failure> {
    let kiosk = open_with_old_version(large_kiosk)?;
    let queries = keystrokes(&large_kiosk.catalogue);
    let mut turn = 0;
    let version = std::sync::atomic::AtomicU64::new(new.from);
    // Each delta creates a new version; the content alternates between old and new.
    let install = || -> Result<(), String> {
        let from = version.load(Ordering::Relaxed);
        let delta = if (from - new.from).is_multiple_of(2) {
            &new.forward
        } else {
            &new.back
        };
        let (signed, packed) = new.delta_from(delta, from).map_err(|error| error.to_string())?;
        let shown = install_delta(&kiosk, &signed, from, &packed).map_err(|error| error.to_string())?;
        version.store(shown, Ordering::Relaxed);
        Ok(())
    };
    let mut search = |kiosk: &Kiosk| -> Result<f64, Failure> {
        let mut times = Vec::with_capacity(SEARCH_COUNT);
        for _ in 0..SEARCH_COUNT {
            turn += 1;
            let (time, found) = timed(|| kiosk.explore(&queries[turn % queries.len()]));
            found?;
            times.push(time);
        }
        Ok(percentile(&times, 0.99))
    };
    let search = std::cell::RefCell::new(&mut search);
    bench.compare(
        "p99 of searches while deltas are installed",
        "idle",
        "ms",
        Target::AtMost(1.2),
        &mut || {
            let stop = AtomicBool::new(false);
            thread::scope(|scope| {
                let installing = scope.spawn(|| -> Result<(), String> {
                    while !stop.load(Ordering::Relaxed) {
                        install()?;
                    }
                    Ok(())
                });
                let time = (search.borrow_mut())(&kiosk);
                stop.store(true, Ordering::Relaxed);
                installing
                    .join()
                    .map_err(|_| "the installing thread panicked")??;
                time
            })
        },
        &mut || (search.borrow_mut())(&kiosk),
    )?;
    Ok(())
}

/// Opens the kiosk with the old version, and loads its catalogue into memory.
fn open_with_old_version(large_kiosk: &LargeKiosk) -> Result<Kiosk, Failure> {
    let file = large_kiosk.data().join("catalogue.db");
    let backup = large_kiosk.folder.path().join("before.db");
    if backup.exists() {
        std::fs::copy(&backup, &file)?;
    } else {
        std::fs::copy(&file, &backup)?;
    }
    let kiosk = large_kiosk.open()?;
    kiosk.explore(&ExploreQuery::everything(Lang::Fr))?;
    Ok(kiosk)
}

/// Queries for every prefix of the names of towns.
fn keystrokes(catalogue: &expo_domain::Catalogue) -> Vec<ExploreQuery> {
    let names = catalogue
        .towns
        .iter()
        .filter_map(|town| town.name.0.get(&Lang::Fr));
    let prefixes = names.flat_map(|name| {
        let name: Vec<char> = name.chars().collect();
        (1..=name.len()).map(move |length| name[..length].iter().collect::<String>())
    });
    prefixes
        .map(|text| ExploreQuery {
            text,
            ..ExploreQuery::everything(Lang::Fr)
        })
        .collect()
}
