//! Login pages of halls, on every way they are known to answer.

use crate::is;
use chaos::line::Fate;
use chaos::stand::{Plan, Stand};
use serde_json::json;

const PAGE: &str = "<html><form>Please log in to the wifi</form></html>";

fn pages() -> [Vec<u8>; 6] {
    let page = |status: &str, fields: &str| {
        format!(
            "HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\n\r\n{PAGE}",
            PAGE.len()
        )
        .into_bytes()
    };
    [
        page("200 OK", "Content-Type: text/html\r\n"),
        page("302 Found", "Location: http://login.test/\r\n"),
        page(
            "307 Temporary Redirect",
            "Location: https://login.test/\r\nExpo-Protocol: 1\r\n",
        ),
        page(
            "511 Network Authentication Required",
            "Content-Type: text/html\r\n",
        ),
        page("200 OK", "Content-Type: text/html\r\nExpo-Protocol: 1\r\n"),
        page("200 OK", "Content-Type: application/json\r\n"),
    ]
}

#[test]
fn a_login_page_is_seen_through_and_nothing_is_shown_to_it() {
    let stand = Stand::new(Plan::default()).unwrap();
    for page in pages() {
        stand.lead().unwrap();
        stand.line.forget();
        let answer = page.clone();
        stand.line.script(move |_| Fate::Answer(answer.clone()));
        let report = stand.round().unwrap();
        let said = String::from_utf8(page).unwrap();
        assert_eq!(
            (&report["state"], &report["waiting"]),
            (&json!("captive"), &json!(1)),
            "{said}"
        );
        assert_eq!(stand.status().unwrap()["sync"]["state"], json!("captive"));
        for seen in stand.line.seen() {
            assert!(
                seen.asked.starts_with("GET /v1/probe") && seen.token.is_none(),
                "{seen:?}"
            );
        }
        stand.line.mend();
        stand.rounds_until_ok(1).unwrap();
    }
    stand.is_settled().unwrap();
}

/// The session of the hall's wifi runs out between the probe and the work.
#[test]
fn a_login_page_amid_the_work_settles_nothing() {
    for kind in [
        "POST /v1/leads",
        "POST /v1/heartbeat",
        "/checkpoint",
        "/snapshot",
        "/v1/pictures",
    ] {
        let stand = Stand::new(Plan {
            published: 1,
            ..Plan::default()
        })
        .unwrap();
        stand.lead().unwrap();
        for page in pages() {
            stand.line.script(move |request| {
                if is(request, kind) {
                    Fate::Answer(page.clone())
                } else {
                    Fate::Pass
                }
            });
            let report = stand.round().unwrap();
            let waits = json!(u8::from(kind == "POST /v1/leads"));
            assert_eq!(report["waiting"], waits, "{kind}: {report}");
            // A platform that is away for downloads only is no trouble of the line that staff could mend.
            let state = if kind.starts_with("POST") { "captive" } else { "ok" };
            assert_eq!(report["state"], json!(state), "{kind}: {report}");
        }
        stand.line.mend();
        stand.rounds_until_ok(1).unwrap();
        stand.is_settled().unwrap();
    }
}
