//! A simulated USB stick: a file system in memory, mounted where systems mount sticks. Needs root or sudo.

use crate::Failure;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A plugged-in USB stick; unplugged when dropped.
pub struct UsbStick {
    folder: PathBuf,
}

impl UsbStick {
    /// Plugs in a stick. The process identifier makes its mount point unique.
    pub fn plug_in(name: &str) -> Result<Self, Failure> {
        let folder = Path::new("/media").join(format!("{name}-{}", std::process::id()));
        as_root(Command::new("mkdir").arg("-p").arg(&folder))?;
        as_root(
            Command::new("mount")
                .args(["-t", "tmpfs", "-o", "size=64m,mode=777", "stick"])
                .arg(&folder),
        )?;
        Ok(Self { folder })
    }

    /// The path of a file on the stick.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Drop for UsbStick {
    fn drop(&mut self) {
        // A lazy unmount succeeds even while another process has files open.
        as_root(Command::new("umount").arg("--lazy").arg(&self.folder)).ok();
        as_root(Command::new("rmdir").arg(&self.folder)).ok();
    }
}

fn as_root(command: &mut Command) -> Result<(), Failure> {
    let user_id = Command::new("id").arg("-u").output()?;
    let is_root = user_id.stdout == b"0\n";
    let output = if is_root {
        command.output()?
    } else {
        let program = command.get_program().to_owned();
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        Command::new("sudo")
            .arg("-n")
            .arg(program)
            .args(arguments)
            .output()?
    };
    if output.status.success() {
        return Ok(());
    }
    let reason = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(format!("mounting a USB stick needs root or sudo: {reason}").into())
}
