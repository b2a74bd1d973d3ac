//! Downloads missing pictures, and tracks one pass over them. Must not know: which pictures are missing, or why.

use crate::error::{LocalError, SyncError};
use crate::ports::{LocalStore, Platform};
use crate::state::State;

/// After this many consecutive faults of the platform, the platform is at fault and not these pictures.
const MAX_CONSECUTIVE_FAILURES: usize = 3;

/// Outcome of one picture download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureOutcome {
    /// No picture is missing after the skipped ones.
    NoneMissing,
    /// One more picture is stored.
    Stored,
    /// This picture cannot be downloaded; others may.
    Failed(SyncError),
}

/// Downloads the most needed picture after the first `skip`, and resumes a partial download. A fault of the platform
/// counts as a fault of this picture, unless the platform asks to wait.
pub async fn download_next<P: Platform, L: LocalStore>(
    platform: &P,
    local: &L,
    skip: usize,
) -> Result<PictureOutcome, SyncError> {
    let Some(sha256) = local.missing_pictures(skip, 1)?.into_iter().next() else {
        return Ok(PictureOutcome::NoneMissing);
    };
    let from = local.partial_picture_length(&sha256)?;
    let mut sink = |at: u64, bytes: &[u8]| local.write_picture_chunk(&sha256, at, bytes);
    match platform.picture_from(&sha256, from, &mut sink).await {
        // No bytes, neither now nor before.
        Ok(()) if local.partial_picture_length(&sha256)? == 0 => {
            return Ok(PictureOutcome::Failed(SyncError::EmptyPicture));
        }
        Ok(()) => {}
        Err(error) if concerns_this_picture(&error) => return Ok(PictureOutcome::Failed(error)),
        Err(error) => return Err(error),
    }
    match local.finish_picture(&sha256) {
        Ok(()) => Ok(PictureOutcome::Stored),
        Err(error @ LocalError::Refused { .. }) => Ok(PictureOutcome::Failed(error.into())),
        Err(error) => Err(error.into()),
    }
}

fn concerns_this_picture(error: &SyncError) -> bool {
    let SyncError::Platform(error) = error else {
        return false;
    };
    error.is_permanent() || (error.state() == State::Server && error.retry_after().is_none())
}

/// Progress of one pass over the missing pictures.
#[derive(Debug, Default)]
pub struct PicturePass {
    /// Pictures that failed in this pass; they come first among the missing ones.
    skipped: usize,
    /// Consecutive faults of the platform.
    faults: usize,
    last_error: Option<SyncError>,
}

impl PicturePass {
    /// How many of the missing pictures to skip.
    pub const fn skipped(&self) -> usize {
        self.skipped
    }

    /// Records the outcome of one picture; `missing` pictures are still missing. Returns the result of the pass if it
    /// ends here.
    pub fn record(
        &mut self,
        picture: Result<PictureOutcome, SyncError>,
        missing: usize,
    ) -> Option<Result<(), SyncError>> {
        match picture {
            Ok(PictureOutcome::Stored) => self.faults = 0,
            Ok(PictureOutcome::Failed(error)) => {
                self.skipped += 1;
                self.faults += usize::from(is_platform_fault(&error));
                self.last_error = Some(error);
            }
            Ok(PictureOutcome::NoneMissing) => {
                let error = LocalError::Storage("pictures are counted as missing but not listed".to_owned());
                return Some(self.end(Some(error.into())));
            }
            Err(error) => return Some(self.end(Some(error))),
        }
        if missing <= self.skipped {
            return Some(self.end(None));
        }
        if self.faults >= MAX_CONSECUTIVE_FAILURES {
            // The next attempt continues after these: pictures that always fail must not block all others.
            self.faults = 0;
            return self.last_error.take().map(Err);
        }
        None
    }

    fn end(&mut self, error: Option<SyncError>) -> Result<(), SyncError> {
        let last_error = std::mem::take(self).last_error;
        error.or(last_error).map_or(Ok(()), Err)
    }
}

fn is_platform_fault(error: &SyncError) -> bool {
    matches!(error, SyncError::Platform(error) if !error.is_permanent() && error.state() == State::Server)
}
