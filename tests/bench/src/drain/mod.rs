//! P8: sends 100,000 waiting leads, and leads of 1,000 kiosks in parallel, to the platform on each of its stores. The peer
//! is a sink on the same machine that only writes each batch to a file.

mod backlog;
mod many_kiosks;
mod receiver;
pub mod sink;

use crate::report::Target;
use crate::stats::timed;
use crate::{Bench, Failure};
use cluster::{Cluster, Durability};
use contract::sample_leads;
use expo_client::Client;
use expo_protocol::{Envelope, LeadBatch, MAX_BATCH_ITEMS};
use expo_sync::Platform;
use expo_vault::seal::{Identity, Recipient};
use receiver::Receiver;
use std::cell::RefCell;
use tokio::runtime::Runtime;

/// Leads per measurement: twenty full batches, sent one after the other by one kiosk.
const LEAD_COUNT: usize = 2_000;

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let cluster = Cluster::start(Durability::Durable)?;
    let database = cluster.database()?;
    bench.version(
        "PostgreSQL",
        cluster.sql(&database, "SHOW server_version")?.trim(),
    );
    bench.figure(
        &format!("opening {LEAD_COUNT} leads on one core (the sink does not open them)"),
        measure_opening()?,
        "ms",
        Target::None,
    );
    let folder = tempfile::tempdir()?;
    let stores = [
        ("SQLite", folder.path().join("platform").display().to_string()),
        ("PostgreSQL", database),
    ];
    for (name, store) in stores {
        let path = |file: &str| folder.path().join(format!("{file}-{name}"));
        let keys = path("keys");
        let platform = Receiver::platform(&store, &keys)?;
        let sink = Receiver::sink(&path("sink"), None)?;
        let opening_sink = Receiver::sink(&path("opening-sink"), Some(&keys.join("leads.identity")))?;
        drain(bench, &runtime, name, &platform, &sink, &opening_sink)?;
        many_kiosks::compare(bench, &runtime, name, &platform, &sink)?;
        if name == "SQLite" {
            backlog::send(bench, &runtime, name, &platform, &path("kiosk"))?;
        }
    }
    Ok(())
}

/// Sends waiting leads of one kiosk, one batch after the other.
fn drain(
    bench: &mut Bench,
    runtime: &Runtime,
    store: &str,
    platform: &Receiver,
    sink: &Receiver,
    opening_sink: &Receiver,
) -> Result<(), Failure> {
    let (to_platform, recipient) = platform.enrolled(runtime)?;
    let (to_sink, to_opening_sink) = (sink.client(None)?, opening_sink.client(None)?);
    let sent_count = RefCell::new(0);
    let send_time = RefCell::new(0.0);
    let mut ours = || {
        let time = send(runtime, &to_platform, &sealed(LEAD_COUNT, &recipient)?)?;
        *sent_count.borrow_mut() += LEAD_COUNT;
        *send_time.borrow_mut() += time;
        Ok(time)
    };
    let label = format!("sending {LEAD_COUNT} waiting leads, platform on {store}");
    let ratio = bench.compare(
        &label,
        "sink, one fdatasync per batch",
        "ms",
        Target::AtMost(2.0),
        &mut ours,
        &mut || send(runtime, &to_sink, &sealed(LEAD_COUNT, &recipient)?),
    )?;
    bench.compare(
        &label,
        "sink that opens every lead first",
        "ms",
        Target::None,
        &mut ours,
        &mut || send(runtime, &to_opening_sink, &sealed(LEAD_COUNT, &recipient)?),
    )?;
    bench.figure(
        &format!("rate relative to the sink, {store}"),
        1.0 / ratio,
        "",
        Target::AtLeast(0.5),
    );
    let (sent_count, send_time) = (*sent_count.borrow(), *send_time.borrow());
    let rate = sent_count as f64 * 1_000.0 / send_time;
    bench.figure(
        &format!("leads sent in total, {store}"),
        sent_count as f64,
        "",
        Target::None,
    );
    bench.figure(&format!("leads per second, {store}"), rate, "", Target::None);
    let held = platform.leads_held()?;
    bench.figure(
        &format!("leads sent and not held, {store}"),
        sent_count as f64 - held,
        "",
        Target::AtMost(0.0),
    );
    Ok(())
}

/// Time in milliseconds to open the leads: work that the platform does and the sink does not, on any store.
fn measure_opening() -> Result<f64, Failure> {
    let identity = Identity::generate();
    let batches = sealed(LEAD_COUNT, &identity.recipient())?;
    let (time, opened) = timed(|| {
        let mut envelopes = batches.iter().flat_map(|batch| &batch.items);
        envelopes.try_for_each(|envelope| expo_vault::seal::open(&envelope.sealed, &identity).map(drop))
    });
    opened?;
    Ok(time)
}

/// Batches of new, sealed leads. Sealing is not part of the measured time.
fn sealed(leads: usize, recipient: &Recipient) -> Result<Vec<LeadBatch>, Failure> {
    let items = sample_leads::batch(leads, recipient)?.items;
    let batches = items.chunks(MAX_BATCH_ITEMS).map(<[Envelope]>::to_vec);
    Ok(batches.map(|items| LeadBatch { items }).collect())
}

/// Sends batches one after the other. Returns the time in milliseconds; every lead must be held.
fn send(runtime: &Runtime, client: &Client, batches: &[LeadBatch]) -> Result<f64, Failure> {
    let (time, sent) = timed(|| {
        runtime.block_on(async {
            for batch in batches {
                let answer = client.send_leads(batch).await?;
                let held = answer.receipts.iter().filter(|receipt| receipt.outcome.is_held());
                if held.count() != batch.items.len() {
                    return Err(Failure::from("a lead was not accepted"));
                }
            }
            Ok(())
        })
    });
    sent.map(|()| time)
}
