//! Commands of the staff's window. The session lives here and nowhere else; it ends when left alone.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tauri hands every argument over as a value"
)]

use super::{Answer, Shared, told};
use crate::windows;
use kiosk::views::{
    AsideRow, AuditRow, CatalogueState, DayReceipt, DayRow, Destination, ExportFormat, ImportProgress,
    LeadsOpened, StaffState, StickBundle, SyncReport, Today,
};
use kiosk::{CloseOrder, KioskError, Session};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, State};
use uuid::Uuid;

/// A session left alone for so long is over, whatever the page does.
const LEFT_ALONE: Duration = Duration::from_mins(5);

/// The staff's session.
#[derive(Default)]
pub struct Desk(Mutex<(Session, Option<Instant>)>);

impl Desk {
    /// The session, for an act of staff; begins anew when it was left alone.
    fn session(&self) -> MutexGuard<'_, (Session, Option<Instant>)> {
        let mut desk = self.look();
        desk.1 = Some(Instant::now());
        desk
    }

    /// The session, for what the page asks by itself: that does not keep it alive.
    fn look(&self) -> MutexGuard<'_, (Session, Option<Instant>)> {
        let mut desk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if desk.1.is_some_and(|last| last.elapsed() > LEFT_ALONE) {
            desk.0 = Session::default();
        }
        desk
    }

    /// Ends the session, because its window is gone.
    pub fn end(&self) {
        self.look().0 = Session::default();
    }
}

#[tauri::command(async)]
pub fn staff_state(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<StaffState> {
    told(kiosk.staff_state(&desk.look().0))
}

#[tauri::command(async)]
pub fn staff_unlock(kiosk: Shared<'_>, desk: State<'_, Desk>, pin: String) -> Answer<()> {
    told(kiosk.staff_unlock(&mut desk.session().0, &pin))
}

#[tauri::command(async)]
pub fn staff_passphrase(kiosk: Shared<'_>, desk: State<'_, Desk>, passphrase: String) -> Answer<LeadsOpened> {
    told(kiosk.staff_passphrase(&mut desk.session().0, &passphrase))
}

#[tauri::command(async)]
pub fn staff_lock(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<()> {
    told(kiosk.staff_lock(&mut desk.session().0))
}

#[tauri::command(async)]
pub fn staff_leave(app: AppHandle, kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<()> {
    told(kiosk.staff_lock(&mut desk.session().0))?;
    told(windows::close_staff(&app).map_err(|e| KioskError::Internal(e.to_string())))
}

#[tauri::command(async)]
pub fn staff_today(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<Today> {
    told(kiosk.staff_today(&desk.look().0))
}

#[tauri::command]
pub async fn staff_sync_now(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<SyncReport> {
    told(kiosk.demand_pin(&desk.session().0))?;
    told(kiosk.sync_now().await)
}

#[tauri::command(async)]
pub fn staff_days(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<Vec<DayRow>> {
    told(kiosk.staff_days(&desk.session().0))
}

#[tauri::command(async)]
pub fn staff_destinations(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<Vec<Destination>> {
    told(kiosk.staff_destinations(&desk.session().0))
}

#[tauri::command(async)]
pub fn staff_close_day(
    kiosk: Shared<'_>,
    desk: State<'_, Desk>,
    day: Option<String>,
    formats: Vec<ExportFormat>,
    destination: PathBuf,
) -> Answer<DayReceipt> {
    let order = CloseOrder {
        day,
        formats,
        destination,
    };
    told(kiosk.close_day(&desk.session().0, &order))
}

#[tauri::command(async)]
pub fn staff_audit(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<Vec<AuditRow>> {
    told(kiosk.audit_log(&desk.session().0))
}

#[tauri::command(async)]
pub fn staff_set_aside(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<Vec<AsideRow>> {
    told(kiosk.staff_set_aside(&desk.session().0))
}

/// Without identifiers: all.
#[tauri::command(async)]
pub fn staff_requeue(kiosk: Shared<'_>, desk: State<'_, Desk>, ids: Option<Vec<Uuid>>) -> Answer<u32> {
    told(kiosk.staff_requeue(&desk.session().0, ids.as_deref()))
}

#[tauri::command(async)]
pub fn staff_catalogue(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<CatalogueState> {
    told(kiosk.staff_catalogue(&desk.session().0))
}

#[tauri::command(async)]
pub fn staff_roll_back(kiosk: Shared<'_>, desk: State<'_, Desk>, from: u64) -> Answer<u64> {
    told(kiosk.staff_roll_back(&desk.session().0, from))
}

/// The session is not held while sticks are looked at: a dying one may take its time.
#[tauri::command(async)]
pub fn staff_sticks(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<Vec<StickBundle>> {
    told(kiosk.demand_pin(&desk.look().0))?;
    Ok(kiosk.sticks())
}

/// The session is not held while the bundle is taken: the page asks how far it is.
#[tauri::command(async)]
pub fn staff_import(kiosk: Shared<'_>, desk: State<'_, Desk>, path: PathBuf) -> Answer<u64> {
    told(kiosk.demand_pin(&desk.session().0))?;
    told(kiosk.import_from_stick(&path)).map(|imported| imported.version)
}

#[tauri::command(async)]
pub fn staff_import_progress(kiosk: Shared<'_>, desk: State<'_, Desk>) -> Answer<ImportProgress> {
    told(kiosk.staff_import_progress(&desk.look().0))
}
