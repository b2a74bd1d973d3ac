//! Which state of the connection each response leads to.

use crate::server::{JSON, NONCE, PROBE_BODY, PROTOCOL, Server, client, fixed_response, probe, run};
use expo_protocol::{LeadBatch, PROTOCOL_HEADER};
use expo_sync::{Platform, PlatformError, State, send_probe};
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

#[test]
fn platform_is_recognised_by_its_probe() {
    let server = fixed_response(
        "200 OK",
        "Expo-Protocol: 1\r\nContent-Type: application/json; charset=utf-8\r\n",
        PROBE_BODY,
    );
    assert_eq!(probe(&server).unwrap().nonce, NONCE);
    let head = server.heads.lock().unwrap()[0].to_lowercase();
    assert!(head.contains("user-agent: expo-kiosk/0.0.0-test"), "{head}");
    assert!(
        !head.contains("authorization"),
        "a probe contains no token: {head}"
    );
}

#[test]
fn header_name_matches_protocol() {
    assert!(PROTOCOL.starts_with(PROTOCOL_HEADER));
}

#[test]
fn login_pages_are_captive() {
    let html = "Content-Type: text/html\r\n";
    let page = "<html>Please log in</html>";
    let headers = "Expo-Protocol: 1\r\nContent-Type: application/json\r\n";
    let wrong_nonce = r#"{"nonce":"00","protocol":"1","server_time":"2026-02-13T09:00:00Z"}"#;
    let cases = [
        ("an HTML page", fixed_response("200 OK", html, page)),
        (
            "a redirect",
            fixed_response("302 Found", "Location: http://127.0.0.1:1/login\r\n", ""),
        ),
        (
            "a redirect with the protocol header",
            fixed_response(
                "307 Temporary Redirect",
                "Expo-Protocol: 1\r\nLocation: /login\r\n",
                "",
            ),
        ),
        (
            "511",
            fixed_response("511 Network Authentication Required", html, page),
        ),
        (
            "511 with the protocol header",
            fixed_response("511 Network Authentication Required", PROTOCOL, page),
        ),
        (
            "the right JSON without the protocol header",
            fixed_response("200 OK", JSON, PROBE_BODY),
        ),
        (
            "the protocol header and a wrong nonce",
            fixed_response("200 OK", headers, wrong_nonce),
        ),
        (
            "the protocol header and an HTML page",
            fixed_response("200 OK", "Expo-Protocol: 1\r\nContent-Type: text/html\r\n", page),
        ),
        (
            "a refusal without the protocol header",
            fixed_response("403 Forbidden", html, page),
        ),
        (
            "an error without the protocol header",
            fixed_response("503 Service Unavailable", html, page),
        ),
    ];
    for (name, server) in cases {
        let error = probe(&server).unwrap_err();
        assert_eq!(error.state(), State::Captive, "{name}: {error}");
        assert_eq!(server.heads.lock().unwrap().len(), 1, "{name}: redirect followed");
    }
}

#[test]
fn statuses_map_to_states() {
    let cases = [
        (
            fixed_response("401 Unauthorized", PROTOCOL, ""),
            State::Unauthorized,
        ),
        (fixed_response("403 Forbidden", PROTOCOL, ""), State::Unauthorized),
        (
            fixed_response("426 Upgrade Required", PROTOCOL, ""),
            State::UpgradeRequired,
        ),
        (
            fixed_response(
                "200 OK",
                "Expo-Protocol: 2\r\nContent-Type: application/json\r\n",
                PROBE_BODY,
            ),
            State::UpgradeRequired,
        ),
        (
            fixed_response("429 Too Many Requests", PROTOCOL, ""),
            State::RateLimited,
        ),
        (
            fixed_response("500 Internal Server Error", PROTOCOL, ""),
            State::Server,
        ),
        (
            fixed_response("503 Service Unavailable", PROTOCOL, ""),
            State::Server,
        ),
        (fixed_response("408 Request Timeout", PROTOCOL, ""), State::Server),
        (
            fixed_response(
                "200 OK",
                "Expo-Protocol: 1\r\nContent-Type: application/json\r\n",
                "{",
            ),
            State::Server,
        ),
    ];
    for (server, state) in cases {
        assert_eq!(probe(&server).unwrap_err().state(), state);
    }
}

#[test]
fn retry_after_is_parsed_as_seconds_and_as_date() {
    let seconds = fixed_response(
        "429 Too Many Requests",
        "Expo-Protocol: 1\r\nRetry-After: 17\r\n",
        "",
    );
    let wait = probe(&seconds).unwrap_err().retry_after();
    assert_eq!(wait, Some(Duration::from_secs(17)));
    let date = "Expo-Protocol: 1\r\nDate: Fri, 13 Feb 2026 09:00:00 GMT\r\nRetry-After: Fri, 13 Feb 2026 09:02:00 GMT\r\n";
    let date = fixed_response("503 Service Unavailable", date, "");
    assert_eq!(
        probe(&date).unwrap_err().retry_after(),
        Some(Duration::from_mins(2))
    );
}

#[test]
fn problem_document_gives_code_and_detail() {
    let headers = "Expo-Protocol: 1\r\nContent-Type: application/problem+json\r\n";
    let body = r#"{"type":"about:blank#item_damaged","title":"t","status":422,"detail":"Item 3"}"#;
    let server = fixed_response("422 Unprocessable Entity", headers, body);
    let error = run(client(&server).send_leads(&LeadBatch::default())).unwrap_err();
    let code = "item_damaged".to_owned();
    assert_eq!(
        error,
        PlatformError::Refused {
            status: 422,
            code,
            detail: "Item 3".to_owned()
        }
    );
    assert!(error.is_permanent() && error.refuses_content());
}

#[test]
fn unreachable_platform_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = Server {
        address,
        heads: Arc::default(),
    };
    assert_eq!(probe(&server).unwrap_err().state(), State::Offline);
    let closes_connection = crate::server::server(|_, _, _| {});
    assert_eq!(probe(&closes_connection).unwrap_err().state(), State::Offline);
}

#[test]
fn failed_tls_handshake_is_clock_or_tls() {
    // A login portal that intercepts port 443 and does not speak TLS.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        std::thread::sleep(Duration::from_secs(5));
    });
    let settings = expo_client::Settings {
        url,
        token: None,
        ca_file: None,
        program: "test".to_owned(),
    };
    let client = expo_client::Client::new(settings).unwrap();
    let error = run(send_probe(&client, NONCE)).unwrap_err();
    assert_eq!(error.state(), State::ClockOrTls, "{error}");
}

#[test]
fn errors_and_debug_output_hide_token_and_nonce() {
    let server = fixed_response("500 Internal Server Error", PROTOCOL, "");
    let client = client(&server);
    let text = format!("{client:?} {:?}", run(send_probe(&client, NONCE)).unwrap_err());
    assert!(!text.contains("test-token") && !text.contains(NONCE), "{text}");
}
