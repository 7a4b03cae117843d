//! Opens connections, and only to addresses that the policy admits.
//!
//! The name is resolved here and nowhere else, and the addresses that were vetted are those that are dialed: an answer
//! that changes between the two has no effect.

use crate::connection::CountedStream;
use crate::error::EgressError;
use crate::limits::Limits;
use crate::network::Network;
use crate::policy::Policy;
use crate::target::Target;
use futures_util::stream::{FuturesUnordered, StreamExt};
use http::Uri;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

/// After this the next address is tried beside the ones before it (RFC 8305 §5).
const STAGGER: Duration = Duration::from_millis(250);
/// Addresses of one name that are tried.
const MAX_ADDRESSES: usize = 6;

#[derive(Clone)]
pub(crate) struct Connector {
    policy: Arc<Policy>,
    network: Network,
    lookups: Arc<Semaphore>,
    connections: Arc<Semaphore>,
    limit: Duration,
}

impl Connector {
    pub(crate) fn new(policy: Arc<Policy>, network: Network, limits: &Limits) -> Self {
        Self {
            policy,
            network,
            lookups: Arc::new(Semaphore::new(limits.lookups)),
            connections: Arc::new(Semaphore::new(limits.connections)),
            limit: limits.connect,
        }
    }

    async fn connect(&self, target: &Target) -> Result<CountedStream, EgressError> {
        self.policy.admit(target)?;
        let place = acquire(&self.connections).await;
        let addresses = self.vetted(target).await?;
        let failed = |error: io::Error| EgressError::Connect { host: target.host.clone(), kind: error.kind() };
        let stream = self.dial(addresses).await.map_err(failed)?;
        Ok(CountedStream::new(stream, place.map_err(failed)?))
    }

    /// The addresses that may be connected to; the first refusal when there are none.
    async fn vetted(&self, target: &Target) -> Result<Vec<SocketAddr>, EgressError> {
        let found = match target.address {
            Some(address) => vec![address],
            None => self.resolve(target).await?,
        };
        let mut refusal = EgressError::Unresolved { host: target.host.clone() };
        let mut vetted = Vec::new();
        for address in found.into_iter().rev() {
            match self.policy.admit_address(target, address) {
                Ok(()) => vetted.push(SocketAddr::new(address, target.port)),
                Err(error) => refusal = error,
            }
        }
        vetted.reverse();
        vetted.truncate(MAX_ADDRESSES);
        if vetted.is_empty() { Err(refusal) } else { Ok(vetted) }
    }

    /// A lookup cannot be stopped, so it keeps its place until it ends, also when nobody waits for it any more.
    async fn resolve(&self, target: &Target) -> Result<Vec<IpAddr>, EgressError> {
        let unresolved = || EgressError::Unresolved { host: target.host.clone() };
        let place = acquire(&self.lookups).await.map_err(|_| unresolved())?;
        let lookup = self.network.resolver.resolve(&target.host);
        let task = tokio::spawn(async move {
            let _place = place;
            lookup.await
        });
        task.await.ok().and_then(Result::ok).ok_or_else(unresolved)
    }

    async fn dial(&self, addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
        let mut waiting = addresses.into_iter();
        let mut attempts = FuturesUnordered::new();
        let mut last = io::ErrorKind::AddrNotAvailable.into();
        loop {
            match waiting.next() {
                Some(address) => attempts.push(self.network.dialer.dial(address)),
                None if attempts.is_empty() => return Err(last),
                None => {}
            }
            match tokio::time::timeout(STAGGER, attempts.next()).await {
                Ok(Some(Ok(stream))) => return Ok(stream),
                Ok(Some(Err(error))) => last = error,
                Ok(None) | Err(_) => {}
            }
        }
    }
}

/// Fails only when the semaphore is closed, which nobody does.
async fn acquire(semaphore: &Arc<Semaphore>) -> io::Result<OwnedSemaphorePermit> {
    semaphore.clone().acquire_owned().await.map_err(io::Error::other)
}

impl Service<Uri> for Connector {
    type Response = CountedStream;
    type Error = EgressError;
    type Future = Pin<Box<dyn Future<Output = Result<CountedStream, EgressError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), EgressError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
            let target = uri.host().and_then(|host| Target::new(host, uri.port_u16().unwrap_or(default)));
            let target = target.ok_or(EgressError::InvalidUrl)?;
            let limit = connector.limit;
            let late = |_| EgressError::ConnectTimeout { host: target.host.clone(), limit };
            tokio::time::timeout(limit, connector.connect(&target)).await.map_err(late)?
        })
    }
}
