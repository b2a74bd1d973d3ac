//! Methods for enrolment and sync. Must not know: visitors, staff.

use super::Kiosk;
use crate::error::KioskError;
use crate::link::authorities;
use crate::link::platform_link::PlatformLink;
use crate::link::sync_port::SyncPort;
use crate::settings::Enrolment;
use crate::views::SyncReport;
use expo_protocol::EnrolmentReply;
use expo_sync::Platform;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Kiosk {
    /// The kiosk's storage, as the sync uses it.
    pub const fn sync_port(&self) -> &Arc<SyncPort> {
        &self.sync_port
    }

    /// The enrolment, `None` before the first.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, KioskError> {
        Ok(self.env.settings().enrolment()?)
    }

    /// The token of the current enrolment, for a new enrolment with the same platform, which then recognises the kiosk.
    /// `None` for any other address.
    pub fn token_for(&self, address: &str) -> Result<Option<String>, KioskError> {
        self.link().token_for(address)
    }

    /// Redeems a one-time code at a platform and stores the enrolment. `ca` is a PEM file with the only certificate
    /// authorities to trust from now on. Returns the number of leads resealed for the platform.
    pub async fn enrol_at<P: Platform>(
        &self,
        address: &str,
        platform: P,
        code: &str,
        phrase: Option<&str>,
        ca: Option<&Path>,
    ) -> Result<u32, KioskError> {
        self.link().enrol_at(address, platform, code, phrase, ca).await
    }

    /// Checks and stores an enrolment, and reseals waiting leads for the platform if the passphrase is known: given, or published
    /// because this is a demonstration. Returns the number of resealed leads.
    pub fn enrol(
        &self,
        platform: &str,
        reply: &EnrolmentReply,
        phrase: Option<&str>,
    ) -> Result<u32, KioskError> {
        self.link().enrol(platform, reply, phrase)
    }

    /// The file with the only trusted certificate authorities, if the stop pins them. The file may be missing: then the
    /// kiosk must not connect.
    pub fn pinned_authorities(&self) -> Result<Option<PathBuf>, KioskError> {
        authorities::pinned(&self.env)
    }

    /// Runs one complete round with the platform of an enrolment.
    pub async fn sync_once<P: Platform>(
        &self,
        enrolment: &Enrolment,
        platform: P,
    ) -> Result<SyncReport, KioskError> {
        self.sync_port.sync_once(enrolment, platform).await
    }

    /// Runs rounds with the platform of an enrolment until `stop` is ready.
    pub async fn keep_in_sync<P: Platform>(
        &self,
        enrolment: &Enrolment,
        platform: P,
        stop: impl Future<Output = ()> + Send,
    ) -> Result<(), KioskError> {
        self.sync_port.keep_in_sync(enrolment, platform, stop).await
    }

    /// Tells the running sync that there is a new lead. Without a running sync this has no effect.
    pub fn nudge_sync(&self) {
        self.link().nudge();
    }

    /// Asks the running sync for a round and waits for its report.
    pub async fn sync_now(&self) -> Result<SyncReport, KioskError> {
        self.link().sync_now().await
    }

    pub(crate) fn link(&self) -> &PlatformLink {
        self.sync_port.link()
    }
}
