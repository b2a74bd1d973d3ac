//! Address of the caller.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv4Addr};

/// Headers that a proxy adds. A request with one of them did not come directly.
const FORWARDING_HEADERS: [&str; 8] = [
    "forwarded",
    "via",
    "x-client-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
];

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Address of the caller.
    pub address: IpAddr,
    /// Whether the request comes directly from this machine. Behind a proxy none does: the proxy may be on this
    /// machine and add no header.
    pub is_local: bool,
}

impl Peer {
    /// Uses the address of the connection, or, behind a proxy, the last address of `X-Forwarded-For`: the one that the proxy
    /// itself added.
    pub fn of(connection: IpAddr, headers: &HeaderMap, behind_proxy: bool) -> Self {
        let forwarded_for = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .next_back();
        let forwarded = forwarded_for.and_then(|address| address.trim().parse().ok());
        Self {
            address: forwarded.filter(|_| behind_proxy).unwrap_or(connection),
            is_local: connection.is_loopback()
                && !behind_proxy
                && !FORWARDING_HEADERS.iter().any(|name| headers.contains_key(*name)),
        }
    }
}

impl Default for Peer {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::UNSPECIFIED.into(),
            is_local: false,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[test]
    fn forwarded_requests_are_never_local() {
        let localhost = IpAddr::from([127, 0, 0, 1]);
        let none = HeaderMap::new();
        assert!(Peer::of(localhost, &none, false).is_local);
        assert!(!Peer::of(localhost, &none, true).is_local, "behind a proxy");
        assert!(!Peer::of([192, 0, 2, 1].into(), &none, false).is_local);
        for name in FORWARDING_HEADERS {
            // Also with a value that names this machine, or none that can be read.
            for value in ["127.0.0.1", "", "\u{fffd}"] {
                let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
                let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
                assert!(!Peer::of(localhost, &headers, false).is_local, "{name}");
            }
        }
    }
}
