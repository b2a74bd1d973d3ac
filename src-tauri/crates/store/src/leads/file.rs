//! Opens the file of `leads.db`: connections, access rights, migrations, and a trial whether a lead can be stored. Must not
//! know: what happens to a damaged file.

use super::{FILE, FigureKind, SealedLead, audit_chain, figures, files, insert_lead, salvage};
use crate::{StoreError, error_code, is_damage};
use expo_domain::{Envelope, Lang, LeadHeader};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;

/// How long SQLite waits for another program's write.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// A higher schema version than this is not one of a later program, but damage.
const MAX_PLAUSIBLE_SCHEMA: i64 = 1_000;
/// Position in the file of the format version for writers, which is 1 or 2.
const WRITE_VERSION_OFFSET: usize = 18;

fn migrations() -> Vec<M<'static>> {
    vec![
        M::up(include_str!("../../migrations/leads-01.sql")),
        M::up(include_str!("../../migrations/leads-02.sql")),
        M::up_with_hook(
            include_str!("../../migrations/leads-03.sql"),
            |db: &Transaction<'_>| Ok(audit_chain::chain_existing(db)?),
        ),
        M::up(include_str!("../../migrations/leads-04.sql")),
        M::up(include_str!("../../migrations/leads-05.sql")),
        M::up(include_str!("../../migrations/leads-06.sql")),
    ]
}

/// The two connections to the database.
pub(super) struct Connections {
    pub reader: Connection,
    pub writer: Connection,
}

/// Opens or creates the database; before a migration, copies it in the same folder. A database that cannot store a lead
/// because it is damaged is an error, and its files stay as they are.
pub(super) fn open(path: &Path) -> Result<Connections, StoreError> {
    check_log(path)?;
    let mut writer = connect(path, false)?;
    keep_private(path)?;
    migrate(&mut writer, path)?;
    try_a_lead(&mut writer, path)?;
    let reader = connect(path, true)?;
    set_checkpoint_on_close(&writer, true)?;
    Ok(Connections { reader, writer })
}

/// Creates the data folder with access for its owner only; an existing folder keeps its permissions.
pub(super) fn create_private(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| StoreError::io("creating the data folder", &e))
}

/// The database holds the token for the platform, so only its owner may read it. SQLite gives the log the same
/// permissions.
pub(super) fn keep_private(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|e| StoreError::io("protecting leads.db", &e))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Whether closing this connection may write the log into the database. A damaged database must stay as it is.
pub(super) fn set_checkpoint_on_close(writer: &Connection, is_allowed: bool) -> Result<(), StoreError> {
    writer
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !is_allowed)
        .map(drop)
        .map_err(|e| StoreError::sqlite(FILE, "opening leads.db", &e))
}

/// Whether the file is missing or empty.
pub(super) fn is_empty(path: &Path) -> bool {
    fs::metadata(path).map_or(true, |metadata| metadata.len() == 0)
}

/// SQLite drops the end of a damaged log, and the log of an empty database, without reporting it.
fn check_log(path: &Path) -> Result<(), StoreError> {
    let [_, path_of_log, _] = files(path);
    let read = || match fs::read(&path_of_log) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|e| StoreError::io("reading the log of leads.db", &e)),
    };
    let log = read()?;
    // Another program may have restarted the log while it was read. Then a second read gives other bytes.
    if salvage::has_lost_commits(&log) && read()? == log {
        return Err(damaged("its write-ahead log is damaged"));
    }
    if !log.is_empty() && is_empty(path) {
        return Err(damaged("it is missing, but its write-ahead log is there"));
    }
    Ok(())
}

fn damaged(problem: &str) -> StoreError {
    StoreError::Damaged {
        file: FILE.to_owned(),
        problem: problem.to_owned(),
    }
}

/// Connects without checking the content.
pub(super) fn connect(path: &Path, read_only: bool) -> Result<Connection, StoreError> {
    let open = || -> rusqlite::Result<Connection> {
        let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        flags |= if read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        };
        let db = Connection::open_with_flags(path, flags)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        db.busy_timeout(BUSY_TIMEOUT)?;
        db.set_prepared_statement_cache_capacity(64);
        if !read_only {
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "FULL")?;
            db.pragma_update(None, "foreign_keys", true)?;
            db.pragma_update(None, "secure_delete", true)?;
        }
        Ok(db)
    };
    open().map_err(|e| match error_code(&e) {
        // The schema is read here.
        Some(ErrorCode::Unknown) => damaged("its schema cannot be read"),
        _ => StoreError::sqlite(FILE, "opening leads.db", &e),
    })
}

/// Brings the schema to the version of this program.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let version = schema_version(db)?;
    if !(0..=MAX_PLAUSIBLE_SCHEMA).contains(&version) {
        return Err(damaged("its schema version is not valid"));
    }
    let migrations = migrations();
    back_up_before_migration(db, path, version, migrations.len())?;
    Migrations::new(migrations)
        .to_latest(db)
        .map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
                StoreError::Newer {
                    file: FILE.to_owned(),
                }
            }
            rusqlite_migration::Error::RusqliteError { err, .. } if is_damage(&err) => {
                damaged("its schema is not the one of its version")
            }
            rusqlite_migration::Error::RusqliteError { err, .. } => {
                StoreError::sqlite(FILE, "migrating leads.db", &err)
            }
            other => StoreError::Other {
                context: "migrating leads.db",
                problem: other.to_string(),
            },
        })
}

fn schema_version(db: &Connection) -> Result<i64, StoreError> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|e| StoreError::sqlite(FILE, "opening leads.db", &e))
}

fn back_up_before_migration(
    db: &Connection,
    path: &Path,
    version: i64,
    newest: usize,
) -> Result<(), StoreError> {
    if version == 0 || version >= newest as i64 {
        return Ok(());
    }
    let copy = path.with_extension(format!("before-{newest}.db"));
    if !copy.exists() {
        db.execute("VACUUM INTO ?1", [copy.to_string_lossy()])
            .map_err(|e| StoreError::sqlite(FILE, "backing up leads.db", &e))?;
    }
    Ok(())
}

/// Stores a lead and takes it back. A database that another program is writing to right now can store leads.
fn try_a_lead(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let tried = store_and_roll_back(db);
    db.busy_timeout(BUSY_TIMEOUT)
        .map_err(|e| StoreError::sqlite(FILE, "opening leads.db", &e))?;
    match tried {
        Err(error) if is_damage(&error) || is_falsely_read_only(&error, path) => {
            Err(damaged("it cannot store a lead"))
        }
        // Others, such as a full disk, are reported when a lead is stored.
        _ => Ok(()),
    }
}

fn store_and_roll_back(db: &mut Connection) -> rusqlite::Result<()> {
    db.busy_timeout(Duration::ZERO)?;
    let trial = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let lead = trial_lead();
    insert_lead(&trial, &lead)?;
    figures::count(&trial, &lead.day, FigureKind::Language, Lang::Fr.code())?;
    trial.execute("INSERT OR REPLACE INTO ticket VALUES ('', '', 1)", [])?;
    trial.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('', '')", [])?;
    let mut settings = trial.prepare("SELECT name, value, sha256 FROM setting")?;
    let mut rows = settings.query([])?;
    while rows.next()?.is_some() {}
    drop(rows);
    drop(settings);
    trial.rollback()
}

/// A lead whose identifier is after all others, so that it goes where the next lead goes.
fn trial_lead() -> SealedLead {
    let header = LeadHeader {
        id: Uuid::max(),
        revision: 1,
        kind: String::new(),
        stop: String::new(),
        kiosk: String::new(),
        ticket: String::new(),
        taken_at: jiff::Timestamp::UNIX_EPOCH,
        monotonic_ms: 0,
        boot_id: String::new(),
        language: Lang::Fr,
    };
    SealedLead {
        envelope: Envelope::new(header, Vec::new()),
        day: String::new(),
        hour: 0,
        for_platform: true,
        figures: Vec::new(),
    }
}

/// Whether the database refuses writes because its header is damaged, and not because this program has no right to write.
fn is_falsely_read_only(error: &rusqlite::Error, path: &Path) -> bool {
    let mut header = [0; WRITE_VERSION_OFFSET + 1];
    error.sqlite_error_code() == Some(ErrorCode::ReadOnly)
        && fs::File::open(path)
            .and_then(|mut file| file.read_exact(&mut header))
            .is_ok_and(|()| !matches!(header[WRITE_VERSION_OFFSET], 1 | 2))
}
