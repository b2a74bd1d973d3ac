//! Login pages of venue networks, in every form in which they answer.

use crate::support::is_request;
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
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
fn login_page_receives_no_leads_and_no_token() {
    let testbed = Testbed::new(TestbedOptions::default()).unwrap();
    for page in pages() {
        testbed.add_lead().unwrap();
        testbed.proxy.clear_requests();
        let response = page.clone();
        testbed
            .proxy
            .set_script(move |_| ProxyAction::Respond(response.clone()));
        let report = testbed.round().unwrap();
        let page = String::from_utf8(page).unwrap();
        assert_eq!(
            (&report["state"], &report["waiting"]),
            (&json!("captive"), &json!(1)),
            "{page}"
        );
        assert_eq!(testbed.status().unwrap()["sync"]["state"], json!("captive"));
        for request in testbed.proxy.requests() {
            assert!(
                request.target.starts_with("GET /v1/probe") && request.token.is_none(),
                "{request:?}"
            );
        }
        testbed.proxy.forward_all();
        testbed.rounds_until_ok(1).unwrap();
    }
    testbed.check_settled().unwrap();
}

/// The login to the venue's wifi expires between the probe and the other requests.
#[test]
fn login_page_after_the_probe_settles_nothing() {
    for kind in [
        "POST /v1/leads",
        "POST /v1/heartbeat",
        "/checkpoint",
        "/snapshot",
        "/v1/pictures",
    ] {
        let testbed = Testbed::new(TestbedOptions {
            published: 1,
            ..TestbedOptions::default()
        })
        .unwrap();
        testbed.add_lead().unwrap();
        for page in pages() {
            testbed.proxy.set_script(move |request| {
                if is_request(request, kind) {
                    ProxyAction::Respond(page.clone())
                } else {
                    ProxyAction::Forward
                }
            });
            let report = testbed.round().unwrap();
            let waiting = json!(u8::from(kind == "POST /v1/leads"));
            assert_eq!(report["waiting"], waiting, "{kind}: {report}");
            // If only downloads fail, the state stays `ok`: staff cannot repair that.
            let state = if kind.starts_with("POST") { "captive" } else { "ok" };
            assert_eq!(report["state"], json!(state), "{kind}: {report}");
        }
        testbed.proxy.forward_all();
        testbed.rounds_until_ok(1).unwrap();
        testbed.check_settled().unwrap();
    }
}
