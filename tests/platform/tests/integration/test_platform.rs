//! A platform on a free port of this machine, and kiosks that talk to it.

use cluster::Cluster;
use contract::Api;
use domain::Stop;
use platform::{Address, App, KeySource, Limits, Place};
use protocol::{Enrolled, LeadBatch};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;
use vault::seal::Recipient;

/// An empty store with a folder for its keys.
pub struct Ground {
    pub place: Place,
    pub dir: TempDir,
}

impl Ground {
    pub fn sqlite() -> Self {
        let dir = folder();
        Self {
            place: Place::folder(dir.path()),
            dir,
        }
    }

    pub fn postgres() -> Self {
        Self::on(Cluster::shared().unwrap())
    }

    pub fn on(cluster: &Cluster) -> Self {
        let dir = folder();
        let url = cluster.database().unwrap();
        let place = Place {
            store: Address::Postgres(url),
            keys: KeySource::Folder(dir.path().join("keys")),
        };
        Self { place, dir }
    }

    /// As an argument of the program.
    pub fn store(&self) -> String {
        match &self.place.store {
            Address::Folder(dir) => format!("sqlite:{}", dir.display()),
            Address::Postgres(url) => url.clone(),
        }
    }

    /// Whether these bytes, or some of them, lie in the files of the store: of PostgreSQL those of the database with all
    /// its catalogues, without the log.
    pub fn holds(&self, secret: &[u8]) -> bool {
        let bytes = match &self.place.store {
            Address::Folder(dir) => ["platform.db", "platform.db-wal"]
                .iter()
                .flat_map(|name| std::fs::read(dir.join(name)).unwrap_or_default())
                .collect(),
            Address::Postgres(url) => Cluster::shared().unwrap().files(url).unwrap(),
        };
        // Long values are cut into pieces by both.
        let pieces = (0..4).filter_map(|quarter| secret.chunks_exact(64).nth(quarter * secret.len() / 256));
        let mut pieces: Vec<&[u8]> = pieces.collect();
        if pieces.is_empty() {
            pieces.push(secret);
        }
        pieces.iter().any(|piece| lies_in(&bytes, piece))
    }

    /// What an operator does with the tool of the database.
    pub fn sql(&self, sql: &str) {
        match &self.place.store {
            Address::Folder(dir) => {
                let db = rusqlite::Connection::open(dir.join("platform.db")).unwrap();
                db.execute_batch(sql).unwrap();
            }
            Address::Postgres(url) => {
                Cluster::shared().unwrap().sql(url, sql).unwrap();
            }
        }
    }
}

fn lies_in(mut bytes: &[u8], piece: &[u8]) -> bool {
    while let Some(at) = bytes.iter().position(|byte| *byte == piece[0]) {
        bytes = &bytes[at..];
        if bytes.starts_with(piece) {
            return true;
        }
        bytes = &bytes[1..];
    }
    false
}

/// A running platform; [`Stand::stop`] ends it and leaves its store.
pub struct Stand {
    pub app: Arc<App>,
    pub url: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Stand {
    pub async fn start(ground: &Ground) -> Self {
        Self::start_with(ground, Limits::new(0, 0, false)).await
    }

    pub async fn start_with(ground: &Ground, limits: Limits) -> Self {
        let app = Arc::new(App::open(&ground.place, limits).unwrap());
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

    pub fn api(&self) -> Api {
        Api::new(&self.url, None).unwrap()
    }

    pub fn code(&self) -> String {
        self.code_with(None)
    }

    pub fn code_with(&self, stop: Option<&Stop>) -> String {
        let now = jiff::Timestamp::now();
        let expires_at = now + jiff::SignedDuration::from_hours(1);
        self.app.store.new_code(stop, now, expires_at).unwrap()
    }

    pub async fn enrol(&self) -> (Api, Enrolled) {
        let enrolled = self.api().enrol(&self.code()).await.unwrap();
        (self.api().with_token(&enrolled.token), enrolled)
    }
}

pub fn stop(id: &str) -> Stop {
    let event = serde_json::json!({
        "id": id, "code": "TST", "name": {"fr": "Essai"}, "city": {"fr": "Paris"},
        "starts_on": "2026-02-13", "ends_on": "2026-02-15", "time_zone": "Europe/Paris", "languages": ["fr", "ar"]
    });
    serde_json::from_value(event).unwrap()
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
    runtime.block_on(async { tokio::time::timeout(Duration::from_mins(2), test).await.unwrap() })
}

/// Leads with these numbers as identifiers, in the stop `contract-test`.
pub fn batch(numbers: impl IntoIterator<Item = u128>, recipient: &str) -> LeadBatch {
    let recipient: Recipient = recipient.parse().unwrap();
    let envelope = |number| contract::invented::envelope(Uuid::from_u128(number), &recipient).unwrap();
    LeadBatch {
        items: numbers.into_iter().map(envelope).collect(),
    }
}
