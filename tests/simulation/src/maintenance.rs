//! What the program does beside its rounds: it looks after its disk, and clears away what is old. Must not know the
//! network.

use crate::Trouble;
use crate::machine::RESERVE;
use crate::mutant::Mutant;
use crate::stand::Stand;
use kiosk::{Kiosk, Machine};
use std::sync::Arc;
use std::time::Duration;
use sync::Local;
use tokio::time::sleep;

/// How often the program looks after its disk.
const TENDS_EVERY: Duration = Duration::from_secs(5);

impl Stand {
    /// Looks after the disk for ever.
    pub fn tend(&self, kiosk: &Arc<Kiosk>) -> impl Future<Output = ()> + Send + 'static {
        let (kiosk, disk) = (Arc::clone(kiosk), Arc::clone(&self.disk));
        let is_left_alone = self.mutant() == Some(Mutant::LeavesDiskAlone);
        async move {
            if is_left_alone {
                return;
            }
            loop {
                let is_there = || kiosk.folder().join(RESERVE).exists();
                let tend = || {
                    let before = is_there();
                    if let Err(error) = kiosk.tend_disk() {
                        disk.chronicle.broken(format!("the reserve: {error}"));
                    }
                    let is_gone = before && !is_there();
                    disk.chronicle.count("reserve given up", u64::from(is_gone));
                    Ok(())
                };
                // What fails is tried again.
                disk.call("tend disk", tend).ok();
                sleep(TENDS_EVERY).await;
            }
        }
    }

    /// Clears old leads and pictures away, as the program does when it starts and each hour.
    pub fn chores(&self) -> Result<(), Trouble> {
        let Some(kiosk) = self.kiosk() else {
            return Ok(());
        };
        let is = Local::heartbeat(&**kiosk).map_err(Trouble::of)?;
        let has_retention = self.headquarters().sets_retention(is.config_version);
        let aged = self.ledger.clears(self.bench.now(), &is, has_retention);
        self.disk.chronicle.count("leads old enough to go", aged);
        let clear = || {
            let cleared = kiosk.erase_closed().and(kiosk.clear_pictures());
            if let Err(error) = cleared {
                self.disk
                    .chronicle
                    .broken(format!("what is old cannot be cleared away: {error}"));
            }
            Ok(())
        };
        // What fails is tried again in an hour.
        self.disk.call("chores", clear).ok();
        Ok(())
    }
}
