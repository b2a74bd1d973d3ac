//! Address of the caller.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::net::{IpAddr, Ipv4Addr};

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Address of the caller.
    pub address: IpAddr,
    /// Whether the request comes directly from this machine, without a proxy.
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
            is_local: connection.is_loopback() && forwarded_for.is_none(),
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
