//! Commands of the visitor window.

use super::{CommandResult, SharedKiosk, blocking, to_host_result};
use crate::staff_session::StaffSession;
use crate::{pages, windows};
use expo_kiosk_core::views::{
    Affordability, AidProgress, AidRequest, Boot, ContactHours, CostPlan, Explore, ExploreQuery, FieldError, GuidePage,
    Lang, LeadDraft, Means, Notice, PhoneReading, PlannedTotals, ProjectPage, ShortlistItem, SummerAnswer,
    SummerRequest, TakeAway, Thanks,
};
use expo_kiosk_core::{Kiosk, KioskError};
use std::sync::Arc;
use tauri::{AppHandle, State};

#[tauri::command]
pub async fn visitor_boot(kiosk: SharedKiosk<'_>, lang: Option<Lang>) -> CommandResult<Boot> {
    blocking(&kiosk, move |kiosk| kiosk.boot(lang)).await
}

#[tauri::command]
pub async fn explore(kiosk: SharedKiosk<'_>, query: ExploreQuery) -> CommandResult<Explore> {
    blocking(&kiosk, move |kiosk| kiosk.explore(&query)).await
}

#[tauri::command]
pub async fn project(kiosk: SharedKiosk<'_>, id: String, lang: Lang) -> CommandResult<ProjectPage> {
    blocking(&kiosk, move |kiosk| kiosk.project(&id, lang)).await
}

#[tauri::command]
pub async fn plan(
    kiosk: SharedKiosk<'_>,
    project: String,
    unit: String,
    lang: Lang,
    means: Means,
) -> CommandResult<Option<CostPlan>> {
    blocking(&kiosk, move |kiosk| kiosk.plan(&project, &unit, lang, &means)).await
}

#[tauri::command]
pub async fn affordability(kiosk: SharedKiosk<'_>, means: Means) -> CommandResult<Affordability> {
    blocking(&kiosk, move |kiosk| kiosk.affordability(&means)).await
}

#[tauri::command]
pub async fn aid_questions(kiosk: SharedKiosk<'_>, request: AidRequest) -> CommandResult<AidProgress> {
    blocking(&kiosk, move |kiosk| kiosk.aid(&request)).await
}

#[tauri::command]
pub async fn summer_plan(kiosk: SharedKiosk<'_>, request: SummerRequest) -> CommandResult<SummerAnswer> {
    blocking(&kiosk, move |kiosk| kiosk.summer(&request)).await
}

#[tauri::command]
pub async fn shortlist(
    kiosk: SharedKiosk<'_>,
    items: Vec<ShortlistItem>,
    lang: Lang,
) -> CommandResult<TakeAway> {
    blocking(&kiosk, move |kiosk| kiosk.shortlist(&items, lang)).await
}

#[tauri::command]
pub async fn shortlist_totals(
    kiosk: SharedKiosk<'_>,
    items: Vec<ShortlistItem>,
) -> CommandResult<PlannedTotals> {
    blocking(&kiosk, move |kiosk| kiosk.totals(&items)).await
}

#[tauri::command]
pub async fn guide(kiosk: SharedKiosk<'_>, key: String, lang: Lang) -> CommandResult<GuidePage> {
    blocking(&kiosk, move |kiosk| kiosk.guide(&key, lang)).await
}

#[tauri::command]
pub async fn guide_takeaway(
    kiosk: SharedKiosk<'_>,
    key: String,
    ready: Vec<u32>,
    lang: Lang,
) -> CommandResult<TakeAway> {
    blocking(&kiosk, move |kiosk| kiosk.guide_takeaway(&key, &ready, lang)).await
}

#[tauri::command]
pub async fn notice(kiosk: SharedKiosk<'_>, lang: Lang) -> CommandResult<Notice> {
    blocking(&kiosk, move |kiosk| kiosk.notice(lang)).await
}

#[tauri::command]
pub async fn lead_check(
    kiosk: SharedKiosk<'_>,
    draft: LeadDraft,
    fields: Vec<String>,
) -> CommandResult<Vec<FieldError>> {
    blocking(&kiosk, move |kiosk| kiosk.check_lead(&draft, &fields)).await
}

#[tauri::command]
pub async fn read_phone(
    kiosk: SharedKiosk<'_>,
    typed: String,
    country: String,
) -> CommandResult<Option<PhoneReading>> {
    blocking(&kiosk, move |_| Ok(Kiosk::read_phone(&typed, &country))).await
}

#[tauri::command]
pub async fn contact_hours(
    kiosk: SharedKiosk<'_>,
    typed: String,
    country: String,
) -> CommandResult<ContactHours> {
    blocking(&kiosk, move |kiosk| kiosk.contact_hours(&typed, &country)).await
}

#[tauri::command]
pub async fn lead_submit(kiosk: SharedKiosk<'_>, draft: LeadDraft) -> CommandResult<Thanks> {
    let thanks = blocking(&kiosk, move |kiosk| kiosk.take_lead(&draft)).await?;
    kiosk.nudge_sync();
    Ok(thanks)
}

/// Opens the staff window with a new session, or shows it if it is open.
#[tauri::command]
pub async fn staff_open(
    app: AppHandle,
    kiosk: SharedKiosk<'_>,
    staff: State<'_, Arc<StaffSession>>,
) -> CommandResult<()> {
    let failed = |error: tauri::Error| KioskError::Internal(error.to_string());
    let Some(window) = to_host_result(windows::open_staff(&app).map_err(failed))? else {
        return Ok(());
    };
    let staff = Arc::clone(&staff);
    blocking(&kiosk, move |_| {
        staff.end();
        Ok(())
    })
    .await?;
    to_host_result(pages::watch(&window).map_err(failed))
}
