//! Catalogues in: from a bundle, whole or not at all; back to the previous; checked at rest.

use crate::explorer::Explorer;
use crate::leisure::let_go;
use crate::settings::{REJECTED, SHOWN};
use crate::views::{ImportProgress, ImportStage};
use crate::{Kiosk, KioskError};
use bundle::{Bundle, Refusal, open_checkpoint};
use domain::{Catalogue, RowTexts};
use jiff::Timestamp;
use protocol::{Checkpoint, DELTA_MARGIN_BYTES, MAX_SNAPSHOT_BYTES, SignedCheckpoint, delta, snapshot};
use serde::Serialize;
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use store::{Installed, StoreError};

/// How long a picture nobody needs is kept: staff may go back, or a catalogue may bring it again.
const GRACE: Duration = Duration::from_hours(24);

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Version now shown.
    pub version: u64,
    /// Projects in it.
    pub projects: u64,
    /// Units in it.
    pub units: u64,
    /// Picture files taken from the bundle.
    pub pictures: u64,
}

/// What a check of the installed catalogue found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Version shown.
    pub version: u64,
    /// Projects in it.
    pub projects: u64,
    /// Picture files it needs.
    pub pictures: u64,
    /// Of them not there, or damaged: placeholders stand in until they are fetched again.
    pub missing_pictures: u64,
}

impl Kiosk {
    /// Takes a bundle: signature first, then everything in it, then pictures, then the switch. On any fault the
    /// catalogue shown stays as it was.
    pub fn import(&self, file: &Path) -> Result<Imported, KioskError> {
        let taken = self.try_import(file);
        self.import_ended(&taken);
        self.leave_word(file, &taken);
        let noted = match &taken {
            Ok(imported) => self.audit("catalogue_imported", format!("version={}", imported.version)),
            Err(error) => self.audit("catalogue_refused", format!("code={}", error.code())),
        };
        // What became of the import matters more than that it could not be noted.
        drop(noted);
        taken
    }

    fn try_import(&self, file: &Path) -> Result<Imported, KioskError> {
        self.import_is(|progress| {
            *progress = ImportProgress {
                stage: ImportStage::Checking,
                ..ImportProgress::default()
            }
        });
        self.refuse_links(file)?;
        let opened = Bundle::open(file, &self.publisher()?)?;
        self.is_shown(&opened)?;
        let mut pictures = 0;
        opened.for_each_picture(|hash, bytes| {
            pictures += 1;
            self.import_is(|progress| {
                progress.stage = ImportStage::Pictures;
                (progress.done, progress.of) = (pictures, opened.checkpoint.pictures);
            });
            self.pictures
                .put(hash, bytes)
                .map_err(|e| KioskError::from(StoreError::io("keeping a picture", &e)))
        })?;
        self.import_is(|progress| progress.stage = ImportStage::Installing);
        // Pictures take their time: another version may have come meanwhile.
        let _alone = unpoisoned(&self.installing);
        if self.is_shown(&opened)? {
            // The version shown already: only its pictures can have been missing.
            *unpoisoned(&self.missing) = None;
        } else {
            self.install(&opened.catalogue, &opened.signed, &opened.checkpoint)?;
        }
        let rows = &opened.checkpoint.rows;
        Ok(Imported {
            version: opened.checkpoint.version,
            projects: rows.projects,
            units: rows.units,
            pictures,
        })
    }

    /// Whether the very version of a bundle is shown. Any other one has to be newer.
    fn is_shown(&self, offer: &Bundle) -> Result<bool, KioskError> {
        let offered = offer.checkpoint.version;
        let shown = self.catalogues.current()?.map(|v| v.installed().clone());
        let same = (shown.as_ref()).is_some_and(|shown| shown.checkpoint == offer.signed.checkpoint);
        let another = shown.is_some() && !same;
        let installed = shown.map_or_else(|| self.last_shown(), |shown| Ok(shown.version))?;
        if offered < installed || (offered == installed && another) {
            return Err(Refusal::OlderVersion { offered, installed }.into());
        }
        Ok(same)
    }

    /// Puts a checked catalogue in place.
    pub(crate) fn install(
        &self,
        content: &Catalogue,
        signed: &SignedCheckpoint,
        checkpoint: &Checkpoint,
    ) -> Result<(), KioskError> {
        let texts = RowTexts::of(content).map_err(|e| KioskError::Internal(e.to_string()))?;
        self.install_if(content, texts, signed, checkpoint, || Ok(()))
    }

    /// Puts a catalogue in place if it stands a check. Visitors explore the one before until this one is ready, and
    /// their touches come first.
    fn install_if(
        &self,
        content: &Catalogue,
        texts: RowTexts,
        signed: &SignedCheckpoint,
        checkpoint: &Checkpoint,
        stands: impl FnOnce() -> Result<(), KioskError> + Send,
    ) -> Result<(), KioskError> {
        let installed = Installed {
            version: checkpoint.version,
            published_at: checkpoint.published_at.to_string(),
            checkpoint: signed.checkpoint.clone(),
            signature: signed.signature.clone(),
        };
        let today = self.today()?;
        let _by_hand = self.explorer.by_hand();
        let ((), ready) = self.beside_visitors(
            || {
                stands()?;
                let stored = self.catalogues.install(content, &texts, &installed);
                drop(texts);
                stored.map_err(|error| match error {
                    StoreError::Outdated { version, shown } => Refusal::OlderVersion {
                        offered: version,
                        installed: shown,
                    }
                    .into(),
                    error => error.into(),
                })
            },
            || Explorer::of(content, &self.reference, today),
        )?;
        *unpoisoned(&self.missing) = None;
        let version = self.catalogues.current()?.ok_or(KioskError::NoCatalogue)?;
        let shown = if *version.installed() == installed && self.today()? == today {
            self.explorer.show(ready(version));
            Ok(())
        } else {
            // Another process put another one in place, or the day is over.
            self.explorer.prepare(version, &self.reference, self.today()?)
        };
        // It is on disk by now: where this cannot be written it is done at the next start. Not by a thread that lets
        // others go first: a lead would wait behind it.
        drop(self.leads.set(&[(SHOWN, &installed.version)]));
        shown
    }

    /// The version last shown, 0 before the first.
    pub(crate) fn last_shown(&self) -> Result<u64, KioskError> {
        Ok(self.leads.setting(SHOWN)?.unwrap_or(0))
    }

    /// Writes down which version is shown where that was not done: by an older program, or because of a crash.
    pub(crate) fn note_shown(&self) -> Result<(), KioskError> {
        if let Some(shown) = self.catalogues.current()? {
            let version = shown.installed().version;
            if version > self.last_shown()? {
                self.leads.set(&[(SHOWN, &version)])?;
            }
        }
        Ok(())
    }

    /// The version staff went back from, which is not taken again by itself.
    pub(crate) fn rejected_version(&self) -> Result<Option<u64>, KioskError> {
        let version: Option<u64> = self.leads.setting(REJECTED)?;
        Ok(version.filter(|version| *version > 0))
    }

    /// Goes back to the previous version, and the platform will not push the one left away again. Returns the version
    /// shown then. `from` is the version that is to be left: another one may have come since that was decided.
    pub fn roll_back(&self, from: Option<u64>) -> Result<u64, KioskError> {
        let _alone = unpoisoned(&self.installing);
        let shown = self.catalogues.current()?.map(|v| v.installed().version);
        if from.is_some_and(|from| shown.is_some_and(|shown| shown != from)) {
            return Err(KioskError::VersionChanged);
        }
        let _by_hand = self.explorer.by_hand();
        let previous = self.catalogues.previous()?.ok_or(KioskError::NoPrevious)?.version;
        let rejected = shown.unwrap_or(0);
        let before = (self.rejected_version()?.unwrap_or(0), self.last_shown()?);
        // Written down first: a sync between the two steps must not bring the rejected version back.
        self.leads.set(&[(REJECTED, &rejected), (SHOWN, &previous)])?;
        let rolled_back = self.catalogues.roll_back();
        let Ok(Some(previous)) = rolled_back else {
            self.leads.set(&[(REJECTED, &before.0), (SHOWN, &before.1)])?;
            return Err(rolled_back.err().map_or(KioskError::NoPrevious, KioskError::from));
        };
        *unpoisoned(&self.missing) = None;
        self.explore_anew()?;
        self.audit(
            "catalogue_rolled_back",
            format!("from={rejected} to={}", previous.version),
        )?;
        Ok(previous.version)
    }

    /// Removes pictures that neither the catalogue shown nor the one before it needs, after a while in which they may be
    /// needed again. Nothing while a catalogue cannot be read: its pictures are not known then.
    pub fn clear_pictures(&self) -> Result<(), KioskError> {
        let Some(shown) = self.catalogues.current()? else {
            return Ok(());
        };
        let mut needed = picture_hashes(&shown.read_all()?);
        if let Some(before) = self.catalogues.before()? {
            needed.extend(picture_hashes(&before.read_all()?));
        }
        let since_1970 = Duration::try_from(self.now().duration_since(Timestamp::UNIX_EPOCH));
        let now = SystemTime::UNIX_EPOCH + since_1970.unwrap_or_default();
        let collected = self
            .pictures
            .collect(&needed, now, GRACE)
            .map_err(|e| StoreError::io("removing pictures", &e))?;
        if collected.files > 0 {
            self.audit(
                "pictures_cleared",
                format!("files={} bytes={}", collected.files, collected.bytes),
            )?;
        }
        Ok(())
    }

    /// Checks the installed catalogue against its signed checkpoint, and its pictures against their names.
    pub fn verify(&self) -> Result<Verified, KioskError> {
        let version = self.catalogues.current()?.ok_or(KioskError::NoCatalogue)?;
        let installed = version.installed();
        let signed = SignedCheckpoint {
            checkpoint: installed.checkpoint.clone(),
            signature: installed.signature.clone(),
        };
        let content = version.read_all()?;
        let text = snapshot::write(&content).map_err(|e| KioskError::Internal(e.to_string()))?;
        let checkpoint = self.open_trusted(&signed)?;
        if snapshot::content_sha256(&text) != checkpoint.content_sha256 {
            let problem = "its rows are not those of its signed checkpoint".to_owned();
            return Err(Refusal::Damaged {
                entry: store::catalogue::FILE.to_owned(),
                problem,
            }
            .into());
        }
        let files = snapshot::picture_files(&content);
        let missing = files
            .iter()
            .filter(|(hash, _)| self.pictures.get(hash).is_none())
            .count();
        Ok(Verified {
            version: installed.version,
            projects: content.projects.len() as u64,
            pictures: files.len() as u64,
            missing_pictures: missing as u64,
        })
    }
}

impl Kiosk {
    /// Takes a delta from the version shown. The rows shown are its basis; only if they, the delta and the signed
    /// checkpoint fit is the checksum of the result the right one.
    pub(crate) fn follow(
        &self,
        signed: &SignedCheckpoint,
        checkpoint: &Checkpoint,
        from: u64,
        packed: &[u8],
    ) -> Result<(), KioskError> {
        let shown = self.catalogues.current()?;
        let Some(shown) = shown.filter(|version| version.installed().version == from) else {
            return Err(no_delta("another version is shown than it starts from"));
        };
        if checkpoint.snapshot_plain_bytes > MAX_SNAPSHOT_BYTES {
            return Err(no_delta("the catalogue is larger than any may be"));
        }
        let most = checkpoint.snapshot_plain_bytes + DELTA_MARGIN_BYTES;
        let header = delta::header(packed, most).map_err(|e| no_delta(&e.to_string()))?;
        if (header.from, header.to) != (from, checkpoint.version) {
            return Err(no_delta("it leads between other versions"));
        }
        // Not at leisure: visitors wait while the file they read from is read here.
        let texts = delta::follow(shown.texts()?, packed, most).map_err(|e| no_delta(&e.to_string()))?;
        let unread = |e: serde_json::Error| no_delta(&e.to_string());
        let (units, new) = self.beside_visitors(
            || match snapshot::texts_sha256(&texts) {
                Ok(sha256) if sha256 == checkpoint.content_sha256 => texts.read_units().map_err(unread),
                _ => Err(no_delta(
                    "the checksum of its rows is not the one in the checkpoint",
                )),
            },
            || texts.read_without_units().map_err(unread),
        )?;
        let new = Catalogue { units, ..new };
        if snapshot::counts(&new) != checkpoint.rows {
            return Err(no_delta("it has other numbers of rows than the checkpoint"));
        }
        let installed = self.install_if(&new, texts, signed, checkpoint, || {
            snapshot::check_references(&new).map_err(|e| no_delta(&e.to_string()))
        });
        let_go(new);
        installed
    }

    /// Opens a checkpoint signed by the present publisher, or by one trusted when it was installed.
    fn open_trusted(&self, signed: &SignedCheckpoint) -> Result<Checkpoint, KioskError> {
        let mut refusal = KioskError::NoCatalogue;
        for key in self.trusted_publishers()? {
            match open_checkpoint(signed, &key) {
                Ok(checkpoint) => return Ok(checkpoint),
                Err(error) => refusal = error.into(),
            }
        }
        Err(refusal)
    }
}

fn no_delta(problem: &str) -> KioskError {
    let refusal = Refusal::Damaged {
        entry: "the delta".to_owned(),
        problem: problem.to_owned(),
    };
    refusal.into()
}

fn picture_hashes(content: &Catalogue) -> HashSet<String> {
    let files = snapshot::picture_files(content).into_iter();
    files.map(|(hash, _)| hash).collect()
}

/// A poisoned lock only means that another thread panicked; what it guards is rebuilt or replaced as a whole.
pub(crate) fn unpoisoned<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
