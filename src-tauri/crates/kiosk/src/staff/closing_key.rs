//! The key with which the kiosk signs its closings: made when it is first needed, stored with the settings. It shows that a
//! receipt comes from this data folder; it protects nothing else. Must not know: what is signed.

use crate::error::KioskError;
use crate::settings::CLOSING_KEY;
use expo_store::{Leads, StoreError};
use expo_vault::ExposeSecret;
use expo_vault::signature::KioskKey;

/// The key of this kiosk.
pub(super) fn closing_key(leads: &Leads) -> Result<KioskKey, KioskError> {
    loop {
        let (text, guard) = leads.setting_with_guard::<String>(CLOSING_KEY)?;
        if let Some(text) = text {
            return KioskKey::from_text(&text).map_err(KioskError::internal);
        }
        let key = KioskKey::generate().map_err(KioskError::internal)?;
        let secret = key.to_text().map_err(KioskError::internal)?;
        match leads.set_guarded(Some(&guard), &[(CLOSING_KEY, &secret.expose_secret())]) {
            // Another process created one at the same time.
            Err(StoreError::Superseded { .. }) => {}
            written => return Ok(written.map(|()| key)?),
        }
    }
}

/// The key of this kiosk; `None` if it has none yet and the disk fails.
pub(super) fn closing_key_if_possible(leads: &Leads) -> Result<Option<KioskKey>, KioskError> {
    match closing_key(leads) {
        Err(KioskError::Store(error)) if error.is_of_disk() => Ok(None),
        key => key.map(Some),
    }
}
