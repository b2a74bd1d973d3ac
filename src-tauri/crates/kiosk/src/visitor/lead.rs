//! Taking a lead: checked, sealed and on disk before anybody is thanked.

use crate::settings::Recipients;
use crate::views::{Notice, Thanks};
use crate::{Kiosk, KioskError};
use domain::lead::LeadRecord;
use domain::lead::{ConsentProof, Known};
use domain::{FieldError, Lang, Lead, LeadDraft, LeadHeader, Stop};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::leads::TallyKind;
use store::{NewLead, StoreError};
use uuid::Uuid;

impl Kiosk {
    /// The notice on personal data for a reader.
    pub fn notice(&self, lang: Lang) -> Result<Notice, KioskError> {
        self.reference
            .notice(lang)
            .ok_or_else(|| KioskError::Internal("no notice is shipped".to_owned()))
    }

    /// Faults of the fields named, so that a step of the form can be left.
    pub fn check_lead(&self, draft: &LeadDraft, fields: &[String]) -> Result<Vec<FieldError>, KioskError> {
        let faults = self.checked(draft, &self.stop()?).err().unwrap_or_default();
        Ok(faults
            .into_iter()
            .filter(|fault| fields.iter().any(|f| f == fault.field))
            .collect())
    }

    /// Takes a lead. When this returns, lead, consent proof, ticket and outbox row are on disk, sealed.
    pub fn take_lead(&self, draft: &LeadDraft) -> Result<Thanks, KioskError> {
        self.with_reserve(|| self.keep_lead(draft))
    }

    fn keep_lead(&self, draft: &LeadDraft) -> Result<Thanks, KioskError> {
        loop {
            match self.seal_and_keep(draft) {
                // Another platform was enrolled while it was sealed: that one could not open it.
                Err(KioskError::Store(StoreError::Superseded { .. })) => {}
                done => return done,
            }
        }
    }

    fn seal_and_keep(&self, draft: &LeadDraft) -> Result<Thanks, KioskError> {
        let stop = self.stop()?;
        let lead = self.checked(draft, &stop).map_err(KioskError::InvalidLead)?;
        let now = self.now_at_stop()?;
        let header = self.header(&stop, lead.language, now.timestamp())?;
        let tally = self.tally(&lead);
        let record = LeadRecord {
            consent: self.proof(&lead, header.taken_at)?,
            header,
            lead,
        };
        let recipients = self.recipients()?;
        let sealed = seal(&record, &recipients)?;
        let header = record.header;
        let lead = NewLead {
            sha256: hex::encode(Sha256::digest(&sealed)),
            day: now.date().to_string(),
            hour: now.hour() as u8,
            header: header.clone(),
            sealed,
            for_platform: recipients.for_platform,
            tally,
        };
        self.leads.keep(Some(&recipients.basis), &lead)?;
        thanks(&header, &stop)
    }

    fn checked(&self, draft: &LeadDraft, stop: &Stop) -> Result<Lead, Vec<FieldError>> {
        // A catalogue that cannot be read must not cost a lead: its interests are then taken as they are.
        let version = self.catalogues.current();
        let project = |id: &str| match &version {
            Ok(Some(version)) => version.has_project(id).unwrap_or(true),
            Ok(None) => false,
            Err(_) => true,
        };
        draft.check(&Known {
            project: &project,
            banks: &stop.banks,
        })
    }

    fn header(&self, stop: &Stop, language: Lang, taken_at: Timestamp) -> Result<LeadHeader, KioskError> {
        let kiosk = self.kiosk_id()?;
        let number = self.leads.next_ticket(&stop.id, &kiosk)?;
        Ok(LeadHeader {
            id: Uuid::now_v7(),
            revision: 1,
            kind: "lead".to_owned(),
            stop: stop.id.clone(),
            ticket: format!("{}-{kiosk}-{number:04}", stop.code),
            kiosk,
            taken_at,
            monotonic_ms: self.machine.monotonic_ms(),
            boot_id: self.machine.boot_id(),
            language,
        })
    }

    fn proof(&self, lead: &Lead, given_at: Timestamp) -> Result<ConsentProof, KioskError> {
        let notice = self.notice(lead.language)?;
        let shown = serde_json::to_vec(&notice).map_err(|e| KioskError::Internal(e.to_string()))?;
        Ok(ConsentProof {
            notice_version: notice.version,
            notice_sha256: hex::encode(Sha256::digest(shown)),
            language: notice.lang,
            given_at,
            channel: lead.channel,
        })
    }

    /// Figures to count; without regions when the catalogue cannot be read.
    fn tally(&self, lead: &Lead) -> Vec<(TallyKind, String)> {
        let mut tally: Vec<_> = lead
            .interests
            .iter()
            .map(|id| (TallyKind::Project, id.clone()))
            .collect();
        if let Ok(explorer) = self.explorer() {
            let mut regions: Vec<_> = lead
                .interests
                .iter()
                .filter_map(|id| explorer.region_of(id))
                .collect();
            regions.sort_unstable();
            regions.dedup();
            tally.extend(
                regions
                    .into_iter()
                    .map(|region| (TallyKind::Region, region.code().to_owned())),
            );
        }
        tally
    }
}

/// Seals a record to everybody who may read it.
pub(crate) fn seal(record: &LeadRecord, recipients: &Recipients) -> Result<Vec<u8>, KioskError> {
    let plain = serde_json::to_vec(record).map_err(|e| KioskError::Internal(e.to_string()))?;
    let plain = zeroize::Zeroizing::new(plain);
    vault::seal::seal(&plain, &recipients.keys).map_err(|e| KioskError::Internal(e.to_string()))
}

fn thanks(header: &LeadHeader, stop: &Stop) -> Result<Thanks, KioskError> {
    let name = stop.name.pick(header.language).map(|name| name.text);
    let lines = [
        name.as_deref(),
        Some(header.ticket.as_str()),
        stop.group.site.as_deref(),
    ];
    let text = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let qr = fast_qr::QRBuilder::new(text)
        .build()
        .map_err(|e| KioskError::Internal(format!("QR: {e}")))?;
    let qr_svg = fast_qr::convert::svg::SvgBuilder::default().to_str(&qr);
    Ok(Thanks {
        ticket: header.ticket.clone(),
        id: header.id.to_string(),
        taken_at: header.taken_at.to_string(),
        qr_svg,
    })
}
