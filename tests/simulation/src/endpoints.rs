//! The endpoints of the protocol over one kiosk's network, with the wrong responses that may arrive instead.

use crate::client_errors::server_error;
use crate::network::{READ_TIMEOUT, RESPONSE_TIMEOUT, SimulatedNetwork};
use crate::request_outcome::RequestOutcome;
use crate::rng::SeededRng;
use crate::simulated_platform::SimulatedPlatform;
use crate::tampering;
use expo_protocol::{
    EnrolmentReply, EnrolmentRequest, Erasures, ErasuresDone, Heartbeat, HeartbeatReply, LeadBatch,
    LeadReceipts, Probe, SignedCheckpoint,
};
use expo_sync::{ChunkSink, Platform, PlatformError, SyncError};
use serde_json::Value;

/// Length of the chunks in which pictures arrive.
const CHUNK_BYTES: usize = 600;

impl Platform for SimulatedNetwork {
    async fn probe(&self, nonce: &str) -> Result<Probe, PlatformError> {
        let request = self.probe_request(nonce);
        let copies_headers =
            request.outcome == RequestOutcome::LoginPage && nonce.ends_with(['0', '1', '2', '3']);
        let echoed = nonce.to_owned();
        let response = self.send(request, move |platform| platform.probe(&echoed)).await;
        self.link.on_probe_result(response.as_ref().map(drop));
        match response {
            Err(PlatformError::Captive(_)) if copies_headers => Ok(self.probe_of_login_page()),
            response => response,
        }
    }

    async fn enrol(&self, _: &EnrolmentRequest) -> Result<EnrolmentReply, PlatformError> {
        Err(server_error("kiosks are enrolled before the run"))
    }

    async fn send_leads(&self, batch: &LeadBatch) -> Result<LeadReceipts, PlatformError> {
        self.link.on_leads_sent();
        self.context
            .privacy_watch
            .check_message("a batch of leads", batch);
        let leads: Vec<_> = batch.items.iter().map(|envelope| envelope.header.id).collect();
        let mut request = self.request("leads", RESPONSE_TIMEOUT);
        if request.outcome == RequestOutcome::Succeeds && self.link.refuses_batch(&leads) {
            request.outcome = RequestOutcome::ClientError(422);
        }
        let tamper = |rng: &mut SeededRng| tampering::receipts(batch, rng);
        if let Some(tampered) = self.tampered_response(&request, tamper).await {
            return Ok(tampered);
        }
        let (kiosk, batch) = (self.kiosk.clone(), batch.clone());
        self.send(request, move |platform| platform.leads(&kiosk, &batch))
            .await
    }

    async fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, PlatformError> {
        let request = self.request("checkpoint", RESPONSE_TIMEOUT);
        let is_published = self.context.platform.newest().is_some();
        let tamper =
            |rng: &mut SeededRng| tampering::checkpoint(&self.context.fixture.versions, is_published, rng);
        if let Some(tampered) = self.tampered_response(&request, tamper).await {
            return Ok(Some(tampered));
        }
        self.send(request, SimulatedPlatform::checkpoint).await
    }

    async fn snapshot(&self, version: u64, max_bytes: u64) -> Result<Vec<u8>, PlatformError> {
        let request = self.request("snapshot", READ_TIMEOUT);
        let tamper = |rng: &mut SeededRng| tampering::snapshot(&self.context.fixture.versions, version, rng);
        if let Some(tampered) = self.tampered_response(&request, tamper).await {
            return Ok(tampered);
        }
        let snapshot = self
            .send(request, move |platform| platform.snapshot(version))
            .await?;
        if snapshot.len() as u64 > max_bytes {
            return Err(server_error("the response is too long"));
        }
        Ok(snapshot)
    }

    async fn delta(&self, version: u64, from: u64, max_bytes: u64) -> Result<Option<Vec<u8>>, PlatformError> {
        let request = self.request("delta", READ_TIMEOUT);
        let tamper =
            |rng: &mut SeededRng| tampering::delta(&self.context.fixture.versions, (from, version), rng);
        if let Some(tampered) = self.tampered_response(&request, tamper).await {
            return Ok(Some(tampered));
        }
        match self
            .send(request, move |platform| platform.delta(version, from))
            .await
        {
            Err(PlatformError::Refused { status: 404, .. }) => Ok(None),
            Ok(Some(delta)) if delta.len() as u64 > max_bytes => {
                Err(server_error("the response is too long"))
            }
            response => response,
        }
    }

    async fn picture_from(&self, sha256: &str, from: u64, take: &mut ChunkSink<'_>) -> Result<(), SyncError> {
        let request = self.request("picture", READ_TIMEOUT);
        let tamper = |rng: &mut SeededRng| tampering::picture(&self.context.fixture.versions, rng);
        if let Some(tampered) = self.tampered_response(&request, tamper).await {
            return Ok(take(0, &tampered)?);
        }
        let (outcome, hash) = (request.outcome, sha256.to_owned());
        let response = self.send(request, move |platform| platform.picture(&hash)).await;
        let picture = match (response, outcome) {
            (Ok(picture), _) => picture,
            // Some bytes arrive before the connection breaks.
            (Err(error), RequestOutcome::ResponseCut | RequestOutcome::ResponseLost) => {
                if let Ok(picture) = self.context.platform.picture(sha256) {
                    let end = self.with_rng(|rng| rng.index(picture.len()));
                    if end > from as usize {
                        take(from, &picture[from as usize..end])?;
                    }
                }
                return Err(error.into());
            }
            (Err(error), _) => return Err(error.into()),
        };
        // Some servers do not support ranges and send the complete picture.
        let supports_ranges = self.with_rng(|rng| !rng.one_in(4));
        let mut offset = if supports_ranges && from < picture.len() as u64 {
            from as usize
        } else {
            0
        };
        while offset < picture.len() {
            let end = picture.len().min(offset + CHUNK_BYTES);
            take(offset as u64, &picture[offset..end])?;
            offset = end;
        }
        Ok(())
    }

    async fn erasures(&self, after: u64) -> Result<Erasures, PlatformError> {
        let request = self.request("erasures", RESPONSE_TIMEOUT);
        if let Some(tampered) = self.tampered_response(&request, tampering::erasures).await {
            return Ok(tampered);
        }
        let kiosk = self.kiosk.clone();
        self.send(request, move |platform| platform.erasures(&kiosk, after))
            .await
    }

    async fn erasures_done(&self, done: &ErasuresDone) -> Result<(), PlatformError> {
        self.context.privacy_watch.check_message("erasures done", done);
        self.expected_leads.on_erasures_done(&done.done);
        let request = self.request("erasures done", RESPONSE_TIMEOUT);
        let (kiosk, done) = (self.kiosk.clone(), done.clone());
        self.send(request, move |platform| platform.erasures_done(&kiosk, &done))
            .await
    }

    async fn configuration(&self) -> Result<Option<Value>, PlatformError> {
        let request = self.request("configuration", RESPONSE_TIMEOUT);
        if let Some(tampered) = self.tampered_response(&request, tampering::configuration).await {
            return Ok(Some(tampered));
        }
        let kiosk = self.kiosk.clone();
        self.send(request, move |platform| platform.configuration(&kiosk))
            .await
    }

    async fn heartbeat(&self, report: &Heartbeat) -> Result<HeartbeatReply, PlatformError> {
        self.context.privacy_watch.check_message("a heartbeat", report);
        let request = self.request("heartbeat", RESPONSE_TIMEOUT);
        let (kiosk, report) = (self.kiosk.clone(), report.clone());
        self.send(request, move |platform| platform.heartbeat(&kiosk, &report))
            .await
    }
}

impl SimulatedNetwork {
    /// The response of a login page that copies the protocol header. It cannot know the nonce.
    fn probe_of_login_page(&self) -> Probe {
        Probe {
            nonce: "0".to_owned(),
            protocol: expo_protocol::PROTOCOL_VERSION.to_owned(),
            server_time: self.context.platform.now(),
        }
    }
}
