//! First set-up: the stop, the staff's keys, PIN and passphrase, the publisher key. Must not know: enrolment.

use super::authorities::Authorities;
use crate::error::KioskError;
use crate::event_file::EventFile;
use crate::machine::environment::Environment;
use crate::published_secrets::{is_published_key, is_published_passphrase, is_published_pin};
use crate::settings::{PIN_HASH, PUBLISHER_KEYS, STAFF_KEY, STOP, StaffKey};
use expo_domain::Stop;
use expo_domain::audit::{AuditAct, AuditDetail};
use expo_store::Leads;
use expo_vault::SecretString;
use expo_vault::passphrase::{self, WorkFactor};
use expo_vault::pin;
use expo_vault::seal::Identity;
use expo_vault::signature::PublicKey;
use serde::Serialize;

/// Result of a set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provisioned {
    /// Identifier of the stop.
    pub stop: String,
    /// PIN, for a demonstration only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// Passphrase, for a demonstration only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passphrase: Option<String>,
}

/// Sets the kiosk up. Errors for weak secrets outside a demonstration, and for a data folder with a stop.
pub(crate) fn provision(
    env: &Environment,
    leads: &Leads,
    event: &EventFile,
) -> Result<Provisioned, KioskError> {
    if let Some(stop) = leads.setting::<Stop>(STOP)? {
        return Err(KioskError::AlreadyProvisioned(stop.id));
    }
    let publisher = check(event)?;
    let staff_key = generate_staff_key(&event.passphrase)?;
    if let Some(file) = &event.ca {
        Authorities::read(file)?.pin(env, leads)?;
    }
    let pin_hash = pin::hash(&event.pin).map_err(KioskError::internal)?;
    leads.set(&[
        (STOP, &event.stop),
        (STAFF_KEY, &staff_key),
        (PIN_HASH, &pin_hash),
        (PUBLISHER_KEYS, &[publisher.to_string()]),
    ])?;
    env.audit(AuditAct::Provisioned, &[(AuditDetail::Stop, &event.stop.id)])?;
    let shown = |secret: &str| event.stop.demonstration.then(|| secret.to_owned());
    Ok(Provisioned {
        stop: event.stop.id.clone(),
        pin: shown(&event.pin),
        passphrase: shown(&event.passphrase),
    })
}

/// Checks an event file. Returns its publisher key.
fn check(event: &EventFile) -> Result<PublicKey, KioskError> {
    let invalid = |place: &str, problem: String| KioskError::Setup {
        place: place.to_owned(),
        problem,
    };
    let stop = event.stop.check();
    stop.map_err(|e| invalid(&format!("stop.{}", e.field), e.problem))?;
    pin::check_strength(&event.pin).map_err(|e| invalid("pin", e.to_string()))?;
    passphrase::check_strength(&event.passphrase).map_err(|e| invalid("passphrase", e.to_string()))?;
    let key = event.publisher_key.parse::<PublicKey>();
    let key = key.map_err(|e| invalid("publisher_key", e.to_string()))?;
    if event.stop.demonstration {
        return Ok(key);
    }
    for (is_published, field) in [
        (is_published_pin(&event.pin), "pin"),
        (is_published_passphrase(&event.passphrase), "passphrase"),
        (is_published_key(&key), "publisher_key"),
    ] {
        if is_published {
            let problem = "this one is published, in the demonstration or in the guide: choose your own";
            return Err(invalid(field, problem.to_owned()));
        }
    }
    Ok(key)
}

fn generate_staff_key(phrase: &str) -> Result<StaffKey, KioskError> {
    let identity = Identity::generate();
    let phrase = SecretString::from(phrase.to_owned());
    let encrypted =
        passphrase::wrap(&identity, &phrase, WorkFactor::STANDARD).map_err(KioskError::internal)?;
    Ok(StaffKey {
        recipient: identity.recipient().to_string(),
        encrypted_secret: hex::encode(encrypted),
    })
}
