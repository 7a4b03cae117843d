//! TLS, and HTTP/2 when the server speaks it.

use crate::support::World;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use signet_egress::{Egress, EgressConfig, EgressError, Network, Purpose, Request, Roots};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

struct SecureServer {
    world: World,
    certificate: CertificateDer<'static>,
    connections: Arc<AtomicUsize>,
}

/// `https://api.example`, which answers with the protocol that it was asked in.
async fn secure_server() -> SecureServer {
    let made = rcgen::generate_simple_self_signed(["api.example".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = builder.with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let world = World::at(listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            count.fetch_add(1, Ordering::SeqCst);
            let answer = service_fn(|request: http::Request<hyper::body::Incoming>| async move {
                let spoken = format!("{:?}", request.version());
                Ok::<_, std::convert::Infallible>(http::Response::new(http_body_util::Full::new(bytes::Bytes::from(
                    spoken,
                ))))
            });
            tokio::spawn(async move {
                auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), answer).await.ok();
            });
        }
    });
    SecureServer { world, certificate, connections }
}

#[tokio::test]
async fn requests_share_one_http2_connection() {
    let server = secure_server().await;
    let network = Network { roots: Roots::Only(vec![server.certificate.clone()]), ..server.world.network() };
    let guard = Egress::new(EgressConfig::default(), &network).unwrap();
    let ask = || guard.send(Purpose::Product, Request::get("https://api.example/").unwrap());

    assert_eq!(ask().await.unwrap().body, "HTTP/2.0");
    let (one, two) = tokio::join!(ask(), ask());

    assert_eq!((one.unwrap().body, two.unwrap().status_text.as_str()), ("HTTP/2.0".into(), ""));
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let server = secure_server().await;
    let guard = server.world.guard();

    let refusal = guard.send(Purpose::Script, Request::get("https://api.example/").unwrap()).await.unwrap_err();

    assert!(matches!(&refusal, EgressError::Tls { .. }), "{refusal}");
    let text = refusal.to_string();
    assert!(text.starts_with("there is no secure connection to `api.example`: invalid peer certificate"), "{text}");
}
