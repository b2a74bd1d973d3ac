//! The real kiosk and the real platform with a bad line between them: none lost, none doubled, never half, and staff see
//! what is the matter.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod captive;
mod certificates;
mod cut;
mod damage;
mod dark;
mod instances;
mod killed;
mod lost;
mod requests;
mod resume;
mod told;

use chaos::message::Message;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether a request is of this kind, such as `POST /v1/leads` or `/snapshot`.
fn is(request: &Message, kind: &str) -> bool {
    request.first_line().contains(kind)
}

/// Tells the first so many times apart from all after.
fn times(count: usize) -> impl FnMut() -> bool + Send {
    let left = Arc::new(AtomicUsize::new(count));
    move || {
        left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok()
    }
}
