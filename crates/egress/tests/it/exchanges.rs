//! What is sent, and what comes back.

use crate::support::{World, get, response};
use flate2::Compression;
use flate2::write::GzEncoder;
use signet_egress::{EgressError, Network, Purpose, Request, Roots};
use std::io::Write as _;

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_request_arrives_and_the_response_comes_back() {
    let world = World::answering(|_| response("404 Not Here", &["x-answer: no", "x-answer: never"], b"nothing")).await;
    let request = Request::new("POST", "http://api.example/claims?x=1#part").unwrap();
    let request = request.header("Authorization", "Bearer key").unwrap().body("{}");

    let answer = world.guard().send(Purpose::Script, request).await.unwrap();

    assert_eq!((answer.status.as_u16(), answer.status_text.as_str()), (404, "Not Here"));
    assert_eq!(answer.headers.get_all("x-answer").iter().collect::<Vec<_>>(), ["no", "never"]);
    assert_eq!((answer.url.as_str(), answer.redirected), ("http://api.example/claims?x=1", false));
    assert_eq!(answer.body, "nothing");
    let head = &world.heads()[0];
    assert!(head.starts_with("POST /claims?x=1 HTTP/1.1\r\n"), "{head}");
    for line in [
        "authorization: Bearer key",
        "host: api.example",
        "content-length: 2",
        "user-agent: Signet",
        "accept-encoding: gzip,br",
    ] {
        assert!(head.contains(&format!("{line}\r\n")), "{line}: {head}");
    }
}

#[tokio::test]
async fn attack_22_a_caller_cannot_frame_or_steer() {
    let world = World::answering(|_| response("200 OK", &[], b"")).await;
    let mut request = Request::get("http://api.example/").unwrap();
    for name in ["Host", "Transfer-Encoding", "Content-Length", "Connection", "Upgrade", "Proxy-Authorization"] {
        request = request.header(name, "evil.example").unwrap();
    }

    world.guard().send(Purpose::Script, request).await.unwrap();

    assert!(!world.heads()[0].contains("evil"), "{}", world.heads()[0]);
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let world = World::answering(|_| response("200 OK", &[], b"x")).await;
    let guard = world.guard();

    for _ in 0..3 {
        get(&guard, "http://api.example/").await.unwrap();
    }

    assert_eq!((world.heads().len(), world.dialed().len(), world.resolved().len()), (3, 1, 1));
}

#[tokio::test]
async fn compressed_bodies_are_unpacked() {
    let packed = gzip(b"hello");
    let world = World::answering(move |_| response("200 OK", &["content-encoding: gzip"], &packed)).await;
    let answer = get(&world.guard(), "http://api.example/").await.unwrap();

    assert_eq!(answer.body, "hello");
    assert!(!answer.headers.contains_key("content-encoding") && !answer.headers.contains_key("content-length"));
}

#[tokio::test]
async fn a_response_without_body_may_name_a_coding() {
    let world =
        World::answering(|_| b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 9\r\n\r\n".to_vec()).await;
    let request = Request::new("HEAD", "http://api.example/").unwrap();

    let answer = world.guard().send(Purpose::Script, request).await.unwrap();

    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
}

#[tokio::test]
async fn what_is_no_http_is_an_error_that_tells_no_detail() {
    for bytes in ["SSH-2.0-OpenSSH\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nshort", ""] {
        let world = World::serving(move |mut stream, _| async move {
            tokio::io::AsyncWriteExt::write_all(&mut stream, bytes.as_bytes()).await.ok();
        })
        .await;
        let refusal = get(&world.guard(), "http://api.example/").await.unwrap_err();
        assert_eq!(refusal, EgressError::Broken { host: "api.example".to_owned() }, "{bytes}");
    }
}

#[tokio::test]
async fn a_closed_port_is_an_error_that_says_so() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let world = World::at(listener.local_addr().unwrap());
    drop(listener);

    let refusal = get(&world.guard(), "http://api.example/").await.unwrap_err();

    assert_eq!(refusal.to_string(), "there is no connection to `api.example`: connection refused");
}

#[test]
fn the_system_has_roots_or_those_of_browsers_are_taken() {
    let network = Network { roots: Roots::System, ..Network::system() };
    assert!(signet_egress::Egress::new(signet_egress::EgressConfig::default(), &network).is_ok());
}
