//! Starts a platform on a free port of this machine, with clients that act as kiosks.

use cluster::Cluster;
use contract::Api;
use expo_domain::Stop;
use expo_platform::{App, KeySource, Limits, StorageConfig, StoreAddress};
use expo_protocol::{EnrolmentReply, LeadBatch};
use expo_vault::seal::Recipient;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// An empty store with a folder for its keys.
pub struct TestStore {
    pub config: StorageConfig,
    pub dir: TempDir,
}

impl TestStore {
    pub fn sqlite() -> Self {
        let dir = folder();
        Self {
            config: StorageConfig::folder(dir.path()),
            dir,
        }
    }

    pub fn postgres() -> Self {
        Self::on(Cluster::shared().unwrap())
    }

    pub fn on(cluster: &Cluster) -> Self {
        let dir = folder();
        let url = cluster.database().unwrap();
        let config = StorageConfig {
            store: StoreAddress::Postgres(url),
            keys: KeySource::Folder(dir.path().join("keys")),
        };
        Self { config, dir }
    }

    /// The store as an argument of the program.
    pub fn store_argument(&self) -> String {
        match &self.config.store {
            StoreAddress::Folder(dir) => format!("sqlite:{}", dir.display()),
            StoreAddress::Postgres(url) => url.clone(),
        }
    }

    /// Whether the files of the store contain these bytes, or a piece of them. For PostgreSQL these are the files of the
    /// database with its system catalogues, without the log.
    pub fn holds(&self, secret: &[u8]) -> bool {
        let bytes = match &self.config.store {
            StoreAddress::Folder(dir) => ["platform.db", "platform.db-wal"]
                .iter()
                .flat_map(|name| std::fs::read(dir.join(name)).unwrap_or_default())
                .collect(),
            StoreAddress::Postgres(url) => Cluster::shared().unwrap().files(url).unwrap(),
        };
        // Both databases split long values into pieces.
        let pieces = (0..4).filter_map(|quarter| secret.chunks_exact(64).nth(quarter * secret.len() / 256));
        let mut pieces: Vec<&[u8]> = pieces.collect();
        if pieces.is_empty() {
            pieces.push(secret);
        }
        pieces.iter().any(|piece| contains(&bytes, piece))
    }

    /// Runs SQL as an operator would, with the tools of the database.
    pub fn sql(&self, sql: &str) {
        match &self.config.store {
            StoreAddress::Folder(dir) => {
                let db = rusqlite::Connection::open(dir.join("platform.db")).unwrap();
                db.execute_batch(sql).unwrap();
            }
            StoreAddress::Postgres(url) => {
                Cluster::shared().unwrap().sql(url, sql).unwrap();
            }
        }
    }
}

fn contains(mut bytes: &[u8], piece: &[u8]) -> bool {
    while let Some(at) = bytes.iter().position(|byte| *byte == piece[0]) {
        bytes = &bytes[at..];
        if bytes.starts_with(piece) {
            return true;
        }
        bytes = &bytes[1..];
    }
    false
}

/// A running platform. [`TestPlatform::stop`] stops it and keeps its store.
pub struct TestPlatform {
    pub app: Arc<App>,
    pub url: String,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl TestPlatform {
    pub async fn start(test_store: &TestStore) -> Self {
        Self::start_with(test_store, Limits::new(0, 0, false)).await
    }

    pub async fn start_with(test_store: &TestStore, limits: Limits) -> Self {
        let app = Arc::new(App::open(&test_store.config, limits).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { stopped.await.unwrap_or_default() };
        let shared = Arc::clone(&app);
        let task =
            tokio::spawn(async move { expo_platform::serve(listener, shared, shutdown).await.unwrap() });
        Self { app, url, stop, task }
    }

    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
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

    /// A new token for the overview.
    pub fn overview_token(&self) -> String {
        let now = jiff::Timestamp::now();
        let expires_at = now + jiff::SignedDuration::from_hours(1);
        self.app.store.new_overview_token(None, now, expires_at).unwrap()
    }

    pub async fn enrol(&self) -> (Api, EnrolmentReply) {
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

/// Runs a test on two threads, so that requests run concurrently.
pub fn run<T>(test: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_mins(2), test).await.unwrap() })
}

/// A batch of leads with these numbers as identifiers, for the stop `contract-test`.
pub fn batch(numbers: impl IntoIterator<Item = u128>, recipient: &str) -> LeadBatch {
    let recipient: Recipient = recipient.parse().unwrap();
    let envelope = |number| contract::sample_leads::envelope(Uuid::from_u128(number), &recipient).unwrap();
    LeadBatch {
        items: numbers.into_iter().map(envelope).collect(),
    }
}
