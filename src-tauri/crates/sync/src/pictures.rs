//! One pass over the missing pictures: which of them were tried in vain, and when the pass is over. Pure.

use crate::catalogue::Picture;
use crate::error::{LocalError, SyncError};
use crate::state::State;

/// After so many faults of the platform one behind the other it is the platform that is unwell, not these pictures.
const UNWELL: usize = 3;

/// Where a pass stands.
#[derive(Debug, Default)]
pub struct Pass {
    /// Missing pictures that could not be had; they stand first among the missing.
    skipped: usize,
    /// Faults of the platform since the last picture that came.
    faults: usize,
    last: Option<SyncError>,
}

impl Pass {
    /// How many of the missing pictures to leave out.
    pub const fn skipped(&self) -> usize {
        self.skipped
    }

    /// Notes what became of a picture; `missing` are still missing. What the pass came to, if it ends here.
    pub fn tried(
        &mut self,
        picture: Result<Picture, SyncError>,
        missing: usize,
    ) -> Option<Result<(), SyncError>> {
        match picture {
            Ok(Picture::Kept) => self.faults = 0,
            Ok(Picture::Bad(error)) => {
                self.skipped += 1;
                self.faults += usize::from(is_fault(&error));
                self.last = Some(error);
            }
            Ok(Picture::None) => {
                let error = LocalError::Storage("pictures are counted as missing but not named".to_owned());
                return Some(self.over(Some(error.into())));
            }
            Err(error) => return Some(self.over(Some(error))),
        }
        if missing <= self.skipped {
            return Some(self.over(None));
        }
        if self.faults >= UNWELL {
            // The next pass goes on behind these: some that never come must not hold back all others.
            self.faults = 0;
            return self.last.take().map(Err);
        }
        None
    }

    fn over(&mut self, failure: Option<SyncError>) -> Result<(), SyncError> {
        let last = std::mem::take(self).last;
        failure.or(last).map_or(Ok(()), Err)
    }
}

fn is_fault(error: &SyncError) -> bool {
    matches!(error, SyncError::Platform(error) if !error.is_permanent() && error.state() == State::Server)
}
