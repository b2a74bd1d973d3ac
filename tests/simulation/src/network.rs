//! The network between one kiosk and the platform: draws the outcome of every request, applies it, and returns what the
//! kiosk's HTTP client would return.

use crate::client_errors::{error_for, offline, server_error};
use crate::expected_leads::ExpectedLeads;
use crate::network_conditions::NetworkConditions;
use crate::network_link::NetworkLink;
use crate::request_outcome::{RequestOutcome, latency};
use crate::rng::SeededRng;
use crate::run_context::RunContext;
use crate::simulated_platform::SimulatedPlatform;
use expo_sync::PlatformError;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// The client's limit for a JSON response (docs/sync.md, "Limits").
pub const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);
/// The client's limit for a download without progress (docs/sync.md, "Limits").
pub const READ_TIMEOUT: Duration = Duration::from_secs(20);

/// The network of one kiosk.
pub struct SimulatedNetwork {
    /// The identifier of the kiosk.
    pub kiosk: String,
    /// What all kiosks of the run share.
    pub context: Arc<RunContext>,
    /// The state of the network.
    pub link: Arc<NetworkLink>,
    /// Receives the erasures that the kiosk reports as done.
    pub expected_leads: Arc<ExpectedLeads>,
    /// Random numbers for everything except probes.
    pub rng: Mutex<SeededRng>,
}

/// One request, with its outcome and delays.
pub struct Request {
    endpoint: &'static str,
    /// What happens to it.
    pub outcome: RequestOutcome,
    outbound_delay: Duration,
    response_delay: Duration,
    timeout: Duration,
}

impl SimulatedNetwork {
    /// Draws from the random numbers of the running program.
    pub fn with_rng<T>(&self, draw: impl FnOnce(&mut SeededRng) -> T) -> T {
        draw(&mut self.rng.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Draws the outcome of a request that is sent now.
    pub fn request(&self, endpoint: &'static str, timeout: Duration) -> Request {
        let number = self.with_rng(SeededRng::bits);
        self.with_rng(|rng| Self::draw(self.link.conditions(), endpoint, timeout, number, rng))
    }

    /// Draws the outcome of a probe from its nonce only. Probes overlap, and the order in which the driver polls them
    /// does not depend on the seed.
    pub fn probe_request(&self, nonce: &str) -> Request {
        let mut rng = SeededRng::new(self.context.seed, nonce);
        Self::draw(
            self.link.conditions(),
            "probe",
            RESPONSE_TIMEOUT,
            self.link.next_probe(),
            &mut rng,
        )
    }

    fn draw(
        conditions: NetworkConditions,
        endpoint: &'static str,
        timeout: Duration,
        number: u64,
        rng: &mut SeededRng,
    ) -> Request {
        let outcome = RequestOutcome::draw(conditions, endpoint, rng);
        let total = match outcome {
            RequestOutcome::Slow => latency(800..=40_000, number, rng),
            _ => latency(10..=200, number, rng),
        };
        let outbound_delay = total / 2;
        Request {
            endpoint,
            outcome,
            outbound_delay,
            response_delay: total.saturating_sub(outbound_delay),
            timeout,
        }
    }

    /// Sends a request. `work` is what the platform does with it; it may run twice.
    pub async fn send<T: Send>(
        &self,
        request: Request,
        work: impl Fn(&SimulatedPlatform) -> Result<T, PlatformError> + Send + Sync + 'static,
    ) -> Result<T, PlatformError> {
        self.context.log.count(request.outcome.name(), 1);
        let started = Instant::now();
        let response = timeout(request.timeout, self.transfer(&request, work)).await;
        let response = response.unwrap_or_else(|_| Err(offline("no response in time")));
        let result = match &response {
            Ok(_) => "ok".to_owned(),
            Err(error) => error.to_string(),
        };
        let (kiosk, endpoint, outcome) = (&self.kiosk, request.endpoint, request.outcome);
        let elapsed = started.elapsed().as_millis();
        self.context
            .log
            .note(format!("{kiosk} {endpoint}: {outcome:?}, {elapsed} ms, {result}"));
        if let Err(error) = &response {
            self.link.on_error(error);
        }
        response
    }

    async fn transfer<T: Send>(
        &self,
        request: &Request,
        work: impl Fn(&SimulatedPlatform) -> Result<T, PlatformError> + Send + Sync + 'static,
    ) -> Result<T, PlatformError> {
        sleep(request.outbound_delay).await;
        let platform = &self.context.platform;
        let response = match request.outcome {
            RequestOutcome::Succeeds | RequestOutcome::Slow => work(platform),
            RequestOutcome::Duplicated(delay) => {
                let response = work(platform);
                self.repeat_later(delay, work);
                response
            }
            RequestOutcome::ResponseLost => {
                work(platform).ok();
                std::future::pending().await
            }
            RequestOutcome::ResponseCut => work(platform).and(Err(offline("the connection was closed"))),
            RequestOutcome::ServerErrorAfterWork => work(platform).and(Err(server_error("status 504"))),
            RequestOutcome::RequestLost => std::future::pending().await,
            outcome => Err(error_for(outcome)),
        };
        sleep(request.response_delay).await;
        response
    }

    /// Does the same work again after a delay, after requests that are sent in between.
    fn repeat_later<T: Send>(
        &self,
        delay: u64,
        work: impl Fn(&SimulatedPlatform) -> Result<T, PlatformError> + Send + Sync + 'static,
    ) {
        let (copies, platform) = (
            Arc::clone(&self.context.delayed_copies),
            Arc::clone(&self.context.platform),
        );
        copies.on_sent();
        tokio::spawn(async move {
            sleep(Duration::from_millis(delay)).await;
            // No client waits for this response.
            work(&platform).ok();
            copies.on_arrived();
        });
    }

    /// A well-formed response with wrong content from `tamper`; `None` if the outcome of the request is another one, or
    /// if `tamper` returns `None`.
    pub async fn tampered_response<T>(
        &self,
        request: &Request,
        tamper: impl FnOnce(&mut SeededRng) -> Option<T>,
    ) -> Option<T> {
        if request.outcome != RequestOutcome::WrongBody {
            return None;
        }
        let tampered = self.with_rng(tamper)?;
        self.context.log.count(request.outcome.name(), 1);
        self.context
            .log
            .note(format!("{} {}: tampered response", self.kiosk, request.endpoint));
        sleep(request.outbound_delay + request.response_delay).await;
        Some(tampered)
    }
}
