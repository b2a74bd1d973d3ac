//! Platforms with one fault each: a proxy changes one thing in the requests to, or the answers of, the reference
//! platform. The suite must detect every fault, in the part of the contract that it belongs to.

use crate::reference_platform::{ReferencePlatform, runtime};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use contract::run;
use expo_protocol::{LeadBatch, LeadReceipts, Outcome, Receipt};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A request on its way to the platform.
#[derive(Clone)]
struct ProxyRequest {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// An answer on its way to the caller.
#[derive(Clone)]
struct ProxyResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl ProxyResponse {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn set_json(&mut self, status: u16, document: &Value) {
        self.status = StatusCode::from_u16(status).unwrap();
        self.body = serde_json::to_vec(document).unwrap();
        self.headers
            .insert("content-type", "application/json".parse().unwrap());
    }

    /// Changes or removes the outcomes of receipts.
    fn map_outcomes(&mut self, change: impl Fn(Outcome) -> Option<Outcome>) {
        if let Ok(receipts) = serde_json::from_slice::<LeadReceipts>(&self.body) {
            let receipts = receipts.receipts.into_iter().filter_map(|receipt| {
                let outcome = change(receipt.outcome)?;
                Some(Receipt { outcome, ..receipt })
            });
            let receipts: Vec<Receipt> = receipts.collect();
            self.set_json(200, &json!({ "receipts": receipts }));
        }
    }
}

type ChangeRequest = fn(&mut ProxyRequest);
type ChangeResponse = fn(&ProxyRequest, &mut ProxyResponse);

/// A fault: its description, the part of the suite that must detect it, and the changes to request and answer.
struct Fault(&'static str, &'static str, ChangeRequest, ChangeResponse);

const fn same_request(_: &mut ProxyRequest) {}
const fn same_response(_: &ProxyRequest, _: &mut ProxyResponse) {}

const FAULTS: [Fault; 26] = [
    Fault(
        "omits the protocol header",
        "Leads",
        same_request,
        |request, response| {
            if request.path == "/v1/leads" {
                response.headers.remove("expo-protocol");
            }
        },
    ),
    Fault(
        "answers every probe with the same nonce",
        "Who speaks",
        same_request,
        |request, response| {
            if request.path.starts_with("/v1/probe") && response.status == 200 {
                let mut probe = response.json();
                probe["nonce"] = "abc".into();
                response.set_json(200, &probe);
            }
        },
    ),
    Fault(
        "needs no token",
        "Who speaks",
        |request| {
            if request.path == "/v1/configuration" && !request.headers.contains_key("authorization") {
                "/healthz".clone_into(&mut request.path);
            }
        },
        same_response,
    ),
    Fault("redirects", "Who speaks", same_request, |request, response| {
        if request.path == "/v1/configuration" {
            response.status = StatusCode::TEMPORARY_REDIRECT;
            response
                .headers
                .insert("location", "https://elsewhere.example/".parse().unwrap());
        }
    }),
    Fault(
        "accepts a code twice",
        "Enrolment",
        same_request,
        |request, response| {
            static FIRST: Mutex<Option<ProxyResponse>> = Mutex::new(None);
            let mut first = FIRST.lock().unwrap();
            if request.path == "/v1/enrolments" && response.status == 201 {
                *first = Some(response.clone());
            } else if request.path == "/v1/enrolments" && response.status == 409 {
                *response = first.clone().unwrap();
            }
        },
    ),
    Fault(
        "sends receipts without storing",
        "Leads",
        |request| {
            if request.path == "/v1/leads" {
                "/healthz".clone_into(&mut request.path);
                request.method = Method::GET;
            }
        },
        |request, response| {
            if let Ok(batch) = serde_json::from_slice::<LeadBatch>(&request.body) {
                let receipts = batch.items.iter().map(|item| Receipt {
                    id: item.header.id,
                    revision: item.header.revision,
                    sha256: item.sha256.clone(),
                    outcome: Outcome::Accepted,
                });
                let receipts: Vec<Receipt> = receipts.collect();
                response.set_json(200, &json!({ "receipts": receipts }));
            }
        },
    ),
    Fault(
        "reports duplicates as new",
        "Leads",
        same_request,
        |_, response| {
            response.map_outcomes(|outcome| match outcome {
                Outcome::Duplicate => Some(Outcome::Accepted),
                other => Some(other),
            });
        },
    ),
    Fault(
        "compares identifiers only",
        "Leads",
        same_request,
        |_, response| {
            response.map_outcomes(|outcome| match outcome {
                Outcome::Conflict => Some(Outcome::Duplicate),
                other => Some(other),
            });
        },
    ),
    Fault(
        "sends no receipt for unreadable leads",
        "Leads",
        same_request,
        |_, response| {
            response.map_outcomes(|outcome| (outcome != Outcome::Quarantined).then_some(outcome));
        },
    ),
    Fault(
        "asks to retry unreadable leads",
        "Leads",
        same_request,
        |_, response| {
            response.map_outcomes(|outcome| match outcome {
                Outcome::Quarantined => Some(Outcome::Retry),
                other => Some(other),
            });
        },
    ),
    Fault(
        "reports quarantined leads as duplicates",
        "Leads",
        same_request,
        |_, response| {
            static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
            let mut seen = SEEN.lock().unwrap();
            if let Ok(mut receipts) = serde_json::from_slice::<LeadReceipts>(&response.body) {
                for receipt in &mut receipts.receipts {
                    if receipt.outcome == Outcome::Quarantined && !seen.insert(receipt.sha256.clone()) {
                        receipt.outcome = Outcome::Duplicate;
                    }
                }
                response.set_json(200, &json!({ "receipts": receipts.receipts }));
            }
        },
    ),
    Fault(
        "puts a wrong hash into receipts",
        "Leads",
        same_request,
        |_, response| {
            if let Ok(mut receipts) = serde_json::from_slice::<LeadReceipts>(&response.body) {
                for receipt in &mut receipts.receipts {
                    receipt.sha256 = "00".repeat(32);
                }
                response.set_json(200, &json!({ "receipts": receipts.receipts }));
            }
        },
    ),
    Fault(
        "stores a refused batch in part",
        "Leads",
        |request| {
            if let Ok(mut batch) = serde_json::from_slice::<LeadBatch>(&request.body) {
                batch
                    .items
                    .retain(|item| expo_protocol::sha256_hex(&item.sealed) == item.sha256);
                request.body = serde_json::to_vec(&batch).unwrap();
            }
        },
        same_response,
    ),
    Fault(
        "has no limits",
        "Limits",
        |request| {
            if let Ok(mut batch) = serde_json::from_slice::<LeadBatch>(&request.body) {
                batch.items.truncate(100);
                request.body = serde_json::to_vec(&batch).unwrap();
            }
        },
        same_response,
    ),
    Fault(
        "accepts any zstd window",
        "Limits",
        |request| {
            if request
                .headers
                .get("content-encoding")
                .is_some_and(|encoding| encoding == "zstd")
                && let Ok(plain) = zstd::decode_all(request.body.as_slice())
            {
                request.body = plain;
                request.headers.remove("content-encoding");
            }
        },
        same_response,
    ),
    Fault(
        "fails internally on invalid bodies",
        "Bad bodies",
        same_request,
        |_, response| {
            if response.status == 400 {
                response.status = StatusCode::INTERNAL_SERVER_ERROR;
            }
        },
    ),
    Fault(
        "repeats the request in errors",
        "Bad bodies",
        same_request,
        |request, response| {
            if response.status == 400 {
                let mut problem = response.json();
                problem["detail"] = String::from_utf8_lossy(&request.body).into();
                response.body = serde_json::to_vec(&problem).unwrap();
            }
        },
    ),
    Fault(
        "sends errors as HTML",
        "Bad bodies",
        same_request,
        |_, response| {
            if response.status.is_client_error() {
                response.body = b"<h1>Bad Request</h1>".to_vec();
                response
                    .headers
                    .insert("content-type", "text/html".parse().unwrap());
            }
        },
    ),
    Fault(
        "sends a snapshot with a wrong byte",
        "Catalogue",
        same_request,
        |request, response| {
            if request.path.ends_with("/snapshot") && response.status == 200 {
                let middle = response.body.len() / 2;
                response.body[middle] ^= 1;
            }
        },
    ),
    Fault(
        "ignores If-Range",
        "Catalogue",
        |request| {
            if request.headers.contains_key("range") {
                request.headers.remove("if-range");
            }
        },
        same_response,
    ),
    Fault(
        "sends a snapshot as a delta",
        "Catalogue",
        |request| {
            if let Some((path, _)) = request.path.clone().split_once("/delta?from=") {
                request.path = format!("{path}/snapshot");
            }
        },
        same_response,
    ),
    Fault(
        "sends deltas with wrong versions",
        "Catalogue",
        same_request,
        |request, response| {
            if request.path.contains("/delta?from=") && response.status == 200 {
                // Only the header is wrong; the steps give the right rows.
                let end = zstd::zstd_safe::find_frame_compressed_size(&response.body).unwrap();
                let plan = String::from_utf8(zstd::decode_all(&response.body[..end]).unwrap()).unwrap();
                let plan = plan.replacen("\"from\":", "\"from\":1", 1);
                let other = zstd::bulk::compress(plan.as_bytes(), 1).unwrap();
                response.body.splice(..end, other);
            }
        },
    ),
    Fault(
        "lists no erasures",
        "Erasures",
        same_request,
        |request, response| {
            if request.path.starts_with("/v1/erasures")
                && request.method == Method::GET
                && response.status == 200
            {
                response.set_json(200, &json!({"erasures": [], "newest": 0}));
            }
        },
    ),
    Fault(
        "lists each erasure only once",
        "Erasures",
        same_request,
        |request, response| {
            static LISTED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
            if request.path.starts_with("/v1/erasures?") && response.status == 200 {
                let mut listed = response.json();
                if let Some(erasures) = listed["erasures"].as_array_mut() {
                    let mut before = LISTED.lock().unwrap();
                    erasures.retain(|erasure| before.insert(erasure["id"].to_string()));
                }
                response.set_json(200, &listed);
            }
        },
    ),
    Fault(
        "keeps announcing done erasures",
        "Erasures",
        same_request,
        |request, response| {
            static NEWEST: Mutex<u64> = Mutex::new(0);
            if request.path.starts_with("/v1/erasures?") && response.status == 200 {
                let mut listed = response.json();
                let mut newest = NEWEST.lock().unwrap();
                *newest = (*newest).max(listed["newest"].as_u64().unwrap_or_default());
                listed["newest"] = (*newest).into();
                response.set_json(200, &listed);
            }
        },
    ),
    Fault(
        "ignores the old token when a kiosk enrols again",
        "Erasures",
        |request| {
            if request.path == "/v1/enrolments" {
                request.headers.remove("authorization");
            }
        },
        same_response,
    ),
];

/// The proxy in front of the reference platform.
#[derive(Clone)]
struct FaultyProxy {
    http: reqwest::Client,
    url: String,
    change_request: ChangeRequest,
    change_response: ChangeResponse,
}

async fn forward(
    State(proxy): State<FaultyProxy>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let original = ProxyRequest {
        method,
        path: uri.path_and_query().unwrap().to_string(),
        headers,
        body: body.to_vec(),
    };
    let mut request = original.clone();
    (proxy.change_request)(&mut request);
    for name in ["host", "content-length"] {
        request.headers.remove(name);
    }
    let answer = proxy
        .http
        .request(request.method, format!("{}{}", proxy.url, request.path))
        .headers(request.headers)
        .body(request.body)
        .send()
        .await
        .unwrap();
    let mut changed = ProxyResponse {
        status: answer.status(),
        headers: answer.headers().clone(),
        body: Vec::new(),
    };
    changed.body = answer.bytes().await.unwrap().to_vec();
    (proxy.change_response)(&original, &mut changed);
    for name in ["content-length", "transfer-encoding"] {
        changed.headers.remove(name);
    }
    let mut response = Response::new(Body::from(changed.body));
    *response.status_mut() = changed.status;
    *response.headers_mut() = changed.headers;
    response
}

/// Starts a platform with a fault. Returns its URL.
async fn start_faulty(
    reference: &ReferencePlatform,
    change_request: ChangeRequest,
    change_response: ChangeResponse,
) -> String {
    contract::Api::new(&reference.url, None).unwrap();
    let proxy = FaultyProxy {
        http: reqwest::Client::new(),
        url: reference.url.clone(),
        change_request,
        change_response,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new()
        .fallback(forward)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(proxy);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

#[test]
fn suite_detects_every_faulty_platform() {
    runtime().block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let reference =
            Arc::new(ReferencePlatform::start(&expo_platform::StorageConfig::folder(dir.path())).await);
        // The unchanged proxy must pass every part; otherwise the suite would report a fault in each run.
        let report =
            run(reference.options(&start_faulty(&reference, same_request, same_response).await)).await;
        assert_eq!(report.broken().count(), 0, "{report}");
        for Fault(name, part, ..) in FAULTS {
            let is_checked = report.results.iter().any(|result| result.part == part);
            assert!(
                is_checked,
                "the suite has no part {part:?} to detect a platform that {name}"
            );
        }
        for Fault(name, part, change_request, change_response) in FAULTS {
            let mut options =
                reference.options(&start_faulty(&reference, change_request, change_response).await);
            options.only = Some(part.to_owned());
            let report = run(options).await;
            let is_detected = report
                .broken()
                .any(|result| result.part == part || result.part == "Everything");
            assert!(is_detected, "a platform that {name} was not detected: {report}");
        }
    });
}
