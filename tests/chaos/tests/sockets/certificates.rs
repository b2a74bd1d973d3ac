//! Certificates that do not hold: nothing is sent, staff read why, and the right one ends it.

use chaos::certificates::Authority;
use chaos::running::until;
use chaos::stand::{Plan, Stand};
use rustls::ServerConfig;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn wrong(stand: &Stand) -> [Arc<ServerConfig>; 3] {
    let foreign = Authority::new().unwrap();
    let elsewhere = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    [
        foreign.server(HERE).unwrap(),
        stand.authority.expired(HERE).unwrap(),
        stand.authority.server(elsewhere).unwrap(),
    ]
}

#[test]
fn under_a_certificate_that_does_not_hold_nothing_is_sent() {
    let stand = Stand::new(Plan {
        tls: true,
        ..Plan::default()
    })
    .unwrap();
    let right = stand.authority.server(HERE).unwrap();
    for wrong in wrong(&stand) {
        stand.lead().unwrap();
        stand.line.forget();
        stand.line.certificate(Some(wrong));
        let report = stand.round().unwrap();
        assert_eq!(
            (&report["state"], &report["waiting"]),
            (&json!("clock_or_tls"), &json!(1))
        );
        assert_eq!(stand.status().unwrap()["sync"]["state"], json!("clock_or_tls"));
        assert!(stand.line.seen().is_empty(), "something was said to a stranger");
        stand.line.certificate(Some(Arc::clone(&right)));
        stand.rounds_until_ok(1).unwrap();
    }
    stand.is_settled().unwrap();
}

#[test]
fn the_running_kiosk_says_so_and_goes_on_by_itself_when_it_holds_again() {
    let stand = Stand::new(Plan {
        tls: true,
        ..Plan::default()
    })
    .unwrap();
    let right = stand.authority.server(HERE).unwrap();
    stand
        .line
        .certificate(Some(Authority::new().unwrap().server(HERE).unwrap()));
    stand.line.forget();
    stand.lead().unwrap();
    let running = stand.run().unwrap();
    let state = || {
        stand
            .status()
            .ok()
            .filter(|status| status["sync"]["state"] == json!("clock_or_tls"))
    };
    let status = until("the state is not shown", state).unwrap();
    assert_eq!(status["waiting"], json!(1));
    assert!(stand.line.seen().is_empty(), "something was said to a stranger");
    stand.line.certificate(Some(right));
    until("the lead does not arrive", || stand.is_settled().ok()).unwrap();
    assert!(running.end().unwrap().success());
}
