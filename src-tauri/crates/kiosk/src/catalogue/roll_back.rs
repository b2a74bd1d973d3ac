//! Rolls back to the previous catalogue version. Must not know: who decides it.

use super::error::CatalogueError;
use super::install::CatalogueSupply;
use expo_domain::audit::{AuditAct, AuditDetail};
use std::fmt::Display;

impl CatalogueSupply {
    /// Rolls back to the previous version and returns its number. The platform cannot replace it with the version rolled
    /// back from. `from` is the version that staff saw when they decided; an error if another one is installed since. A command has
    /// seen none and passes `None`.
    pub fn roll_back(&self, from: Option<u64>) -> Result<u64, CatalogueError> {
        let by_command = from.is_none();
        let _version = self.lock_version();
        let shown = &self.shown;
        let current = shown.current()?.map(|v| v.installed().version);
        if from.is_some_and(|from| current.is_some_and(|current| current != from)) {
            return Err(CatalogueError::VersionChanged);
        }
        let _no_other_rebuild = shown.index.suspend_background_rebuild();
        let previous = shown.catalogues.previous()?.ok_or(CatalogueError::NoPrevious)?;
        let from = current.unwrap_or(0);
        let before = (self.rolled_back_from()?.unwrap_or(0), self.last_shown()?);
        // Written first: a sync between the two steps must not install the version again.
        self.set_rolled_back(from, previous.version)?;
        let rolled_back = shown.catalogues.roll_back();
        let Ok(Some(previous)) = rolled_back else {
            self.set_rolled_back(before.0, before.1)?;
            return Err(rolled_back.err().map_or(CatalogueError::NoPrevious, Into::into));
        };
        self.pictures.recompute_missing();
        shown.rebuild_index()?;
        let details: [(AuditDetail, &dyn Display); 2] =
            [(AuditDetail::From, &from), (AuditDetail::To, &previous.version)];
        if by_command {
            self.env.audit_command(AuditAct::CatalogueRolledBack, &details)?;
        } else {
            self.env.audit(AuditAct::CatalogueRolledBack, &details)?;
        }
        Ok(previous.version)
    }
}
