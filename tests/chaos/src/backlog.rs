//! Measures how long a backlog of leads takes over a slow and lossy link, compared with a plain upload of as many
//! bytes. The two take turns: A B B A.

use crate::lossy_link::LossyLink;
use acceptance::Failure;
use acceptance::programs::program;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::Output;
use std::time::Instant;

/// Limit of the ratio between the two times.
const TARGET_RATIO: f64 = 2.0;

/// Measures this many pairs. Returns whether the target holds.
pub fn measure(leads: usize, pairs: usize) -> Result<bool, Failure> {
    let link = LossyLink::new()?;
    let mut testbed = Testbed::at(
        TestbedOptions {
            tls: true,
            ..TestbedOptions::default()
        },
        link.local_address,
    )?;
    for _ in 0..leads {
        testbed.add_lead()?;
    }
    testbed.save_both()?;
    let mut rows = Vec::new();
    let mut bytes = 0;
    // The first drain counts the bytes; its time is not used.
    let warm_up = drain(&testbed, &link, &mut bytes)?;
    for pair in 0..pairs {
        testbed.restore_both()?;
        let (drained, uploaded) = if pair % 2 == 0 {
            let drained = drain(&testbed, &link, &mut bytes)?;
            (drained, plain_upload(&link, bytes)?)
        } else {
            let uploaded = plain_upload(&link, bytes)?;
            (drain(&testbed, &link, &mut bytes)?, uploaded)
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
        "warm_up_s": warm_up, "pairs": rows, "kernel": link.packet_counters()?,
        "ratio": {"median": median, "least": ratios[0], "most": ratios[ratios.len() - 1], "target": TARGET_RATIO},
        "holds": median <= TARGET_RATIO,
    });
    crate::write_result("backlog", &result)?;
    Ok(median <= TARGET_RATIO)
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// Seconds of one round that sends all leads, from the start of the program to its end. Sets `bytes` to the bytes it
/// sent.
fn drain(testbed: &Testbed, link: &LossyLink, bytes: &mut u64) -> Result<f64, Failure> {
    let before = testbed.proxy.totals().0;
    let mut command = link.command(&program("expo-kiosk")?);
    command
        .arg("--data-dir")
        .arg(&testbed.kiosk.folder)
        .args(["--json", "sync", "--once"]);
    let start = Instant::now();
    let report: Value = serde_json::from_slice(&successful_output(command.output()?)?)?;
    let elapsed = start.elapsed().as_secs_f64();
    if report["state"] != json!("ok") || report["waiting"] != json!(0) {
        return Err(format!("the round did not send all leads: {report}").into());
    }
    testbed.check_settled()?;
    *bytes = testbed.proxy.totals().0 - before;
    Ok(elapsed)
}

/// Seconds of a plain upload of this many bytes, from the start of the program to its end.
fn plain_upload(link: &LossyLink, bytes: u64) -> Result<f64, Failure> {
    let listener = TcpListener::bind((link.local_address, 0))?;
    let to = listener.local_addr()?;
    let receiver = std::thread::spawn(move || receive(&listener));
    let mut command = link.command(&std::env::current_exe()?);
    command.args(["upload", &to.to_string(), &bytes.to_string()]);
    let start = Instant::now();
    successful_output(command.output()?)?;
    let elapsed = start.elapsed().as_secs_f64();
    let byte_count = receiver.join().map_err(|_| "the receiver panicked")??;
    if byte_count == bytes {
        Ok(elapsed)
    } else {
        Err(format!("{byte_count} of {bytes} bytes arrived").into())
    }
}

/// Receives one upload and acknowledges it with one byte. Returns its length.
fn receive(listener: &TcpListener) -> std::io::Result<u64> {
    let (mut stream, _) = listener.accept()?;
    let received = std::io::copy(&mut stream, &mut std::io::sink())?;
    stream.write_all(b"!")?;
    Ok(received)
}

/// Sends this many bytes to an address and waits for the acknowledgement: the sender of [`plain_upload`].
pub fn upload(to: SocketAddr, bytes: usize) -> Result<(), Failure> {
    let mut stream = TcpStream::connect(to)?;
    stream.write_all(&vec![7; bytes])?;
    stream.shutdown(Shutdown::Write)?;
    stream.read_exact(&mut [0])?;
    Ok(())
}

/// The standard output of a command that succeeded.
fn successful_output(output: Output) -> Result<Vec<u8>, Failure> {
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into())
    }
}
