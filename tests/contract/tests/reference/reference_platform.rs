//! A reference platform with two published versions.

use contract::Options;
use jiff::{SignedDuration, Timestamp};
use platform::publish::publish;
use platform::{App, Limits, Place};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
}

pub struct Rig {
    pub app: Arc<App>,
    pub url: String,
    /// The version before the newest.
    pub older: u64,
    /// SHA-256 of a picture.
    pub picture: String,
}

impl Rig {
    pub async fn start(place: &Place) -> Self {
        let app = Arc::new(App::open(place, Limits::new(0, 0, false)).unwrap());
        let work = tempfile::tempdir().unwrap();
        copy(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/catalogue")),
            work.path(),
        );
        let older = publish(&app, work.path(), Timestamp::now()).unwrap().version;
        let units = work.path().join("units.csv");
        let text = fs::read_to_string(&units).unwrap().replace("288000", "285000");
        fs::write(&units, text + "U-02;FES-A-G1;A-102;290000;60;1;3;available\n").unwrap();
        publish(&app, work.path(), Timestamp::now()).unwrap();
        let (signed, packed) = app.store.version(older).unwrap().unwrap();
        let (_, catalogue) = bundle::open_snapshot(&signed, &packed, &app.keys.publisher).unwrap();
        let (picture, _) = protocol::snapshot::picture_files(&catalogue).pop_first().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(platform::serve(
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

    pub fn code(&self) -> String {
        let now = Timestamp::now();
        self.app
            .store
            .new_code(None, now, now + SignedDuration::from_hours(1))
            .unwrap()
    }

    /// Everything that can be seen is to be seen, at `url`.
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

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
