//! Visitors of a kiosk: who leaves a lead and is thanked, who is not, and what is on the disk then. A lead that is on the
//! disk though its visitor was not thanked is sent as any other: the visitor may come again, nothing is lost by that.

use crate::Trouble;
use crate::mutant::{self, Mutant};
use crate::stand::Stand;
use crate::watch::{NAME, PHONE};
use domain::lead::Consents;
use domain::{Lang, LeadDraft};
use kiosk::Kiosk;
use kiosk::views::Thanks;
use protocol::Envelope;
use sync::{Local, Place};
use uuid::Uuid;

/// Leads of a kiosk that are looked through; no run has so many.
const MANY: usize = 1_000;

/// A lead that a kiosk kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its identifier.
    pub id: Uuid,
    /// Its ticket.
    pub ticket: String,
    /// Its telephone number, which nobody else has.
    pub phone: String,
    /// The kiosk that took it.
    pub kiosk: usize,
    /// Whether its visitor was thanked.
    pub thanked: bool,
    /// Whether its visitor asked to be forgotten.
    pub erased: bool,
}

impl Stand {
    /// A visitor asks to be called back. What is kept of that, if anything: a kiosk that is closed or full sends
    /// visitors away, and one whose disk fails does not thank.
    pub fn take_lead(&self, number: usize, nudges: bool) -> Result<Option<Kept>, Trouble> {
        let chronicle = &self.disk.chronicle;
        let Some(kiosk) = self.kiosk().filter(|kiosk| kiosk.leads_open()) else {
            chronicle.count("visitors sent away", 1);
            if self.kiosk().is_some() && self.bench.has_room_for_leads() {
                chronicle.broken(format!("{} sent a visitor away though there is room", self.id));
            }
            return Ok(None);
        };
        let phone = format!("{PHONE}{number:05}");
        let draft = draft(number, &phone);
        if self.mutant() == Some(Mutant::TakesNotes) {
            mutant::note(kiosk, &draft)?;
        }
        let mut taken = None;
        let done = self.disk.call("take lead", || {
            taken = Some(kiosk.take_lead(&draft));
            Ok(())
        });
        let mut taken = taken.transpose().map_err(Trouble::of)?;
        let mut thanked = done.is_ok();
        if self.mutant() == Some(Mutant::ThanksFirst) && !thanked {
            (taken, thanked) = (Some(mutant::thank_for_nothing(kiosk, &draft)?), true);
        }
        chronicle.count(if thanked { "leads" } else { "visitors not thanked" }, 1);
        let Some(thanks) = taken else { return Ok(None) };
        let is_for = if thanked {
            "thanks"
        } else {
            "keeps, and does not thank,"
        };
        chronicle.note(format!("{} {is_for} for {}", self.id, thanks.ticket));
        chronicle.count("leads kept without thanks", u64::from(!thanked));
        if let Some(envelope) = frozen(kiosk, &thanks)? {
            self.ledger.keeps(envelope);
        } else {
            chronicle.broken(format!("{} is not on the disk", thanks.ticket));
        }
        if thanked && nudges {
            self.nudge();
        }
        Ok(Some(Kept {
            id: thanks.id.parse().map_err(Trouble::of)?,
            ticket: thanks.ticket,
            phone,
            kiosk: self.number(),
            thanked,
            erased: false,
        }))
    }
}

/// What will be sent of a lead that was just taken.
fn frozen(kiosk: &Kiosk, thanks: &Thanks) -> Result<Option<Envelope>, Trouble> {
    let waiting = kiosk.waiting(Place::START, MANY).map_err(Trouble::of)?;
    let mut envelopes = waiting.into_iter().map(|waiting| waiting.envelope);
    Ok(envelopes.find(|envelope| {
        envelope.header.id.to_string() == thanks.id && envelope.header.ticket == thanks.ticket
    }))
}

/// An invented visitor. Names hold no digits, so the number is spelt.
fn draft(number: usize, phone: &str) -> LeadDraft {
    let spelt: String = format!("{number:04}")
        .bytes()
        .map(|digit| char::from(b'a' + (digit - b'0')))
        .collect();
    LeadDraft {
        name: format!("Test {NAME} {spelt}"),
        phone: Some(phone.to_owned()),
        language: Some([Lang::Fr, Lang::Ar, Lang::En][number % 3]),
        consents: Consents {
            call: true,
            ..Consents::default()
        },
        ..LeadDraft::default()
    }
}
