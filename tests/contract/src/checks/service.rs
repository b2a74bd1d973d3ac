//! Probe, health and authentication: the platform identifies itself and requires a token.

use super::{Check, CheckResult, Context, checks};
use crate::ensure;
use expo_protocol::Probe;
use jiff::Timestamp;
use reqwest::Method;

pub const CHECKS: &[Check] = checks![
    "a probe answers with its nonce, the protocol version and the time" => probe,
    "nonces of 1 to 128 letters and digits are accepted, others are refused" => nonces,
    "an unknown path is 404, an unsupported method is 405" => unknown_routes,
    "health needs no token" => health,
    "without a valid token everything except probe, enrolment and health is 401" => authentication,
    "no answer is a redirect" => no_redirect,
];

async fn probe(context: &Context) -> CheckResult {
    let probe: Probe = context
        .anonymous
        .get("/v1/probe?nonce=abc123XYZ")
        .await?
        .document(200)?;
    ensure!(probe.nonce == "abc123XYZ", "the nonce differs");
    ensure!(probe.protocol == "1", "the protocol is {:?}", probe.protocol);
    let off = probe.server_time.duration_since(Timestamp::now()).as_secs().abs();
    ensure!(
        off < 300,
        "server_time differs by {off} s from this machine's clock"
    );
    Ok(None)
}

async fn nonces(context: &Context) -> CheckResult {
    let longest = "n".repeat(128);
    for nonce in ["7", longest.as_str()] {
        let answer = context.anonymous.get(&format!("/v1/probe?nonce={nonce}")).await?;
        ensure!(
            answer.status == 200,
            "a nonce of {} characters gets status {}",
            nonce.len(),
            answer.status
        );
    }
    let too_long = format!("?nonce={longest}n");
    for query in [
        "",
        "?nonce=",
        "?nonce=a%20b",
        "?nonce=%3Cb%3E",
        "?nonce=%C3%A9",
        too_long.as_str(),
    ] {
        context
            .anonymous
            .get(&format!("/v1/probe{query}"))
            .await?
            .expect_problem(400, "malformed")?;
    }
    Ok(None)
}

async fn unknown_routes(context: &Context) -> CheckResult {
    for path in ["/v1/nothing", "/v1/", "/v1/leads/1", "/v1/pictures"] {
        let answer = context.kiosk.get(path).await?;
        ensure!(answer.status == 404, "GET {path} gets status {}", answer.status);
    }
    for (method, path) in [
        (Method::DELETE, "/v1/leads"),
        (Method::GET, "/v1/leads"),
        (Method::PUT, "/v1/heartbeat"),
        (Method::POST, "/v1/catalogue/checkpoint"),
    ] {
        let answer = context.kiosk.request(method.clone(), path, &[], None).await?;
        ensure!(
            answer.status == 405,
            "{method} {path} gets status {}",
            answer.status
        );
    }
    Ok(None)
}

async fn health(context: &Context) -> CheckResult {
    let health: serde_json::Value = context.anonymous.get("/healthz").await?.document(200)?;
    ensure!(health["status"] == "ok", "status is {}", health["status"]);
    Ok(None)
}

/// Endpoints that need a token.
const PROTECTED_ENDPOINTS: [(Method, &str); 9] = [
    (Method::POST, "/v1/leads"),
    (Method::POST, "/v1/heartbeat"),
    (Method::GET, "/v1/catalogue/checkpoint"),
    (Method::GET, "/v1/catalogue/1/snapshot"),
    (Method::GET, "/v1/catalogue/2/delta?from=1"),
    (Method::GET, "/v1/pictures/00"),
    (Method::GET, "/v1/configuration"),
    (Method::GET, "/v1/erasures?after=0"),
    (Method::POST, "/v1/erasures"),
];

async fn authentication(context: &Context) -> CheckResult {
    let wrong = context.anonymous.with_token(&"0".repeat(64));
    let basic = [("authorization", "Basic a2lvc2s6a2lvc2s=")];
    for (method, path) in PROTECTED_ENDPOINTS {
        let body = (method == Method::POST).then(|| b"{}".to_vec());
        for answer in [
            context
                .anonymous
                .request(method.clone(), path, &[], body.clone())
                .await?,
            context
                .anonymous
                .request(method.clone(), path, &basic, body.clone())
                .await?,
            wrong.request(method.clone(), path, &[], body.clone()).await?,
        ] {
            ensure!(
                answer.status == 401,
                "{method} {path} without a valid token gets status {}",
                answer.status
            );
        }
    }
    Ok(None)
}

async fn no_redirect(context: &Context) -> CheckResult {
    for path in [
        "/v1/probe?nonce=a",
        "/v1/probe/?nonce=a",
        "/healthz",
        "/v1/configuration",
    ] {
        let answer = context.kiosk.get(path).await?;
        ensure!(
            !(300..400).contains(&answer.status),
            "GET {path} is answered with a redirect"
        );
    }
    Ok(None)
}
