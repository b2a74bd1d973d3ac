//! Damage to message bodies: a list of kinds, and random damage from a fixed seed. `CHAOS_CASES` sets the number of
//! random cases.

use chaos::message::Message;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::sync::Arc;

/// Returns the damaged response.
pub type Damage = Arc<dyn Fn(&Message) -> Vec<u8> + Send + Sync>;

/// Replaces bytes of a body: position in thousandths of the length, number of bytes to remove, bytes to insert.
pub type Splice = (u16, u8, Vec<u8>);

/// Random damage, the same in every run.
pub fn random_damages() -> Vec<Vec<Splice>> {
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

/// Applies damage to a body.
pub fn apply_damage(body: &[u8], damage: &[Splice]) -> Vec<u8> {
    let mut body = body.to_vec();
    for (position, removed, bytes) in damage {
        let start = body.len() * usize::from(*position) / 1000;
        let end = (start + usize::from(*removed)).min(body.len());
        body.splice(start..end, bytes.clone());
    }
    body
}

/// All kinds of damage to the body of a response, with their names.
pub fn damages() -> Vec<(String, Damage)> {
    let body = |change: fn(&[u8]) -> Vec<u8>| -> Damage {
        Arc::new(move |response: &Message| response.with_body(&change(response.body())))
    };
    let bomb = |_: &[u8]| zstd::bulk::compress(&vec![b' '; 64 * 1024 * 1024], 19).unwrap();
    let mut all: Vec<(String, Damage)> = vec![
        ("empty".to_owned(), body(|_| Vec::new())),
        ("broken JSON".to_owned(), body(|_| b"{\"a\":[".to_vec())),
        (
            "another document".to_owned(),
            body(|_| b"[{\"seq\":-1,\"version\":\"x\"}]".to_vec()),
        ),
        (
            "JSON with a thousand levels".to_owned(),
            body(|_| [b"[".repeat(1000), b"]".repeat(1000)].concat()),
        ),
        (
            "cut in half, with the right length".to_owned(),
            body(|body| body[..body.len() / 2].to_vec()),
        ),
        (
            "too long".to_owned(),
            body(|body| [body, &vec![b' '; 9 * 1024 * 1024]].concat()),
        ),
        (
            "compressed".to_owned(),
            body(|body| zstd::bulk::compress(body, 3).unwrap()),
        ),
        ("compressed, 64 MiB after decompression".to_owned(), body(bomb)),
    ];
    for (number, damage) in random_damages().into_iter().enumerate() {
        let change: Damage =
            Arc::new(move |response: &Message| response.with_body(&apply_damage(response.body(), &damage)));
        all.push((format!("random, {number}"), change));
    }
    all
}
