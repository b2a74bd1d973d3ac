//! P9: a photograph decoded, turned upright, made into three sizes and encoded, beside vipsthumbnail at equal
//! likeness to the original.

mod likeness;
mod photographs;

use crate::report::{Target, folder};
use crate::{Bench, Failure, peers, say};
use likeness::{likeness, reference};
use media::{Limits, MAX_HEIGHT, WIDTHS, Worker};
use photographs::Photograph;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

/// Likeness within which two encoders are held to be equal.
const EQUAL: f64 = 0.005;
/// Most of memory one picture at a time may need, in MiB.
const MEMORY: f64 = 64.0;
/// Least rate beside the peer's.
const RATE: f64 = 0.9;

/// Measures.
pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let version = peers::debian("vipsthumbnail", "libvips-tools", &["--vips-version"])?;
    bench.version("vipsthumbnail", version);
    let version = peers::debian("/usr/bin/time", "time", &["--version"])?;
    bench.version("time", version);
    let photographs = photographs::make(&folder().join("pictures"))?;
    let megapixels: f64 = photographs.iter().map(|photograph| photograph.megapixels).sum();
    let passing = tempfile::tempdir()?;
    let place = passing.path();
    let references = photographs
        .iter()
        .map(|photograph| reference(&photograph.path))
        .collect::<Result<Vec<_>, _>>()?;
    all(&photographs, place, cores())?;
    let ours = mean_likeness(&references, place)?;
    let (quality, peers) = equal_quality(&photographs, &references, place, ours)?;
    bench.figure(
        "likeness of ours (SSIM, mean of three sizes)",
        ours,
        "",
        Target::None,
    );
    bench.figure("likeness of vipsthumbnail", peers, "", Target::None);
    bench.figure(
        "its quality setting for that",
        f64::from(quality),
        "",
        Target::None,
    );
    bench.figure("photographs", photographs.len() as f64, "", Target::None);
    bench.figure("their pixels", megapixels, "Mpx", Target::None);
    let what = format!("{} photographs, three sizes each", photographs.len());
    bench.compare(
        &what,
        "vipsthumbnail",
        "ms",
        Target::AtMost(1.0 / RATE),
        &mut || timed(|| all(&photographs, place, cores())),
        &mut || timed(|| vips(&photographs, place, quality)),
    )?;
    weigh(bench, &photographs, place, quality)
}

/// Does what `run` measures with the photographs in a folder, one at a time: what stands behind the memory measured.
pub fn prepare(photographs: &Path) -> Result<(), Failure> {
    let place = tempfile::tempdir()?;
    all(&photographs::find(photographs)?, place.path(), 1)
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1_000.0)
}

/// Where a size of a photograph is laid down.
fn file(place: &Path, photograph: usize, width: u32) -> PathBuf {
    place.join(format!("{photograph}-{width}.webp"))
}

/// Ours: as `bundle build` does it, so many at a time.
fn all(photographs: &[Photograph], place: &Path, at_a_time: usize) -> Result<(), Failure> {
    let worker = Worker::new(Limits {
        at_a_time,
        ..Limits::default()
    });
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..at_a_time)
            .map(|_| {
                scope.spawn(|| -> Result<(), Failure> {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(photograph) = photographs.get(number) else {
                            return Ok(());
                        };
                        let made = worker.prepare(fs::read(&photograph.path)?)?;
                        for (made, width) in [made.small, made.medium, made.large].iter().zip(WIDTHS) {
                            fs::write(file(place, number, width), &made.bytes)?;
                        }
                    }
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err("a thread of the bench failed".into()))
        })
    })
}

/// The peer: one program for all photographs a size, which is the most that its command line allows.
fn vips(photographs: &[Photograph], place: &Path, quality: u8) -> Result<(), Failure> {
    for width in WIDTHS {
        peers::run(&mut vips_command(
            "vipsthumbnail",
            photographs,
            place,
            width,
            quality,
        ))?;
    }
    Ok(())
}

fn vips_command(program: &str, photographs: &[Photograph], place: &Path, width: u32, quality: u8) -> Command {
    let mut command = Command::new(program);
    command
        .args(photographs.iter().map(|photograph| &photograph.path))
        .args([
            "--size",
            &format!("{width}x{MAX_HEIGHT}>"),
            "--export-profile",
            "srgb",
            "-o",
        ])
        .arg(place.join(format!("%s-{width}.webp[Q={quality},strip]")));
    command
}

/// How like the originals the files are that lie there, over all photographs and sizes.
fn mean_likeness(references: &[Vec<image::GrayImage>], place: &Path) -> Result<f64, Failure> {
    let mut sum = 0.0;
    for (number, sizes) in references.iter().enumerate() {
        for (reference, width) in sizes.iter().zip(WIDTHS) {
            let shown = image::open(file(place, number, width))?.to_luma8();
            sum += likeness(reference, &shown)?;
        }
    }
    Ok(sum / (references.len() * WIDTHS.len()) as f64)
}

/// The quality at which the peer comes nearest to `ours`, which must be near enough, and its likeness.
fn equal_quality(
    photographs: &[Photograph],
    references: &[Vec<image::GrayImage>],
    place: &Path,
    ours: f64,
) -> Result<(u8, f64), Failure> {
    let mut tried = Vec::new();
    let (mut low, mut high) = (40_u8, 99_u8);
    while low <= high {
        let quality = u8::midpoint(low, high);
        vips(photographs, place, quality)?;
        let theirs = mean_likeness(references, place)?;
        say(&format!(
            "vipsthumbnail at quality {quality}: {theirs:.4}, ours {ours:.4}\n"
        ));
        tried.push((quality, theirs));
        if theirs < ours {
            low = quality + 1;
        } else {
            high = quality - 1;
        }
    }
    let far = |(_, theirs): &(u8, f64)| (theirs - ours).abs();
    let nearest = tried.into_iter().min_by(|a, b| far(a).total_cmp(&far(b)));
    nearest
        .filter(|nearest| far(nearest) <= EQUAL)
        .ok_or_else(|| "no quality of the peer comes near enough to ours".into())
}

/// Greatest memory of a process that does one photograph after the other.
fn weigh(bench: &mut Bench, photographs: &[Photograph], place: &Path, quality: u8) -> Result<(), Failure> {
    let own = std::env::current_exe()?;
    let mut ours = Command::new("/usr/bin/time");
    ours.args(["-f", "%M"]).arg(own).arg("--prepare");
    ours.arg(folder().join("pictures"));
    let mut theirs = Command::new("/usr/bin/time");
    theirs.args(["-f", "%M", "vipsthumbnail"]);
    theirs.args(vips_command("vipsthumbnail", photographs, place, WIDTHS[2], quality).get_args());
    bench.figure(
        "memory of ours, one at a time",
        peak(&mut ours)?,
        "MiB",
        Target::AtMost(MEMORY),
    );
    bench.figure("memory of vipsthumbnail", peak(&mut theirs)?, "MiB", Target::None);
    Ok(())
}

fn peak(command: &mut Command) -> Result<f64, Failure> {
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().last().unwrap_or_default();
    let kib: Option<f64> = last.trim().parse().ok();
    match kib {
        Some(kib) if output.status.success() => Ok(kib / 1_024.0),
        _ => Err(format!("the process to weigh failed: {last}").into()),
    }
}
