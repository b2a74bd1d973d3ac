//! Encrypted connections to PostgreSQL. The server must have a certificate of a named authority; there is no connection
//! without one then. Must not know: what is sent.

use crate::store::error::StoreError;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Display;
use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_postgres::{Config, Socket};
use tokio_rustls::{TlsConnector, client, rustls};

/// How to connect to a database.
pub struct Target {
    /// Address, user and options.
    pub config: Config,
    /// Encryption; `None` for a connection without it.
    pub tls: Option<Tls>,
}

impl Target {
    /// Reads the URL of a database. `sslrootcert=FILE` names the authorities that sign the certificate of the server,
    /// as for other PostgreSQL programs; the connection is encrypted then.
    pub fn of(url: &str) -> Result<Self, StoreError> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut authorities = None;
        let mut options = Vec::new();
        for option in query.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslrootcert", file)) => authorities = Some(percent_decoded(file)),
                // The certificate and its host name are always verified.
                Some(("sslmode", "verify-ca" | "verify-full")) => options.push("sslmode=require"),
                _ => options.push(option),
            }
        }
        let mut config: Config = format!("{base}?{}", options.join("&")).parse()?;
        let tls = match authorities {
            Some(file) => Some(Tls::trusting(&file)?),
            None if config.get_ssl_mode() == SslMode::Require => {
                let sentence =
                    "name the certificate of the authority that the database server uses: --database-ca FILE";
                return Err(StoreError(sentence.to_owned()));
            }
            None => None,
        };
        config.ssl_mode(if tls.is_some() {
            SslMode::Require
        } else {
            SslMode::Disable
        });
        Ok(Self { config, tls })
    }
}

/// Decodes `%2F` and the like in an option of a URL.
fn percent_decoded(text: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).filter(|_| *first == b'%');
        if let Some(decoded) = code.and_then(|code| hex::decode(code).ok()) {
            bytes.extend(decoded);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

/// Connects with TLS and trusts only the named authorities.
#[derive(Clone)]
pub struct Tls(Arc<ClientConfig>);

impl Tls {
    fn trusting(file: &Path) -> Result<Self, StoreError> {
        let fault = |e: &dyn Display| StoreError(format!("{}: {e}", file.display()));
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(file).map_err(|e| fault(&e))? {
            let certificate = certificate.map_err(|e| fault(&e))?;
            roots.add(certificate).map_err(|e| fault(&e))?;
        }
        if roots.is_empty() {
            return Err(fault(&"it contains no certificate in PEM format"));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| fault(&e))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}

impl MakeTlsConnect<Socket> for Tls {
    type Stream = Encrypted;
    type TlsConnect = Connect;
    type Error = io::Error;

    fn make_tls_connect(&mut self, host: &str) -> io::Result<Connect> {
        Ok(Connect {
            config: Arc::clone(&self.0),
            host: host.to_owned(),
        })
    }
}

/// One connection attempt.
pub struct Connect {
    config: Arc<ClientConfig>,
    host: String,
}

impl TlsConnect<Socket> for Connect {
    type Stream = Encrypted;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted>> + Send>>;

    fn connect(self, stream: Socket) -> Self::Future {
        Box::pin(async move {
            let name = ServerName::try_from(self.host).map_err(io::Error::other)?;
            let stream = TlsConnector::from(self.config).connect(name, stream).await?;
            Ok(Encrypted(Box::new(stream)))
        })
    }
}

/// An encrypted connection.
pub struct Encrypted(Box<client::TlsStream<Socket>>);

impl TlsStream for Encrypted {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::postgres::Postgres;
    use cluster::Cluster;
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, UnixStream};
    use tokio_rustls::TlsAcceptor;

    type Authority = CertifiedIssuer<'static, KeyPair>;

    fn authority() -> Authority {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
    }

    fn acceptor(authority: &Authority) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, authority).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    /// Answers a request for TLS as PostgreSQL does, and passes what it decrypts to the socket of a server. Without an
    /// acceptor it refuses TLS.
    async fn front(listener: TcpListener, socket: PathBuf, acceptor: Option<TlsAcceptor>) {
        while let Ok((mut caller, _)) = listener.accept().await {
            let (socket, acceptor) = (socket.clone(), acceptor.clone());
            tokio::spawn(async move {
                let mut request = [0; 8];
                caller.read_exact(&mut request).await?;
                assert_eq!(request, [0, 0, 0, 8, 4, 210, 22, 47], "a request for TLS");
                let Some(acceptor) = acceptor else {
                    return caller.write_all(b"N").await;
                };
                caller.write_all(b"S").await?;
                let mut caller = acceptor.accept(caller).await?;
                let mut server = UnixStream::connect(socket).await?;
                tokio::io::copy_bidirectional(&mut caller, &mut server).await?;
                Ok::<_, io::Error>(())
            });
        }
    }

    #[test]
    fn only_a_server_of_the_named_authority_is_used() {
        let cluster = Cluster::shared().unwrap();
        let url = cluster.database().unwrap();
        let (database, folder) = url
            .strip_prefix("postgres://expo@/")
            .and_then(|rest| rest.split_once("?host="))
            .unwrap();
        let socket = percent_decoded(folder).join(".s.PGSQL.5432");
        let work = tempfile::tempdir().unwrap();
        let (trusted, other) = (authority(), authority());
        let file = |name: &str, authority: &Authority| {
            let file = work.path().join(name);
            std::fs::write(&file, authority.pem()).unwrap();
            file.to_str().unwrap().replace('/', "%2F")
        };
        let (trusted_file, other_file) = (file("trusted.pem", &trusted), file("other.pem", &other));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let start = |acceptor| {
            let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
            let port = listener.local_addr().unwrap().port();
            runtime.spawn(front(listener, socket.clone(), acceptor));
            format!("postgres://expo@127.0.0.1:{port}/{database}")
        };
        let server = start(Some(acceptor(&trusted)));
        let error = |url: &str| Postgres::open(url).err().unwrap().to_string();
        Postgres::open(&format!("{server}?sslrootcert={trusted_file}")).unwrap();
        Postgres::open(&format!(
            "{server}?sslmode=verify-full&sslrootcert={trusted_file}"
        ))
        .unwrap();
        let foreign = error(&format!("{server}?sslrootcert={other_file}"));
        assert!(foreign.contains("certificate"), "{foreign}");
        let unnamed = error(&format!("{server}?sslmode=require"));
        assert!(unnamed.contains("--database-ca"), "{unnamed}");
        let missing = error(&format!("{server}?sslrootcert=%2Fnowhere.pem"));
        assert!(missing.contains("/nowhere.pem"), "{missing}");
        let plain = start(None);
        let refused = error(&format!("{plain}?sslrootcert={trusted_file}"));
        assert!(refused.contains("TLS"), "{refused}");
    }
}
