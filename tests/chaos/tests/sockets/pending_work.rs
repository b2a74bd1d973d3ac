//! A testbed in which every kind of work is pending, and the check that all of it is done.

use crate::support::is_request;
use chaos::proxy::ProxyAction;
use chaos::testbed::{Testbed, TestbedOptions};
use serde_json::json;

/// A kiosk with the first catalogue version and pending work of every kind: a lead, the second version with its
/// pictures, an erasure and a configuration. Also returns the identifier of the lead to erase.
pub fn with_pending_work() -> (Testbed, String) {
    let testbed = Testbed::new(TestbedOptions {
        published: 1,
        ..TestbedOptions::default()
    })
    .unwrap();
    let id = testbed.add_lead().unwrap();
    testbed.proxy.set_script(|request| {
        if is_request(request, "GET /v1/pictures") {
            ProxyAction::CutRequest(0)
        } else {
            ProxyAction::Forward
        }
    });
    assert_eq!(testbed.round().unwrap()["sent"], json!(1));
    testbed.proxy.forward_all();
    testbed.platform.run(["erase", &id]).unwrap();
    let stop = acceptance::programs::repository().join("assets/demo/event.toml");
    let stop = stop.display().to_string();
    testbed
        .platform
        .run(["configure", "--stop", &stop, "--heartbeat-seconds", "30"])
        .unwrap();
    testbed.publish().unwrap();
    testbed.add_lead().unwrap();
    testbed.proxy.clear_requests();
    (testbed, id)
}

/// Checks that all work of [`with_pending_work`] is done once.
pub fn check_work_done(testbed: &Testbed, version: u64) {
    let status = testbed.status().unwrap();
    assert_eq!(status["catalogue"]["version"], json!(version), "{status}");
    assert_eq!(
        testbed.kiosk.run(["catalogue", "verify"]).unwrap()["version"],
        json!(version)
    );
    // The erased lead is gone on both sides; it stays in the daily figures.
    assert_eq!(
        (&status["leads"], &status["waiting"], &status["set_aside"]),
        (&json!(2), &json!(0), &json!(0))
    );
    let leads = testbed.platform.leads().unwrap();
    assert_eq!(leads.len(), 1, "{leads:?}");
    let kiosks = testbed.platform.run(["kiosks"]).unwrap();
    let heartbeat = &kiosks[0]["heartbeat"];
    assert_eq!(
        (
            &heartbeat["waiting"],
            &heartbeat["missing_pictures"],
            &heartbeat["config_version"]
        ),
        (&json!(0), &json!(0), &json!(2)),
        "{heartbeat}"
    );
}

/// Runs rounds until a heartbeat reports that all work is done.
pub fn finish_work(testbed: &Testbed) {
    testbed.proxy.forward_all();
    // The first round learns of the work, the second one does it, the third one reports it.
    for _ in 0..3 {
        testbed.round().unwrap();
    }
}
