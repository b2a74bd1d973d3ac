//! A running reference platform with two published catalogue versions.

use contract::Options;
use expo_platform::publish::publish;
use expo_platform::{App, Limits, StorageConfig};
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

pub struct ReferencePlatform {
    pub app: Arc<App>,
    pub url: String,
    /// The catalogue version before the newest.
    pub older: u64,
    /// SHA-256 of a picture, in hexadecimal.
    pub picture: String,
}

impl ReferencePlatform {
    pub async fn start(config: &StorageConfig) -> Self {
        let app = Arc::new(App::open(config, Limits::new(0, 0, false)).unwrap());
        let work = tempfile::tempdir().unwrap();
        fixtures::write_catalogue_source(work.path());
        let older = publish(&app, work.path(), Timestamp::now()).unwrap().version;
        let units = work.path().join("units.csv");
        let text = fs::read_to_string(&units).unwrap().replace("288000", "285000");
        fs::write(&units, text + "U-02;FES-A-G1;A-102;290000;60;1;3;available\n").unwrap();
        publish(&app, work.path(), Timestamp::now()).unwrap();
        let (signed, snapshot) = app.store.version(older).unwrap().unwrap();
        let checkpoint = expo_bundle::VerifiedCheckpoint::open(&signed, &app.keys.publisher).unwrap();
        let catalogue = expo_bundle::open_snapshot(&checkpoint, &snapshot).unwrap();
        let (picture, _) = expo_protocol::snapshot::picture_files(&catalogue)
            .pop_first()
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(expo_platform::serve(
            listener,
            Arc::clone(&app),
            std::future::pending(),
        ));
        Self {
            app,
            url,
            older,
            picture,
        }
    }

    /// A new enrolment code.
    pub fn code(&self) -> String {
        let now = Timestamp::now();
        self.app
            .store
            .new_code(None, now, now + SignedDuration::from_hours(1))
            .unwrap()
    }

    /// Options that let every check run, against `url`.
    pub fn options(&self, url: &str) -> Options {
        let app = Arc::clone(&self.app);
        Options {
            second_code: Some(self.code()),
            publisher_key: Some(self.app.keys.publisher.to_string()),
            from_version: Some(self.older),
            erase: Some(Box::new(move |lead| {
                let erased = app.store.erase(lead, None, Timestamp::now());
                erased.map(|_| ()).map_err(|e| e.to_string())
            })),
            ..Options::new(url, &self.code())
        }
    }
}
