//! A world of one receiver: who is called how, and who answers what.

use signet_egress::network::{Dialing, Resolving};
use signet_egress::{Dial, Egress, EgressConfig, EgressError, Network, Purpose, Request, Resolve, Response, Roots};
use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The address of every name that a test does not mention.
pub(crate) const PUBLIC: IpAddr = IpAddr::V4(Ipv4Addr::new(93, 184, 215, 14));

#[derive(Clone)]
pub(crate) struct World {
    receiver: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    /// What a name resolves to, one answer after the other; the last one stays.
    names: Arc<Mutex<HashMap<String, Vec<Vec<IpAddr>>>>>,
}

#[derive(Default)]
struct Seen {
    heads: Vec<String>,
    resolved: Vec<String>,
    dialed: Vec<SocketAddr>,
}

impl World {
    /// Answers each request with what `answer` makes of its head, over connections that stay open.
    pub(crate) async fn answering(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::serving(move |mut stream, mut head| {
            let answer = answer.clone();
            async move {
                loop {
                    let (reply, closes) = (answer(&head.text), head.text.contains("connection: close"));
                    if stream.write_all(&reply).await.is_err() || closes {
                        return;
                    }
                    let Some(next) = head.next(&mut stream).await else { return };
                    head = next;
                }
            }
        })
        .await
    }

    /// Hands each connection over when its first request has come.
    pub(crate) async fn serving<S, F>(serve: S) -> Self
    where
        S: Fn(TcpStream, Head) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let world = Self::at(listener.local_addr().unwrap());
        let seen = world.seen.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let first = Head { text: String::new(), seen: seen.clone() };
                if let Some(head) = first.next(&mut stream).await {
                    tokio::spawn(serve(stream, head));
                }
            }
        });
        world
    }

    /// Connections end at this address.
    pub(crate) fn at(receiver: SocketAddr) -> Self {
        Self { receiver, seen: Arc::default(), names: Arc::default() }
    }

    pub(crate) fn name(&self, name: &str, answers: &[&[&str]]) {
        let parsed = |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        self.names.lock().unwrap().insert(name.to_owned(), answers.iter().map(parsed).collect());
    }

    pub(crate) fn network(&self) -> Network {
        Network { resolver: Arc::new(self.clone()), dialer: Arc::new(self.clone()), roots: Roots::Only(Vec::new()) }
    }

    pub(crate) fn guard(&self) -> Egress {
        self.guard_with(|_| {})
    }

    pub(crate) fn guard_with(&self, change: impl FnOnce(&mut EgressConfig)) -> Egress {
        let mut config = EgressConfig::default();
        change(&mut config);
        Egress::new(config, &self.network()).unwrap()
    }

    /// Heads of the requests that came.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.seen.lock().unwrap().heads.clone()
    }

    /// Addresses that the guard wanted a connection to.
    pub(crate) fn dialed(&self) -> Vec<SocketAddr> {
        self.seen.lock().unwrap().dialed.clone()
    }

    /// Names that were resolved.
    pub(crate) fn resolved(&self) -> Vec<String> {
        self.seen.lock().unwrap().resolved.clone()
    }
}

impl Resolve for World {
    fn resolve(&self, name: &str) -> Resolving {
        self.seen.lock().unwrap().resolved.push(name.to_owned());
        let mut names = self.names.lock().unwrap();
        let addresses = match names.get_mut(name) {
            None => vec![PUBLIC],
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers[0].clone(),
        };
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

impl Dial for World {
    fn dial(&self, address: SocketAddr) -> Dialing {
        self.seen.lock().unwrap().dialed.push(address);
        Box::pin(TcpStream::connect(self.receiver))
    }
}

/// A request's head, and where it is noted.
pub(crate) struct Head {
    pub(crate) text: String,
    seen: Arc<Mutex<Seen>>,
}

impl Head {
    /// The next head of the connection. A body, if any, is read and forgotten.
    async fn next(&self, stream: &mut TcpStream) -> Option<Self> {
        let mut text = String::new();
        while !text.ends_with("\r\n\r\n") {
            text.push(char::from(stream.read_u8().await.ok()?));
        }
        let length = text.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
        if let Some(length) = length {
            stream.read_exact(&mut vec![0; length.parse().ok()?]).await.ok()?;
        }
        self.seen.lock().unwrap().heads.push(text.clone());
        Some(Self { text, seen: self.seen.clone() })
    }
}

/// A response with these header lines.
pub(crate) fn response(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len()).into_bytes();
    for line in headers {
        bytes.extend_from_slice(format!("{line}\r\n").as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
}

pub(crate) async fn get(guard: &Egress, url: &str) -> Result<Response, EgressError> {
    guard.send(Purpose::Script, Request::get(url)?).await
}

/// What the caller is told.
pub(crate) async fn refusal(guard: &Egress, url: &str) -> String {
    get(guard, url).await.unwrap_err().to_string()
}
