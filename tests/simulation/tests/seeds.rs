//! All seeds keep the invariants, every kind of fault occurs in them, and every mutant is detected.

#![expect(clippy::unwrap_used, reason = "an unexpected error fails the test")]

use simulation::{Fixture, RequestOutcome, run, sweep};
use std::sync::{Arc, OnceLock};
use std::thread::available_parallelism;

/// Seeds of every test run: about a minute on two cores. `cargo run --release -p simulation -- --seeds 10000` runs
/// more.
const SEED_COUNT: u64 = 400;
/// Events of machines, disks and the platform that must occur, in addition to the faults of [`RequestOutcome`].
const EVENTS: [&str; 28] = [
    "leads confirmed",
    "leads stored without confirmation",
    "leads not confirmed",
    "leads deleted by retention",
    "leads rejected",
    "revisions stored",
    "visitors turned away",
    "erasures ordered",
    "erasures carried out",
    "clock set wrong",
    "disk filled",
    "reserve file deleted",
    "disk: call failed",
    "disk: call failed after its effect",
    "kiosk restarted",
    "power cut",
    "power cut during a disk call",
    "partial downloads damaged",
    "platform restarted",
    "catalogues published",
    "catalogues installed by snapshot",
    "catalogues installed by delta",
    "deltas refused",
    "picture downloads resumed",
    "resumptions checked",
    "files checked for personal data",
    "power cuts checked for personal data",
    "erased leads searched for after a power cut",
];

fn fixture() -> &'static Arc<Fixture> {
    static FIXTURE: OnceLock<Arc<Fixture>> = OnceLock::new();
    FIXTURE.get_or_init(|| Arc::new(Fixture::new().unwrap()))
}

fn threads() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get)
}

/// No lead is lost, doubled or late and no catalogue is incomplete, whatever fails. Every kind of fault occurs.
#[test]
fn invariants_hold_under_all_faults() {
    let report = sweep(fixture(), 0..SEED_COUNT, None, threads());
    if let Some(failure) = report.failures.first() {
        panic!("{failure}");
    }
    assert_eq!(report.seeds, SEED_COUNT);
    for name in RequestOutcome::FAULTS.iter().chain(&EVENTS) {
        let times = report.counts.get(name).copied().unwrap_or(0);
        assert!(times > 0, "occurs in no seed: {name}");
    }
}

#[test]
fn same_seed_gives_same_run() {
    for seed in 20..30 {
        let [first, second] = [(); 2].map(|()| run(fixture(), seed, None).unwrap());
        assert!(first.events.len() > 20, "seed {seed}");
        assert_eq!(first, second, "seed {seed}");
    }
}

mod mutants {
    use super::fixture;
    use clap::ValueEnum;
    use simulation::{Mutant, sweep};
    use std::collections::BTreeSet;

    /// Seeds within which a mutant must be detected.
    const MAX_SEEDS: u64 = 300;

    /// Defines one test for each mutant, and a test that none is missing.
    macro_rules! mutant_tests {
        ($($test:ident: $mutant:ident),+ $(,)?) => {
            $(
                #[test]
                fn $test() {
                    let report = sweep(fixture(), 0..MAX_SEEDS, Some(Mutant::$mutant), 1);
                    let detected = report.failures.iter().find(|failure| !failure.trace.is_empty());
                    assert!(
                        detected.is_some(),
                        "no invariant is violated within {MAX_SEEDS} seeds: {:?}",
                        report.failures
                    );
                }
            )+

            #[test]
            fn every_mutant_has_a_test() {
                let tested: BTreeSet<_> = [$(Mutant::$mutant),+].map(|mutant| format!("{mutant:?}")).into();
                let all: BTreeSet<_> = Mutant::value_variants().iter().map(|mutant| format!("{mutant:?}")).collect();
                assert_eq!(tested, all);
            }
        };
    }

    mutant_tests! {
        platform_that_answers_before_commit_is_detected: AnswersBeforeCommit,
        settling_by_identifier_is_detected: SettlesByIdentifier,
        ignored_checksum_is_detected: IgnoresChecksum,
        settling_refused_leads_is_detected: SettlesOnRefusal,
        sync_without_timer_is_detected: WithoutTimer,
        backoff_kept_after_outage_is_detected: KeepsBackOff,
        endless_retry_after_is_detected: WaitsForever,
        missing_erasure_is_detected: ErasesNothing,
        resending_under_new_identifier_is_detected: ResendsWithNewId,
        name_in_heartbeat_is_detected: ReportsVisitorNames,
        deletion_on_receipt_is_detected: DeletesOnReceipt,
        confirmation_before_storing_is_detected: ConfirmsBeforeDurable,
        notes_in_clear_are_detected: WritesPlaintextFile,
        copies_of_erased_leads_are_detected: KeepsErasedCopies,
        unmaintained_disk_is_detected: SkipsDiskMaintenance,
    }
}
