//! A thousand kiosks that each send a lead within five seconds, whether or not others are answered: an open loop, so
//! that a receiver that falls behind is seen to.

use super::receiver::Receiver;
use super::sealed;
use crate::report::Target;
use crate::stats::{milliseconds, percentile};
use crate::{Bench, Failure, say};
use client::Client;
use protocol::LeadBatch;
use std::sync::Arc;
use std::time::{Duration, Instant};
use sync::Platform;
use tokio::runtime::Runtime;
use vault::seal::Recipient;

const KIOSKS: usize = 1_000;
/// All of them send within this.
const WITHIN: Duration = Duration::from_secs(5);

/// p99 from the moment a lead was to be sent until its receipt, beside the sink.
pub fn compare(
    bench: &mut Bench,
    runtime: &Runtime,
    store: &str,
    platform: &Receiver,
    sink: &Receiver,
) -> Result<(), Failure> {
    say(&format!("Enrolling {KIOSKS} kiosks …\n"));
    let mut kiosks = Vec::with_capacity(KIOSKS);
    let mut recipient = None;
    for _ in 0..KIOSKS {
        let (client, sealed_to) = platform.enrolled(runtime)?;
        recipient = Some(sealed_to);
        kiosks.push(Arc::new(client));
    }
    let recipient = recipient.ok_or("no kiosk")?;
    let strangers = (0..KIOSKS).map(|_| sink.client(None).map(Arc::new));
    let strangers: Vec<Arc<Client>> = strangers.collect::<Result<_, _>>()?;
    bench.compare(
        &format!("{KIOSKS} kiosks, p99 until the receipt, platform on {store}"),
        "sink, one fdatasync a batch",
        "ms",
        Target::AtMost(2.0),
        &mut || round(runtime, &kiosks, &recipient),
        &mut || round(runtime, &strangers, &recipient),
    )?;
    Ok(())
}

fn round(runtime: &Runtime, kiosks: &[Arc<Client>], recipient: &Recipient) -> Result<f64, Failure> {
    let leads = sealed(kiosks.len(), recipient)?
        .into_iter()
        .flat_map(|batch| batch.items)
        .map(|envelope| LeadBatch {
            items: vec![envelope],
        });
    let gap = WITHIN / kiosks.len() as u32;
    let times: Vec<f64> = runtime.block_on(async {
        let start = Instant::now();
        let sending: Vec<_> = kiosks
            .iter()
            .zip(leads)
            .enumerate()
            .map(|(turn, (kiosk, lead))| {
                let due = start + gap * turn as u32;
                let kiosk = Arc::clone(kiosk);
                tokio::spawn(async move {
                    tokio::time::sleep_until(due.into()).await;
                    let answer = kiosk.send_leads(&lead).await.map_err(|error| error.to_string())?;
                    let held = answer.receipts.iter().all(|receipt| receipt.outcome.is_held());
                    if held && answer.receipts.len() == 1 {
                        Ok(milliseconds(due.elapsed()))
                    } else {
                        Err("a lead was not taken".to_owned())
                    }
                })
            })
            .collect();
        let mut times = Vec::with_capacity(sending.len());
        for one in sending {
            times.push(one.await??);
        }
        Ok::<_, Failure>(times)
    })?;
    Ok(percentile(&times, 0.99))
}
