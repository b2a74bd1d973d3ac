//! Lead batches, erasures, configurations and checkpoints, and the settings of the client.

use crate::server::{JSON, PROTOCOL, client, fixed_response, run, server};
use expo_protocol::{Envelope, LeadBatch};
use expo_sync::Platform;
use std::io::Write;
use std::sync::{Arc, Mutex};

#[test]
fn batches_are_compressed_and_carry_the_token() {
    let received = Arc::new(Mutex::new(Vec::new()));
    let body_of_request = Arc::clone(&received);
    let server = server(move |_, body, stream| {
        *body_of_request.lock().unwrap() = body.to_vec();
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
    let plain = zstd::decode_all(received.lock().unwrap().as_slice()).unwrap();
    assert_eq!(serde_json::from_slice::<LeadBatch>(&plain).unwrap(), batch);
}

#[test]
fn erasures_and_configurations_are_parsed() {
    let headers = "Expo-Protocol: 1\r\nContent-Type: application/json\r\n";
    let body = r#"{"erasures":[{"seq":12,"id":"00000000-0000-0000-0000-000000000001"}],"newest":12}"#;
    let server = fixed_response("200 OK", headers, body);
    let response = run(client(&server).erasures(11)).unwrap();
    assert_eq!((response.erasures[0].seq, response.newest), (12, 12));
    assert!(server.heads.lock().unwrap()[0].starts_with("GET /v1/erasures?after=11 "));
    let done = expo_protocol::ErasuresDone { done: vec![12] };
    assert!(run(client(&fixed_response("200 OK", headers, "{}")).erasures_done(&done)).is_ok());
    let no_content = fixed_response("204 No Content", PROTOCOL, "");
    assert_eq!(run(client(&no_content).configuration()).unwrap(), None);
}

#[test]
fn missing_checkpoint_is_none() {
    let server = fixed_response("204 No Content", PROTOCOL, "");
    assert_eq!(run(client(&server).checkpoint()).unwrap(), None);
}

#[test]
fn pinned_authorities_must_be_certificates() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("authorities.pem");
    for content in [None, Some(""), Some("not a certificate")] {
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        let settings = expo_client::Settings {
            url: "https://expo.example.org".to_owned(),
            token: None,
            ca_file: Some(path.clone()),
            program: "test".to_owned(),
        };
        let error = expo_client::Client::new(settings).unwrap_err();
        assert!(
            matches!(error, expo_client::ClientError::Authorities { .. }),
            "{content:?}: {error}"
        );
    }
}

fn envelope() -> Envelope {
    let sealed = b"sealed test bytes".to_vec();
    Envelope {
        header: expo_domain::LeadHeader {
            id: uuid::Uuid::from_u128(1),
            revision: 1,
            kind: "lead".to_owned(),
            stop: "test-stop".to_owned(),
            kiosk: "K01".to_owned(),
            ticket: "TST-1".to_owned(),
            taken_at: "2026-02-13T09:00:00Z".parse().unwrap(),
            monotonic_ms: 0,
            boot_id: "test-boot".to_owned(),
            language: expo_domain::Lang::Fr,
        },
        sha256: expo_protocol::sha256_hex(&sealed),
        sealed,
    }
}
