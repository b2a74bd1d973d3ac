//! A proxy between kiosk and platform on real sockets, with or without TLS. A script chooses an action for each
//! request. Must not know: what messages contain.

use crate::lock::lock_ignoring_poison;
use crate::message::Message;
use crate::proxy_state::ProxyState;
use acceptance::Failure;
use rustls::ServerConfig;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

pub use crate::action::{ProxyAction, RecordedRequest, ResponseChange};

/// A proxy that listens.
pub struct Proxy {
    state: Arc<ProxyState>,
    address: SocketAddr,
    listener: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Proxy {
    /// Listens on `address` and forwards to the instances of the platform on these ports of this machine, in turn. An
    /// instance that does not listen is skipped.
    pub fn new(address: IpAddr, platform_ports: Vec<u16>) -> Result<Self, Failure> {
        let mut proxy = Self {
            state: Arc::new(ProxyState::new(platform_ports)),
            address: SocketAddr::new(address, 0),
            listener: None,
        };
        proxy.listen()?;
        Ok(proxy)
    }

    /// The address it listens on.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Chooses actions with this script from now on.
    pub fn set_script(&self, script: impl FnMut(&Message) -> ProxyAction + Send + 'static) {
        *lock_ignoring_poison(&self.state.script) = Box::new(script);
    }

    /// Forwards everything from now on.
    pub fn forward_all(&self) {
        self.set_script(|_| ProxyAction::Forward);
    }

    /// Becomes silent: connections stay open, new ones are accepted, and no bytes pass in either direction.
    pub fn go_silent(&self) {
        *lock_ignoring_poison(&self.state.first_silent_request) = None;
        self.state.is_silent.store(true, Ordering::SeqCst);
    }

    /// When the first request arrived after [`Self::go_silent`].
    pub fn first_silent_request(&self) -> Option<Instant> {
        *lock_ignoring_poison(&self.state.first_silent_request)
    }

    /// Serves new connections again; the existing ones stay silent.
    pub fn end_silence(&self) {
        let accepted = self.state.connections.load(Ordering::SeqCst);
        self.state.silent_before.store(accepted, Ordering::SeqCst);
        self.state.is_silent.store(false, Ordering::SeqCst);
    }

    /// Uses this TLS certificate on new connections, or no TLS. Closes existing connections.
    pub fn set_certificate(&self, config: Option<Arc<ServerConfig>>) {
        *lock_ignoring_poison(&self.state.certificate) = config;
        self.close_connections();
    }

    /// Closes new connections that are idle for this long. Closes existing connections.
    pub fn set_idle_timeout(&self, timeout: Option<Duration>) {
        *lock_ignoring_poison(&self.state.idle_timeout) = timeout;
        self.close_connections();
    }

    /// Whether it uses TLS.
    pub fn is_tls(&self) -> bool {
        lock_ignoring_poison(&self.state.certificate).is_some()
    }

    /// Requests since the last [`Self::clear_requests`].
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock_ignoring_poison(&self.state.requests).clone()
    }

    /// Clears the list of requests.
    pub fn clear_requests(&self) {
        lock_ignoring_poison(&self.state.requests).clear();
    }

    /// Totals at the kiosk's socket, TLS included: bytes from the kiosk, bytes to the kiosk, and connections with at
    /// least one request.
    pub fn totals(&self) -> (u64, u64, u64) {
        let total = |count: &AtomicU64| count.load(Ordering::SeqCst);
        (
            total(&self.state.bytes_up),
            total(&self.state.bytes_down),
            total(&self.state.used_connections),
        )
    }

    /// Closes all connections; new ones are accepted.
    pub fn close_connections(&self) {
        for (_, stream) in lock_ignoring_poison(&self.state.open).drain() {
            // The connection may be closed already.
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    /// Stops listening: new connections are refused.
    pub fn stop_listening(&mut self) {
        if let Some((is_running, thread)) = self.listener.take() {
            is_running.store(false, Ordering::SeqCst);
            // One more connection makes `accept` return, and the thread ends.
            TcpStream::connect(self.address).ok();
            thread.join().ok();
        }
        self.close_connections();
    }

    /// Listens, on the same port as before.
    pub fn listen(&mut self) -> Result<(), Failure> {
        let listener = TcpListener::bind(self.address)?;
        self.address = listener.local_addr()?;
        let is_running = Arc::new(AtomicBool::new(true));
        let (state, keeps_running) = (Arc::clone(&self.state), Arc::clone(&is_running));
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if !keeps_running.load(Ordering::SeqCst) {
                    return;
                }
                let number = state.register_connection(&stream);
                let state = Arc::clone(&state);
                thread::spawn(move || state.serve(stream, number));
            }
        });
        self.listener = Some((is_running, thread));
        Ok(())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stop_listening();
    }
}
