//! Counts how often a Signet waits for PostgreSQL, by a relay between the two that looks at who speaks.

use signet_storage::DatabaseUrl;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinHandle;
use tokio_postgres::config::Host;

/// See the module.
pub struct RoundTrips {
    count: Arc<AtomicU64>,
    relay: JoinHandle<()>,
}

impl RoundTrips {
    /// A relay to a database, and the address that leads through it. `None` on SQLite, for which nobody waits.
    pub(crate) async fn to(url: &DatabaseUrl) -> Option<(Self, DatabaseUrl)> {
        let DatabaseUrl::Postgres(url) = url else { return None };
        let config: tokio_postgres::Config = url.parse().unwrap();
        let (host, port) = (config.get_hosts()[0].clone(), config.get_ports().first().copied().unwrap_or(5432));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let mut through = url::Url::parse(url).unwrap();
        through.set_host(Some("127.0.0.1")).unwrap();
        through.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let count: Arc<AtomicU64> = Arc::default();
        let counted = count.clone();
        let relay = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(connect(client, (host.clone(), port), counted.clone()));
            }
        });
        Some((Self { count, relay }, DatabaseUrl::Postgres(through.into())))
    }

    /// How often somebody has asked after the last answer. Questions that follow each other are asked once.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}

impl Drop for RoundTrips {
    fn drop(&mut self) {
        self.relay.abort();
    }
}

async fn connect(client: TcpStream, (host, port): (Host, u16), count: Arc<AtomicU64>) {
    client.set_nodelay(true).unwrap();
    match host {
        Host::Tcp(name) => relay(client, TcpStream::connect((name, port)).await.unwrap(), count).await,
        Host::Unix(directory) => {
            let socket = directory.join(format!(".s.PGSQL.{port}"));
            relay(client, UnixStream::connect(socket).await.unwrap(), count).await;
        }
    }
}

async fn relay(client: TcpStream, server: impl AsyncRead + AsyncWrite, count: Arc<AtomicU64>) {
    let (mut from_client, mut to_client) = tokio::io::split(client);
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let answered = AtomicBool::new(true);
    let asks = async {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(length @ 1..) = from_client.read(&mut buffer).await {
            count.fetch_add(u64::from(answered.swap(false, Ordering::SeqCst)), Ordering::SeqCst);
            if to_server.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
    };
    let answers = async {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(length @ 1..) = from_server.read(&mut buffer).await {
            answered.store(true, Ordering::SeqCst);
            if to_client.write_all(&buffer[..length]).await.is_err() {
                break;
            }
        }
    };
    tokio::select! {
        () = asks => {}
        () = answers => {}
    }
}
