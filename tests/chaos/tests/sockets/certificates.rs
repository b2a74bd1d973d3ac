//! Invalid certificates: the kiosk sends nothing, staff see the reason, and a valid certificate ends the state.

use chaos::certificates::Authority;
use chaos::process::wait_for;
use chaos::testbed::{Testbed, TestbedOptions};
use rustls::ServerConfig;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

const LOCAL_ADDRESS: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Certificates of an unknown authority, with a date in the past, and for another address.
fn invalid_certificates(testbed: &Testbed) -> [Arc<ServerConfig>; 3] {
    let foreign = Authority::new().unwrap();
    let other_address = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    [
        foreign.server(LOCAL_ADDRESS).unwrap(),
        testbed.authority.expired(LOCAL_ADDRESS).unwrap(),
        testbed.authority.server(other_address).unwrap(),
    ]
}

#[test]
fn nothing_is_sent_under_an_invalid_certificate() {
    let testbed = Testbed::new(TestbedOptions {
        tls: true,
        ..TestbedOptions::default()
    })
    .unwrap();
    let valid = testbed.authority.server(LOCAL_ADDRESS).unwrap();
    for certificate in invalid_certificates(&testbed) {
        testbed.add_lead().unwrap();
        testbed.proxy.clear_requests();
        testbed.proxy.set_certificate(Some(certificate));
        let report = testbed.round().unwrap();
        assert_eq!(
            (&report["state"], &report["waiting"]),
            (&json!("clock_or_tls"), &json!(1))
        );
        assert_eq!(testbed.status().unwrap()["sync"]["state"], json!("clock_or_tls"));
        assert!(testbed.proxy.requests().is_empty(), "the kiosk sent a request");
        testbed.proxy.set_certificate(Some(Arc::clone(&valid)));
        testbed.rounds_until_ok(1).unwrap();
    }
    testbed.check_settled().unwrap();
}

#[test]
fn running_kiosk_resumes_with_a_valid_certificate() {
    let testbed = Testbed::new(TestbedOptions {
        tls: true,
        ..TestbedOptions::default()
    })
    .unwrap();
    let valid = testbed.authority.server(LOCAL_ADDRESS).unwrap();
    testbed
        .proxy
        .set_certificate(Some(Authority::new().unwrap().server(LOCAL_ADDRESS).unwrap()));
    testbed.proxy.clear_requests();
    testbed.add_lead().unwrap();
    let process = testbed.run().unwrap();
    let state = || {
        testbed
            .status()
            .ok()
            .filter(|status| status["sync"]["state"] == json!("clock_or_tls"))
    };
    let status = wait_for("the state is not shown", state).unwrap();
    assert_eq!(status["waiting"], json!(1));
    assert!(testbed.proxy.requests().is_empty(), "the kiosk sent a request");
    testbed.proxy.set_certificate(Some(valid));
    wait_for("the lead does not arrive", || testbed.check_settled().ok()).unwrap();
    assert!(process.terminate().unwrap().success());
}
