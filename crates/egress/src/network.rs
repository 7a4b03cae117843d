//! The outside world: who resolves names, who opens connections, which certificates are believed. Tests bring others.

use rustls::pki_types::CertificateDer;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use tokio::net::TcpStream;

pub type Resolving = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
pub type Dialing = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

pub trait Resolve: Send + Sync + 'static {
    /// The addresses of a name, the preferred one first.
    fn resolve(&self, name: &str) -> Resolving;
}

pub trait Dial: Send + Sync + 'static {
    /// A connection to exactly this address, which has been vetted.
    fn dial(&self, address: SocketAddr) -> Dialing;
}

/// Whose certificates are believed.
#[derive(Debug, Clone)]
pub enum Roots {
    /// The system's; when it has none, those of the web.
    System,
    Only(Vec<CertificateDer<'static>>),
}

#[derive(Clone)]
pub struct Network {
    pub resolver: Arc<dyn Resolve>,
    pub dialer: Arc<dyn Dial>,
    pub roots: Roots,
}

impl Network {
    pub fn system() -> Self {
        Self { resolver: Arc::new(SystemResolver), dialer: Arc::new(SystemDialer), roots: Roots::System }
    }
}

/// `getaddrinfo`: what the machine is configured for, its hosts file included.
struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: &str) -> Resolving {
        let name = name.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

struct SystemDialer;

impl Dial for SystemDialer {
    fn dial(&self, address: SocketAddr) -> Dialing {
        Box::pin(async move {
            let stream = TcpStream::connect(address).await?;
            // Requests are small and written at once; waiting for more only delays them.
            stream.set_nodelay(true)?;
            Ok(stream)
        })
    }
}
