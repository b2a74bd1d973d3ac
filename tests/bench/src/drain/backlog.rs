//! The backlog of a real kiosk: takes 100,000 leads through the use case of the form while offline, then runs one sync
//! round. Includes the outbox, batches, receipts and settlement. Must not know the platform's store.

use super::receiver::Receiver;
use crate::report::Target;
use crate::stats::timed;
use crate::{Bench, Failure, print_text};
use expo_domain::LeadDraft;
use expo_kiosk_core::{Demonstration, Kiosk, LinuxMachine};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Number of waiting leads.
const LEAD_COUNT: usize = 100_000;

/// Takes and sends the leads, then compares with the number that the platform holds.
pub fn send(
    bench: &mut Bench,
    runtime: &Runtime,
    store: &str,
    platform: &Receiver,
    folder: &Path,
) -> Result<(), Failure> {
    let kiosk = Arc::new(Kiosk::open(folder, Arc::new(LinuxMachine::default()))?);
    kiosk.provision(&Demonstration::event()?)?;
    let address = platform.address();
    runtime.block_on(kiosk.enrol_at(address, platform.client(None)?, &platform.code()?, None, None))?;
    let enrolment = kiosk.enrolment()?.ok_or("the kiosk is not enrolled")?;
    print_text(&format!("Taking {LEAD_COUNT} leads …\n"));
    let (taking, taken) = timed(|| {
        (0..LEAD_COUNT)
            .try_for_each(|number| kiosk.take_lead(&draft(number)?).map(drop).map_err(Failure::from))
    });
    taken?;
    let before = platform.leads_held()?;
    let client = platform.client(Some(enrolment.token.clone()))?;
    let (sending, report) = timed(|| runtime.block_on(kiosk.sync_once(&enrolment, client)));
    let report = report?;
    let held = platform.leads_held()? - before;
    let per_second = |milliseconds: f64| LEAD_COUNT as f64 * 1_000.0 / milliseconds;
    let label = format!("{LEAD_COUNT} leads of a real kiosk, platform on {store}");
    bench.figure(
        &format!("{label}: taken per second"),
        per_second(taking),
        "",
        Target::None,
    );
    bench.figure(
        &format!("{label}: sent per second"),
        per_second(sending),
        "",
        Target::None,
    );
    bench.figure(
        &format!("{label}: time to send all"),
        sending / 1_000.0,
        "s",
        Target::None,
    );
    let waiting = f64::from(report.waiting);
    bench.figure(
        &format!("{label}: still waiting"),
        waiting,
        "",
        Target::AtMost(0.0),
    );
    let lost = LEAD_COUNT as f64 - held;
    bench.figure(&format!("{label}: not held"), lost, "", Target::AtMost(0.0));
    let duplicates = -lost;
    bench.figure(
        &format!("{label}: held twice"),
        duplicates,
        "",
        Target::AtMost(0.0),
    );
    Ok(())
}

fn draft(number: usize) -> Result<LeadDraft, Failure> {
    let draft = json!({
        "name": "Visiteur d'essai",
        "phone": format!("+336{number:08}"),
        "country": "FR",
        "city": "Paris",
        "language": "fr",
        "budget_mad": 900_000,
        "channel": "call",
        "consents": {"call": true, "whatsapp": false, "email": false, "bank": null},
    });
    Ok(serde_json::from_value(draft)?)
}
