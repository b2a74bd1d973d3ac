//! The line between kiosk and platform, as a proxy on real sockets, in clear or under TLS. A script decides what becomes
//! of each request and of its answer. Must not know what they hold.

use crate::message::Message;
use acceptance::Failure;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What becomes of a request and of its answer.
pub enum Fate {
    /// Both arrive.
    Pass,
    /// This many bytes of the request arrive, then the line breaks.
    CutRequest(usize),
    /// The request arrives; this many bytes of the answer do, then the line breaks.
    CutAnswer(usize),
    /// The request arrives twice; the second answer goes back.
    Double,
    /// Both arrive by so many bytes, so long apart.
    Slow(usize, Duration),
    /// Somebody else answers; the request does not arrive.
    Answer(Vec<u8>),
    /// Nothing arrives and nobody answers, until the kiosk gives up.
    Silence,
    /// The request arrives as something else.
    Ask(Vec<u8>),
    /// The answer becomes something else, or is lost.
    Reply(Box<dyn FnOnce(&Message) -> Option<Vec<u8>> + Send>),
}

type Script = Box<dyn FnMut(&Message) -> Fate + Send>;

/// A request that came over the line.
#[derive(Debug, Clone)]
pub struct Seen {
    number: u64,
    /// Method and path.
    pub asked: String,
    /// The token that it showed.
    pub token: Option<String>,
    /// From where a download was to go on.
    pub range: Option<String>,
    /// The status that the kiosk was sent whole, if it was.
    pub answered: Option<u16>,
    /// Bytes of the request, and of the answer that was sent.
    pub bytes: (usize, usize),
}

struct Shared {
    /// Where the platform listens on this machine.
    platform: u16,
    script: Mutex<Script>,
    certificate: Mutex<Option<Arc<ServerConfig>>>,
    idle: Mutex<Option<Duration>>,
    seen: Mutex<Vec<Seen>>,
    requests: AtomicU64,
    /// Bytes at the kiosk's socket, up and down.
    up: AtomicU64,
    down: AtomicU64,
    handshakes: AtomicU64,
    open: Mutex<HashMap<u64, TcpStream>>,
    connections: AtomicU64,
}

/// A proxy that listens.
pub struct Line {
    shared: Arc<Shared>,
    address: SocketAddr,
    listening: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Line {
    /// To a platform on this machine.
    pub fn to(port: u16) -> Result<Self, Failure> {
        Self::on(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
    }

    /// The same, listening at another address.
    pub fn on(address: IpAddr, port: u16) -> Result<Self, Failure> {
        let shared = Shared {
            platform: port,
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
        };
        let mut line = Self {
            shared: Arc::new(shared),
            address: SocketAddr::new(address, 0),
            listening: None,
        };
        line.connect()?;
        Ok(line)
    }

    /// Where the kiosk finds it.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What becomes of requests from now on.
    pub fn script(&self, script: impl FnMut(&Message) -> Fate + Send + 'static) {
        *held(&self.shared.script) = Box::new(script);
    }

    /// Everything arrives from now on.
    pub fn mend(&self) {
        self.script(|_| Fate::Pass);
    }

    /// Speaks TLS with this certificate on new connections, or clear text.
    pub fn certificate(&self, config: Option<Arc<ServerConfig>>) {
        *held(&self.shared.certificate) = config;
        self.drop_connections();
    }

    /// Closes new connections once they have rested for so long.
    pub fn idle(&self, longest: Option<Duration>) {
        *held(&self.shared.idle) = longest;
        self.drop_connections();
    }

    /// Whether it speaks TLS.
    pub fn is_tls(&self) -> bool {
        held(&self.shared.certificate).is_some()
    }

    /// What came over the line since it was last forgotten.
    pub fn seen(&self) -> Vec<Seen> {
        held(&self.shared.seen).clone()
    }

    /// Begins a new list of what comes.
    pub fn forget(&self) {
        held(&self.shared.seen).clear();
    }

    /// Bytes at the kiosk's socket so far: up, down, with what TLS adds; and how many connections there were.
    pub fn bytes(&self) -> (u64, u64, u64) {
        let of = |count: &AtomicU64| count.load(Ordering::SeqCst);
        (
            of(&self.shared.up),
            of(&self.shared.down),
            of(&self.shared.handshakes),
        )
    }

    /// Breaks the connections that there are; new ones can be made.
    pub fn drop_connections(&self) {
        for (_, stream) in held(&self.shared.open).drain() {
            // It may be gone already.
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    /// Nobody listens any more: connections are refused.
    pub fn disconnect(&mut self) {
        if let Some((running, thread)) = self.listening.take() {
            running.store(false, Ordering::SeqCst);
            // One more caller wakes the thread, which then goes.
            TcpStream::connect(self.address).ok();
            thread.join().ok();
        }
        self.drop_connections();
    }

    /// Listens, at the same place as before.
    pub fn connect(&mut self) -> Result<(), Failure> {
        let listener = TcpListener::bind(self.address)?;
        self.address = listener.local_addr()?;
        let running = Arc::new(AtomicBool::new(true));
        let (shared, goes_on) = (Arc::clone(&self.shared), Arc::clone(&running));
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if !goes_on.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(stream));
            }
        });
        self.listening = Some((running, thread));
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.disconnect();
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) {
        let number = self.connections.fetch_add(1, Ordering::SeqCst);
        let config = held(&self.certificate).clone();
        stream.set_nodelay(true).ok();
        stream.set_read_timeout(*held(&self.idle)).ok();
        if let Ok(copy) = stream.try_clone() {
            held(&self.open).insert(number, copy);
        }
        let counted = Counted { stream, of: self };
        // How a connection ends is the script's business; there is nobody to tell.
        match config.map(ServerConnection::new) {
            Some(Ok(tls)) => drop(self.talk(&mut StreamOwned::new(tls, counted))),
            Some(Err(_)) => {}
            None => drop(self.talk(&mut { counted })),
        }
        if let Some(stream) = held(&self.open).remove(&number) {
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    fn talk(&self, kiosk: &mut (impl Read + Write)) -> io::Result<()> {
        let mut is_first = true;
        while let Some(request) = Message::read(kiosk)? {
            if std::mem::take(&mut is_first) {
                self.handshakes.fetch_add(1, Ordering::SeqCst);
            }
            let number = self.note(&request);
            let fate = (held(&self.script))(&request);
            let (answer, is_whole) = match self.meet(fate, &request, kiosk)? {
                Some(answer) => answer,
                None => return Ok(()),
            };
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
                kiosk.read(&mut [0])?;
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
        let mut platform = TcpStream::connect((Ipv4Addr::LOCALHOST, self.platform))?;
        platform.set_nodelay(true)?;
        for piece in bytes.chunks(piece.max(1)) {
            platform.write_all(piece)?;
            if let Some(pause) = pause {
                thread::sleep(pause);
            }
        }
        Ok(platform)
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

/// A lock that a failed test cannot spoil for others.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
