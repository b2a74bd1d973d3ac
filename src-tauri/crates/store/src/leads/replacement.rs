//! Replaces a damaged `leads.db`. The rule: if SQLite reports damage, on opening, reading or writing, the file is renamed and
//! kept, and the kiosk continues with a new one that holds everything that could be read from the old one. Settings that the
//! kiosk needs come from their copy. Must not know: which settings those are.

use super::copy::{Copy, DAMAGED_FILES, sync_folder};
use super::damaged_file::{DamagedFile, damaged_path};
use super::salvage::{Salvaged, SalvagedLead};
use super::{FILE, Leads, file, files, lock, restore, setting};
use crate::StoreError;
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// Held shared by every program that has the database open, and exclusively by the one that replaces it: a program must
/// not store leads in a file that was renamed.
const LOCK: &str = "leads.lock";
/// How long to wait until no other program has the database open.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
const LOCK_RETRY_INTERVAL: Duration = Duration::from_millis(50);
/// Name of the new file until it is complete.
const INCOMPLETE_FILE: &str = "leads.incomplete.db";
/// Name of the complete new file until the damaged one is renamed.
const NEW_FILE: &str = "leads.new.db";
/// How many ticket numbers the copy is ahead, so that it is not written for every lead.
const TICKET_STEP: u32 = 100;

/// How a damaged file is replaced.
#[derive(Debug, Clone, Copy)]
pub struct ReplacementRules {
    /// Names of the settings to copy: those the kiosk cannot work without.
    pub copied_settings: &'static [&'static str],
    /// Whether the platform is a recipient of these sealed bytes.
    pub is_for_platform: fn(&[u8]) -> bool,
}

/// The right to replace the file, and the copy of the settings.
pub(super) struct Replacer {
    pub rules: ReplacementRules,
    folder: PathBuf,
    lock_file: File,
    /// Number of replacements since the start, to see that another thread replaced the file.
    generation: AtomicU64,
    /// The copy as it was last written.
    copy: Mutex<Copy>,
}

impl Leads {
    /// Opens or creates the database in `folder`. A damaged file is renamed and replaced. If the folder cannot be written,
    /// opens a copy.
    pub fn open_or_replace(folder: &Path, rules: ReplacementRules) -> Result<Self, StoreError> {
        Self::or_copy(folder, Self::open_or_replace_writable(folder, rules))
    }

    fn open_or_replace_writable(folder: &Path, rules: ReplacementRules) -> Result<Self, StoreError> {
        file::create_private(folder)?;
        finish_replacement(folder)?;
        let lock_file = File::create(folder.join(LOCK)).map_err(|e| locking(&e))?;
        lock_file.lock_shared().map_err(|e| locking(&e))?;
        let replacer = Replacer {
            rules,
            folder: folder.to_owned(),
            lock_file,
            generation: AtomicU64::new(0),
            copy: Mutex::new(Copy::read(folder).unwrap_or_default()),
        };
        let path = folder.join(FILE);
        let is_lost = || file::is_empty(&path) && !lock(&replacer.copy).settings.is_empty();
        let try_open = || {
            if is_lost() {
                Err(missing())
            } else {
                file::open(&path)
            }
        };
        let connections = match try_open() {
            Err(StoreError::Damaged { .. }) => replacer.exclusively(|| {
                // Another program may have replaced the file in the meantime.
                match try_open() {
                    Err(StoreError::Damaged { .. }) => {
                        replacer.replace_file()?;
                        file::open(&path)
                    }
                    opened => opened,
                }
            })?,
            opened => opened?,
        };
        let leads = Self::new(connections, path, Some(replacer));
        // Tried again at the next start: another program may be writing, or the disk be full.
        drop(leads.repair_settings().and_then(|()| leads.update_copy()));
        Ok(leads)
    }

    /// Runs `work` again after it failed because the file is damaged, with a new file.
    pub(super) fn replacing_damage<T>(
        &self,
        work: impl Fn() -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let generation = self.replacer.as_ref().map(Replacer::generation);
        match (work(), generation) {
            (Err(StoreError::Damaged { .. }), Some(generation)) => {
                self.replace(generation)?;
                work()
            }
            (result, _) => result,
        }
    }

    /// Replaces the file because a check found damage that SQLite does not report on every use.
    pub fn replace_damaged(&self) -> Result<(), StoreError> {
        match &self.replacer {
            Some(replacer) => self.replace(replacer.generation()),
            None => Ok(()),
        }
    }

    fn replace(&self, generation: u64) -> Result<(), StoreError> {
        let Some(replacer) = &self.replacer else {
            return Ok(());
        };
        let mut writer = lock(&self.writer);
        let mut reader = lock(&self.reader);
        if replacer.generation() != generation {
            return Ok(());
        }
        let opened_file = identity(&self.path);
        replacer.exclusively(|| {
            while_closed(&self.path, &mut writer, &mut reader, || {
                // Another program may have replaced the file in the meantime.
                if identity(&self.path) == opened_file {
                    replacer.replace_file()
                } else {
                    Ok(())
                }
            })
        })?;
        lock(&self.waiting_scan).reset();
        replacer.generation.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    /// Reads what is left in the file that is in use, past SQLite.
    pub fn salvage(&self) -> Result<Salvaged, StoreError> {
        let mut writer = lock(&self.writer);
        let mut reader = lock(&self.reader);
        // Closing a file that SQLite has open would release SQLite's locks on it.
        while_closed(&self.path, &mut writer, &mut reader, || {
            Salvaged::read_files(&self.path)
        })
    }

    /// Stores leads that are missing in the database, in their delivery state or waiting. Returns their number.
    pub fn restore(&self, leads: &[SalvagedLead]) -> Result<u32, StoreError> {
        let Some(replacer) = &self.replacer else {
            return Ok(0);
        };
        self.write("restoring leads", |db| {
            restore::leads(db, leads, replacer.rules.is_for_platform)
        })
    }

    /// Puts readable leads back into the outbox whose row there is damaged. Returns their number.
    pub fn restore_outbox_rows(&self) -> Result<u32, StoreError> {
        let Some(replacer) = &self.replacer else {
            return Ok(0);
        };
        self.write("restoring rows of the outbox", |db| {
            restore::outbox_rows(db, replacer.rules.is_for_platform)
        })
    }

    /// Writes the copy of the settings, if it changed.
    pub(super) fn update_copy(&self) -> Result<(), StoreError> {
        self.write_copy(None)
    }

    /// Reserves ticket numbers up to a step after `last`, unless that is done. A number that is not reserved could be
    /// issued twice after the file was replaced.
    pub(super) fn reserve_tickets(&self, stop: &str, kiosk: &str, last: u32) -> Result<(), StoreError> {
        self.write_copy(Some((stop, kiosk, last)))
    }

    fn write_copy(&self, ticket: Option<(&str, &str, u32)>) -> Result<(), StoreError> {
        let Some(replacer) = &self.replacer else {
            return Ok(());
        };
        let mut written = replacer.copy();
        if let Some((stop, kiosk, last)) = ticket {
            let reserved = written
                .tickets
                .iter()
                .find(|t| t.stop == stop && t.kiosk == kiosk);
            if reserved.is_some_and(|reserved| reserved.last >= last) {
                return Ok(());
            }
        }
        // Another program may have reserved more numbers.
        let mut copy = Copy::read(&replacer.folder).unwrap_or_else(|| written.clone());
        copy.settings
            .extend(self.intact_settings(replacer.rules.copied_settings)?);
        copy.erased.extend(self.erased_rows()?);
        if let Some((stop, kiosk, last)) = ticket {
            copy.raise_ticket(stop, kiosk, last.saturating_add(TICKET_STEP));
        }
        copy.write(&replacer.folder)?;
        *written = copy;
        Ok(())
    }

    /// Replaces damaged settings and ticket numbers by those of the copy.
    fn repair_settings(&self) -> Result<(), StoreError> {
        let Some(replacer) = &self.replacer else {
            return Ok(());
        };
        let copy = replacer.copy().clone();
        self.write("repairing settings", |db| {
            setting::repair(db, &copy.settings)?;
            restore::tickets(db, &copy.tickets, TICKET_STEP)
        })
    }
}

impl Replacer {
    fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    fn copy(&self) -> MutexGuard<'_, Copy> {
        lock(&self.copy)
    }

    /// Runs `work` while no other program has the database open. An error if one keeps it open.
    fn exclusively<T>(&self, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.lock_file.unlock().map_err(|e| locking(&e))?;
        let locked = self.wait_for_lock();
        let result = locked.and_then(|()| work());
        self.lock_file.unlock().map_err(|e| locking(&e))?;
        self.lock_file.lock_shared().map_err(|e| locking(&e))?;
        result
    }

    fn wait_for_lock(&self) -> Result<(), StoreError> {
        let started = Instant::now();
        loop {
            match self.lock_file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::Error(error)) => return Err(locking(&error)),
                Err(TryLockError::WouldBlock) if started.elapsed() > LOCK_TIMEOUT => {
                    return Err(StoreError::Damaged {
                        file: FILE.to_owned(),
                        problem: "another program has it open: close that program, then try again".to_owned(),
                    });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_RETRY_INTERVAL),
            }
        }
    }

    /// Builds the new file, renames the damaged one, and gives the new one its name. No connection may be open. A crash at
    /// any point leaves either the damaged file or the complete new one.
    fn replace_file(&self) -> Result<(), StoreError> {
        let path = self.folder.join(FILE);
        let io = |e: std::io::Error| StoreError::io("replacing a damaged leads.db", &e);
        let salvaged = Salvaged::read_files(&path)?;
        let damaged = damaged_path(&path);
        let name = damaged
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let record = DamagedFile {
            name,
            restored: 0,
            unreadable: salvaged.unreadable.iter().map(ToString::to_string).collect(),
        };
        let incomplete = self.folder.join(INCOMPLETE_FILE);
        self.build(&incomplete, &salvaged, record)?;
        fs::rename(&incomplete, self.folder.join(NEW_FILE)).map_err(io)?;
        // The database itself is renamed last: until then the next start finds the damage and begins again.
        let [database, log, index] = files(&path);
        let [new_database, new_log, new_index] = files(&damaged);
        for (old, new) in [(log, new_log), (index, new_index), (database, new_database)] {
            if old.exists() {
                file::keep_private(&old)?;
                fs::rename(&old, &new).map_err(io)?;
            }
        }
        sync_folder(&self.folder).map_err(io)?;
        finish_replacement(&self.folder)
    }

    fn build(&self, path: &Path, salvaged: &Salvaged, mut record: DamagedFile) -> Result<(), StoreError> {
        remove_database(path)?;
        let mut db = file::connect(path, false)?;
        file::keep_private(path)?;
        file::migrate(&mut db, path)?;
        let copy = Copy::read(&self.folder).unwrap_or_default();
        let known = salvaged
            .settings
            .get(DAMAGED_FILES)
            .or_else(|| copy.settings.get(DAMAGED_FILES));
        let known = known.and_then(|text| serde_json::from_str(text).ok());
        let mut files: Vec<DamagedFile> = known.unwrap_or_default();
        let settings = self.settings(salvaged, &copy.settings);
        let fill = |db: &mut Connection| -> rusqlite::Result<()> {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            setting::write(
                &transaction,
                settings.iter().map(|(name, text)| (name.as_str(), text.as_str())),
            )?;
            restore::clear_rows(&transaction, salvaged, &copy)?;
            record.restored = restore::leads(&transaction, &salvaged.leads, self.rules.is_for_platform)?;
            files.push(record);
            let text = serde_json::to_string(&files).unwrap_or_default();
            setting::write(&transaction, [(DAMAGED_FILES, text.as_str())])?;
            transaction.commit()
        };
        fill(&mut db).map_err(|e| StoreError::sqlite(FILE, "filling a new leads.db", &e))?;
        file::set_checkpoint_on_close(&db, true)?;
        db.close()
            .map_err(|(_, e)| StoreError::sqlite(FILE, "filling a new leads.db", &e))?;
        File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|e| StoreError::io("filling a new leads.db", &e))
    }

    /// The settings of the new file. Those of the copy are verified; the damaged file is a fallback without a copy.
    fn settings(&self, salvaged: &Salvaged, copied: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        if !copied.is_empty() {
            return copied.clone();
        }
        let needed = |name: &&'static str| Some(((*name).to_owned(), salvaged.settings.get(*name)?.clone()));
        self.rules.copied_settings.iter().filter_map(needed).collect()
    }
}

/// After a crash between two renames the complete new file has not got its name yet.
fn finish_replacement(folder: &Path) -> Result<(), StoreError> {
    let (path, new) = (folder.join(FILE), folder.join(NEW_FILE));
    if !new.exists() || path.exists() {
        return Ok(());
    }
    fs::rename(&new, &path)
        .and_then(|()| sync_folder(folder))
        .map_err(|e| StoreError::io("replacing a damaged leads.db", &e))
}

fn remove_database(path: &Path) -> Result<(), StoreError> {
    for file in files(path) {
        match fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io("removing an incomplete leads.db", &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Runs `work` while neither connection has the file open, and without writing the log into the file.
fn while_closed<T>(
    path: &Path,
    writer: &mut Connection,
    reader: &mut Connection,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let fail = |e: rusqlite::Error| StoreError::sqlite(FILE, "closing leads.db", &e);
    file::set_checkpoint_on_close(writer, false)?;
    *reader = Connection::open_in_memory().map_err(fail)?;
    *writer = Connection::open_in_memory().map_err(fail)?;
    let result = work();
    // Also after a failure: the old file may still be readable.
    *writer = file::connect(path, false)?;
    *reader = file::connect(path, true)?;
    file::set_checkpoint_on_close(writer, true)?;
    result
}

/// Distinguishes files with the same name.
fn identity(path: &Path) -> Option<u64> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    return Some(std::os::unix::fs::MetadataExt::ino(&metadata));
    #[cfg(not(unix))]
    return metadata.created().ok().and_then(|time| {
        let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(since.as_nanos() as u64)
    });
}

fn missing() -> StoreError {
    StoreError::Damaged {
        file: FILE.to_owned(),
        problem: "it is missing".to_owned(),
    }
}

fn locking(error: &std::io::Error) -> StoreError {
    StoreError::io("locking leads.db", error)
}
