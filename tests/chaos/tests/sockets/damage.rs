//! Damage to bodies: every kind by hand, and made up from a seed, as much as the environment's `CHAOS_CASES` says.

use chaos::message::Message;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::sync::Arc;

/// What becomes of an answer.
pub type Damage = Arc<dyn Fn(&Message) -> Vec<u8> + Send + Sync>;

/// Bytes overwritten, cut out or put in, at places in thousandths of the whole.
pub fn made_up() -> Vec<Vec<(u16, u8, Vec<u8>)>> {
    let count = std::env::var("CHAOS_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(4_usize);
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    let strategy = prop::collection::vec((0..1000_u16, 0..6_u8, bytes), 1..4);
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

/// A body with such damage.
pub fn spoilt(body: &[u8], damage: &[(u16, u8, Vec<u8>)]) -> Vec<u8> {
    let mut body = body.to_vec();
    for (place, out, bytes) in damage {
        let start = body.len() * usize::from(*place) / 1000;
        let end = (start + usize::from(*out)).min(body.len());
        body.splice(start..end, bytes.clone());
    }
    body
}

/// Damage of every kind to the body of an answer.
pub fn damages() -> Vec<(String, Damage)> {
    let body = |change: fn(&[u8]) -> Vec<u8>| -> Damage {
        Arc::new(move |answer: &Message| answer.with_body(&change(answer.body())))
    };
    let bomb = |_: &[u8]| zstd::bulk::compress(&vec![b' '; 64 * 1024 * 1024], 19).unwrap();
    let mut all: Vec<(String, Damage)> = vec![
        ("empty".to_owned(), body(|_| Vec::new())),
        ("no JSON".to_owned(), body(|_| b"{\"a\":[".to_vec())),
        (
            "another document".to_owned(),
            body(|_| b"[{\"seq\":-1,\"version\":\"x\"}]".to_vec()),
        ),
        (
            "of a thousand levels".to_owned(),
            body(|_| [b"[".repeat(1000), b"]".repeat(1000)].concat()),
        ),
        (
            "cut, with its new length".to_owned(),
            body(|body| body[..body.len() / 2].to_vec()),
        ),
        (
            "too long".to_owned(),
            body(|body| [body, &vec![b' '; 9 * 1024 * 1024]].concat()),
        ),
        (
            "packed where it is plain".to_owned(),
            body(|body| zstd::bulk::compress(body, 3).unwrap()),
        ),
        ("that unpacks to 64 MiB".to_owned(), body(bomb)),
    ];
    for (number, damage) in made_up().into_iter().enumerate() {
        let change: Damage =
            Arc::new(move |answer: &Message| answer.with_body(&spoilt(answer.body(), &damage)));
        all.push((format!("made up, {number}"), change));
    }
    all
}
