//! The platform makes itself known, and nobody gets in without a token.

use super::{Check, Seen, Visit, checks};
use crate::demand;
use jiff::Timestamp;
use protocol::Probe;
use reqwest::Method;

pub const CHECKS: &[Check] = checks![
    "a probe echoes its nonce, says the protocol and the time" => probe,
    "nonces of 1 to 128 letters and digits are taken, others refused" => nonces,
    "what is not there is 404, what is not done is 405" => wrong_ways,
    "health is told without a token" => health,
    "without the right token everything but probe, enrolment and health is 401" => strangers,
    "no redirect is answered" => no_redirect,
];

async fn probe(visit: &Visit) -> Seen {
    let probe: Probe = visit
        .stranger
        .get("/v1/probe?nonce=abc123XYZ")
        .await?
        .document(200)?;
    demand!(probe.nonce == "abc123XYZ", "the nonce is another");
    demand!(probe.protocol == "1", "the protocol is {:?}", probe.protocol);
    let off = probe.server_time.duration_since(Timestamp::now()).as_secs().abs();
    demand!(off < 300, "server_time is {off} s off this machine's clock");
    Ok(None)
}

async fn nonces(visit: &Visit) -> Seen {
    let longest = "n".repeat(128);
    for nonce in ["7", longest.as_str()] {
        let answer = visit.stranger.get(&format!("/v1/probe?nonce={nonce}")).await?;
        demand!(
            answer.status == 200,
            "a nonce of {} characters is {}",
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
        visit
            .stranger
            .get(&format!("/v1/probe{query}"))
            .await?
            .refused(400, "malformed")?;
    }
    Ok(None)
}

async fn wrong_ways(visit: &Visit) -> Seen {
    for path in ["/v1/nothing", "/v1/", "/v1/leads/1", "/v1/pictures"] {
        let answer = visit.kiosk.get(path).await?;
        demand!(answer.status == 404, "GET {path} is {}", answer.status);
    }
    for (method, path) in [
        (Method::DELETE, "/v1/leads"),
        (Method::GET, "/v1/leads"),
        (Method::PUT, "/v1/heartbeat"),
        (Method::POST, "/v1/catalogue/checkpoint"),
    ] {
        let answer = visit.kiosk.ask(method.clone(), path, &[], None).await?;
        demand!(answer.status == 405, "{method} {path} is {}", answer.status);
    }
    Ok(None)
}

async fn health(visit: &Visit) -> Seen {
    let health: serde_json::Value = visit.stranger.get("/healthz").await?.document(200)?;
    demand!(health["status"] == "ok", "status is {}", health["status"]);
    Ok(None)
}

const CLOSED: [(Method, &str); 9] = [
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

async fn strangers(visit: &Visit) -> Seen {
    let wrong = visit.stranger.with_token(&"0".repeat(64));
    let basic = [("authorization", "Basic a2lvc2s6a2lvc2s=")];
    for (method, path) in CLOSED {
        let body = (method == Method::POST).then(|| b"{}".to_vec());
        for answer in [
            visit
                .stranger
                .ask(method.clone(), path, &[], body.clone())
                .await?,
            visit
                .stranger
                .ask(method.clone(), path, &basic, body.clone())
                .await?,
            wrong.ask(method.clone(), path, &[], body.clone()).await?,
        ] {
            demand!(
                answer.status == 401,
                "{method} {path} is {} for a stranger",
                answer.status
            );
        }
    }
    Ok(None)
}

async fn no_redirect(visit: &Visit) -> Seen {
    for path in [
        "/v1/probe?nonce=a",
        "/v1/probe/?nonce=a",
        "/healthz",
        "/v1/configuration",
    ] {
        let answer = visit.kiosk.get(path).await?;
        demand!(!(300..400).contains(&answer.status), "GET {path} is a redirect");
    }
    Ok(None)
}
