//! Platforms that are wrong in one thing each: a proxy that meddles with what the reference platform hears or says. The
//! suite has to find every one of them, in the part where it lies.

use crate::rig::{Rig, runtime};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use contract::run;
use protocol::{LeadBatch, LeadReceipts, Outcome, Receipt};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// What the platform hears.
#[derive(Clone)]
struct Heard {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// What it says.
#[derive(Clone)]
struct Said {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Said {
    fn json(&mut self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn say(&mut self, status: u16, document: &Value) {
        self.status = StatusCode::from_u16(status).unwrap();
        self.body = serde_json::to_vec(document).unwrap();
        self.headers
            .insert("content-type", "application/json".parse().unwrap());
    }

    /// Says other outcomes.
    fn outcomes(&mut self, change: impl Fn(Outcome) -> Option<Outcome>) {
        if let Ok(receipts) = serde_json::from_slice::<LeadReceipts>(&self.body) {
            let receipts = receipts.receipts.into_iter().filter_map(|receipt| {
                let outcome = change(receipt.outcome)?;
                Some(Receipt { outcome, ..receipt })
            });
            let receipts: Vec<Receipt> = receipts.collect();
            self.say(200, &json!({ "receipts": receipts }));
        }
    }
}

type Hear = fn(&mut Heard);
type Say = fn(&Heard, &mut Said);

/// A fault: its name, the part of the suite that has to find it, and what is meddled with.
struct Fault(&'static str, &'static str, Hear, Say);

const fn as_it_is(_: &mut Heard) {}
const fn as_said(_: &Heard, _: &mut Said) {}

const FAULTS: [Fault; 26] = [
    Fault("does not say who speaks", "Leads", as_it_is, |heard, said| {
        if heard.path == "/v1/leads" {
            said.headers.remove("expo-protocol");
        }
    }),
    Fault(
        "answers every probe alike",
        "Who speaks",
        as_it_is,
        |heard, said| {
            if heard.path.starts_with("/v1/probe") && said.status == 200 {
                let mut probe = said.json();
                probe["nonce"] = "abc".into();
                said.say(200, &probe);
            }
        },
    ),
    Fault(
        "lets anybody in",
        "Who speaks",
        |heard| {
            if heard.path == "/v1/configuration" && !heard.headers.contains_key("authorization") {
                "/healthz".clone_into(&mut heard.path);
            }
        },
        as_said,
    ),
    Fault("redirects", "Who speaks", as_it_is, |heard, said| {
        if heard.path == "/v1/configuration" {
            said.status = StatusCode::TEMPORARY_REDIRECT;
            said.headers
                .insert("location", "https://elsewhere.example/".parse().unwrap());
        }
    }),
    Fault("lets a code enrol twice", "Enrolment", as_it_is, |heard, said| {
        static FIRST: Mutex<Option<Said>> = Mutex::new(None);
        let mut first = FIRST.lock().unwrap();
        if heard.path == "/v1/enrolments" && said.status == 201 {
            *first = Some(said.clone());
        } else if heard.path == "/v1/enrolments" && said.status == 409 {
            *said = first.clone().unwrap();
        }
    }),
    Fault(
        "answers before it keeps",
        "Leads",
        |heard| {
            if heard.path == "/v1/leads" {
                "/healthz".clone_into(&mut heard.path);
                heard.method = Method::GET;
            }
        },
        |heard, said| {
            if let Ok(batch) = serde_json::from_slice::<LeadBatch>(&heard.body) {
                let receipts = batch.items.iter().map(|item| Receipt {
                    id: item.header.id,
                    revision: item.header.revision,
                    sha256: item.sha256.clone(),
                    outcome: Outcome::Accepted,
                });
                let receipts: Vec<Receipt> = receipts.collect();
                said.say(200, &json!({ "receipts": receipts }));
            }
        },
    ),
    Fault("calls duplicates new", "Leads", as_it_is, |_, said| {
        said.outcomes(|outcome| match outcome {
            Outcome::Duplicate => Some(Outcome::Accepted),
            other => Some(other),
        });
    }),
    Fault("looks at identifiers only", "Leads", as_it_is, |_, said| {
        said.outcomes(|outcome| match outcome {
            Outcome::Conflict => Some(Outcome::Duplicate),
            other => Some(other),
        });
    }),
    Fault("drops what it cannot read", "Leads", as_it_is, |_, said| {
        said.outcomes(|outcome| (outcome != Outcome::Quarantined).then_some(outcome));
    }),
    Fault("puts off what it cannot read", "Leads", as_it_is, |_, said| {
        said.outcomes(|outcome| match outcome {
            Outcome::Quarantined => Some(Outcome::Retry),
            other => Some(other),
        });
    }),
    Fault("calls read what nobody read", "Leads", as_it_is, |_, said| {
        static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
        let mut seen = SEEN.lock().unwrap();
        if let Ok(mut receipts) = serde_json::from_slice::<LeadReceipts>(&said.body) {
            for receipt in &mut receipts.receipts {
                if receipt.outcome == Outcome::Quarantined && !seen.insert(receipt.sha256.clone()) {
                    receipt.outcome = Outcome::Duplicate;
                }
            }
            said.say(200, &json!({ "receipts": receipts.receipts }));
        }
    }),
    Fault("receipts name another hash", "Leads", as_it_is, |_, said| {
        if let Ok(mut receipts) = serde_json::from_slice::<LeadReceipts>(&said.body) {
            for receipt in &mut receipts.receipts {
                receipt.sha256 = "00".repeat(32);
            }
            said.say(200, &json!({ "receipts": receipts.receipts }));
        }
    }),
    Fault(
        "keeps a refused batch in part",
        "Leads",
        |heard| {
            if let Ok(mut batch) = serde_json::from_slice::<LeadBatch>(&heard.body) {
                batch
                    .items
                    .retain(|item| protocol::sha256_hex(&item.sealed) == item.sha256);
                heard.body = serde_json::to_vec(&batch).unwrap();
            }
        },
        as_said,
    ),
    Fault(
        "has no limits",
        "Limits",
        |heard| {
            if let Ok(mut batch) = serde_json::from_slice::<LeadBatch>(&heard.body) {
                batch.items.truncate(100);
                heard.body = serde_json::to_vec(&batch).unwrap();
            }
        },
        as_said,
    ),
    Fault(
        "unpacks any window",
        "Limits",
        |heard| {
            if heard
                .headers
                .get("content-encoding")
                .is_some_and(|encoding| encoding == "zstd")
                && let Ok(plain) = zstd::decode_all(heard.body.as_slice())
            {
                heard.body = plain;
                heard.headers.remove("content-encoding");
            }
        },
        as_said,
    ),
    Fault("falls over bad bodies", "Bad bodies", as_it_is, |_, said| {
        if said.status == 400 {
            said.status = StatusCode::INTERNAL_SERVER_ERROR;
        }
    }),
    Fault("repeats what was sent", "Bad bodies", as_it_is, |heard, said| {
        if said.status == 400 {
            let mut problem = said.json();
            problem["detail"] = String::from_utf8_lossy(&heard.body).into();
            said.body = serde_json::to_vec(&problem).unwrap();
        }
    }),
    Fault("has errors for people", "Bad bodies", as_it_is, |_, said| {
        if said.status.is_client_error() {
            said.body = b"<h1>Bad Request</h1>".to_vec();
            said.headers.insert("content-type", "text/html".parse().unwrap());
        }
    }),
    Fault(
        "sends a snapshot with a wrong byte",
        "Catalogue",
        as_it_is,
        |heard, said| {
            if heard.path.ends_with("/snapshot") && said.status == 200 {
                let middle = said.body.len() / 2;
                said.body[middle] ^= 1;
            }
        },
    ),
    Fault(
        "goes on from the wrong byte",
        "Catalogue",
        |heard| {
            if heard.headers.contains_key("range") {
                heard.headers.remove("if-range");
            }
        },
        as_said,
    ),
    Fault(
        "makes changes to another catalogue",
        "Catalogue",
        |heard| {
            if let Some((path, _)) = heard.path.clone().split_once("/delta?from=") {
                heard.path = format!("{path}/snapshot");
            }
        },
        as_said,
    ),
    Fault(
        "makes changes between other versions",
        "Catalogue",
        as_it_is,
        |heard, said| {
            if heard.path.contains("/delta?from=") && said.status == 200 {
                // Nothing but the header is wrong: the changes lead to the right rows.
                let end = zstd::zstd_safe::find_frame_compressed_size(&said.body).unwrap();
                let plan = String::from_utf8(zstd::decode_all(&said.body[..end]).unwrap()).unwrap();
                let plan = plan.replacen("\"from\":", "\"from\":1", 1);
                let other = zstd::bulk::compress(plan.as_bytes(), 1).unwrap();
                said.body.splice(..end, other);
            }
        },
    ),
    Fault("forgets nobody", "Erasures", as_it_is, |heard, said| {
        if heard.path.starts_with("/v1/erasures") && heard.method == Method::GET && said.status == 200 {
            said.say(200, &json!({"erasures": [], "newest": 0}));
        }
    }),
    Fault(
        "tells of an erasure once and never again",
        "Erasures",
        as_it_is,
        |heard, said| {
            static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
            if heard.path.starts_with("/v1/erasures?") && said.status == 200 {
                let mut told = said.json();
                if let Some(erasures) = told["erasures"].as_array_mut() {
                    let mut before = TOLD.lock().unwrap();
                    erasures.retain(|erasure| before.insert(erasure["id"].to_string()));
                }
                said.say(200, &told);
            }
        },
    ),
    Fault(
        "never says that nothing is left to be erased",
        "Erasures",
        as_it_is,
        |heard, said| {
            static NEWEST: Mutex<u64> = Mutex::new(0);
            if heard.path.starts_with("/v1/erasures?") && said.status == 200 {
                let mut told = said.json();
                let mut newest = NEWEST.lock().unwrap();
                *newest = (*newest).max(told["newest"].as_u64().unwrap_or_default());
                told["newest"] = (*newest).into();
                said.say(200, &told);
            }
        },
    ),
    Fault(
        "takes a kiosk that enrols anew for a stranger",
        "Erasures",
        |heard| {
            if heard.path == "/v1/enrolments" {
                heard.headers.remove("authorization");
            }
        },
        as_said,
    ),
];

#[derive(Clone)]
struct Meddler {
    http: reqwest::Client,
    url: String,
    hear: Hear,
    say: Say,
}

async fn meddle(
    State(meddler): State<Meddler>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let original = Heard {
        method,
        path: uri.path_and_query().unwrap().to_string(),
        headers,
        body: body.to_vec(),
    };
    let mut heard = original.clone();
    (meddler.hear)(&mut heard);
    for name in ["host", "content-length"] {
        heard.headers.remove(name);
    }
    let request = meddler
        .http
        .request(heard.method, format!("{}{}", meddler.url, heard.path));
    let answer = request
        .headers(heard.headers)
        .body(heard.body)
        .send()
        .await
        .unwrap();
    let mut said = Said {
        status: answer.status(),
        headers: answer.headers().clone(),
        body: Vec::new(),
    };
    said.body = answer.bytes().await.unwrap().to_vec();
    (meddler.say)(&original, &mut said);
    for name in ["content-length", "transfer-encoding"] {
        said.headers.remove(name);
    }
    let mut response = Response::new(Body::from(said.body));
    *response.status_mut() = said.status;
    *response.headers_mut() = said.headers;
    response
}

/// A platform with a fault; its URL.
async fn faulty(rig: &Rig, hear: Hear, say: Say) -> String {
    contract::Api::new(&rig.url, None).unwrap();
    let meddler = Meddler {
        http: reqwest::Client::new(),
        url: rig.url.clone(),
        hear,
        say,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new()
        .fallback(meddle)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(meddler);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

#[test]
fn a_platform_with_any_of_these_faults_is_found_out() {
    runtime().block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let rig = Arc::new(Rig::start(&platform::Place::folder(dir.path())).await);
        // The proxy itself is no fault, in any part: else that part's faults would be found whatever they are.
        let report = run(rig.options(&faulty(&rig, as_it_is, as_said).await)).await;
        assert_eq!(report.broken().count(), 0, "{report}");
        for Fault(name, part, ..) in FAULTS {
            let kept = report.findings.iter().any(|finding| finding.part == part);
            assert!(
                kept,
                "nothing was looked at in the part of a platform that {name}"
            );
        }
        for Fault(name, part, hear, say) in FAULTS {
            let mut options = rig.options(&faulty(&rig, hear, say).await);
            options.only = Some(part.to_owned());
            let report = run(options).await;
            let found = report
                .broken()
                .any(|finding| finding.part == part || finding.part == "Everything");
            assert!(found, "a platform that {name} was not found out: {report}");
        }
    });
}
