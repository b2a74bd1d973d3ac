//! The line between kiosk and platform, as a proxy on real sockets, in clear or under TLS. A script decides what becomes
//! of each request and of its answer. Must not know what they hold.

use crate::message::Message;
use crate::passing::Shared;
use acceptance::Failure;
use rustls::ServerConfig;
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

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
    Reply(Change),
}

/// What becomes of an answer; nothing when it is lost.
pub type Change = Box<dyn FnOnce(&Message) -> Option<Vec<u8>> + Send>;

pub(crate) type Script = Box<dyn FnMut(&Message) -> Fate + Send>;

/// A request that came over the line.
#[derive(Debug, Clone)]
pub struct Seen {
    pub(crate) number: u64,
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
        Self::before(address, vec![port])
    }

    /// The same before several instances of a platform, which take turns; one that does not listen is passed over.
    pub fn before(address: IpAddr, ports: Vec<u16>) -> Result<Self, Failure> {
        let shared = Shared::new(ports);
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

    /// Dies in silence: connections stay open, new ones can be made, and nothing passes any more, either way.
    pub fn go_dark(&self) {
        *held(&self.shared.met) = None;
        self.shared.dark.store(true, Ordering::SeqCst);
    }

    /// When a request first met the silence.
    pub fn met_dark(&self) -> Option<Instant> {
        *held(&self.shared.met)
    }

    /// Lets new connections through; those that there are stay dead.
    pub fn end_dark(&self) {
        let made = self.shared.connections.load(Ordering::SeqCst);
        self.shared.dead_below.store(made, Ordering::SeqCst);
        self.shared.dark.store(false, Ordering::SeqCst);
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
                let number = shared.opened(&stream);
                let shared = Arc::clone(&shared);
                thread::spawn(move || shared.serve(stream, number));
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

/// A lock that a failed test cannot spoil for others.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
