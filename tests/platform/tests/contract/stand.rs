//! A platform on a free port of this machine, kiosks that talk to it through the real client, and invented leads.

use client::{Client, Settings};
use domain::lead::{Channel, ConsentProof, Consents, Lead, LeadRecord};
use domain::{Lang, LeadHeader};
use platform::{App, Keys, Store};
use protocol::{Enrolled, EnrolmentRequest, Envelope, LeadBatch, sha256_hex};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use sync::SystemClock;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;
use vault::seal::{Recipient, seal};

/// A running platform; [`Stand::stop`] ends it and leaves its folder.
pub struct Stand {
    pub app: Arc<App>,
    pub url: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Stand {
    pub async fn start(dir: &Path) -> Self {
        let app = Arc::new(App {
            keys: Keys::open(dir).unwrap(),
            store: Store::open(dir).unwrap(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { stopped.await.unwrap_or_default() };
        let answering = Arc::clone(&app);
        let serving =
            tokio::spawn(async move { platform::serve(listener, answering, shutdown).await.unwrap() });
        Self {
            app,
            url,
            stop,
            serving,
        }
    }

    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.serving.await.unwrap();
    }

    pub fn client(&self, token: Option<&str>) -> Client {
        let token = token.map(str::to_owned);
        let settings = Settings {
            url: self.url.clone(),
            token,
            ca_file: None,
            program: "test".to_owned(),
        };
        Client::new(settings).unwrap()
    }

    pub fn code(&self) -> String {
        let now = jiff::Timestamp::now();
        self.app
            .store
            .new_code(None, now, now + jiff::SignedDuration::from_hours(1))
            .unwrap()
    }

    pub async fn enrol(&self) -> (Client, Enrolled) {
        let request = EnrolmentRequest {
            code: self.code(),
            program: "test".to_owned(),
        };
        let enrolled = sync::enrol(&self.client(None), &mut SystemClock::start(), &request)
            .await
            .unwrap();
        (self.client(Some(&enrolled.token)), enrolled)
    }

    /// Sends bytes as they are and returns the whole answer as text.
    pub async fn raw(&self, request: String) -> String {
        let address = self.url.trim_start_matches("http://").to_owned();
        let talk = move || {
            let mut stream = std::net::TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            String::from_utf8_lossy(&answer).into_owned()
        };
        tokio::task::spawn_blocking(talk).await.unwrap()
    }
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Runs a test on two threads, so that requests meet each other.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_mins(1), test).await.unwrap() })
}

pub fn header(number: u128) -> LeadHeader {
    LeadHeader {
        id: Uuid::from_u128(number),
        revision: 1,
        kind: "lead".to_owned(),
        stop: "test-stop".to_owned(),
        kiosk: "K01".to_owned(),
        ticket: format!("TST-{number}"),
        taken_at: "2026-02-13T09:00:00Z".parse().unwrap(),
        monotonic_ms: 5,
        boot_id: "test-boot".to_owned(),
        language: Lang::Ar,
    }
}

pub fn record(number: u128, name: &str) -> LeadRecord {
    LeadRecord {
        header: header(number),
        lead: Lead {
            name: name.to_owned(),
            phone: Some(format!("+3361200{number:04}")),
            email: None,
            country: Some("FR".to_owned()),
            city: None,
            language: Lang::Ar,
            interests: vec!["P-1".to_owned()],
            budget_mad: Some(900_000),
            purpose: None,
            desk: None,
            channel: Channel::Call,
            consents: Consents {
                call: true,
                ..Consents::default()
            },
            note: None,
        },
        consent: ConsentProof {
            notice_version: "test-1".to_owned(),
            notice_sha256: "00".repeat(32),
            language: Lang::Ar,
            given_at: "2026-02-13T09:00:00Z".parse().unwrap(),
            channel: Channel::Call,
        },
    }
}

pub fn envelope_of(header: LeadHeader, plain: &[u8], recipient: &str) -> Envelope {
    let sealed = seal(plain, &[recipient.parse::<Recipient>().unwrap()]).unwrap();
    Envelope {
        header,
        sha256: sha256_hex(&sealed),
        sealed,
    }
}

pub fn envelope(number: u128, recipient: &str) -> Envelope {
    let record = record(number, "زائر تجريبي Test Visiteur");
    envelope_of(header(number), &serde_json::to_vec(&record).unwrap(), recipient)
}

pub fn batch(numbers: impl IntoIterator<Item = u128>, recipient: &str) -> LeadBatch {
    LeadBatch {
        items: numbers
            .into_iter()
            .map(|number| envelope(number, recipient))
            .collect(),
    }
}
