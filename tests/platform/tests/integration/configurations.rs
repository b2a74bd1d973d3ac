//! Configurations: for every kiosk or for one, told by heartbeats, and no news to those enrolled since.

use crate::on_both_stores;
use crate::stand::{Ground, Stand, run, stop};
use jiff::Timestamp;
use protocol::{Configuration, Heartbeat};

on_both_stores!(
    a_configuration_reaches_those_it_is_for,
    a_new_kiosk_begins_with_the_newest_or_with_its_own
);

fn configure(stand: &Stand, kiosk: Option<&str>, id: &str) -> u64 {
    let make = |version| Configuration {
        version,
        stop: stop(id),
        heartbeat_seconds: Some(30),
        retention_days: None,
    };
    stand.app.store.configure(kiosk, make, Timestamp::now()).unwrap()
}

fn a_configuration_reaches_those_it_is_for(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        let (one, enrolled) = stand.enrol().await;
        let (other, _) = stand.enrol().await;
        let heartbeat = Heartbeat::default();
        assert_eq!(enrolled.config_version, 1);
        assert_eq!(one.heartbeat(&heartbeat).await.unwrap().config_version, 1);
        assert_eq!(one.configuration().await.unwrap(), None);
        assert_eq!(configure(&stand, None, "lyon"), 2);
        assert_eq!(configure(&stand, Some(&enrolled.kiosk), "lille"), 3);
        assert_eq!(one.heartbeat(&heartbeat).await.unwrap().config_version, 3);
        assert_eq!(other.heartbeat(&heartbeat).await.unwrap().config_version, 2);
        let (given, others) = (
            one.configuration().await.unwrap(),
            other.configuration().await.unwrap(),
        );
        let (given, others) = (given.unwrap(), others.unwrap());
        assert_eq!((given.version, given.stop.id.as_str()), (3, "lille"));
        assert_eq!((others.version, others.stop.id.as_str()), (2, "lyon"));
        assert_eq!(others.heartbeat_seconds, Some(30));
        let nobody = stand
            .app
            .store
            .configure(Some("K99"), |_| given.clone(), Timestamp::now());
        assert!(nobody.is_err());
        let taken = Heartbeat {
            config_version: 3,
            ..Heartbeat::default()
        };
        one.heartbeat(&taken).await.unwrap();
        let kiosks = stand.app.store.kiosks().unwrap();
        assert_eq!(
            (kiosks[0].stop.as_deref(), kiosks[1].stop.as_deref()),
            (Some("lille"), None)
        );
        assert_eq!(configure(&stand, None, "metz"), 4);
        assert_eq!(one.configuration().await.unwrap().unwrap().stop.id, "metz");
    });
}

fn a_new_kiosk_begins_with_the_newest_or_with_its_own(ground: &Ground) {
    run(async {
        let stand = Stand::start(ground).await;
        configure(&stand, None, "lyon");
        let (client, enrolled) = stand.enrol().await;
        assert_eq!(
            (enrolled.config_version, enrolled.stop.unwrap().id.as_str()),
            (2, "lyon")
        );
        assert_eq!(client.configuration().await.unwrap(), None, "it has it already");
        // Its code came with a stop: what was configured before for others is not for it.
        let code = stand.code_with(Some(&stop("paris")));
        let enrolled = stand.api().enrol(&code).await.unwrap();
        assert_eq!(
            (enrolled.config_version, enrolled.stop.unwrap().id.as_str()),
            (2, "paris")
        );
        let client = stand.api().with_token(&enrolled.token);
        assert_eq!(
            client
                .heartbeat(&Heartbeat::default())
                .await
                .unwrap()
                .config_version,
            2
        );
        assert_eq!(client.configuration().await.unwrap(), None);
        configure(&stand, None, "metz");
        assert_eq!(client.configuration().await.unwrap().unwrap().stop.id, "metz");
    });
}
