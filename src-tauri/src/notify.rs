//! Tells systemd that the kiosk is ready and alive (the protocol of `sd_notify`): systemd restarts a kiosk that stops
//! saying so. Has no effect without systemd. Must not know: what alive means.

/// Environment variable with the socket of systemd; `@` at its start stands for an abstract name.
const SOCKET_VARIABLE: &str = "NOTIFY_SOCKET";

/// Whether systemd runs this program, and therefore starts it again when it ends.
pub fn is_supervised() -> bool {
    std::env::var_os(SOCKET_VARIABLE).is_some()
}

/// The first window is open.
pub fn ready() {
    send("READY=1");
}

/// The kiosk works. Call it more often than `WatchdogSec` of the unit, and only while everything works that a restart
/// would repair.
pub fn alive() {
    send("WATCHDOG=1");
}

#[cfg(target_os = "linux")]
use linux::send;

#[cfg(not(target_os = "linux"))]
fn send(_: &str) {}

#[cfg(target_os = "linux")]
mod linux {
    use super::SOCKET_VARIABLE;
    use std::ffi::OsStr;
    use std::io;
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::net::{SocketAddr, UnixDatagram};

    pub(super) fn send(state: &str) {
        if let Some(socket) = std::env::var_os(SOCKET_VARIABLE)
            && let Err(error) = send_to(&socket, state)
        {
            tracing::warn!(%error, state, "could not notify systemd");
        }
    }

    fn send_to(socket: &OsStr, state: &str) -> io::Result<()> {
        let address = match socket.as_bytes().strip_prefix(b"@") {
            Some(name) => SocketAddr::from_abstract_name(name),
            None => SocketAddr::from_pathname(socket),
        }?;
        let sender = UnixDatagram::unbound()?;
        sender.set_nonblocking(true)?;
        sender.send_to_addr(state.as_bytes(), &address).map(drop)
    }
}
