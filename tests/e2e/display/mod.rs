//! A virtual display: the X server, its pixels and windows, and input as a mouse and keyboard make it. Must not know the
//! kiosk, its pages or WebDriver.

mod drop_files;
mod input;
mod picture;
mod windows;

pub use picture::{Picture, Thumbnail};
pub use windows::{Request, TopWindow};

use crate::Failure;
use crate::wait::SessionLost;
use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{self, ConnectionExt};
use x11rb::rust_connection::RustConnection;

/// Time limit for the X server to start, and for it to answer.
const SERVER_TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum number of times the X server is started.
const MAX_START_ATTEMPTS: usize = 3;
/// Interval between two looks at the number that the X server writes.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// A place on the display, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// From the left.
    pub x: i16,
    /// From the top.
    pub y: i16,
}

/// A rectangle on the display, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Left side.
    pub x: i16,
    /// Top side.
    pub y: i16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
}

impl Area {
    /// Whether both areas have a pixel in common.
    pub fn overlaps(self, other: Self) -> bool {
        let overlap = |start: i16, length: u16, other_start: i16, other_length: u16| {
            let end = |start: i16, length: u16| i32::from(start) + i32::from(length);
            i32::from(start) < end(other_start, other_length) && i32::from(other_start) < end(start, length)
        };
        overlap(self.x, self.width, other.x, other.width)
            && overlap(self.y, self.height, other.y, other.height)
    }

    /// The point in the middle.
    pub fn middle(self) -> Point {
        Point {
            x: self.x + (self.width / 2) as i16,
            y: self.y + (self.height / 2) as i16,
        }
    }
}

/// A running X server with a connection to it.
pub struct Display {
    server: Child,
    folder: TempDir,
    /// Such as `:12`.
    name: String,
    connection: RustConnection,
    root: xproto::Window,
    size: (u16, u16),
}

impl Display {
    /// Starts a display of `width` × `height` pixels.
    pub fn start(width: u16, height: u16) -> Result<Self, Failure> {
        let mut attempt = 1;
        loop {
            match Self::try_start(width, height) {
                Err(failure) if attempt == MAX_START_ATTEMPTS => return Err(failure),
                Err(_) => attempt += 1,
                Ok(display) => return Ok(display),
            }
        }
    }

    fn try_start(width: u16, height: u16) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let (number, log) = (folder.path().join("display"), folder.path().join("server.log"));
        // The server closes the descriptor that it wrote its number to, and uses it again for a client. So this must not
        // be its standard output, which its helper programs write to. Without -noreset the server drops everything,
        // connecting clients too, when the last client leaves.
        let mut server = Command::new("sh")
            .args(["-c", "exec Xvfb -displayfd 3 \"$@\" 3>\"$NUMBER_FILE\"", "Xvfb"])
            .args(["-noreset", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{width}x{height}x24"))
            .env("NUMBER_FILE", &number)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            .spawn()?;
        let start = Instant::now();
        let name = loop {
            if let Some(number) = fs::read_to_string(&number)
                .ok()
                .and_then(|text| Some(text.strip_suffix('\n')?.to_owned()))
            {
                break format!(":{number}");
            }
            let ended = server.try_wait()?;
            if ended.is_some() || start.elapsed() > SERVER_TIMEOUT {
                stop(&mut server);
                let text = fs::read_to_string(&log).unwrap_or_default();
                return Err(format!("Xvfb does not start: {}; run 'make setup'", text.trim()).into());
            }
            thread::sleep(POLL_INTERVAL);
        };
        let (connection, screen) = match connect(&name) {
            Ok(connected) => connected,
            Err(failure) => {
                stop(&mut server);
                return Err(failure);
            }
        };
        let root = connection
            .setup()
            .roots
            .get(screen)
            .map_or(0, |screen| screen.root);
        Ok(Self {
            server,
            folder,
            name,
            connection,
            root,
            size: (width, height),
        })
    }

    /// Its name, such as `:12`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole display.
    pub fn area(&self) -> Area {
        Area {
            x: 0,
            y: 0,
            width: self.size.0,
            height: self.size.1,
        }
    }

    /// A file in a folder that is deleted with the display.
    pub fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Sets the environment of a program so that it shows its windows here. It gets no session bus and no portals, which
    /// would outlive the test.
    pub fn apply_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DISPLAY", &self.name)
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_USE_PORTAL", "0")
            .env_remove("WAYLAND_DISPLAY")
    }

    /// Fails if the X server ended, or accepts no new client.
    pub fn check(&self) -> Result<(), Failure> {
        connect(&self.name).map(drop).map_err(|failure| {
            let log = fs::read_to_string(self.file("server.log")).unwrap_or_default();
            let state = match fs::metadata(format!("/proc/{}/exe", self.server.id())) {
                Ok(_) => "runs",
                Err(_) => "has ended",
            };
            SessionLost(format!("{failure}; Xvfb {state}; its log: {:?}", log.trim())).into()
        })
    }

    /// Waits until the server has handled everything that was sent to it.
    fn sync(&self) -> Result<(), Failure> {
        self.connection.get_input_focus()?.reply()?;
        Ok(())
    }

    fn atom(&self, name: &str) -> Result<xproto::Atom, Failure> {
        Ok(self.connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        stop(&mut self.server);
    }
}

/// Connects as a client. The server may hang, so that a connection needs a time limit.
fn connect(name: &str) -> Result<(RustConnection, usize), Failure> {
    let (sender, receiver) = mpsc::channel();
    let display = name.to_owned();
    thread::spawn(move || {
        let connected = RustConnection::connect(Some(&display));
        let _ = sender.send(connected.map_err(|error| error.to_string()));
    });
    match receiver.recv_timeout(SERVER_TIMEOUT) {
        Ok(Ok(connected)) => Ok(connected),
        Ok(Err(error)) => Err(format!("the display {name} refuses clients: {error}").into()),
        Err(_) => Err(format!("the display {name} does not answer").into()),
    }
}

fn stop(server: &mut Child) {
    let _ = server.kill();
    let _ = server.wait();
}
