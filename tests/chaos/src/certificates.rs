//! A certificate authority for one test, and its certificates.

use acceptance::Failure;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::IpAddr;
use std::sync::Arc;

/// A certificate authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new authority, which no program trusts.
    pub fn new() -> Result<Self, Failure> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Ok(Self(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?))
    }

    /// Its certificate in PEM format.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server configuration with a valid certificate for this address.
    pub fn server(&self, address: IpAddr) -> Result<Arc<ServerConfig>, Failure> {
        self.valid_until(address, 2100)
    }

    /// A server configuration with an expired certificate.
    pub fn expired(&self, address: IpAddr) -> Result<Arc<ServerConfig>, Failure> {
        self.valid_until(address, 2020)
    }

    fn valid_until(&self, address: IpAddr, year: i32) -> Result<Arc<ServerConfig>, Failure> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec![address.to_string()])?;
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(year, 1, 1);
        let certificate = params.signed_by(&key, &self.0)?;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        Ok(Arc::new(config))
    }
}
