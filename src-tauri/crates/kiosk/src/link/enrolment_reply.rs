//! Checks the reply to an enrolment, before anything of it is stored. Must not know: where it is stored, HTTP.

use crate::enrolment_fault::EnrolmentFault;
use crate::published_secrets::is_published_key;
use crate::settings::Enrolment;
use expo_domain::Stop;
use expo_protocol::EnrolmentReply;
use expo_vault::seal::Recipient;
use expo_vault::signature::PublicKey;
use std::ops::RangeInclusive;

/// Valid lengths of a kiosk identifier. It is part of every ticket and file name.
const KIOSK_CHARS: RangeInclusive<usize> = 1..=12;
/// Valid lengths of a token.
const TOKEN_CHARS: RangeInclusive<usize> = 16..=1024;

/// What the kiosk has before the enrolment.
pub(super) struct Before {
    pub stop: Stop,
    /// Publisher keys that the kiosk trusts.
    pub publishers: Vec<PublicKey>,
}

/// A reply that passed all checks.
pub(super) struct CheckedEnrolment {
    pub stop: Stop,
    pub enrolment: Enrolment,
    pub publisher: PublicKey,
}

/// Checks the reply of the platform at `base_url`.
pub(super) fn check(
    reply: &EnrolmentReply,
    base_url: &str,
    before: Before,
) -> Result<CheckedEnrolment, EnrolmentFault> {
    let is_kiosk = KIOSK_CHARS.contains(&reply.kiosk.len())
        && reply.kiosk.bytes().all(|byte| byte.is_ascii_alphanumeric());
    require(is_kiosk, "kiosk", "expected 1 to 12 letters and digits")?;
    let is_token =
        TOKEN_CHARS.contains(&reply.token.len()) && reply.token.bytes().all(|byte| byte.is_ascii_graphic());
    require(is_token, "token", "expected 16 to 1024 visible characters")?;
    let recipient = reply.leads_recipient.parse::<Recipient>();
    recipient.map_err(|error| invalid("leads_recipient", error.to_string()))?;
    let publisher = reply.publisher_key.parse::<PublicKey>();
    let publisher = publisher.map_err(|error| invalid("publisher_key", error.to_string()))?;
    if let Some(stop) = &reply.stop {
        stop.check()
            .map_err(|error| invalid(&format!("stop.{}", error.field), error.problem))?;
    }
    separate_demonstrations(reply, &publisher, &before)?;
    Ok(CheckedEnrolment {
        stop: reply.stop.clone().unwrap_or(before.stop),
        enrolment: Enrolment {
            platform: base_url.to_owned(),
            kiosk: reply.kiosk.clone(),
            token: reply.token.clone(),
            leads_recipient: reply.leads_recipient.clone(),
            config_version: reply.config_version,
        },
        publisher,
    })
}

/// Keeps demonstrations and real stops apart. A platform is a demonstration if it sends the stop of one, or publishes
/// with a published key. A demonstration kiosk also accepts the publisher key that its own event file names.
fn separate_demonstrations(
    reply: &EnrolmentReply,
    publisher: &PublicKey,
    before: &Before,
) -> Result<(), EnrolmentFault> {
    let stop_is_demonstration = reply.stop.as_ref().map(|stop| stop.demonstration);
    let has_published_key = is_published_key(publisher);
    if before.stop.demonstration {
        let is_accepted = match stop_is_demonstration {
            Some(is_demonstration) => is_demonstration,
            None => has_published_key || before.publishers.contains(publisher),
        };
        return is_accepted
            .then_some(())
            .ok_or(EnrolmentFault::DemonstrationKiosk);
    }
    if has_published_key || stop_is_demonstration == Some(true) {
        return Err(EnrolmentFault::DemonstrationPlatform);
    }
    Ok(())
}

fn require(is_valid: bool, field: &str, problem: &str) -> Result<(), EnrolmentFault> {
    if is_valid {
        Ok(())
    } else {
        Err(invalid(field, problem.to_owned()))
    }
}

fn invalid(field: &str, problem: String) -> EnrolmentFault {
    EnrolmentFault::InvalidField {
        field: field.to_owned(),
        problem,
    }
}
