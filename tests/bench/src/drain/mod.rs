//! P8: a hundred thousand waiting leads sent, and a thousand kiosks at once, to the platform on each of its stores,
//! beside a sink on the same machine that writes each batch down and does nothing else.

mod backlog;
mod crowd;
mod receiver;
pub mod sink;

use crate::report::Target;
use crate::stats::timed;
use crate::{Bench, Failure};
use client::Client;
use cluster::{Cluster, Commits};
use contract::invented;
use protocol::{Envelope, LeadBatch, MAX_BATCH_ITEMS};
use receiver::Receiver;
use std::cell::RefCell;
use sync::Platform;
use tokio::runtime::Runtime;
use vault::seal::{Identity, Recipient};

/// Leads of one measurement: twenty full batches, as one kiosk sends them, one after the other.
const LEADS: usize = 2_000;

pub fn run(bench: &mut Bench) -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let cluster = Cluster::start(Commits::Durable)?;
    let database = cluster.database()?;
    bench.version(
        "PostgreSQL",
        cluster.sql(&database, "SHOW server_version")?.trim(),
    );
    bench.figure(
        &format!("opening {LEADS} leads on one core, which the sink does not"),
        opening()?,
        "ms",
        Target::None,
    );
    let folder = tempfile::tempdir()?;
    let stores = [
        ("SQLite", folder.path().join("platform").display().to_string()),
        ("PostgreSQL", database),
    ];
    for (name, store) in stores {
        let at = |what: &str| folder.path().join(format!("{what}-{name}"));
        let keys = at("keys");
        let platform = Receiver::platform(&store, &keys)?;
        let sink = Receiver::sink(&at("sink"), None)?;
        let opening_sink = Receiver::sink(&at("opening-sink"), Some(&keys.join("leads.identity")))?;
        drain(bench, &runtime, name, &platform, &sink, &opening_sink)?;
        crowd::compare(bench, &runtime, name, &platform, &sink)?;
        if name == "SQLite" {
            backlog::send(bench, &runtime, name, &platform, &at("kiosk"))?;
        }
    }
    Ok(())
}

/// One kiosk's backlog, batch after batch.
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
    let drained = RefCell::new(0);
    let spent = RefCell::new(0.0);
    let mut ours = || {
        let time = send(runtime, &to_platform, &sealed(LEADS, &recipient)?)?;
        *drained.borrow_mut() += LEADS;
        *spent.borrow_mut() += time;
        Ok(time)
    };
    let what = format!("sending {LEADS} waiting leads, platform on {store}");
    let ratio = bench.compare(
        &what,
        "sink, one fdatasync a batch",
        "ms",
        Target::AtMost(2.0),
        &mut ours,
        &mut || send(runtime, &to_sink, &sealed(LEADS, &recipient)?),
    )?;
    bench.compare(
        &what,
        "sink that opens every lead first",
        "ms",
        Target::None,
        &mut ours,
        &mut || send(runtime, &to_opening_sink, &sealed(LEADS, &recipient)?),
    )?;
    bench.figure(
        &format!("rate of the sink, {store}"),
        1.0 / ratio,
        "of it",
        Target::AtLeast(0.5),
    );
    let (drained, spent) = (*drained.borrow(), *spent.borrow());
    let rate = drained as f64 * 1_000.0 / spent;
    bench.figure(
        &format!("leads drained in all, {store}"),
        drained as f64,
        "",
        Target::None,
    );
    bench.figure(&format!("leads a second, {store}"), rate, "", Target::None);
    let held = platform.leads_held()?;
    bench.figure(
        &format!("leads sent and not held, {store}"),
        drained as f64 - held,
        "",
        Target::AtMost(0.0),
    );
    Ok(())
}

/// What the platform does with leads and the sink does not, and what no store can make shorter. Milliseconds.
fn opening() -> Result<f64, Failure> {
    let identity = Identity::generate();
    let batches = sealed(LEADS, &identity.recipient())?;
    let (time, opened) = timed(|| {
        let mut envelopes = batches.iter().flat_map(|batch| &batch.items);
        envelopes.try_for_each(|envelope| vault::seal::open(&envelope.sealed, &identity).map(drop))
    });
    opened?;
    Ok(time)
}

/// New leads, sealed; nobody waits for that.
fn sealed(leads: usize, recipient: &Recipient) -> Result<Vec<LeadBatch>, Failure> {
    let items = invented::batch(leads, recipient)?.items;
    let batches = items.chunks(MAX_BATCH_ITEMS).map(<[Envelope]>::to_vec);
    Ok(batches.map(|items| LeadBatch { items }).collect())
}

/// Sends batches one after the other; every receipt must hold. Milliseconds.
fn send(runtime: &Runtime, client: &Client, batches: &[LeadBatch]) -> Result<f64, Failure> {
    let (time, sent) = timed(|| {
        runtime.block_on(async {
            for batch in batches {
                let answer = client.send_leads(batch).await?;
                let held = answer.receipts.iter().filter(|receipt| receipt.outcome.is_held());
                if held.count() != batch.items.len() {
                    return Err(Failure::from("a lead was not taken"));
                }
            }
            Ok(())
        })
    });
    sent.map(|()| time)
}
