//! Listeners: the two tenants', and the private one.

mod by_host;
mod limit;
mod placed;
mod private;
mod threads;

use crate::app::App;
use crate::config::ServerArgs;
use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::Request;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use by_host::by_host;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use limit::LimitAcceptor;
use placed::Peer;
use private::Readiness;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::time::Duration;
use threads::{Desk, Threads};
use tokio::task::{JoinHandle, JoinSet};
use tower::Service as _;

/// Bytes of a request's head, HTTP/1 and HTTP/2 alike.
const MAX_HEAD: usize = 64 * 1024;
/// How long a client may take to send a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a probe under way may take when everything else has ended.
const PRIVATE_SHUTDOWN: Duration = Duration::from_secs(1);

/// Running listeners.
pub struct Server {
    threads: Threads,
    /// What takes connections, one for each listener.
    doors: Vec<JoinHandle<()>>,
    /// What serves them, one for each listener and thread.
    handles: Vec<Handle<Peer>>,
    /// Ends last, so that probes see why the others are gone.
    private: Option<Handle<SocketAddr>>,
    listeners: JoinSet<std::io::Result<()>>,
    readiness: Readiness,
    shutdown_timeout: Duration,
    /// Where the `default` tenant is served.
    pub core_address: SocketAddr,
    /// Where the `admin` tenant is served, unless it shares the other's listener.
    pub admin_address: Option<SocketAddr>,
    /// Where metrics are served, when they are.
    pub private_address: Option<SocketAddr>,
}

impl Server {
    /// Binds and serves.
    pub async fn start(settings: &ServerArgs, app: &App) -> Result<Self> {
        let tls = tls(settings).await?;
        let mut server = Self {
            threads: Threads::start()?,
            doors: Vec::new(),
            handles: Vec::new(),
            private: None,
            listeners: JoinSet::new(),
            readiness: Readiness::default(),
            shutdown_timeout: settings.shutdown_timeout,
            core_address: SocketAddr::new(settings.listen, 0),
            admin_address: None,
            private_address: None,
        };
        let core = by_host(app.core.clone(), app.admin.clone(), settings);
        server.core_address =
            server.listen((settings.listen, settings.port), &core, tls.as_ref(), settings.max_connections)?;
        if !settings.admin_disable_localhost {
            let bind = (settings.listen, settings.admin_port);
            let address = server.listen(bind, &app.admin, tls.as_ref(), settings.max_connections)?;
            server.admin_address = Some(address);
        }
        if let Some(address) = settings.metrics_listen {
            let router = private::router(app.store.clone(), app.pool.clone(), server.readiness.clone())?;
            server.private_address = Some(server.listen_privately(address, router)?);
        }
        Ok(server)
    }

    fn listen(
        &mut self,
        (ip, port): (IpAddr, u16),
        router: &Router,
        tls: Option<&RustlsConfig>,
        max_connections: usize,
    ) -> Result<SocketAddr> {
        let listener = bind(ip, port)?;
        let address = listener.local_addr()?;
        let limit = LimitAcceptor::new(max_connections);
        let mut desks = Vec::new();
        for thread in self.threads.iter() {
            let (desk, placed) = Desk::of(thread, address);
            desks.push(desk);
            let handle = Handle::new();
            self.handles.push(handle.clone());
            let service = router.clone().into_make_service_with_connect_info::<SocketAddr>();
            let mut server = axum_server::Server::from_listener(placed).handle(handle);
            bound(server.http_builder());
            match tls {
                Some(tls) => {
                    let acceptor = RustlsAcceptor::new(tls.clone()).acceptor(limit.clone());
                    self.listeners.spawn_on(server.acceptor(acceptor).serve(service), &thread.runtime);
                }
                None => {
                    self.listeners.spawn_on(server.acceptor(limit.clone()).serve(service), &thread.runtime);
                }
            }
        }
        self.doors.push(threads::accept(listener, desks)?);
        Ok(address)
    }

    /// Probes and metrics are served beside the threads that serve clients, so that they answer when those are busy.
    fn listen_privately(&mut self, address: SocketAddr, router: Router) -> Result<SocketAddr> {
        let listener = bind(address.ip(), address.port())?;
        let address = listener.local_addr()?;
        let handle = Handle::new();
        self.private = Some(handle.clone());
        let mut server = axum_server::from_tcp(listener)?.handle(handle);
        bound(server.http_builder());
        self.listeners.spawn(server.serve(router.into_make_service()));
        Ok(address)
    }

    /// Stops taking connections, lets running requests finish, and returns when they have or their time is over.
    pub async fn drain(mut self) {
        self.readiness.not_ready();
        for door in &self.doors {
            door.abort();
        }
        for handle in &self.handles {
            handle.graceful_shutdown(Some(self.shutdown_timeout));
        }
        let all = self.listeners.len();
        for _ in usize::from(self.private.is_some())..all {
            self.listeners.join_next().await;
        }
        if let Some(private) = &self.private {
            private.graceful_shutdown(Some(PRIVATE_SHUTDOWN));
            self.listeners.join_next().await;
        }
    }

    /// Returns when a listener fails.
    pub async fn failed(&mut self) -> Result<()> {
        match self.listeners.join_next().await {
            Some(Ok(Ok(()))) | None => Ok(()),
            Some(Ok(Err(error))) => Err(error).context("a listener failed"),
            Some(Err(error)) => Err(error).context("a listener ended"),
        }
    }
}

fn bind(ip: IpAddr, port: u16) -> Result<TcpListener> {
    let listener = TcpListener::bind((ip, port)).with_context(|| format!("cannot listen on port {port}"))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Limits of a connection. Without them a slow or endless head holds memory for free.
fn bound(builder: &mut Builder<TokioExecutor>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(MAX_HEAD).unwrap_or(u32::MAX))
        .max_concurrent_streams(200)
        .keep_alive_interval(Some(Duration::from_secs(30)));
}

async fn tls(settings: &ServerArgs) -> Result<Option<RustlsConfig>> {
    let (Some(certificate), Some(key)) = (&settings.https_cert_path, &settings.https_key_path) else { return Ok(None) };
    // Fails only when a provider is installed already, which is the same one.
    rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
    let config = RustlsConfig::from_pem_file(certificate, key).await;
    config.map(Some).with_context(|| format!("cannot use the certificate `{}`", certificate.display()))
}

/// Answers one request without a listener, for tests of the wiring.
pub async fn call(router: &Router, request: Request) -> axum::response::Response {
    match router.clone().call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
