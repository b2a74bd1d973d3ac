//! The backlog of a real kiosk: a hundred thousand leads taken by the form's own use-case while there is no line, then
//! one round with the platform. Queue, batches, receipts and what is settled are all in it. Must not know what the
//! platform keeps them in.

use super::receiver::Receiver;
use crate::report::Target;
use crate::stats::timed;
use crate::{Bench, Failure, say};
use domain::LeadDraft;
use kiosk::{Demonstration, Kiosk, LinuxMachine};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Leads that wait.
const LEADS: usize = 100_000;

/// Takes and sends them, and counts what the platform holds then.
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
    runtime.block_on(kiosk.enrol_at(address, platform.client(None)?, &platform.code()?, None))?;
    let enrolment = kiosk.enrolment()?.ok_or("the kiosk is not enrolled")?;
    say(&format!("{LEADS} visitors …\n"));
    let (taking, taken) = timed(|| {
        (0..LEADS).try_for_each(|number| kiosk.take_lead(&draft(number)?).map(drop).map_err(Failure::from))
    });
    taken?;
    let before = platform.leads_held()?;
    let client = platform.client(Some(enrolment.token.clone()))?;
    let (sending, report) = timed(|| runtime.block_on(kiosk.sync_once(&enrolment, client)));
    let report = report?;
    let held = platform.leads_held()? - before;
    let each = |milliseconds: f64| LEADS as f64 * 1_000.0 / milliseconds;
    let of = format!("a real kiosk's {LEADS} leads, platform on {store}");
    bench.figure(&format!("{of}: taken a second"), each(taking), "", Target::None);
    bench.figure(&format!("{of}: sent a second"), each(sending), "", Target::None);
    bench.figure(
        &format!("{of}: all sent after"),
        sending / 1_000.0,
        "s",
        Target::None,
    );
    let left = f64::from(report.waiting);
    bench.figure(&format!("{of}: still waiting"), left, "", Target::AtMost(0.0));
    let lost = LEADS as f64 - held;
    bench.figure(&format!("{of}: not held"), lost, "", Target::AtMost(0.0));
    let doubled = -lost;
    bench.figure(&format!("{of}: held twice"), doubled, "", Target::AtMost(0.0));
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
