//! Waiting for something to appear, with errors that say what was awaited and what the last check found.

use crate::Failure;
use std::fmt;
use std::future::Future;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

/// Time limit for anything to appear on the screen. Generous, because the machine may be busy.
pub const UI_TIMEOUT: Duration = Duration::from_mins(2);
/// Interval between two checks.
pub const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The display, the WebDriver or the page no longer works, so waiting any longer is useless. A new session may succeed.
#[derive(Debug)]
pub struct SessionLost(pub String);

impl fmt::Display for SessionLost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SessionLost {}

/// Polls until `check` returns a value. Fails with `otherwise` after [`UI_TIMEOUT`].
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    otherwise: &str,
    mut check: impl FnMut() -> F,
) -> Result<T, Failure> {
    let checked = || {
        let found = check();
        async move { found.await.ok_or_else(|| "it is not there".into()) }
    };
    retry(otherwise, UI_TIMEOUT, checked).await
}

/// Repeats `attempt` until it succeeds. Fails after `limit`, or as soon as the session is lost, with `otherwise` and the
/// error of the last attempt.
pub async fn retry<T, F: Future<Output = Result<T, Failure>>>(
    otherwise: &str,
    limit: Duration,
    mut attempt: impl FnMut() -> F,
) -> Result<T, Failure> {
    let start = Instant::now();
    let seconds = limit.as_secs();
    let mut last: Failure = "no attempt ended".into();
    while let Some(left) = limit.checked_sub(start.elapsed()) {
        match timeout(left, attempt()).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(failure)) if failure.is::<SessionLost>() => {
                return Err(SessionLost(format!("{otherwise}: {failure}")).into());
            }
            Ok(Err(failure)) => last = failure,
            Err(_) => break,
        }
        sleep(POLL_INTERVAL).await;
    }
    Err(format!("{otherwise} within {seconds} s; the last attempt: {last}").into())
}

/// Bounds one call of the WebDriver, which has no time limit of its own. `call` says what was asked.
pub async fn answered<T, E>(
    call: &str,
    limit: Duration,
    future: impl Future<Output = Result<T, E>>,
) -> Result<T, Failure>
where
    E: Into<Failure>,
{
    if let Ok(result) = timeout(limit, future).await {
        return result.map_err(Into::into);
    }
    let seconds = limit.as_secs();
    Err(SessionLost(format!("no answer within {seconds} s to: {call}")).into())
}
