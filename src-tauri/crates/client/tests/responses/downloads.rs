//! Downloads of pictures, snapshots and deltas.

use crate::server::{JSON, PROTOCOL, Server, client, fixed_response, probe, run, server};
use expo_sync::{Platform, State};
use std::io::Write;

#[test]
fn endless_bodies_are_rejected() {
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

/// Continues a download at the end of `part`, as the kiosk does.
async fn download(client: &expo_client::Client, part: &mut Vec<u8>) -> Result<(), expo_sync::SyncError> {
    let from = part.len() as u64;
    let mut take = |offset: u64, bytes: &[u8]| {
        part.truncate(offset as usize);
        assert_eq!(part.len() as u64, offset, "the chunk leaves a gap");
        part.extend_from_slice(bytes);
        Ok(())
    };
    client.picture_from("aa", from, &mut take).await
}

/// Sends the picture, or the requested range of it if `ranges` is true. The first response ends after byte `until`.
fn picture_server(picture: Vec<u8>, until: usize, ranges: bool) -> Server {
    let mut first = true;
    server(move |head, _, stream| {
        let head = head.to_lowercase();
        let range = head
            .lines()
            .find_map(|line| line.strip_prefix("range: bytes=")?.strip_suffix('-'));
        let from = range
            .filter(|_| ranges)
            .map_or(0, |from| from.parse::<usize>().unwrap());
        // One response per connection: without this header the client may reuse a connection that is about to close.
        let kind = format!("{PROTOCOL}Content-Type: image/webp\r\nConnection: close\r\n");
        if from > picture.len() {
            let status = "HTTP/1.1 416 Range Not Satisfiable";
            return write!(stream, "{status}\r\nContent-Length: 0\r\n{kind}\r\n").unwrap();
        }
        let status = if from == 0 {
            "200 OK"
        } else {
            "206 Partial Content"
        };
        let remaining = picture.len() - from;
        let range = format!(
            "Content-Range: bytes {from}-{}/{}\r\n",
            picture.len() - 1,
            picture.len()
        );
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {remaining}\r\n{kind}{range}\r\n"
        )
        .unwrap();
        let until = if first { until } else { picture.len() };
        first = false;
        stream.write_all(&picture[from..until.max(from)]).unwrap();
    })
}

#[test]
fn broken_download_resumes_at_last_byte() {
    let picture: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let server = picture_server(picture.clone(), 60_000, true);
    let client = client(&server);
    let mut part = Vec::new();
    run(async {
        let error = download(&client, &mut part).await.unwrap_err();
        assert_eq!(error.state(), Some(State::Offline));
        assert_eq!(part, picture[..60_000]);
        download(&client, &mut part).await.unwrap();
    });
    assert_eq!(part, picture);
    let head = server.heads.lock().unwrap()[1].to_lowercase();
    assert!(
        head.contains("range: bytes=60000-") && head.contains("if-range: \"aa\""),
        "{head}"
    );
}

#[test]
fn download_restarts_when_range_is_unusable() {
    let picture = vec![7; 1_000];
    for (ranges, have) in [(false, 400), (true, 2_000)] {
        let server = picture_server(picture.clone(), 1_000, ranges);
        let mut part = vec![0; have];
        run(download(&client(&server), &mut part)).unwrap();
        assert_eq!(part, picture);
    }
}

#[test]
fn missing_delta_is_none_and_long_delta_is_rejected() {
    let none = fixed_response("404 Not Found", PROTOCOL, "");
    assert_eq!(run(client(&none).delta(2, 1, 1_000)).unwrap(), None);
    assert!(none.heads.lock().unwrap()[0].starts_with("GET /v1/catalogue/2/delta?from=1 "));
    let long = fixed_response(
        "200 OK",
        "Expo-Protocol: 1\r\nContent-Type: application/zstd\r\n",
        "too long",
    );
    assert_eq!(
        run(client(&long).delta(2, 1, 4)).unwrap_err().state(),
        State::Server
    );
}
