//! Commands of the visitor window.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri passes command arguments by value"
)]

use super::{CommandResult, SharedKiosk, to_host_result};
use crate::windows;
use expo_kiosk_core::KioskError;
use expo_kiosk_core::views::{
    Boot, CostPlan, Explore, ExploreQuery, FieldError, Lang, LeadDraft, Notice, ProjectPage, ShortlistItem,
    TakeAway, Thanks,
};
use tauri::AppHandle;

#[tauri::command(async)]
pub fn visitor_boot(kiosk: SharedKiosk<'_>, lang: Option<Lang>) -> CommandResult<Boot> {
    to_host_result(kiosk.boot(lang))
}

#[tauri::command(async)]
pub fn explore(kiosk: SharedKiosk<'_>, query: ExploreQuery) -> CommandResult<Explore> {
    to_host_result(kiosk.explore(&query))
}

#[tauri::command(async)]
pub fn project(kiosk: SharedKiosk<'_>, id: String, lang: Lang) -> CommandResult<ProjectPage> {
    to_host_result(kiosk.project(&id, lang))
}

#[tauri::command(async)]
pub fn plan(kiosk: SharedKiosk<'_>, project: String, unit: String) -> CommandResult<Option<CostPlan>> {
    to_host_result(kiosk.plan(&project, &unit))
}

#[tauri::command(async)]
pub fn shortlist(kiosk: SharedKiosk<'_>, items: Vec<ShortlistItem>, lang: Lang) -> CommandResult<TakeAway> {
    to_host_result(kiosk.shortlist(&items, lang))
}

#[tauri::command(async)]
pub fn notice(kiosk: SharedKiosk<'_>, lang: Lang) -> CommandResult<Notice> {
    to_host_result(kiosk.notice(lang))
}

#[tauri::command(async)]
pub fn lead_check(
    kiosk: SharedKiosk<'_>,
    draft: LeadDraft,
    fields: Vec<String>,
) -> CommandResult<Vec<FieldError>> {
    to_host_result(kiosk.check_lead(&draft, &fields))
}

#[tauri::command(async)]
pub fn lead_submit(kiosk: SharedKiosk<'_>, draft: LeadDraft) -> CommandResult<Thanks> {
    let thanks = to_host_result(kiosk.take_lead(&draft))?;
    kiosk.nudge_sync();
    Ok(thanks)
}

#[tauri::command(async)]
pub fn staff_open(app: AppHandle) -> CommandResult<()> {
    to_host_result(windows::open_staff(&app).map_err(|e| KioskError::Internal(e.to_string())))
}
