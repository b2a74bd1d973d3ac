//! Takes a lead: checked, sealed and on disk before the visitor is thanked. Must not know: how leads are sent or read.

use super::calendar::{self, Entry};
use super::contact_hours::{contact_hours, visitor_zone};
use super::guides::partners;
use super::qr_code::qr_code;
use crate::catalogue::error::CatalogueError;
use crate::catalogue::index::CatalogueIndex;
use crate::catalogue::shown::ShownCatalogue;
use crate::error::KioskError;
use crate::lead_sealing::{LeadSealing, seal};
use crate::machine::disk::Disk;
use crate::machine::environment::Environment;
use crate::reference::Reference;
use crate::views::{ContactHours, Notice, Thanks};
use expo_domain::hash::sha256_hex;
use expo_domain::lead::{
    ConsentProof, Desk, DeskPartner, DraftContext, FieldCode, Interest, InterestDraft, LeadRecord, LeadStay,
    WantedTown,
};
use expo_domain::{Envelope, FieldError, Lang, Lead, LeadDraft, LeadHeader, Stop};
use expo_store::catalogue::Version;
use expo_store::leads::FigureKind;
use expo_store::{Leads, SealedLead, StoreError};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// Takes leads of visitors.
pub(crate) struct LeadIntake {
    env: Environment,
    leads: Arc<Leads>,
    sealing: LeadSealing,
    disk: Disk,
    catalogue: Arc<ShownCatalogue>,
    reference: Arc<Reference>,
}

impl LeadIntake {
    pub fn new(
        leads: Arc<Leads>,
        sealing: LeadSealing,
        disk: Disk,
        catalogue: Arc<ShownCatalogue>,
        reference: Arc<Reference>,
    ) -> Self {
        Self {
            env: catalogue.env.clone(),
            leads,
            sealing,
            disk,
            catalogue,
            reference,
        }
    }

    /// The privacy notice for the country of the stop.
    pub fn notice(&self, lang: Lang) -> Result<Notice, KioskError> {
        let stop = self.env.settings().stop()?;
        let notice = self.reference.notice().notice(lang, stop.form_country());
        notice.ok_or_else(|| KioskError::internal("the program has no privacy notice"))
    }

    /// When a visitor with this telephone number and country can be reached, to choose from.
    pub fn contact_hours(&self, typed: &str, country: &str) -> Result<ContactHours, KioskError> {
        let stop = self.env.settings().stop()?;
        contact_hours(&stop, typed, country, self.env.today()?)
    }

    /// Errors of the named fields, so that the form can check one step.
    pub fn check(&self, draft: &LeadDraft, fields: &[String]) -> Result<Vec<FieldError>, KioskError> {
        let stop = self.env.settings().stop()?;
        let errors = self.validate(draft, &stop)?.err().unwrap_or_default();
        Ok(errors
            .into_iter()
            .filter(|error| fields.iter().any(|f| f == error.field.code()))
            .collect())
    }

    /// Takes a lead. When this returns, the sealed lead, proof of consent, ticket and outbox row are on disk.
    pub fn take(&self, draft: &LeadDraft) -> Result<Thanks, KioskError> {
        let taken = self.disk.with_reserve(|| {
            loop {
                match self.seal_and_store(draft) {
                    // Another platform was enrolled at the same time; it could not open this lead.
                    Err(KioskError::Store(StoreError::Superseded { .. })) => {}
                    result => return result,
                }
            }
        });
        if matches!(&taken, Err(KioskError::Store(error)) if error.is_of_disk()) {
            // The next visitor sees it before typing.
            self.disk.test_write();
        }
        taken
    }

    fn seal_and_store(&self, draft: &LeadDraft) -> Result<Thanks, KioskError> {
        let stop = self.env.settings().stop()?;
        let lead = self.validate(draft, &stop)?.map_err(KioskError::InvalidLead)?;
        let now = self.env.now_at_stop()?;
        let header = self.header(&stop, lead.language, now.timestamp())?;
        let figures = self.figures(&lead);
        let record = LeadRecord {
            consent: self.consent_proof(&lead, header.taken_at)?,
            header,
            lead,
        };
        // Nothing may fail after the lead is stored: the visitor would try again.
        let thanks = thanks(&record, &stop)?;
        let recipients = self.sealing.recipients()?;
        let sealed = seal(&record, &recipients)?;
        let lead = SealedLead {
            day: now.date().to_string(),
            hour: now.hour() as u8,
            envelope: Envelope::new(record.header, sealed),
            for_platform: recipients.include_platform,
            figures,
        };
        self.leads.insert(Some(&recipients.guard), &lead)?;
        Ok(thanks)
    }

    fn validate(
        &self,
        draft: &LeadDraft,
        stop: &Stop,
    ) -> Result<Result<Lead, Vec<FieldError>>, KioskError> {
        let version = self.catalogue.current();
        let index = self.catalogue.index();
        Ok(draft.check(&DraftContext {
            interest: &|draft| name_interest(version.as_ref(), draft),
            town: &|id| name_town(index.as_deref(), id),
            banks: &stop.banks,
            partner: &|wanted, desk| name_partner(index.as_deref(), stop, wanted, desk),
            languages: &stop.languages,
            zone: &|number, residence| visitor_zone(stop, number, residence).zone,
            today: self.env.today()?,
        }))
    }

    fn header(&self, stop: &Stop, language: Lang, taken_at: Timestamp) -> Result<LeadHeader, KioskError> {
        let kiosk = self.env.settings().kiosk_id()?;
        let number = self.leads.next_ticket(&stop.id, &kiosk)?;
        Ok(LeadHeader {
            id: Uuid::now_v7(),
            revision: 1,
            kind: "lead".to_owned(),
            stop: stop.id.clone(),
            ticket: format!("{}-{kiosk}-{number:04}", stop.code),
            kiosk,
            taken_at,
            monotonic_ms: self.env.machine().monotonic_ms(),
            boot_id: self.env.machine().boot_id(),
            language,
        })
    }

    fn consent_proof(&self, lead: &Lead, given_at: Timestamp) -> Result<ConsentProof, KioskError> {
        let notice = self.notice(lead.language)?;
        let shown = serde_json::to_vec(&notice).map_err(KioskError::internal)?;
        Ok(ConsentProof {
            notice_version: notice.version,
            notice_sha256: sha256_hex(&shown),
            language: notice.lang,
            given_at,
            channel: lead.channel,
        })
    }

    /// Projects and regions to count; without regions if the catalogue cannot be read.
    fn figures(&self, lead: &Lead) -> Vec<(FigureKind, String)> {
        // A lead counts once per project, also if it names several of its units.
        let projects: BTreeSet<&String> = lead.interests.iter().map(|interest| &interest.project).collect();
        let figure = |id: &&String| (FigureKind::Project, (*id).clone());
        let mut figures: Vec<_> = projects.iter().map(figure).collect();
        if let Ok(index) = self.catalogue.index() {
            let regions: BTreeSet<_> = projects.iter().filter_map(|id| index.region_of(id)).collect();
            let codes = regions.into_iter().map(|region| region.code().to_owned());
            figures.extend(codes.map(|code| (FigureKind::Region, code)));
        }
        figures
    }
}

/// The interest with the names of the catalogue. If the catalogue cannot be read, it is accepted unchecked, so that no
/// lead is lost.
fn name_interest(
    version: Result<&Option<Arc<Version>>, &StoreError>,
    draft: &InterestDraft,
) -> Result<Interest, FieldCode> {
    let rows = match version {
        Ok(Some(version)) => version.project(&draft.project),
        Ok(None) => return Err(FieldCode::UnknownProject),
        Err(_) => return Ok(draft.unnamed()),
    };
    let rows = match rows {
        Ok(rows) => rows.ok_or(FieldCode::UnknownProject)?,
        Err(_) => return Ok(draft.unnamed()),
    };
    let unit = match &draft.unit {
        Some(id) => {
            let unit = rows.units.iter().find(|unit| unit.id == *id);
            Some(unit.ok_or(FieldCode::UnknownUnit)?)
        }
        None => None,
    };
    Ok(Interest {
        project_title: Some(rows.project.title.french().to_owned()),
        unit_number: unit.map(|unit| unit.number.clone()),
        unit_surface_dm2: unit.map(|unit| unit.surface_dm2),
        ..draft.unnamed()
    })
}

/// The town with its name; accepted unchecked if the catalogue cannot be read.
fn name_town(index: Result<&CatalogueIndex, &CatalogueError>, id: &str) -> Option<WantedTown> {
    let town = |name| WantedTown {
        town: id.to_owned(),
        name,
    };
    match index {
        Ok(index) => {
            let known = index.shared_rows.towns.get(id)?;
            Some(town(Some(known.name.french().to_owned())))
        }
        Err(_) => Some(town(None)),
    }
}

/// The partner with its name: a partner of the catalogue that is present and answers at this desk, or a bank of the stop.
/// Accepted unchecked if the catalogue cannot be read.
fn name_partner(
    index: Result<&CatalogueIndex, &CatalogueError>,
    stop: &Stop,
    wanted: &str,
    desk: Desk,
) -> Option<DeskPartner> {
    let partner = |name| DeskPartner {
        partner: wanted.to_owned(),
        name,
    };
    if desk == Desk::Bank && stop.banks.iter().any(|bank| bank == wanted) {
        return Some(partner(Some(wanted.to_owned())));
    }
    let Ok(index) = index else { return Some(partner(None)) };
    let present = partners(&index.shared_rows.documents, stop.form_country());
    let found = present.iter().find(|(id, _)| *id == wanted)?.1;
    (found.kind.desk() == desk).then(|| partner(Some(found.name.french().to_owned())))
}

fn thanks(record: &LeadRecord, stop: &Stop) -> Result<Thanks, KioskError> {
    let header = &record.header;
    let calendar = record.lead.stay.map(|stay| calendar_entry(stay, header, stop));
    Ok(Thanks {
        ticket: header.ticket.clone(),
        id: header.id.to_string(),
        taken_at: header.taken_at.to_string(),
        qr_svg: qr_code(&header.ticket)?,
        calendar_qr_svg: calendar.transpose()?,
    })
}

/// The stay as a calendar entry, with the ticket. It contains nothing else of the lead.
fn calendar_entry(stay: LeadStay, header: &LeadHeader, stop: &Stop) -> Result<String, KioskError> {
    let lines = [Some(header.ticket.as_str()), stop.group.phone.as_deref(), stop.group.site.as_deref()];
    let entry = calendar::write(&Entry {
        arrival: stay.from,
        departure: stay.to,
        written_at: header.taken_at,
        title: expo_texts::of(header.language).summer.heading,
        text: &lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    })?;
    qr_code(&entry)
}
