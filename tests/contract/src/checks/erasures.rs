//! Persons who asked to be forgotten.

use super::{Check, Seen, Visit, checks};
use crate::api::Fault;
use crate::demand;
use crate::invented::envelope;
use protocol::{Heartbeat, LeadBatch, Outcome};
use uuid::Uuid;

pub const CHECKS: &[Check] = checks![
    "erasures ascend, lie after what was asked, and end at the newest" => order,
    "telling what was done is answered {} however often" => done,
    "a question without a usable number is 400" => malformed,
    "an erased lead is told to its kiosk until that is done; sent again it is a duplicate, and told again" => erased,
    "a kiosk that enrols anew with its old token is told of the old one's leads, and the old token goes on" => anew,
];

async fn order(visit: &Visit) -> Seen {
    let all = visit.kiosk.erasures(0).await?;
    let ascend = all.erasures.is_sorted_by(|a, b| a.seq < b.seq);
    demand!(ascend, "they do not ascend");
    demand!(
        all.erasures.len() <= protocol::MAX_ERASURES,
        "more than 500 at once"
    );
    demand!(
        all.erasures.last().is_none_or(|last| last.seq <= all.newest),
        "newest is not the newest"
    );
    let none = visit.kiosk.erasures(all.newest).await?;
    demand!(none.erasures.is_empty(), "some come again after the newest");
    let told = visit.kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
    demand!(
        told == none.newest,
        "heartbeats tell {told}, the newest is {}",
        none.newest
    );
    Ok(None)
}

async fn done(visit: &Visit) -> Seen {
    for done in [&[][..], &[1 << 40], &[1 << 40, 1 << 41]] {
        visit.kiosk.erasures_done(done).await?;
    }
    Ok(None)
}

async fn malformed(visit: &Visit) -> Seen {
    for query in [
        "?after=x",
        "?after=-1",
        "?after=1.5",
        "?after=99999999999999999999",
    ] {
        let answer = visit.kiosk.get(&format!("/v1/erasures{query}")).await?;
        answer
            .refused(400, "malformed")
            .map_err(|e| Fault(format!("{query}: {e}")))?;
    }
    Ok(None)
}

async fn erased(visit: &Visit) -> Seen {
    let Some(erase) = &visit.options.erase else {
        return Ok(Some("name the command that erases a lead with --erase-with"));
    };
    let item = envelope(Uuid::now_v7(), &visit.recipient).map_err(|e| Fault(e.to_string()))?;
    let id = item.header.id;
    let batch = LeadBatch { items: vec![item] };
    let outcome = |receipts: protocol::LeadReceipts| receipts.receipts.first().map(|receipt| receipt.outcome);
    let first = outcome(visit.kiosk.send_leads(&batch).await?);
    demand!(first == Some(Outcome::Accepted), "{first:?}");
    let before = visit.kiosk.erasures(0).await?.newest;
    erase(id).map_err(|e| Fault(format!("the lead was not erased: {e}")))?;
    let told = visit.kiosk.erasures(before).await?;
    let own = told.erasures.iter().find(|erasure| erasure.id == id);
    let Some(own) = own else {
        return Err(Fault("its kiosk is not told".to_owned()));
    };
    let newest = visit.kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
    demand!(newest >= own.seq, "heartbeats tell {newest}, not {}", own.seq);
    visit.kiosk.erasures_done(&[own.seq]).await?;
    let left = visit.kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
    demand!(left < own.seq, "heartbeats tell {left}, which is done");
    let all = visit.kiosk.erasures(0).await?;
    let is_told = all.erasures.iter().any(|erasure| erasure.id == id);
    demand!(!is_told, "it is told once more though it is done");
    demand!(all.newest < own.seq, "newest is {}, which is done", all.newest);
    let again = outcome(visit.kiosk.send_leads(&batch).await?);
    demand!(again == Some(Outcome::Duplicate), "sent again it is {again:?}");
    let told = visit.kiosk.erasures(0).await?.erasures;
    let Some(anew) = told.iter().find(|erasure| erasure.id == id) else {
        return Err(Fault("a kiosk that sends it again is not told again".to_owned()));
    };
    demand!(anew.seq > own.seq, "told again under number {}", anew.seq);
    visit.kiosk.erasures_done(&[anew.seq]).await?;
    Ok(None)
}

async fn anew(visit: &Visit) -> Seen {
    let (Some(erase), Some(code)) = (&visit.options.erase, &visit.options.second_code) else {
        return Ok(Some("give another code with --second-code, and --erase-with"));
    };
    let lead = || envelope(Uuid::now_v7(), &visit.recipient).map_err(|e| Fault(e.to_string()));
    let items = vec![lead()?, lead()?];
    let (before, after) = (items[0].header.id, items[1].header.id);
    visit.kiosk.send_leads(&LeadBatch { items }).await?;
    let erase = |id| erase(id).map_err(|e| Fault(format!("the lead was not erased: {e}")));
    erase(before)?;
    let enrolled = visit.kiosk.enrol(code).await?;
    let successor = visit.stranger.with_token(&enrolled.token);
    erase(after)?;
    // The answer to the enrolment may be lost: then the kiosk goes on as the one it was.
    for (who, kiosk) in [("the new", &successor), ("the old", &visit.kiosk)] {
        let told = kiosk.erasures(0).await?.erasures;
        for (when, id) in [("before", before), ("after", after)] {
            let is_told = told.iter().any(|erasure| erasure.id == id);
            demand!(
                is_told,
                "{who} kiosk is not told what was erased {when} the enrolment"
            );
        }
        let done: Vec<u64> = told.iter().map(|erasure| erasure.seq).collect();
        kiosk.erasures_done(&done).await?;
        let left = kiosk.heartbeat(&Heartbeat::default()).await?.erasures;
        demand!(left == 0, "heartbeats of {who} kiosk tell {left}, which is done");
    }
    Ok(None)
}
