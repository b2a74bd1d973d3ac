//! Methods for visitors. Must not know: staff, the platform.

use super::Kiosk;
use crate::error::KioskError;
use crate::views::{
    Affordability, AidProgress, AidRequest, Boot, ContactHours, CostPlan, Explore, ExploreQuery, GuidePage, Notice,
    PhoneReading, PlannedTotals, ProjectPage, ShortlistItem, SummerAnswer, SummerRequest, TakeAway, Thanks,
};
use expo_domain::affordability::Means;
use expo_domain::{FieldError, Lang, LeadDraft, phone};

impl Kiosk {
    /// Data for the start of a visitor window, in the given language or the first one of the stop.
    pub fn boot(&self, lang: Option<Lang>) -> Result<Boot, KioskError> {
        self.visitors.browse.boot(lang, self.can_take_leads())
    }

    /// The projects that match a query.
    pub fn explore(&self, query: &ExploreQuery) -> Result<Explore, KioskError> {
        self.visitors.browse.explore(query)
    }

    /// The page of a project.
    pub fn project(&self, id: &str, lang: Lang) -> Result<ProjectPage, KioskError> {
        self.visitors.browse.project(id, lang)
    }

    /// The plan of a unit: price, costs, aid and payment. `None` if the unit is not available or no rule is in force.
    pub fn plan(
        &self,
        project: &str,
        unit: &str,
        lang: Lang,
        means: &Means,
    ) -> Result<Option<CostPlan>, KioskError> {
        self.visitors.browse.plan(project, unit, lang, means)
    }

    /// What a visitor can afford.
    pub fn affordability(&self, means: &Means) -> Result<Affordability, KioskError> {
        self.visitors.browse.affordability(means)
    }

    /// The next question about the direct housing aid, or the result for all buyers and each unit.
    pub fn aid(&self, request: &AidRequest) -> Result<AidProgress, KioskError> {
        self.visitors.browse.aid(request)
    }

    /// The plan of a purchase during a stay in Morocco, or why there is none.
    pub fn summer(&self, request: &SummerRequest) -> Result<SummerAnswer, KioskError> {
        self.visitors.browse.summer(request)
    }

    /// The takeaway of these items. Items after the third, and items that are no longer in the catalogue, are left out
    /// and counted; an error if none remains.
    pub fn shortlist(&self, items: &[ShortlistItem], lang: Lang) -> Result<TakeAway, KioskError> {
        self.visitors.browse.shortlist(items, lang)
    }

    /// What to plan for each of these items, and for the units together.
    pub fn totals(&self, items: &[ShortlistItem]) -> Result<PlannedTotals, KioskError> {
        self.visitors.browse.totals(items)
    }

    /// The page of a guide.
    pub fn guide(&self, key: &str, lang: Lang) -> Result<GuidePage, KioskError> {
        self.visitors.browse.guide(key, lang)
    }

    /// The papers of a guide to take away. `ready` are the numbers of the papers that the visitor has, from 0.
    pub fn guide_takeaway(&self, key: &str, ready: &[u32], lang: Lang) -> Result<TakeAway, KioskError> {
        self.visitors.browse.guide_takeaway(key, ready, lang)
    }

    /// The bytes of a picture by its SHA-256; `None` if it is missing.
    pub fn picture(&self, hash: &str) -> Option<Vec<u8>> {
        self.supply.pictures.get(hash)
    }

    /// The privacy notice.
    pub fn notice(&self, lang: Lang) -> Result<Notice, KioskError> {
        self.visitors.lead_intake.notice(lang)
    }

    /// Whether leads can be stored now; visitors must see it before they type.
    pub fn can_take_leads(&self) -> bool {
        self.disk.can_store_leads()
    }

    /// Errors of the named fields, so that the form can check one step.
    pub fn check_lead(&self, draft: &LeadDraft, fields: &[String]) -> Result<Vec<FieldError>, KioskError> {
        self.visitors.lead_intake.check(draft, fields)
    }

    /// A typed telephone number as understood; `None` if it is not a number of the country.
    pub fn read_phone(typed: &str, country: &str) -> Option<PhoneReading> {
        phone::read(typed, Some(country)).ok()
    }

    /// When a visitor can be reached, to choose from, in the time of the visitor and of Morocco.
    pub fn contact_hours(&self, typed: &str, country: &str) -> Result<ContactHours, KioskError> {
        self.visitors.lead_intake.contact_hours(typed, country)
    }

    /// Takes a lead. When this returns, the sealed lead, proof of consent, ticket and outbox row are on disk.
    pub fn take_lead(&self, draft: &LeadDraft) -> Result<Thanks, KioskError> {
        self.visitors.lead_intake.take(draft)
    }
}
