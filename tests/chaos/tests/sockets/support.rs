//! Helpers for scripts, and the time limits of `resume` and `silent_connections`.

use chaos::message::Message;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Time from the platform answering again until it accepts a lead (docs/sync.md, "Waiting").
pub const RESUME_LIMIT: Duration = Duration::from_secs(5);
/// Time between two reads of the platform's leads. Each read starts a program, which must not slow the kiosk down.
pub const LEADS_POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Whether the request line contains this text, such as `POST /v1/leads` or `/snapshot`.
pub fn is_request(request: &Message, text: &str) -> bool {
    request.first_line().contains(text)
}

/// A function that returns `true` for the first `count` calls.
pub fn first_times(count: usize) -> impl FnMut() -> bool + Send {
    let left = Arc::new(AtomicUsize::new(count));
    move || {
        left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok()
    }
}
