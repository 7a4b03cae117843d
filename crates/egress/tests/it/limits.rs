//! Whatever the other side does, an exchange ends, and what it takes is bounded.

use crate::exchanges::gzip;
use crate::support::{World, get, refusal, response};
use futures_util::future::join_all;
use signet_egress::network::Resolving;
use signet_egress::{EgressError, Limits, Network, Resolve};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;

fn small() -> Limits {
    let limit = Duration::from_millis(300);
    Limits { exchange: limit, connect: limit / 3, body_bytes: 10_000, header_bytes: 8192, ..Limits::scripts() }
}

#[tokio::test]
async fn attack_20_a_response_that_trickles_ends_with_its_time() {
    for begins in ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nx: "] {
        let world = World::serving(move |mut stream, _| async move {
            stream.write_all(begins.as_bytes()).await.ok();
            let part: &[u8] = if begins.ends_with("\r\n") { b"1\r\n.\r\n" } else { b"." };
            while stream.write_all(part).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        let guard = world.guard_with(|config| config.script.limits = small());

        assert_eq!(refusal(&guard, "http://api.example/").await, "the response was not complete within 300 ms");
    }
}

#[tokio::test]
async fn attack_20_an_endless_body_ends_at_its_limit() {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = sent.clone();
    let world = World::serving(move |mut stream, _| {
        let count = count.clone();
        async move {
            stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await.ok();
            while stream.write_all(&[b'x'; 4096]).await.is_ok() {
                count.fetch_add(4096, Ordering::SeqCst);
            }
        }
    })
    .await;
    let guard = world.guard_with(|config| config.script.limits = small());

    assert_eq!(get(&guard, "http://api.example/").await.unwrap_err(), EgressError::BodySize(10_000));

    assert!(sent.load(Ordering::SeqCst) < 20 << 20, "what the sockets hold, and not more");
}

#[tokio::test]
async fn attack_20_a_bomb_is_counted_as_it_unpacks() {
    let zeros = vec![0; 50 << 20];
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &zeros[..], &mut brotli, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    // Blocks of no bytes (RFC 1951 §3.2.4): much comes in, nothing comes out.
    let nothing = [&gzip(b"")[..10], &[0, 0, 0, 0xff, 0xff].repeat(10_000)[..]].concat();
    for (coding, body) in [("gzip", gzip(&zeros)), ("br", brotli), ("gzip", nothing)] {
        let line = format!("content-encoding: {coding}");
        let world = World::answering(move |_| response("200 OK", &[&line], &body)).await;
        let guard = world.guard_with(|config| config.script.limits = small());

        assert_eq!(get(&guard, "http://api.example/").await.unwrap_err(), EgressError::BodySize(10_000), "{coding}");
    }
}

#[tokio::test]
async fn attack_20_headers_end_at_their_limit() {
    let large = format!("x-large: {}", "x".repeat(9000));
    let world = World::answering(move |_| response("200 OK", &[&large], b"")).await;
    let guard = world.guard_with(|config| config.script.limits = small());
    assert_eq!(get(&guard, "http://api.example/").await.unwrap_err(), EgressError::HeaderSize(8192));

    let world = World::answering(|_| response("200 OK", &["x-many: 1"; 200], b"")).await;
    assert!(get(&world.guard(), "http://api.example/").await.is_err());
}

/// Answers for no name.
struct Hanging(Arc<AtomicUsize>);

impl Resolve for Hanging {
    fn resolve(&self, _: &str) -> Resolving {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn attack_20_names_that_hang_end_with_their_time_and_take_few_threads() {
    let world = World::answering(|_| response("200 OK", &[], b"")).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let network = Network { resolver: Arc::new(Hanging(asked.clone())), ..world.network() };
    let mut config = signet_egress::EgressConfig::default();
    config.script.limits = Limits { lookups: 2, ..small() };
    let guard = signet_egress::Egress::new(config, &network).unwrap();

    let urls: Vec<String> = (0..6).map(|number| format!("http://hang{number}.example/")).collect();
    let refusals = join_all(urls.iter().map(|url| refusal(&guard, url))).await;

    assert_eq!(refusals[0], "there was no connection to `hang0.example` within 100 ms");
    assert!(refusals.iter().all(|refusal| refusal.starts_with("there was no connection")), "{refusals:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    // Addresses need no resolver.
    assert!(get(&guard, "http://93.184.215.14/").await.is_ok());
}

#[tokio::test]
async fn attack_21_exchanges_and_connections_are_bounded() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (running, peak) = (now.clone(), most.clone());
    let world = World::serving(move |mut stream, _| {
        let (running, peak) = (running.clone(), peak.clone());
        async move {
            peak.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(5)).await;
            running.fetch_sub(1, Ordering::SeqCst);
            stream.write_all(&response("200 OK", &["connection: close"], b"")).await.ok();
        }
    })
    .await;
    for limits in [Limits { concurrent: 3, ..Limits::scripts() }, Limits { connections: 3, ..Limits::scripts() }] {
        let guard = world.guard_with(|config| config.script.limits = limits);

        let answers = join_all((0..30).map(|_| get(&guard, "http://api.example/"))).await;

        assert!(answers.iter().all(Result::is_ok));
        assert!(most.load(Ordering::SeqCst) <= 3, "{most:?}");
    }
}

#[tokio::test]
async fn an_abandoned_exchange_leaves_no_connection() {
    let (came, gone) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (comes, goes) = (came.clone(), gone.clone());
    let world = World::serving(move |mut stream, _| {
        let (comes, goes) = (comes.clone(), goes.clone());
        async move {
            comes.notify_one();
            // Nothing more comes but the end of the connection.
            if matches!(stream.read(&mut [0]).await, Ok(0) | Err(_)) {
                goes.notify_one();
            }
        }
    })
    .await;
    let guard = world.guard();

    tokio::select! {
        answer = get(&guard, "http://api.example/") => unreachable!("{answer:?}"),
        () = came.notified() => {}
    }

    tokio::time::timeout(Duration::from_secs(5), gone.notified()).await.unwrap();
}
