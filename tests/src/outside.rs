//! The world outside of Signet: servers that it calls. They listen on loopback, and no story calls anything else.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{Request, Response};
use signet_egress::network::{Dialing, Resolving};
use signet_egress::{Dial, Network, Resolve, Roots};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A server that somebody else runs.
pub struct Receiver {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<(Parts, Bytes)>>>,
    task: JoinHandle<()>,
}

impl Receiver {
    /// Answers each request with what `answer` makes of it.
    pub async fn answering(answer: impl Fn(&Parts) -> Response<Body> + Clone + Send + Sync + 'static) -> Self {
        let seen: Arc<Mutex<Vec<(Parts, Bytes)>>> = Arc::default();
        let noted = seen.clone();
        let router = Router::new().fallback(async move |request: Request<Body>| {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let response = answer(&parts);
            noted.lock().unwrap().push((parts, body));
            response
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, seen, task }
    }

    /// Answers everything with this JSON.
    pub async fn saying(json: serde_json::Value) -> Self {
        Self::answering(move |_| {
            Response::builder().header("content-type", "application/json").body(Body::from(json.to_string())).unwrap()
        })
        .await
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Without a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Heads and bodies of the requests that came.
    pub fn requests(&self) -> Vec<(Parts, Bytes)> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Who is where. Names without an entry do not exist.
#[derive(Clone, Default)]
pub(crate) struct Outside {
    names: HashMap<String, IpAddr>,
    receivers: HashMap<IpAddr, SocketAddr>,
}

impl Outside {
    pub(crate) fn add(&mut self, name: &str, receiver: SocketAddr) {
        let number = u8::try_from(self.names.len() + 1).unwrap();
        // An address that the guard takes for public; the connection is made to the receiver.
        let address = IpAddr::from([93, 184, 215, number]);
        self.names.insert(name.to_owned(), address);
        self.receivers.insert(address, receiver);
    }

    pub(crate) fn network(self) -> Network {
        let outside = Arc::new(self);
        Network { resolver: outside.clone(), dialer: outside, roots: Roots::Only(Vec::new()) }
    }
}

impl Resolve for Outside {
    fn resolve(&self, name: &str) -> Resolving {
        let local = (name == "localhost").then_some(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let found = self.names.get(name).copied().or(local).map(|address| vec![address]);
        Box::pin(std::future::ready(found.ok_or_else(|| io::ErrorKind::NotFound.into())))
    }
}

impl Dial for Outside {
    fn dial(&self, address: SocketAddr) -> Dialing {
        let receiver = self.receivers.get(&address.ip()).copied();
        let target = receiver.or(address.ip().is_loopback().then_some(address));
        Box::pin(async move {
            let target = target.ok_or(io::ErrorKind::HostUnreachable)?;
            TcpStream::connect(target).await
        })
    }
}
