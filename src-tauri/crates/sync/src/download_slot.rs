//! Runs at most one download concurrently with requests. Must not know: what is downloaded.

use crate::lane::Lane;
use std::pin::{Pin, pin};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::yield_now;

type Download<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The running download, if any, and the result of the previous one.
pub struct DownloadSlot<T> {
    running: Option<(Lane, Download<T>)>,
    /// Result of a download that ended while something else was awaited.
    finished: Option<T>,
    install_permit: Arc<Semaphore>,
}

impl<T> DownloadSlot<T> {
    /// An empty slot.
    pub fn new() -> Self {
        Self {
            running: None,
            finished: None,
            install_permit: Arc::new(Semaphore::new(1)),
        }
    }

    /// Starts a download. It makes progress whenever this slot awaits something.
    pub fn start(&mut self, lane: Lane, download: impl Future<Output = T> + Send + 'static) {
        self.running = Some((lane, Box::pin(download)));
    }

    /// Lane of the running download.
    pub fn lane(&self) -> Option<Lane> {
        self.running.as_ref().map(|(lane, _)| *lane)
    }

    /// Cancels the download of this lane.
    pub fn cancel(&mut self, lane: Lane) {
        self.running.take_if(|(of, _)| *of == lane);
    }

    /// Permit that [`Self::run_while`] holds. A download that acquires it does not continue while a request waits.
    pub fn install_permit(&self) -> Arc<Semaphore> {
        Arc::clone(&self.install_permit)
    }

    /// Result of the running download; pending for ever if there is none.
    pub async fn join(&mut self) -> T {
        let Some((_, download)) = &mut self.running else {
            return std::future::pending().await;
        };
        let finished = download.as_mut().await;
        self.running = None;
        finished
    }

    /// Awaits an answer while the download continues.
    pub async fn run_while<A>(&mut self, answer: impl Future<Output = A>) -> A {
        let permit = self.install_permit();
        let _permit = permit.try_acquire();
        self.poll_during(answer).await
    }

    /// Lets the download use the permit it waits for, and returns its result if it is finished.
    pub async fn take_finished(&mut self) -> Option<T> {
        self.poll_during(yield_now()).await;
        self.finished.take()
    }

    async fn poll_during<A>(&mut self, work: impl Future<Output = A>) -> A {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                finished = self.join() => self.finished = Some(finished),
            }
        }
    }
}
