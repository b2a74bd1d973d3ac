//! The state that all connections of a proxy share, and how one connection forwards requests and responses.

use crate::action::{ProxyAction, RecordedRequest, Script};
use crate::lock::lock_ignoring_poison;
use crate::message::Message;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The state that all connections of a proxy share.
pub struct ProxyState {
    /// Ports of the instances of the platform on this machine.
    pub platform_ports: Vec<u16>,
    /// Chooses the instance for the next request.
    pub next_instance: AtomicUsize,
    pub script: Mutex<Script>,
    pub certificate: Mutex<Option<Arc<ServerConfig>>>,
    pub idle_timeout: Mutex<Option<Duration>>,
    pub requests: Mutex<Vec<RecordedRequest>>,
    pub request_count: AtomicU64,
    /// Bytes from the kiosk, TLS included.
    pub bytes_up: AtomicU64,
    /// Bytes to the kiosk, TLS included.
    pub bytes_down: AtomicU64,
    /// Connections with at least one request.
    pub used_connections: AtomicU64,
    pub open: Mutex<HashMap<u64, TcpStream>>,
    /// Accepted connections.
    pub connections: AtomicU64,
    /// No bytes pass.
    pub is_silent: AtomicBool,
    /// When the first request arrived while the proxy was silent.
    pub first_silent_request: Mutex<Option<Instant>>,
    /// Connections with lower numbers stay silent.
    pub silent_before: AtomicU64,
}

impl ProxyState {
    /// The state of a proxy that forwards everything.
    pub fn new(platform_ports: Vec<u16>) -> Self {
        Self {
            platform_ports,
            next_instance: AtomicUsize::new(0),
            script: Mutex::new(Box::new(|_| ProxyAction::Forward)),
            certificate: Mutex::new(None),
            idle_timeout: Mutex::new(None),
            requests: Mutex::default(),
            request_count: AtomicU64::new(0),
            bytes_up: AtomicU64::new(0),
            bytes_down: AtomicU64::new(0),
            used_connections: AtomicU64::new(0),
            open: Mutex::default(),
            connections: AtomicU64::new(0),
            is_silent: AtomicBool::new(false),
            first_silent_request: Mutex::new(None),
            silent_before: AtomicU64::new(0),
        }
    }

    /// Registers a connection of a kiosk, so that it can be closed. Returns its number.
    pub fn register_connection(&self, stream: &TcpStream) -> u64 {
        let number = self.connections.fetch_add(1, Ordering::SeqCst);
        if let Ok(copy) = stream.try_clone() {
            lock_ignoring_poison(&self.open).insert(number, copy);
        }
        number
    }

    /// Serves a connection until either side closes it.
    pub fn serve(&self, stream: TcpStream, number: u64) {
        let config = lock_ignoring_poison(&self.certificate).clone();
        stream.set_nodelay(true).ok();
        stream
            .set_read_timeout(*lock_ignoring_poison(&self.idle_timeout))
            .ok();
        let mut counted = CountedStream { stream, state: self };
        // The script decides how a connection ends, so errors are ignored.
        match config.map(ServerConnection::new) {
            _ if self.is_silenced(number) => drop(discard_all(&mut counted)),
            Some(Ok(tls)) => drop(self.forward_requests(&mut StreamOwned::new(tls, counted), number)),
            Some(Err(_)) => {}
            None => drop(self.forward_requests(&mut counted, number)),
        }
        if let Some(stream) = lock_ignoring_poison(&self.open).remove(&number) {
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    fn is_silenced(&self, connection: u64) -> bool {
        self.is_silent.load(Ordering::SeqCst) || connection < self.silent_before.load(Ordering::SeqCst)
    }

    fn forward_requests(&self, kiosk: &mut (impl Read + Write), connection: u64) -> io::Result<()> {
        let mut is_first = true;
        while let Some(request) = Message::read(kiosk)? {
            if self.is_silenced(connection) {
                lock_ignoring_poison(&self.first_silent_request).get_or_insert_with(Instant::now);
                return discard_all(kiosk);
            }
            if std::mem::take(&mut is_first) {
                self.used_connections.fetch_add(1, Ordering::SeqCst);
            }
            let number = self.record(&request);
            let action = (lock_ignoring_poison(&self.script))(&request);
            // The script may have made the proxy silent.
            if self.is_silenced(connection) {
                return discard_all(kiosk);
            }
            let Some((response, is_complete)) = self.carry_out(action, &request, kiosk)? else {
                return Ok(());
            };
            if self.is_silenced(connection) {
                return discard_all(kiosk);
            }
            let mut requests = lock_ignoring_poison(&self.requests);
            if let Some(recorded) = requests.iter_mut().find(|recorded| recorded.number == number) {
                recorded.status = status_of(&response).filter(|_| is_complete);
                recorded.bytes.1 = response.len();
            }
            drop(requests);
            kiosk.write_all(&response)?;
            kiosk.flush()?;
            if !is_complete {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Carries out an action. Returns the response for the kiosk and whether the connection stays open; `None` if it is
    /// closed at once.
    fn carry_out(
        &self,
        action: ProxyAction,
        request: &Message,
        kiosk: &mut (impl Read + Write),
    ) -> io::Result<Option<(Vec<u8>, bool)>> {
        let complete = |response: Message| Some((response.bytes, true));
        Ok(match action {
            ProxyAction::Forward => {
                complete(self.request_response(&request.bytes, request.bytes.len(), None)?)
            }
            ProxyAction::CutRequest(length) => {
                let sent = request.bytes.get(..length).unwrap_or(&request.bytes);
                self.send(sent, sent.len(), None)?;
                None
            }
            ProxyAction::CutResponse(length) => {
                let mut response = self
                    .request_response(&request.bytes, request.bytes.len(), None)?
                    .bytes;
                response.truncate(length);
                Some((response, false))
            }
            ProxyAction::Duplicate => {
                self.request_response(&request.bytes, request.bytes.len(), None)?;
                complete(self.request_response(&request.bytes, request.bytes.len(), None)?)
            }
            ProxyAction::Slow(bytes, pause) => {
                let response = self.request_response(&request.bytes, bytes, Some(pause))?.bytes;
                for piece in response.chunks(bytes) {
                    kiosk.write_all(piece)?;
                    kiosk.flush()?;
                    thread::sleep(pause);
                }
                Some((Vec::new(), true))
            }
            ProxyAction::Respond(response) => Some((response, true)),
            ProxyAction::Silence => {
                // Returns when the kiosk closes the connection.
                kiosk.read_exact(&mut [0])?;
                None
            }
            ProxyAction::ReplaceRequest(bytes) => {
                complete(self.request_response(&bytes, bytes.len(), None)?)
            }
            ProxyAction::ChangeResponse(change) => {
                let response = self.request_response(&request.bytes, request.bytes.len(), None)?;
                change(&response).map(|response| (response, true))
            }
        })
    }

    /// Sends a request to the platform in pieces and reads the response.
    fn request_response(&self, bytes: &[u8], piece: usize, pause: Option<Duration>) -> io::Result<Message> {
        let mut platform = self.send(bytes, piece, pause)?;
        Message::read(&mut platform)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn send(&self, bytes: &[u8], piece: usize, pause: Option<Duration>) -> io::Result<TcpStream> {
        let mut platform = self.connect()?;
        platform.set_nodelay(true)?;
        for piece in bytes.chunks(piece.max(1)) {
            platform.write_all(piece)?;
            if let Some(pause) = pause {
                thread::sleep(pause);
            }
        }
        Ok(platform)
    }

    /// A connection to the next instance of the platform that listens.
    fn connect(&self) -> io::Result<TcpStream> {
        let first = self.next_instance.fetch_add(1, Ordering::SeqCst);
        let count = self.platform_ports.len();
        let ports = (first..first + count).map(|index| self.platform_ports[index % count]);
        let mut connections = ports.map(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, port)));
        let refused = || io::Error::from(io::ErrorKind::ConnectionRefused);
        connections.find(Result::is_ok).unwrap_or_else(|| Err(refused()))
    }

    fn record(&self, request: &Message) -> u64 {
        let number = self.request_count.fetch_add(1, Ordering::SeqCst);
        let target = request.first_line().trim_end_matches(" HTTP/1.1").to_owned();
        lock_ignoring_poison(&self.requests).push(RecordedRequest {
            number,
            target,
            token: request.header("authorization").map(str::to_owned),
            range: request.header("range").map(str::to_owned),
            status: None,
            bytes: (request.bytes.len(), 0),
        });
        number
    }
}

/// Reads and discards all bytes until the kiosk closes the connection.
fn discard_all(kiosk: &mut impl Read) -> io::Result<()> {
    while kiosk.read(&mut [0; 4096])? > 0 {}
    Ok(())
}

/// The status of a response.
fn status_of(response: &[u8]) -> Option<u16> {
    std::str::from_utf8(response.get(9..12)?).ok()?.parse().ok()
}

/// A socket whose bytes are counted.
struct CountedStream<'a> {
    stream: TcpStream,
    state: &'a ProxyState,
}

impl Read for CountedStream<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(into)?;
        self.state.bytes_up.fetch_add(read as u64, Ordering::SeqCst);
        Ok(read)
    }
}

impl Write for CountedStream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes)?;
        self.state.bytes_down.fetch_add(written as u64, Ordering::SeqCst);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
