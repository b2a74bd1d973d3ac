//! How requests and answers pass a line, and what its script does to them on the way.

use crate::line::{Fate, Script, Seen, held};
use crate::message::Message;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What all connections of a line share.
pub struct Shared {
    /// Where the instances of the platform listen on this machine.
    pub platforms: Vec<u16>,
    pub turn: AtomicUsize,
    pub script: Mutex<Script>,
    pub certificate: Mutex<Option<Arc<ServerConfig>>>,
    pub idle: Mutex<Option<Duration>>,
    pub seen: Mutex<Vec<Seen>>,
    pub requests: AtomicU64,
    /// Bytes at the kiosk's socket, up and down.
    pub up: AtomicU64,
    pub down: AtomicU64,
    pub handshakes: AtomicU64,
    pub open: Mutex<HashMap<u64, TcpStream>>,
    pub connections: AtomicU64,
    /// Nothing passes.
    pub dark: AtomicBool,
    /// When a request first met that.
    pub met: Mutex<Option<Instant>>,
    /// Connections before this one are dead.
    pub dead_below: AtomicU64,
}

impl Shared {
    /// A line on which everything passes.
    pub fn new(platforms: Vec<u16>) -> Self {
        Self {
            platforms,
            turn: AtomicUsize::new(0),
            script: Mutex::new(Box::new(|_| Fate::Pass)),
            certificate: Mutex::new(None),
            idle: Mutex::new(None),
            seen: Mutex::default(),
            requests: AtomicU64::new(0),
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            handshakes: AtomicU64::new(0),
            open: Mutex::default(),
            connections: AtomicU64::new(0),
            dark: AtomicBool::new(false),
            met: Mutex::new(None),
            dead_below: AtomicU64::new(0),
        }
    }

    /// Notes a connection of a kiosk, so that it can be broken. Returns its number.
    pub fn opened(&self, stream: &TcpStream) -> u64 {
        let number = self.connections.fetch_add(1, Ordering::SeqCst);
        if let Ok(copy) = stream.try_clone() {
            held(&self.open).insert(number, copy);
        }
        number
    }

    /// Serves a connection until either side ends it.
    pub fn serve(&self, stream: TcpStream, number: u64) {
        let config = held(&self.certificate).clone();
        stream.set_nodelay(true).ok();
        stream.set_read_timeout(*held(&self.idle)).ok();
        let mut counted = Counted { stream, of: self };
        // How a connection ends is the script's business; there is nobody to tell.
        match config.map(ServerConnection::new) {
            _ if self.is_dead(number) => drop(swallow(&mut counted)),
            Some(Ok(tls)) => drop(self.talk(&mut StreamOwned::new(tls, counted), number)),
            Some(Err(_)) => {}
            None => drop(self.talk(&mut counted, number)),
        }
        if let Some(stream) = held(&self.open).remove(&number) {
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    fn is_dead(&self, connection: u64) -> bool {
        self.dark.load(Ordering::SeqCst) || connection < self.dead_below.load(Ordering::SeqCst)
    }

    fn talk(&self, kiosk: &mut (impl Read + Write), connection: u64) -> io::Result<()> {
        let mut is_first = true;
        while let Some(request) = Message::read(kiosk)? {
            if self.is_dead(connection) {
                held(&self.met).get_or_insert_with(Instant::now);
                return swallow(kiosk);
            }
            if std::mem::take(&mut is_first) {
                self.handshakes.fetch_add(1, Ordering::SeqCst);
            }
            let number = self.note(&request);
            let fate = (held(&self.script))(&request);
            // It may have died since.
            if self.is_dead(connection) {
                return swallow(kiosk);
            }
            let Some((answer, is_whole)) = self.meet(fate, &request, kiosk)? else {
                return Ok(());
            };
            if self.is_dead(connection) {
                return swallow(kiosk);
            }
            if let Some(seen) = held(&self.seen).iter_mut().find(|seen| seen.number == number) {
                seen.answered = status(&answer).filter(|_| is_whole);
                seen.bytes.1 = answer.len();
            }
            kiosk.write_all(&answer)?;
            kiosk.flush()?;
            if !is_whole {
                return Ok(());
            }
        }
        Ok(())
    }

    /// What goes back to the kiosk, and whether the connection lives on; nothing when it breaks at once.
    fn meet(
        &self,
        fate: Fate,
        request: &Message,
        kiosk: &mut (impl Read + Write),
    ) -> io::Result<Option<(Vec<u8>, bool)>> {
        let whole = |answer: Message| Some((answer.bytes, true));
        Ok(match fate {
            Fate::Pass => whole(self.ask(&request.bytes, request.bytes.len(), None)?),
            Fate::CutRequest(n) => {
                let sent = request.bytes.get(..n).unwrap_or(&request.bytes);
                self.send(sent, sent.len(), None)?;
                None
            }
            Fate::CutAnswer(n) => {
                let mut answer = self.ask(&request.bytes, request.bytes.len(), None)?.bytes;
                answer.truncate(n);
                Some((answer, false))
            }
            Fate::Double => {
                self.ask(&request.bytes, request.bytes.len(), None)?;
                whole(self.ask(&request.bytes, request.bytes.len(), None)?)
            }
            Fate::Slow(bytes, pause) => {
                let answer = self.ask(&request.bytes, bytes, Some(pause))?.bytes;
                for piece in answer.chunks(bytes) {
                    kiosk.write_all(piece)?;
                    kiosk.flush()?;
                    thread::sleep(pause);
                }
                Some((Vec::new(), true))
            }
            Fate::Answer(answer) => Some((answer, true)),
            Fate::Silence => {
                // Ends when the kiosk hangs up.
                kiosk.read_exact(&mut [0])?;
                None
            }
            Fate::Ask(bytes) => whole(self.ask(&bytes, bytes.len(), None)?),
            Fate::Reply(change) => {
                let answer = self.ask(&request.bytes, request.bytes.len(), None)?;
                change(&answer).map(|answer| (answer, true))
            }
        })
    }

    fn ask(&self, bytes: &[u8], piece: usize, pause: Option<Duration>) -> io::Result<Message> {
        let mut platform = self.send(bytes, piece, pause)?;
        Message::read(&mut platform)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn send(&self, bytes: &[u8], piece: usize, pause: Option<Duration>) -> io::Result<TcpStream> {
        let mut platform = self.instance()?;
        platform.set_nodelay(true)?;
        for piece in bytes.chunks(piece.max(1)) {
            platform.write_all(piece)?;
            if let Some(pause) = pause {
                thread::sleep(pause);
            }
        }
        Ok(platform)
    }

    /// A connection to the instance whose turn it is, or to the next one that listens.
    fn instance(&self) -> io::Result<TcpStream> {
        let turn = self.turn.fetch_add(1, Ordering::SeqCst);
        let count = self.platforms.len();
        let ports = (turn..turn + count).map(|turn| self.platforms[turn % count]);
        let mut connections = ports.map(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, port)));
        let nobody = || io::Error::from(io::ErrorKind::ConnectionRefused);
        connections.find(Result::is_ok).unwrap_or_else(|| Err(nobody()))
    }

    fn note(&self, request: &Message) -> u64 {
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        let asked = request.first_line().trim_end_matches(" HTTP/1.1").to_owned();
        held(&self.seen).push(Seen {
            number,
            asked,
            token: request.header("authorization").map(str::to_owned),
            range: request.header("range").map(str::to_owned),
            answered: None,
            bytes: (request.bytes.len(), 0),
        });
        number
    }
}

/// Takes whatever comes, answers nothing, until the kiosk hangs up.
fn swallow(kiosk: &mut impl Read) -> io::Result<()> {
    while kiosk.read(&mut [0; 4096])? > 0 {}
    Ok(())
}

fn status(answer: &[u8]) -> Option<u16> {
    std::str::from_utf8(answer.get(9..12)?).ok()?.parse().ok()
}

/// A socket whose bytes are counted.
struct Counted<'a> {
    stream: TcpStream,
    of: &'a Shared,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        self.of.up.fetch_add(read as u64, Ordering::SeqCst);
        Ok(read)
    }
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes)?;
        self.of.down.fetch_add(written as u64, Ordering::SeqCst);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
