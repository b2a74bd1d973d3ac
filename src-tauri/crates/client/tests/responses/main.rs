//! The client against a socket that answers whatever a test wants: login pages, broken and hostile platforms.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise")]

use protocol::{Envelope, LeadBatch, PROTOCOL_HEADER};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use sync::{Platform, PlatformError, State, ask};

const PROTOCOL: &str = "Expo-Protocol: 1\r\n";
const JSON: &str = "Content-Type: application/json\r\n";
const NONCE: &str = "0123456789abcdef0123456789abcdef";

/// A server that gives each connection in turn one answer, made of the request's head and body.
struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

fn server(mut answer: impl FnMut(&str, &[u8], &mut TcpStream) + Send + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (head, body) = read_request(&mut stream);
            seen.lock().unwrap().push(head.clone());
            answer(&head, &body, &mut stream);
        }
    });
    Server { address, heads }
}

fn read_request(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).unwrap();
    (head, body)
}

/// A server that always says the same; `{nonce}` becomes the nonce of the question.
fn always(status: &'static str, headers: &'static str, body: &'static str) -> Server {
    server(move |head, _, stream| {
        let nonce = head
            .split("nonce=")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .unwrap_or_default();
        let body = body.replace("{nonce}", nonce);
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
        )
        .unwrap();
    })
}

fn client(server: &Server) -> client::Client {
    let settings = client::Settings {
        url: format!("http://{}", server.address),
        token: Some("test-token".to_owned()),
        ca_file: None,
        program: "0.0.0-test".to_owned(),
    };
    client::Client::new(settings).unwrap()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(20), future)
            .await
            .unwrap()
    })
}

fn probe(server: &Server) -> Result<protocol::Probe, PlatformError> {
    run(ask(&client(server), NONCE))
}

const GOOD: &str = r#"{"nonce":"{nonce}","protocol":"1","server_time":"2026-02-13T09:00:00Z"}"#;

#[test]
fn the_platform_is_recognised() {
    let good = always(
        "200 OK",
        "Expo-Protocol: 1\r\nContent-Type: application/json; charset=utf-8\r\n",
        GOOD,
    );
    assert_eq!(probe(&good).unwrap().nonce, NONCE);
    let head = good.heads.lock().unwrap()[0].to_lowercase();
    assert!(head.contains("user-agent: expo-kiosk/0.0.0-test"), "{head}");
    assert!(
        !head.contains("authorization"),
        "a probe tells nobody the token: {head}"
    );
}

#[test]
fn login_pages_of_all_kinds_are_captive() {
    let html = "Content-Type: text/html\r\n";
    let page = "<html>Please log in</html>";
    let both = "Expo-Protocol: 1\r\nContent-Type: application/json\r\n";
    let wrong_nonce = r#"{"nonce":"00","protocol":"1","server_time":"2026-02-13T09:00:00Z"}"#;
    let cases = [
        ("a page", always("200 OK", html, page)),
        (
            "a redirect",
            always("302 Found", "Location: http://127.0.0.1:1/login\r\n", ""),
        ),
        (
            "a redirect with our header",
            always(
                "307 Temporary Redirect",
                "Expo-Protocol: 1\r\nLocation: /login\r\n",
                "",
            ),
        ),
        ("511", always("511 Network Authentication Required", html, page)),
        (
            "511 with our header",
            always("511 Network Authentication Required", PROTOCOL, page),
        ),
        ("our JSON without our header", always("200 OK", JSON, GOOD)),
        (
            "our header and a wrong nonce",
            always("200 OK", both, wrong_nonce),
        ),
        (
            "our header and a page",
            always("200 OK", "Expo-Protocol: 1\r\nContent-Type: text/html\r\n", page),
        ),
        (
            "a refusal without our header",
            always("403 Forbidden", html, page),
        ),
        (
            "an error without our header",
            always("503 Service Unavailable", html, page),
        ),
    ];
    for (name, server) in cases {
        let error = probe(&server).unwrap_err();
        assert_eq!(error.state(), State::Captive, "{name}: {error}");
        assert_eq!(server.heads.lock().unwrap().len(), 1, "{name}: followed");
    }
}

#[test]
fn statuses_of_the_platform_have_their_states() {
    let cases = [
        (always("401 Unauthorized", PROTOCOL, ""), State::Unauthorized),
        (always("403 Forbidden", PROTOCOL, ""), State::Unauthorized),
        (
            always("426 Upgrade Required", PROTOCOL, ""),
            State::UpgradeRequired,
        ),
        (
            always(
                "200 OK",
                "Expo-Protocol: 2\r\nContent-Type: application/json\r\n",
                GOOD,
            ),
            State::UpgradeRequired,
        ),
        (always("429 Too Many Requests", PROTOCOL, ""), State::RateLimited),
        (always("500 Internal Server Error", PROTOCOL, ""), State::Server),
        (always("503 Service Unavailable", PROTOCOL, ""), State::Server),
        (always("408 Request Timeout", PROTOCOL, ""), State::Server),
        (
            always(
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
fn retry_after_is_read_in_seconds_and_as_a_date() {
    let seconds = always(
        "429 Too Many Requests",
        "Expo-Protocol: 1\r\nRetry-After: 17\r\n",
        "",
    );
    let wait = probe(&seconds).unwrap_err().retry_after();
    assert_eq!(wait, Some(Duration::from_secs(17)));
    let date = "Expo-Protocol: 1\r\nDate: Fri, 13 Feb 2026 09:00:00 GMT\r\nRetry-After: Fri, 13 Feb 2026 09:02:00 GMT\r\n";
    let date = always("503 Service Unavailable", date, "");
    assert_eq!(
        probe(&date).unwrap_err().retry_after(),
        Some(Duration::from_mins(2))
    );
}

#[test]
fn a_problem_document_names_its_code() {
    let headers = "Expo-Protocol: 1\r\nContent-Type: application/problem+json\r\n";
    let body = r#"{"type":"about:blank#item_damaged","title":"t","status":422,"detail":"Item 3"}"#;
    let server = always("422 Unprocessable Entity", headers, body);
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
fn nobody_there_is_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = Server {
        address,
        heads: Arc::default(),
    };
    assert_eq!(probe(&server).unwrap_err().state(), State::Offline);
    let hangs_up = crate::server(|_, _, _| {});
    assert_eq!(probe(&hangs_up).unwrap_err().state(), State::Offline);
}

#[test]
fn a_certificate_that_cannot_hold_is_said_to_be_one() {
    // Speaks no TLS at all: what a portal does that grabs port 443.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        std::thread::sleep(Duration::from_secs(5));
    });
    let settings = client::Settings {
        url,
        token: None,
        ca_file: None,
        program: "test".to_owned(),
    };
    let client = client::Client::new(settings).unwrap();
    let error = run(ask(&client, NONCE)).unwrap_err();
    assert_eq!(error.state(), State::ClockOrTls, "{error}");
}

#[test]
fn endless_bodies_are_cut_off() {
    for headers in ["", "Content-Length: 9999999999\r\n"] {
        let server = server(move |_, _, stream| {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nConnection: close\r\n{PROTOCOL}{JSON}{headers}\r\n"
            )
            .unwrap();
            while stream.write_all(&[b' '; 8192]).is_ok() {}
        });
        let error = probe(&server).unwrap_err();
        assert_eq!(error.state(), State::Server, "{error}");
    }
    let picture = server(|_, _, stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\n{PROTOCOL}Content-Type: image/webp\r\n\r\n"
        )
        .unwrap();
        while stream.write_all(&[0; 8192]).is_ok() {}
    });
    assert_eq!(
        run(client(&picture).picture("00")).unwrap_err().state(),
        State::Server
    );
    let snapshot = server(|_, _, stream| {
        write!(
            stream,
            "HTTP/1.1 200 OK\r\n{PROTOCOL}Content-Type: application/zstd\r\n\r\n"
        )
        .unwrap();
        while stream.write_all(&[0; 8192]).is_ok() {}
    });
    assert_eq!(
        run(client(&snapshot).snapshot(1, 1000)).unwrap_err().state(),
        State::Server
    );
}

#[test]
fn batches_travel_compressed_and_signed_with_the_token() {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sent);
    let server = server(move |_, body, stream| {
        *seen.lock().unwrap() = body.to_vec();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n{PROTOCOL}{JSON}\r\n{{\"receipts\":[]}}"
        )
        .unwrap();
    });
    let batch = LeadBatch {
        items: vec![envelope()],
    };
    assert_eq!(run(client(&server).send_leads(&batch)).unwrap().receipts, []);
    let head = server.heads.lock().unwrap()[0].to_lowercase();
    assert!(
        head.contains("authorization: bearer test-token") && head.contains("content-encoding: zstd"),
        "{head}"
    );
    let plain = zstd::decode_all(sent.lock().unwrap().as_slice()).unwrap();
    assert_eq!(serde_json::from_slice::<LeadBatch>(&plain).unwrap(), batch);
}

/// A download that collects what comes, as the kiosk does.
async fn fetch(client: &client::Client, part: &mut Vec<u8>) -> Result<(), sync::SyncError> {
    let from = part.len() as u64;
    let mut take = |at: u64, bytes: &[u8]| {
        part.truncate(at as usize);
        assert_eq!(part.len() as u64, at, "a hole");
        part.extend_from_slice(bytes);
        Ok(())
    };
    client.picture_from("aa", from, &mut take).await
}

/// Answers with the picture, or what of it the range asks for; `until` says where the first answer breaks off.
fn picture_server(whole: Vec<u8>, until: usize, ranges: bool) -> Server {
    let mut first = true;
    server(move |head, _, stream| {
        let head = head.to_lowercase();
        let range = head
            .lines()
            .find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-'));
        let from = range
            .filter(|_| ranges)
            .map_or(0, |from| from.parse::<usize>().unwrap());
        // One answer a connection: a client that is not told so may ask again on one that is about to close.
        let kind = format!("{PROTOCOL}Content-Type: image/webp\r\nConnection: close\r\n");
        if from > whole.len() {
            let status = "HTTP/1.1 416 Range Not Satisfiable";
            return write!(stream, "{status}\r\nContent-Length: 0\r\n{kind}\r\n").unwrap();
        }
        let status = if from == 0 {
            "200 OK"
        } else {
            "206 Partial Content"
        };
        let rest = whole.len() - from;
        let range = format!(
            "Content-Range: bytes {from}-{}/{}\r\n",
            whole.len() - 1,
            whole.len()
        );
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {rest}\r\n{kind}{range}\r\n"
        )
        .unwrap();
        let until = if first { until } else { whole.len() };
        first = false;
        stream.write_all(&whole[from..until.max(from)]).unwrap();
    })
}

#[test]
fn a_broken_download_goes_on_where_it_broke() {
    let picture: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let server = picture_server(picture.clone(), 60_000, true);
    let client = client(&server);
    let mut part = Vec::new();
    run(async {
        let error = fetch(&client, &mut part).await.unwrap_err();
        assert_eq!(error.state(), Some(State::Offline));
        assert_eq!(part, picture[..60_000]);
        fetch(&client, &mut part).await.unwrap();
    });
    assert_eq!(part, picture);
    let head = server.heads.lock().unwrap()[1].to_lowercase();
    assert!(
        head.contains("range: bytes=60000-") && head.contains("if-range: \"aa\""),
        "{head}"
    );
}

#[test]
fn a_platform_without_ranges_or_with_a_shorter_picture_sends_it_whole() {
    let picture = vec![7; 1_000];
    for (ranges, have) in [(false, 400), (true, 2_000)] {
        let server = picture_server(picture.clone(), 1_000, ranges);
        let mut part = vec![0; have];
        run(fetch(&client(&server), &mut part)).unwrap();
        assert_eq!(part, picture);
    }
}

#[test]
fn no_delta_is_no_fault_and_one_too_long_is_cut_off() {
    let none = always("404 Not Found", PROTOCOL, "");
    assert_eq!(run(client(&none).delta(2, 1, 1_000)).unwrap(), None);
    assert!(none.heads.lock().unwrap()[0].starts_with("GET /v1/catalogue/2/delta?from=1 "));
    let long = always(
        "200 OK",
        "Expo-Protocol: 1\r\nContent-Type: application/zstd\r\n",
        "too long",
    );
    assert_eq!(
        run(client(&long).delta(2, 1, 4)).unwrap_err().state(),
        State::Server
    );
}

#[test]
fn erasures_and_configurations_are_read() {
    let both = "Expo-Protocol: 1\r\nContent-Type: application/json\r\n";
    let body = r#"{"erasures":[{"seq":12,"id":"00000000-0000-0000-0000-000000000001"}],"newest":12}"#;
    let server = always("200 OK", both, body);
    let answer = run(client(&server).erasures(11)).unwrap();
    assert_eq!((answer.erasures[0].seq, answer.newest), (12, 12));
    assert!(server.heads.lock().unwrap()[0].starts_with("GET /v1/erasures?after=11 "));
    let done = protocol::ErasuresDone { done: vec![12] };
    assert!(run(client(&always("200 OK", both, "{}")).erasures_done(&done)).is_ok());
    let nothing = always("204 No Content", PROTOCOL, "");
    assert_eq!(run(client(&nothing).configuration()).unwrap(), None);
}

#[test]
fn nothing_published_is_no_fault() {
    let server = always("204 No Content", PROTOCOL, "");
    assert_eq!(run(client(&server).checkpoint()).unwrap(), None);
}

#[test]
fn errors_and_debug_texts_tell_no_token_and_no_address_with_a_nonce() {
    let server = always("500 Internal Server Error", PROTOCOL, "");
    let client = client(&server);
    let said = format!("{client:?} {:?}", run(ask(&client, NONCE)).unwrap_err());
    assert!(!said.contains("test-token") && !said.contains(NONCE), "{said}");
}

#[test]
fn pinned_authorities_must_be_certificates() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "not a certificate").unwrap();
    let settings = client::Settings {
        url: "https://expo.example.org".to_owned(),
        token: None,
        ca_file: Some(file.path().to_owned()),
        program: "test".to_owned(),
    };
    let error = client::Client::new(settings).unwrap_err();
    assert!(
        matches!(error, client::ClientError::Authorities { .. }),
        "{error}"
    );
}

fn envelope() -> Envelope {
    let sealed = b"sealed test bytes".to_vec();
    Envelope {
        header: domain::LeadHeader {
            id: uuid::Uuid::from_u128(1),
            revision: 1,
            kind: "lead".to_owned(),
            stop: "test-stop".to_owned(),
            kiosk: "K01".to_owned(),
            ticket: "TST-1".to_owned(),
            taken_at: "2026-02-13T09:00:00Z".parse().unwrap(),
            monotonic_ms: 0,
            boot_id: "test-boot".to_owned(),
            language: domain::Lang::Fr,
        },
        sha256: protocol::sha256_hex(&sealed),
        sealed,
    }
}

#[test]
fn the_header_is_the_agreed_one() {
    assert!(PROTOCOL.starts_with(PROTOCOL_HEADER));
}
