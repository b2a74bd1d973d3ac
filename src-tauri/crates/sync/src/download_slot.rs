//! The one download under way, which goes on while questions are asked and answered. Must not know what comes down.

use crate::engine::Lane;
use std::pin::{Pin, pin};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::yield_now;

type Underway<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// At most one download, and what the one before brought.
pub struct Downloading<T> {
    under_way: Option<(Lane, Underway<T>)>,
    /// What came down while something else was awaited.
    ended: Option<T>,
    turn: Arc<Semaphore>,
}

impl<T> Downloading<T> {
    /// None yet.
    pub fn new() -> Self {
        Self {
            under_way: None,
            ended: None,
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// Begins one; it goes on whenever something is awaited here.
    pub fn begin(&mut self, lane: Lane, download: impl Future<Output = T> + Send + 'static) {
        self.under_way = Some((lane, Box::pin(download)));
    }

    /// Whose download is under way.
    pub fn lane(&self) -> Option<Lane> {
        self.under_way.as_ref().map(|(lane, _)| *lane)
    }

    /// Gives a lane's download up.
    pub fn give_up(&mut self, lane: Lane) {
        self.under_way.take_if(|(of, _)| *of == lane);
    }

    /// Taken while an answer is awaited. A download that takes it too does not go on beside a question.
    pub fn turn(&self) -> Arc<Semaphore> {
        Arc::clone(&self.turn)
    }

    /// What the download brings; never when there is none.
    pub async fn end(&mut self) -> T {
        let Some((_, download)) = &mut self.under_way else {
            return std::future::pending().await;
        };
        let ended = download.as_mut().await;
        self.under_way = None;
        ended
    }

    /// Awaits an answer while the download goes on.
    pub async fn beside<A>(&mut self, answer: impl Future<Output = A>) -> A {
        let turn = self.turn();
        let _turn = turn.try_acquire();
        self.meanwhile(answer).await
    }

    /// Lets the download do what it has waited its turn for, and returns what it brought, if it is over.
    pub async fn go_on(&mut self) -> Option<T> {
        self.meanwhile(yield_now()).await;
        self.ended.take()
    }

    async fn meanwhile<A>(&mut self, work: impl Future<Output = A>) -> A {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                ended = self.end() => self.ended = Some(ended),
            }
        }
    }
}
