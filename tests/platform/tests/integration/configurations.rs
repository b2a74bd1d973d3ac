//! Configurations for all kiosks or for one: announced by heartbeats, and included in later enrolments.

use crate::on_both_stores;
use crate::test_platform::{TestPlatform, TestStore, run, stop};
use expo_protocol::{Configuration, Heartbeat};
use jiff::Timestamp;

on_both_stores!(
    configuration_reaches_its_kiosks,
    new_kiosk_starts_with_newest_or_own_configuration
);

fn configure(platform: &TestPlatform, kiosk: Option<&str>, id: &str) -> u64 {
    let with_version = |version| Configuration {
        version,
        stop: stop(id),
        heartbeat_seconds: Some(30),
        retention_days: None,
    };
    platform
        .app
        .store
        .configure(kiosk, with_version, Timestamp::now())
        .unwrap()
}

fn configuration_reaches_its_kiosks(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        let (one, enrolled) = platform.enrol().await;
        let (other, _) = platform.enrol().await;
        let heartbeat = Heartbeat::default();
        assert_eq!(enrolled.config_version, 1);
        assert_eq!(one.heartbeat(&heartbeat).await.unwrap().config_version, 1);
        assert_eq!(one.configuration().await.unwrap(), None);
        assert_eq!(configure(&platform, None, "lyon"), 2);
        assert_eq!(configure(&platform, Some(&enrolled.kiosk), "lille"), 3);
        assert_eq!(one.heartbeat(&heartbeat).await.unwrap().config_version, 3);
        assert_eq!(other.heartbeat(&heartbeat).await.unwrap().config_version, 2);
        let (own, others) = (
            one.configuration().await.unwrap(),
            other.configuration().await.unwrap(),
        );
        let (own, others) = (own.unwrap(), others.unwrap());
        assert_eq!((own.version, own.stop.id.as_str()), (3, "lille"));
        assert_eq!((others.version, others.stop.id.as_str()), (2, "lyon"));
        assert_eq!(others.heartbeat_seconds, Some(30));
        let unknown = platform
            .app
            .store
            .configure(Some("K99"), |_| own.clone(), Timestamp::now());
        assert!(unknown.is_err());
        let in_use = Heartbeat {
            config_version: 3,
            ..Heartbeat::default()
        };
        one.heartbeat(&in_use).await.unwrap();
        let kiosks = platform.app.store.kiosks().unwrap();
        assert_eq!(
            (kiosks[0].stop.as_deref(), kiosks[1].stop.as_deref()),
            (Some("lille"), None)
        );
        assert_eq!(configure(&platform, None, "metz"), 4);
        assert_eq!(one.configuration().await.unwrap().unwrap().stop.id, "metz");
    });
}

fn new_kiosk_starts_with_newest_or_own_configuration(test_store: &TestStore) {
    run(async {
        let platform = TestPlatform::start(test_store).await;
        configure(&platform, None, "lyon");
        let (client, enrolled) = platform.enrol().await;
        assert_eq!(
            (enrolled.config_version, enrolled.stop.unwrap().id.as_str()),
            (2, "lyon")
        );
        assert_eq!(
            client.configuration().await.unwrap(),
            None,
            "its enrolment included it"
        );
        // The code has a stop, so existing configurations do not apply to this kiosk.
        let code = platform.code_with(Some(&stop("paris")));
        let enrolled = platform.api().enrol(&code).await.unwrap();
        assert_eq!(
            (enrolled.config_version, enrolled.stop.unwrap().id.as_str()),
            (2, "paris")
        );
        let client = platform.api().with_token(&enrolled.token);
        assert_eq!(
            client
                .heartbeat(&Heartbeat::default())
                .await
                .unwrap()
                .config_version,
            2
        );
        assert_eq!(client.configuration().await.unwrap(), None);
        configure(&platform, None, "metz");
        assert_eq!(client.configuration().await.unwrap().unwrap().stop.id, "metz");
    });
}
