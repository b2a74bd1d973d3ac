//! 1,000 kiosks that each send one lead within five seconds. The load is an open loop: kiosks do not wait for the answers
//! to others, so a receiver that falls behind shows in the times.

use super::receiver::Receiver;
use super::sealed;
use crate::report::Target;
use crate::stats::{milliseconds, percentile};
use crate::{Bench, Failure, print_text};
use expo_client::Client;
use expo_protocol::LeadBatch;
use expo_sync::Platform;
use expo_vault::seal::Recipient;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const KIOSK_COUNT: usize = 1_000;
/// Time in which all kiosks send.
const SEND_WINDOW: Duration = Duration::from_secs(5);

/// Compares the p99 of the time from a lead's scheduled sending to its receipt with that of the sink.
pub fn compare(
    bench: &mut Bench,
    runtime: &Runtime,
    store: &str,
    platform: &Receiver,
    sink: &Receiver,
) -> Result<(), Failure> {
    print_text(&format!("Enrolling {KIOSK_COUNT} kiosks …\n"));
    let mut kiosks = Vec::with_capacity(KIOSK_COUNT);
    let mut recipient = None;
    for _ in 0..KIOSK_COUNT {
        let (client, sealed_to) = platform.enrolled(runtime)?;
        recipient = Some(sealed_to);
        kiosks.push(Arc::new(client));
    }
    let recipient = recipient.ok_or("no kiosk")?;
    let sink_clients = (0..KIOSK_COUNT).map(|_| sink.client(None).map(Arc::new));
    let sink_clients: Vec<Arc<Client>> = sink_clients.collect::<Result<_, _>>()?;
    bench.compare(
        &format!("{KIOSK_COUNT} kiosks, p99 until the receipt, platform on {store}"),
        "sink, one fdatasync per batch",
        "ms",
        Target::AtMost(2.0),
        &mut || send_all(runtime, &kiosks, &recipient),
        &mut || send_all(runtime, &sink_clients, &recipient),
    )?;
    Ok(())
}

/// Sends one lead per kiosk. Returns the p99 in milliseconds.
fn send_all(runtime: &Runtime, kiosks: &[Arc<Client>], recipient: &Recipient) -> Result<f64, Failure> {
    let leads = sealed(kiosks.len(), recipient)?
        .into_iter()
        .flat_map(|batch| batch.items)
        .map(|envelope| LeadBatch {
            items: vec![envelope],
        });
    let interval = SEND_WINDOW / kiosks.len() as u32;
    let times: Vec<f64> = runtime.block_on(async {
        let start = Instant::now();
        let sending: Vec<_> = kiosks
            .iter()
            .zip(leads)
            .enumerate()
            .map(|(index, (kiosk, lead))| {
                let due = start + interval * index as u32;
                let kiosk = Arc::clone(kiosk);
                tokio::spawn(async move {
                    tokio::time::sleep_until(due.into()).await;
                    let answer = kiosk.send_leads(&lead).await.map_err(|error| error.to_string())?;
                    let held = answer.receipts.iter().all(|receipt| receipt.outcome.is_held());
                    if held && answer.receipts.len() == 1 {
                        Ok(milliseconds(due.elapsed()))
                    } else {
                        Err("a lead was not accepted".to_owned())
                    }
                })
            })
            .collect();
        let mut times = Vec::with_capacity(sending.len());
        for task in sending {
            times.push(task.await??);
        }
        Ok::<_, Failure>(times)
    })?;
    Ok(percentile(&times, 0.99))
}
