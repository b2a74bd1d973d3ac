//! The work of the program apart from sync rounds: it maintains the reserve file and deletes old leads and pictures.
//! Must not know: networks.

use crate::disk::Disk;
use crate::machine::RESERVE_FILE;
use expo_kiosk_core::Kiosk;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Time between two checks of the disk.
const DISK_CHECK_INTERVAL: Duration = Duration::from_secs(5);

/// Checks the disk at intervals, without end.
pub async fn maintain_disk(kiosk: Arc<Kiosk>, disk: Arc<Disk>) {
    loop {
        let has_reserve = || kiosk.folder().join(RESERVE_FILE).exists();
        let check = || {
            let before = has_reserve();
            if let Err(error) = kiosk.maintain_disk() {
                disk.log
                    .violated(format!("the reserve file cannot be maintained: {error}"));
            }
            let is_deleted = before && !has_reserve();
            disk.log.count("reserve file deleted", u64::from(is_deleted));
            Ok(())
        };
        // After a failure the next check tries again.
        disk.call("maintain disk", check).ok();
        sleep(DISK_CHECK_INTERVAL).await;
    }
}

/// Deletes old leads and pictures once.
pub fn clean_up(kiosk: &Kiosk, disk: &Disk) {
    let delete = || {
        let deleted = kiosk.delete_old_leads().and(kiosk.remove_unused_pictures());
        if let Err(error) = deleted {
            disk.log
                .violated(format!("old leads and pictures cannot be deleted: {error}"));
        }
        Ok(())
    };
    // After a failure the next clean-up tries again.
    disk.call("clean up", delete).ok();
}
