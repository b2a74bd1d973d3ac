//! Commands of the visitors' window.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands every argument over as a value"
)]

use super::{Answer, Shared, told};
use crate::windows;
use kiosk::KioskError;
use kiosk::views::{
    Boot, CostPlan, Explore, ExploreQuery, FieldError, Lang, LeadDraft, Notice, ProjectPage, ShortlistItem,
    TakeAway, Thanks,
};
use tauri::AppHandle;

#[tauri::command(async)]
pub fn visitor_boot(kiosk: Shared<'_>, lang: Option<Lang>) -> Answer<Boot> {
    told(kiosk.boot(lang))
}

#[tauri::command(async)]
pub fn explore(kiosk: Shared<'_>, query: ExploreQuery) -> Answer<Explore> {
    told(kiosk.explore(&query))
}

#[tauri::command(async)]
pub fn project(kiosk: Shared<'_>, id: String, lang: Lang) -> Answer<ProjectPage> {
    told(kiosk.project(&id, lang))
}

#[tauri::command(async)]
pub fn plan(kiosk: Shared<'_>, project: String, unit: String) -> Answer<Option<CostPlan>> {
    told(kiosk.plan(&project, &unit))
}

#[tauri::command(async)]
pub fn shortlist(kiosk: Shared<'_>, items: Vec<ShortlistItem>, lang: Lang) -> Answer<TakeAway> {
    told(kiosk.shortlist(&items, lang))
}

#[tauri::command(async)]
pub fn notice(kiosk: Shared<'_>, lang: Lang) -> Answer<Notice> {
    told(kiosk.notice(lang))
}

#[tauri::command(async)]
pub fn lead_check(kiosk: Shared<'_>, draft: LeadDraft, fields: Vec<String>) -> Answer<Vec<FieldError>> {
    told(kiosk.check_lead(&draft, &fields))
}

#[tauri::command(async)]
pub fn lead_submit(kiosk: Shared<'_>, draft: LeadDraft) -> Answer<Thanks> {
    let thanks = told(kiosk.take_lead(&draft))?;
    kiosk.nudge();
    Ok(thanks)
}

#[tauri::command(async)]
pub fn staff_open(app: AppHandle) -> Answer<()> {
    told(windows::open_staff(&app).map_err(|e| KioskError::Internal(e.to_string())))
}
