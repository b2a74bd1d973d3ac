//! Erasures of leads.

use super::{Check, CheckResult, Context, checks};
use crate::api::CheckError;
use crate::ensure;
use crate::sample_leads::envelope;
use expo_protocol::{Heartbeat, LeadBatch, Outcome};
use uuid::Uuid;

pub const CHECKS: &[Check] = checks![
    "erasures are in ascending order, start after the requested number and end at the newest" => order,
    "reports of done erasures are answered {}, also when repeated" => done,
    "a request without a valid number is 400" => malformed,
    "an erasure is listed for its kiosk until it is done; the lead sent again is a duplicate and listed again" => erased,
    "a kiosk that enrols again with its old token gets the erasures of its earlier leads, and the old token stays valid" => enrolled_again,
];

async fn order(context: &Context) -> CheckResult {
    let all = context.kiosk.erasures(0).await?;
    let is_ascending = all.erasures.is_sorted_by(|a, b| a.seq < b.seq);
    ensure!(is_ascending, "they are not in ascending order");
    ensure!(
        all.erasures.len() <= expo_protocol::MAX_ERASURES,
        "more than 500 in one answer"
    );
    ensure!(
        all.erasures.last().is_none_or(|last| last.seq <= all.newest),
        "newest is lower than the last number"
    );
    let none = context.kiosk.erasures(all.newest).await?;
    ensure!(
        none.erasures.is_empty(),
        "there are erasures after the newest number"
    );
    let announced = context.kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
    ensure!(
        announced == none.newest,
        "heartbeats announce {announced}, the newest is {}",
        none.newest
    );
    Ok(None)
}

async fn done(context: &Context) -> CheckResult {
    for done in [&[][..], &[1 << 40], &[1 << 40, 1 << 41]] {
        context.kiosk.erasures_done(done).await?;
    }
    Ok(None)
}

async fn malformed(context: &Context) -> CheckResult {
    for query in [
        "?after=x",
        "?after=-1",
        "?after=1.5",
        "?after=99999999999999999999",
    ] {
        let answer = context.kiosk.get(&format!("/v1/erasures{query}")).await?;
        answer
            .expect_problem(400, "malformed")
            .map_err(|e| CheckError(format!("{query}: {e}")))?;
    }
    Ok(None)
}

async fn erased(context: &Context) -> CheckResult {
    let Some(erase) = &context.options.erase else {
        return Ok(Some("give the command that erases a lead with --erase-with"));
    };
    let item = envelope(Uuid::now_v7(), &context.recipient).map_err(|e| CheckError(e.to_string()))?;
    let id = item.header.id;
    let batch = LeadBatch { items: vec![item] };
    let outcome =
        |receipts: expo_protocol::LeadReceipts| receipts.receipts.first().map(|receipt| receipt.outcome);
    let first = outcome(context.kiosk.send_leads(&batch).await?);
    ensure!(first == Some(Outcome::Accepted), "{first:?}");
    let before = context.kiosk.erasures(0).await?.newest;
    erase(id).map_err(|e| CheckError(format!("the erase command failed: {e}")))?;
    let listed = context.kiosk.erasures(before).await?;
    let own = listed.erasures.iter().find(|erasure| erasure.id == id);
    let Some(own) = own else {
        return Err(CheckError("the erasure is not listed for its kiosk".to_owned()));
    };
    let newest = context.kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
    ensure!(newest >= own.seq, "heartbeats announce {newest}, not {}", own.seq);
    context.kiosk.erasures_done(&[own.seq]).await?;
    let left = context.kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
    ensure!(left < own.seq, "heartbeats announce {left}, which is done");
    let all = context.kiosk.erasures(0).await?;
    let is_listed = all.erasures.iter().any(|erasure| erasure.id == id);
    ensure!(!is_listed, "a done erasure is listed again");
    ensure!(all.newest < own.seq, "newest is {}, which is done", all.newest);
    let again = outcome(context.kiosk.send_leads(&batch).await?);
    ensure!(
        again == Some(Outcome::Duplicate),
        "sent again, the lead is {again:?}"
    );
    let listed = context.kiosk.erasures(0).await?.erasures;
    let Some(second) = listed.iter().find(|erasure| erasure.id == id) else {
        return Err(CheckError(
            "the erasure is not listed again after the lead was sent again".to_owned(),
        ));
    };
    ensure!(
        second.seq > own.seq,
        "it is listed again with the old number {}",
        second.seq
    );
    context.kiosk.erasures_done(&[second.seq]).await?;
    Ok(None)
}

async fn enrolled_again(context: &Context) -> CheckResult {
    let (Some(erase), Some(code)) = (&context.options.erase, &context.options.second_code) else {
        return Ok(Some("give a second code with --second-code, and --erase-with"));
    };
    let lead = || envelope(Uuid::now_v7(), &context.recipient).map_err(|e| CheckError(e.to_string()));
    let items = vec![lead()?, lead()?];
    let (before, after) = (items[0].header.id, items[1].header.id);
    context.kiosk.send_leads(&LeadBatch { items }).await?;
    let erase = |id| erase(id).map_err(|e| CheckError(format!("the erase command failed: {e}")));
    erase(before)?;
    let enrolled = context.kiosk.enrol(code).await?;
    let successor = context.anonymous.with_token(&enrolled.token);
    erase(after)?;
    // The answer to the enrolment may be lost; then the kiosk keeps using its old token.
    for (who, kiosk) in [("the new", &successor), ("the old", &context.kiosk)] {
        let listed = kiosk.erasures(0).await?.erasures;
        for (when, id) in [("before", before), ("after", after)] {
            let is_listed = listed.iter().any(|erasure| erasure.id == id);
            ensure!(
                is_listed,
                "{who} kiosk does not get an erasure from {when} the enrolment"
            );
        }
        let done: Vec<u64> = listed.iter().map(|erasure| erasure.seq).collect();
        kiosk.erasures_done(&done).await?;
        let left = kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
        ensure!(
            left == 0,
            "heartbeats of {who} kiosk announce {left}, which is done"
        );
    }
    Ok(None)
}
