//! Visitors who leave a lead: whether the kiosk confirms it, and whether it is on the disk. A lead can be on the disk
//! although it was not confirmed. It is sent like any other: if the visitor tries again, nothing is lost.

use crate::error::SimulationError;
use crate::mutant::Mutant;
use crate::mutant_kiosk;
use crate::privacy_watch::{NAME_MARKER, PHONE_PREFIX};
use crate::simulated_kiosk::SimulatedKiosk;
use expo_domain::lead::Consents;
use expo_domain::{Lang, LeadDraft};
use expo_kiosk_core::Kiosk;
use expo_kiosk_core::views::Thanks;
use expo_protocol::Envelope;
use expo_sync::{LocalStore, QueuePosition};
use uuid::Uuid;

/// More leads than one kiosk takes in any run.
pub const MAX_LEADS: usize = 1_000;

/// A lead that a kiosk stored.
#[derive(Debug, Clone)]
pub struct StoredLead {
    /// Its identifier.
    pub id: Uuid,
    /// Its ticket.
    pub ticket: String,
    /// Its phone number, which no other lead has.
    pub phone: String,
    /// The number of the kiosk that took it.
    pub kiosk: usize,
    /// Whether the kiosk confirmed it.
    pub is_confirmed: bool,
    /// Whether its erasure is ordered.
    pub is_erased: bool,
}

impl SimulatedKiosk {
    /// Visitor `number` leaves a lead. Returns it if it is stored: a kiosk that is closed or full takes no leads, and
    /// one whose disk fails does not confirm them. `nudges` says whether the sync driver hears of the lead.
    pub fn take_lead(&self, number: usize, nudges: bool) -> Result<Option<StoredLead>, SimulationError> {
        let log = &self.disk.log;
        let Some(kiosk) = self.kiosk().filter(|kiosk| kiosk.can_take_leads()) else {
            log.count("visitors turned away", 1);
            if self.kiosk().is_some() && self.machine.has_room_for_leads() {
                log.violated(format!(
                    "{} turns a visitor away although there is room",
                    self.id()
                ));
            }
            return Ok(None);
        };
        let phone = format!("{PHONE_PREFIX}{number:05}");
        let draft = draft(number, &phone);
        if self.has(Mutant::WritesPlaintextFile) {
            mutant_kiosk::write_note(kiosk, &draft)?;
        }
        let mut thanks = None;
        let result = self.disk.call("take lead", || {
            thanks = Some(kiosk.take_lead(&draft));
            Ok(())
        });
        let mut thanks = thanks.transpose().map_err(SimulationError::new)?;
        let mut is_confirmed = result.is_ok();
        if self.has(Mutant::ConfirmsBeforeDurable) && !is_confirmed {
            thanks = Some(mutant_kiosk::confirm_without_storing(kiosk, &draft)?);
            is_confirmed = true;
        }
        let counter = if is_confirmed {
            "leads confirmed"
        } else {
            "leads not confirmed"
        };
        log.count(counter, 1);
        let Some(thanks) = thanks else { return Ok(None) };
        let verb = if is_confirmed {
            "confirms"
        } else {
            "stores and does not confirm"
        };
        log.note(format!("{} {verb} {}", self.id(), thanks.ticket));
        log.count("leads stored without confirmation", u64::from(!is_confirmed));
        if let Some(envelope) = find_envelope(kiosk, &thanks)? {
            self.expected_leads.on_stored(envelope);
        } else {
            log.violated(format!("{} is not on the disk", thanks.ticket));
        }
        if is_confirmed && nudges {
            self.nudge();
        }
        Ok(Some(StoredLead {
            id: thanks.id.parse().map_err(SimulationError::new)?,
            ticket: thanks.ticket,
            phone,
            kiosk: self.number(),
            is_confirmed,
            is_erased: false,
        }))
    }
}

/// The envelope of a lead that was just taken, as it waits in the outbox.
fn find_envelope(kiosk: &Kiosk, thanks: &Thanks) -> Result<Option<Envelope>, SimulationError> {
    let waiting = kiosk
        .sync_port()
        .waiting(QueuePosition::START, MAX_LEADS)
        .map_err(SimulationError::new)?;
    let mut envelopes = waiting.into_iter().map(|waiting| waiting.envelope);
    Ok(envelopes.find(|envelope| {
        envelope.header.id.to_string() == thanks.id && envelope.header.ticket == thanks.ticket
    }))
}

/// An invented visitor. Names cannot have digits, so the number is written in letters.
fn draft(number: usize, phone: &str) -> LeadDraft {
    let letters: String = format!("{number:04}")
        .bytes()
        .map(|digit| char::from(b'a' + (digit - b'0')))
        .collect();
    LeadDraft {
        name: format!("Test {NAME_MARKER} {letters}"),
        phone: Some(phone.to_owned()),
        language: Some([Lang::Fr, Lang::Ar, Lang::En][number % 3]),
        consents: Consents {
            call: true,
            ..Consents::default()
        },
        ..LeadDraft::default()
    }
}
