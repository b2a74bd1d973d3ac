//! Figures of the day for staff, without personal data. Must not know: the leads.

use super::export_history::exports;
use crate::catalogue::shown::ShownCatalogue;
use crate::error::KioskError;
use crate::link::platform_link::PlatformLink;
use crate::machine::diagnosis::MAX_UNSENT_SECONDS;
use crate::machine::disk::{Disk, disk_is_low};
use crate::machine::elapsed::clock_is_wrong;
use crate::machine::lead_check::LeadCheck;
use crate::views::{
    ClosingState, DayRow, FacetCount, FormStep, HourCount, LeadsCheck, ProjectCount, RegionCount, Today,
    VisitFigures,
};
use crate::visit_counts::{FORM_LEFT, LANGUAGE, LEADS, NO_RESULT, VISITS, VisitCounter};
use expo_domain::{Lang, Region, Texts};
use expo_store::Leads;
use expo_store::leads::{DayFigures, FigureKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Maximum number of lines per list of figures.
const MAX_LINES: u32 = 8;

/// Computes figures.
pub(crate) struct StaffFigures {
    catalogue: Arc<ShownCatalogue>,
    leads: Arc<Leads>,
    link: Arc<PlatformLink>,
    disk: Disk,
    lead_check: Arc<LeadCheck>,
    visits: Arc<VisitCounter>,
}

impl StaffFigures {
    pub const fn new(
        catalogue: Arc<ShownCatalogue>,
        leads: Arc<Leads>,
        link: Arc<PlatformLink>,
        disk: Disk,
        lead_check: Arc<LeadCheck>,
        visits: Arc<VisitCounter>,
    ) -> Self {
        Self {
            catalogue,
            leads,
            link,
            disk,
            lead_check,
            visits,
        }
    }

    /// Figures of today, and the state of the kiosk.
    pub fn today(&self) -> Result<Today, KioskError> {
        let env = &self.catalogue.env;
        let day = env.today()?.to_string();
        let counts = self.leads.outbox_counts()?;
        let sync_state = env.settings().sync_state()?;
        let clock_offset_ms = sync_state.and_then(|state| state.clock_offset_ms);
        let clock_offset_seconds = clock_offset_ms.map(|ms| ms / 1_000);
        let disk_free_bytes = env.disk_free();
        let by_hour = self.leads.by_hour(&day)?;
        let damage = self.lead_check.known_damage()?;
        let days = self.leads.days()?;
        let oldest_waiting_seconds = env.oldest_unsent_seconds(&counts)?;
        Ok(Today {
            stop_name: env.settings().stop()?.name.french().to_owned(),
            kiosk: env.settings().kiosk_id()?,
            leads_day: by_hour.iter().map(|(_, count)| count).sum(),
            leads_total: days.iter().map(|d| d.leads).sum(),
            closing: self.next_closing(&days, &day)?,
            by_hour: by_hour
                .into_iter()
                .map(|(hour, count)| HourCount { hour, count })
                .collect(),
            by_language: self.counts(&day, FigureKind::Language)?,
            by_region: self.regions(&day)?,
            by_project: self.top_projects(&day)?,
            by_type: self.counts(&day, FigureKind::Type)?,
            by_desk: self.counts(&day, FigureKind::Desk)?,
            visits: self.visits.of_day(&day).map(|counts| visit_figures(&counts)),
            waiting: counts.waiting,
            oldest_waiting_seconds,
            waits_too_long: oldest_waiting_seconds.is_some_and(|age| age > MAX_UNSENT_SECONDS),
            staff_only: counts.sealed_for_staff,
            set_aside: counts.rejected,
            quarantined: counts.quarantined,
            unreadable: damage.unreadable,
            leads_check: damage.last_check.map(|check| LeadsCheck {
                checked_at: check.checked_at.to_string(),
                damaged: check.damaged,
            }),
            damaged_files: damage.damaged_files.len() as u32,
            sync: self.link.sync_status(self.catalogue.version_number())?,
            // The catalogue must not keep staff from their leads.
            catalogue: self.catalogue.info().ok().flatten(),
            catalogue_overdue_since: self.catalogue.overdue_since().ok().flatten(),
            disk_free_bytes,
            disk_is_low: disk_is_low(disk_free_bytes),
            disk_fault: self.disk.fault(),
            clock_offset_seconds,
            clock_is_wrong: clock_offset_seconds.is_some_and(clock_is_wrong),
            day,
        })
    }

    /// The oldest day with leads that are not exported; otherwise the newest day, or today.
    fn next_closing(&self, days: &[DayFigures], today: &str) -> Result<ClosingState, KioskError> {
        for figures in days.iter().rev() {
            let state = self.closing(&figures.day)?;
            if state.leads > state.exported_leads {
                return Ok(state);
            }
        }
        self.closing(days.first().map_or(today, |newest| &newest.day))
    }

    /// How far a day is exported and sent.
    fn closing(&self, day: &str) -> Result<ClosingState, KioskError> {
        let state = self.leads.day_state(day)?;
        Ok(ClosingState {
            day: day.to_owned(),
            leads: state.leads,
            exported_leads: state.exported,
            unsent: state.unsent,
            closed_at: self.local_time(state.closed_at),
        })
    }

    fn local_time(&self, stored: Option<String>) -> Option<String> {
        stored.map(|at| self.catalogue.env.local_time_of(&at))
    }

    /// Days with leads, and their exports.
    pub fn days(&self) -> Result<Vec<DayRow>, KioskError> {
        let row = |figures: DayFigures| {
            let state = self.leads.day_state(&figures.day).unwrap_or_default();
            let exports = exports(&self.catalogue.env, &self.leads, Some(&figures.day)).unwrap_or_default();
            DayRow {
                day: figures.day,
                leads: figures.leads,
                unsent: figures.unsent,
                new_leads: state.leads - state.exported,
                closed_at: self.local_time(state.closed_at),
                exports,
            }
        };
        Ok(self.leads.days()?.into_iter().map(row).collect())
    }

    fn counts(&self, day: &str, kind: FigureKind) -> Result<Vec<FacetCount>, KioskError> {
        let figures = self.leads.figures(day, kind, MAX_LINES)?;
        Ok(figures
            .into_iter()
            .map(|(value, count)| FacetCount { value, count })
            .collect())
    }

    fn regions(&self, day: &str) -> Result<Vec<RegionCount>, KioskError> {
        let figures = self.leads.figures(day, FigureKind::Region, MAX_LINES)?;
        Ok(figures
            .into_iter()
            .map(|(code, count)| RegionCount {
                names: region_names(&code),
                code,
                count,
            })
            .collect())
    }

    fn top_projects(&self, day: &str) -> Result<Vec<ProjectCount>, KioskError> {
        let figures = self.leads.figures(day, FigureKind::Project, MAX_LINES)?;
        let index = self.catalogue.index().ok();
        let counted = |(id, count): (String, u32)| {
            let entry = index.as_ref().and_then(|index| index.entry(&id));
            let title = entry.map(|entry| &entry.project.title);
            ProjectCount {
                title: title.map_or_else(|| id.clone(), |title| title.french().to_owned()),
                names: title.map(Texts::in_each_language).unwrap_or_default(),
                id,
                count,
            }
        };
        Ok(figures.into_iter().map(counted).collect())
    }
}

fn visit_figures(counts: &BTreeMap<String, u32>) -> VisitFigures {
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    let starting_with = |start: &str| -> Vec<FacetCount> {
        let named = counts.iter().filter_map(|(name, count)| {
            let value = name.strip_prefix(start)?.strip_prefix('.')?.to_owned();
            Some(FacetCount { value, count: *count })
        });
        named.collect()
    };
    let mut by_language = starting_with(LANGUAGE);
    by_language.sort_by_key(|language| Reverse(language.count));
    let step = |count: &FacetCount| FormStep::ALL.iter().position(|step| step.code() == count.value);
    let mut form_left_at = starting_with(FORM_LEFT);
    form_left_at.sort_by_key(step);
    VisitFigures {
        visits: count(VISITS),
        by_language,
        form_left_at,
        leads: count(LEADS),
        searches_without_result: count(NO_RESULT),
    }
}

/// The name of the region in each language; empty if the code is unknown.
fn region_names(code: &str) -> BTreeMap<Lang, String> {
    let names = Region::from_code(code).map(Region::names).unwrap_or_default();
    names.in_each_language()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_regions_have_a_name_in_each_language() {
        for region in Region::ALL {
            assert_eq!(region_names(region.code()).len(), Lang::ALL.len());
        }
        let names = region_names("MA-02");
        assert_eq!(names[&Lang::Ar], "الشرق");
        assert_eq!(names[&Lang::Es], names[&Lang::En]);
        assert!(region_names("elsewhere").is_empty());
    }
}
