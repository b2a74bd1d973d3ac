//! P9: decodes photographs, rotates them upright, resizes them to three sizes and encodes them. The peer is vipsthumbnail
//! at equal similarity to the original.

mod photographs;
mod ssim;

use crate::report::{Target, folder};
use crate::{Bench, Failure, peers, print_text};
use expo_media::{Limits, MAX_HEIGHT, WIDTHS, Worker};
use photographs::Photograph;
use ssim::{reference, ssim};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

/// Difference in SSIM within which two encoders count as equal.
const SSIM_TOLERANCE: f64 = 0.005;
/// Maximum memory for one picture at a time, in MiB.
const MAX_MEMORY_MIB: f64 = 64.0;
/// Minimum rate relative to the peer.
const MIN_RELATIVE_RATE: f64 = 0.9;

/// Runs the bench.
pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let version = peers::install_debian("vipsthumbnail", "libvips-tools", &["--vips-version"])?;
    bench.version("vipsthumbnail", version);
    let version = peers::install_debian("/usr/bin/time", "time", &["--version"])?;
    bench.version("time", version);
    let photographs = photographs::create_missing(&folder().join("pictures"))?;
    let megapixels: f64 = photographs.iter().map(|photograph| photograph.megapixels).sum();
    let output = tempfile::tempdir()?;
    let out = output.path();
    let references = photographs
        .iter()
        .map(|photograph| reference(&photograph.path))
        .collect::<Result<Vec<_>, _>>()?;
    prepare_all(&photographs, out, cores())?;
    let ours = mean_ssim(&references, out)?;
    let (quality, theirs) = match_quality(&photographs, &references, out, ours)?;
    bench.figure("SSIM of ours, mean of three sizes", ours, "", Target::None);
    bench.figure("SSIM of vipsthumbnail", theirs, "", Target::None);
    bench.figure(
        "quality setting of vipsthumbnail",
        f64::from(quality),
        "",
        Target::None,
    );
    bench.figure("photographs", photographs.len() as f64, "", Target::None);
    bench.figure("total size of the photographs", megapixels, "Mpx", Target::None);
    let label = format!("{} photographs, three sizes each", photographs.len());
    bench.compare(
        &label,
        "vipsthumbnail",
        "ms",
        Target::AtMost(1.0 / MIN_RELATIVE_RATE),
        &mut || timed(|| prepare_all(&photographs, out, cores())),
        &mut || timed(|| vips(&photographs, out, quality)),
    )?;
    measure_memory(bench, &photographs, out, quality)
}

/// Resizes the photographs in a folder, one at a time. Runs in a separate process, whose memory is measured.
pub fn prepare(photographs: &Path) -> Result<(), Failure> {
    let out = tempfile::tempdir()?;
    prepare_all(&photographs::find(photographs)?, out.path(), 1)
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<f64, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64() * 1_000.0)
}

/// Output path of one size of a photograph.
fn output_path(out: &Path, photograph: usize, width: u32) -> PathBuf {
    out.join(format!("{photograph}-{width}.webp"))
}

/// The program: resizes as `bundle build` does, `at_a_time` photographs in parallel.
fn prepare_all(photographs: &[Photograph], out: &Path, at_a_time: usize) -> Result<(), Failure> {
    let worker = Worker::new(Limits {
        max_parallel: at_a_time,
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
                        let prepared = worker.prepare(fs::read(&photograph.path)?)?;
                        for (picture, width) in [prepared.small, prepared.medium, prepared.large]
                            .iter()
                            .zip(WIDTHS)
                        {
                            fs::write(output_path(out, number, width), &picture.bytes)?;
                        }
                    }
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err("a thread of the bench panicked".into()))
        })
    })
}

/// The peer: one process per size for all photographs, the largest batch that its command line allows.
fn vips(photographs: &[Photograph], out: &Path, quality: u8) -> Result<(), Failure> {
    for width in WIDTHS {
        peers::run(&mut vips_command(
            "vipsthumbnail",
            photographs,
            out,
            width,
            quality,
        ))?;
    }
    Ok(())
}

fn vips_command(program: &str, photographs: &[Photograph], out: &Path, width: u32, quality: u8) -> Command {
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
        .arg(out.join(format!("%s-{width}.webp[Q={quality},strip]")));
    command
}

/// Mean SSIM of the output files over all photographs and sizes.
fn mean_ssim(references: &[Vec<image::GrayImage>], out: &Path) -> Result<f64, Failure> {
    let mut sum = 0.0;
    for (number, sizes) in references.iter().enumerate() {
        for (reference, width) in sizes.iter().zip(WIDTHS) {
            let shown = image::open(output_path(out, number, width))?.to_luma8();
            sum += ssim(reference, &shown)?;
        }
    }
    Ok(sum / (references.len() * WIDTHS.len()) as f64)
}

/// The quality setting and SSIM at which the peer is nearest to `ours`. Fails if the difference exceeds the tolerance.
fn match_quality(
    photographs: &[Photograph],
    references: &[Vec<image::GrayImage>],
    out: &Path,
    ours: f64,
) -> Result<(u8, f64), Failure> {
    let mut tried = Vec::new();
    let (mut low, mut high) = (40_u8, 99_u8);
    while low <= high {
        let quality = u8::midpoint(low, high);
        vips(photographs, out, quality)?;
        let theirs = mean_ssim(references, out)?;
        print_text(&format!(
            "vipsthumbnail at quality {quality}: {theirs:.4}, ours {ours:.4}\n"
        ));
        tried.push((quality, theirs));
        if theirs < ours {
            low = quality + 1;
        } else {
            high = quality - 1;
        }
    }
    let difference = |(_, theirs): &(u8, f64)| (theirs - ours).abs();
    let nearest = tried
        .into_iter()
        .min_by(|a, b| difference(a).total_cmp(&difference(b)));
    nearest
        .filter(|nearest| difference(nearest) <= SSIM_TOLERANCE)
        .ok_or_else(|| "no quality setting of the peer gives an SSIM close enough to ours".into())
}

/// Measures the peak memory of a process that resizes one photograph after the other.
fn measure_memory(
    bench: &mut Bench,
    photographs: &[Photograph],
    out: &Path,
    quality: u8,
) -> Result<(), Failure> {
    let this_program = std::env::current_exe()?;
    let mut ours = Command::new("/usr/bin/time");
    ours.args(["-f", "%M"]).arg(this_program).arg("--prepare");
    ours.arg(folder().join("pictures"));
    let mut theirs = Command::new("/usr/bin/time");
    theirs.args(["-f", "%M", "vipsthumbnail"]);
    theirs.args(vips_command("vipsthumbnail", photographs, out, WIDTHS[2], quality).get_args());
    bench.figure(
        "peak memory of ours, one photograph at a time",
        peak_memory(&mut ours)?,
        "MiB",
        Target::AtMost(MAX_MEMORY_MIB),
    );
    bench.figure(
        "peak memory of vipsthumbnail",
        peak_memory(&mut theirs)?,
        "MiB",
        Target::None,
    );
    Ok(())
}

/// Peak memory of a command under `time`, in MiB.
fn peak_memory(command: &mut Command) -> Result<f64, Failure> {
    let output = command.output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let last_line = stderr.lines().last().unwrap_or_default();
    let kib: Option<f64> = last_line.trim().parse().ok();
    match kib {
        Some(kib) if output.status.success() => Ok(kib / 1_024.0),
        _ => Err(format!("the measured process failed: {last_line}").into()),
    }
}
