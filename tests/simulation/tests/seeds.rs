//! Promises hold in every seed, every kind of fault occurs in them, and every mutant is found out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use clap::ValueEnum;
use simulation::{Fate, Fixture, Mutant, run, sweep};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use std::thread::available_parallelism;

/// Seeds in every run of the tests: some five minutes on two cores. `cargo run --release -p simulation -- --seeds 10000`
/// runs more.
const SEEDS: u64 = 4_000;
/// Seeds within which a mutant has to be found out.
const SEEDS_OF_MUTANTS: u64 = 300;
/// What happens on machines, disks and at the platform, beside what [`Fate`] does to questions.
const HAPPENINGS: [&str; 27] = [
    "leads",
    "leads kept without thanks",
    "visitors not thanked",
    "leads gone by age",
    "leads set aside",
    "visitors sent away",
    "visitors who asked to be forgotten",
    "erasures carried out",
    "clock set wrong",
    "disk filled",
    "reserve given up",
    "disk: call failed",
    "disk: call failed after its effect",
    "kiosk restarted",
    "power cut",
    "power cut in a step",
    "parts damaged",
    "platform restarted",
    "catalogues published",
    "catalogues by snapshot",
    "catalogues by delta",
    "deltas refused",
    "pictures continued",
    "resumptions seen",
    "files read along",
    "cuts read along",
    "erased leads looked for at a cut",
];

fn fixture() -> &'static Arc<Fixture> {
    static FIXTURE: OnceLock<Arc<Fixture>> = OnceLock::new();
    FIXTURE.get_or_init(|| Arc::new(Fixture::make().unwrap()))
}

fn threads() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get)
}

#[test]
fn no_lead_is_lost_doubled_or_late_and_no_catalogue_half_whatever_fails() {
    let done = sweep(fixture(), 0..SEEDS, None, threads());
    if let Some(failure) = done.failures.first() {
        panic!("{failure}");
    }
    assert_eq!(done.seeds, SEEDS);
    for kind in Fate::FAULTS.iter().chain(&HAPPENINGS) {
        let times = done.counts.get(kind).copied().unwrap_or(0);
        assert!(times > 0, "in no seed: {kind}");
    }
}

#[test]
fn a_seed_always_tells_the_same_story() {
    for seed in 20..30 {
        let [first, second] = [(); 2].map(|()| run(fixture(), seed, None).unwrap());
        assert!(first.lines.len() > 20, "seed {seed}");
        assert_eq!(first, second, "seed {seed}");
    }
}

/// A test for each mutant, and none forgotten.
macro_rules! found_out {
    ($($test:ident: $mutant:ident),+ $(,)?) => {
        $(
            #[test]
            fn $test() {
                let done = sweep(fixture(), 0..SEEDS_OF_MUTANTS, Some(Mutant::$mutant), 1);
                let found = done.failures.iter().find(|failure| !failure.trace.is_empty());
                assert!(found.is_some(), "no promise broken within {SEEDS_OF_MUTANTS} seeds: {:?}", done.failures);
            }
        )+

        #[test]
        fn every_mutant_has_its_test() {
            let tested: BTreeSet<_> = [$(Mutant::$mutant),+].map(|mutant| format!("{mutant:?}")).into();
            let all: BTreeSet<_> = Mutant::value_variants().iter().map(|mutant| format!("{mutant:?}")).collect();
            assert_eq!(tested, all);
        }
    };
}

found_out! {
    a_platform_that_answers_before_it_commits_is_found_out: AnswersBeforeCommit,
    a_kiosk_that_settles_by_identifier_is_found_out: SettlesByIdentifier,
    a_kiosk_that_ignores_checksums_is_found_out: IgnoresChecksum,
    a_kiosk_that_settles_what_is_refused_is_found_out: SettlesOnRefusal,
    a_kiosk_without_a_timer_is_found_out: WithoutTimer,
    a_kiosk_that_keeps_waiting_is_found_out: KeepsWaiting,
    a_kiosk_that_is_patient_for_ever_is_found_out: PatientForEver,
    a_kiosk_that_erases_nothing_is_found_out: ErasesNothing,
    a_kiosk_that_sends_under_new_names_is_found_out: SendsUnderNewName,
    a_kiosk_that_tells_names_is_found_out: TellsNames,
    a_kiosk_that_deletes_on_receipt_is_found_out: DeletesOnReceipt,
    a_kiosk_that_thanks_before_anything_is_kept_is_found_out: ThanksFirst,
    a_kiosk_that_takes_notes_in_clear_until_it_closes_is_found_out: TakesNotes,
    a_kiosk_that_keeps_copies_of_what_is_erased_until_it_closes_is_found_out: KeepsErased,
    a_kiosk_that_leaves_its_disk_alone_is_found_out: LeavesDiskAlone,
}
