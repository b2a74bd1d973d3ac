//! Enrolment with one-time codes.

use super::{Check, CheckResult, Context, checks};
use crate::api::ECHO_MARKER;
use crate::ensure;
use serde_json::json;

pub const CHECKS: &[Check] = checks![
    "a code works once; used again it is 409 code_used" => once,
    "an unknown code is 404 code_unknown, with any token or none" => unknown,
    "a body that is not an enrolment request is 400 malformed" => malformed,
];

/// Runs after all other checks, because it locks this address out for ten minutes.
pub const LAST: &[Check] = checks![
    "after 30 wrong codes within ten minutes even a valid code is 429 with Retry-After" => lockout,
];

async fn once(context: &Context) -> CheckResult {
    let again = json!({"code": context.options.code, "program": "contract"});
    context
        .anonymous
        .post("/v1/enrolments", &again)
        .await?
        .expect_problem(409, "code_used")?;
    Ok(None)
}

async fn unknown(context: &Context) -> CheckResult {
    let wrong = json!({"code": "0000-0000-0000", "program": "contract"});
    let wrong_token = context.anonymous.with_token(&"0".repeat(64));
    for caller in [&context.anonymous, &wrong_token, &context.kiosk] {
        let answer = caller.post("/v1/enrolments", &wrong).await?;
        answer.expect_problem(404, "code_unknown")?;
    }
    Ok(None)
}

async fn malformed(context: &Context) -> CheckResult {
    let marked = format!("{{\"code\": {ECHO_MARKER}}}");
    for body in [
        "",
        "{}",
        "[]",
        "null",
        "{\"code\":7,\"program\":\"x\"}",
        marked.as_str(),
        "\u{1}",
    ] {
        let answer = context
            .anonymous
            .post_bytes("/v1/enrolments", body.into())
            .await?;
        answer.expect_problem(400, "malformed")?;
    }
    Ok(None)
}

async fn lockout(context: &Context) -> CheckResult {
    if !context.options.exhaustive {
        return Ok(Some(
            "it locks this address out for ten minutes; run it with --exhaustive",
        ));
    }
    let wrong = json!({"code": "0000-0000-0001", "program": "contract"});
    for _ in 0..40 {
        let answer = context.anonymous.post("/v1/enrolments", &wrong).await?;
        if answer.status == 429 {
            answer.expect_problem(429, "too_many_codes")?;
            let wait: u64 = answer.header("retry-after").parse().unwrap_or_default();
            ensure!(wait >= 1, "the answer has no Retry-After header");
            return Ok(None);
        }
        answer.expect_problem(404, "code_unknown")?;
    }
    ensure!(false, "40 wrong codes in a row were not limited");
    Ok(None)
}
