//! A backlog over a thin and lossy link, beside one plain upload of as many bytes: A B B A.

use crate::link::Link;
use acceptance::Failure;
use acceptance::programs::program;
use chaos::stand::{Plan, Stand};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::Output;
use std::time::Instant;

/// How many times longer a backlog may take.
const TARGET: f64 = 2.0;

/// Measures and says whether the target holds.
pub fn measure(leads: usize, pairs: usize) -> Result<bool, Failure> {
    let link = Link::new()?;
    let mut stand = Stand::at(
        Plan {
            tls: true,
            ..Plan::default()
        },
        link.here,
    )?;
    for _ in 0..leads {
        stand.lead()?;
    }
    stand.keep_both()?;
    let mut rows = Vec::new();
    let mut bytes = 0;
    // The first drain says how many bytes there are, and is not counted.
    let warm_up = drain(&stand, &link, &mut bytes)?;
    for pair in 0..pairs {
        stand.put_both_back()?;
        let (drained, uploaded) = if pair % 2 == 0 {
            let drained = drain(&stand, &link, &mut bytes)?;
            (drained, plain(&link, bytes)?)
        } else {
            let uploaded = plain(&link, bytes)?;
            (drain(&stand, &link, &mut bytes)?, uploaded)
        };
        rows.push((drained, uploaded));
    }
    let ratios = sorted(
        rows.iter()
            .map(|(drained, uploaded)| drained / uploaded)
            .collect(),
    );
    let median = ratios[ratios.len() / 2];
    let rows: Vec<Value> = rows
        .iter()
        .map(|(drained, uploaded)| json!({"drained_s": drained, "uploaded_s": uploaded}))
        .collect();
    let result = json!({
        "leads": leads, "bytes_up": bytes, "link": "1 Mbit/s and 5 % of the packets lost, each way",
        "warm_up_s": warm_up, "pairs": rows, "kernel": link.figures()?,
        "ratio": {"median": median, "least": ratios[0], "most": ratios[ratios.len() - 1], "target": TARGET},
        "holds": median <= TARGET,
    });
    crate::tell("backlog", &result)?;
    Ok(median <= TARGET)
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// Seconds of a round that sends everything, from the start of the program to its end; notes the bytes it sent.
fn drain(stand: &Stand, link: &Link, bytes: &mut u64) -> Result<f64, Failure> {
    let before = stand.line.bytes().0;
    let mut command = link.there(&program("expo-kiosk")?);
    command
        .arg("--data-dir")
        .arg(&stand.kiosk.folder)
        .args(["--json", "sync", "--once"]);
    let start = Instant::now();
    let report: Value = serde_json::from_slice(&good(command.output()?)?)?;
    let took = start.elapsed().as_secs_f64();
    if report["state"] != json!("ok") || report["waiting"] != json!(0) {
        return Err(format!("not drained in one round: {report}").into());
    }
    stand.is_settled()?;
    *bytes = stand.line.bytes().0 - before;
    Ok(took)
}

/// Seconds of a plain upload of so many bytes, from the start of the program to its end.
fn plain(link: &Link, bytes: u64) -> Result<f64, Failure> {
    let listener = TcpListener::bind((link.here, 0))?;
    let to = listener.local_addr()?;
    let taken = std::thread::spawn(move || take(&listener));
    let mut command = link.there(&std::env::current_exe()?);
    command.args(["upload", &to.to_string(), &bytes.to_string()]);
    let start = Instant::now();
    good(command.output()?)?;
    let took = start.elapsed().as_secs_f64();
    let taken = taken.join().map_err(|_| "nobody took the upload")??;
    if taken == bytes {
        Ok(took)
    } else {
        Err(format!("{taken} of {bytes} bytes arrived").into())
    }
}

fn take(listener: &TcpListener) -> std::io::Result<u64> {
    let (mut stream, _) = listener.accept()?;
    let taken = std::io::copy(&mut stream, &mut std::io::sink())?;
    stream.write_all(b"!")?;
    Ok(taken)
}

/// The far end's part of [`plain`].
pub fn upload(to: SocketAddr, bytes: usize) -> Result<(), Failure> {
    let mut stream = TcpStream::connect(to)?;
    stream.write_all(&vec![7; bytes])?;
    stream.shutdown(Shutdown::Write)?;
    stream.read_exact(&mut [0])?;
    Ok(())
}

fn good(output: Output) -> Result<Vec<u8>, Failure> {
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into())
    }
}
