//! One-time codes.

use super::{Check, Seen, Visit, checks};
use crate::api::MARK;
use crate::demand;
use serde_json::json;

pub const CHECKS: &[Check] = checks![
    "a code works once: then it is 409 code_used" => once,
    "a code that was never made is 404 code_unknown, whatever token is shown" => unknown,
    "a request that is no enrolment is 400 malformed" => malformed,
];

/// Looked at last of all: it locks this address out for ten minutes.
pub const LAST: &[Check] = checks![
    "after 30 wrong codes within ten minutes even a right one is 429 with Retry-After" => lockout,
];

async fn once(visit: &Visit) -> Seen {
    let again = json!({"code": visit.options.code, "program": "contract"});
    visit
        .stranger
        .post("/v1/enrolments", &again)
        .await?
        .refused(409, "code_used")?;
    Ok(None)
}

async fn unknown(visit: &Visit) -> Seen {
    let wrong = json!({"code": "0000-0000-0000", "program": "contract"});
    let strange = visit.stranger.with_token(&"0".repeat(64));
    for caller in [&visit.stranger, &strange, &visit.kiosk] {
        let answer = caller.post("/v1/enrolments", &wrong).await?;
        answer.refused(404, "code_unknown")?;
    }
    Ok(None)
}

async fn malformed(visit: &Visit) -> Seen {
    let marked = format!("{{\"code\": {MARK}}}");
    for body in [
        "",
        "{}",
        "[]",
        "null",
        "{\"code\":7,\"program\":\"x\"}",
        marked.as_str(),
        "\u{1}",
    ] {
        let answer = visit.stranger.post_bytes("/v1/enrolments", body.into()).await?;
        answer.refused(400, "malformed")?;
    }
    Ok(None)
}

async fn lockout(visit: &Visit) -> Seen {
    if !visit.options.exhaustive {
        return Ok(Some(
            "it locks this address out for ten minutes: ask for it with --exhaustive",
        ));
    }
    let wrong = json!({"code": "0000-0000-0001", "program": "contract"});
    for _ in 0..40 {
        let answer = visit.stranger.post("/v1/enrolments", &wrong).await?;
        if answer.status == 429 {
            answer.refused(429, "too_many_codes")?;
            let wait: u64 = answer.header("retry-after").parse().unwrap_or_default();
            demand!(wait >= 1, "no Retry-After");
            return Ok(None);
        }
        answer.refused(404, "code_unknown")?;
    }
    demand!(false, "40 wrong codes were answered");
    Ok(None)
}
