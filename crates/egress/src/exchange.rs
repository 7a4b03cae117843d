//! One request from end to end: every hop vetted, every limit counted.

use crate::body::{self, BodyFailure};
use crate::connect::Connector;
use crate::error::{EgressError, find};
use crate::limits::Limits;
use crate::network::Network;
use crate::policy::Policy;
use crate::redirect::Hop;
use crate::request::{Request, Response};
use crate::tls;
use bytes::Bytes;
use http::header::CONTENT_ENCODING;
use http::{HeaderName, HeaderValue, Uri};
use http_body::Body as _;
use http_body_util::{Full, Limited};
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use tower_http::decompression::{Decompression, DecompressionBody};

/// How long a connection waits for another request.
const IDLE: Duration = Duration::from_secs(10);
const IDLE_PER_HOST: usize = 8;
/// More headers than any server sends; each costs more memory than its bytes.
const MAX_HEADERS: usize = 128;
/// Compressed bytes may be this many times the body's limit. Data that does not compress grows a little; a stream that
/// never yields anything ends here.
const COMPRESSED_FACTOR: usize = 2;

type Raw = http::Response<Limited<Incoming>>;
type Decoded = http::Response<DecompressionBody<Limited<Incoming>>>;

/// Sends requests of one kind, over connections of its own.
pub(crate) struct Exchanger {
    policy: Arc<Policy>,
    limits: Limits,
    client: Client<HttpsConnector<Connector>, Full<Bytes>>,
    turns: Semaphore,
    /// Added to every hop; the caller cannot set or remove it.
    mark: Option<(HeaderName, HeaderValue)>,
}

impl Exchanger {
    pub(crate) fn new(
        (policy, limits): (Policy, Limits),
        mark: Option<(HeaderName, HeaderValue)>,
        network: &Network,
    ) -> Result<Self, rustls::Error> {
        let policy = Arc::new(policy);
        let connector = Connector::new(policy.clone(), network.clone(), &limits);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls::client_config(&network.roots)?)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(IDLE_PER_HOST)
            .http1_max_headers(MAX_HEADERS)
            .http1_max_buf_size(limits.header_bytes)
            .http2_max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
            .build(connector);
        Ok(Self { policy, client, turns: Semaphore::new(limits.concurrent), mark, limits })
    }

    /// What can be said of a URL without any request.
    pub(crate) fn admits(&self, url: &str) -> Result<(), EgressError> {
        self.policy.admit(&Hop::first(Request::get(url)?)?.target)
    }

    pub(crate) fn is_allow_listed(&self, url: &str) -> bool {
        let hop = Request::get(url).and_then(Hop::first);
        hop.is_ok_and(|hop| self.policy.is_allow_listed(&hop.target))
    }

    /// Dropping the future ends the exchange.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, EgressError> {
        let limit = self.limits.exchange;
        tokio::time::timeout(limit, self.follow(request)).await.unwrap_or(Err(EgressError::Timeout { limit }))
    }

    async fn follow(&self, request: Request) -> Result<Response, EgressError> {
        let body_limit = request.body_limit.min(self.limits.body_bytes);
        let mut hop = Hop::first(request)?;
        self.policy.admit(&hop.target)?;
        // Nobody closes the semaphore, so there is always a turn to wait for.
        let _turn = self.turns.acquire().await;
        let mut followed = 0;
        loop {
            self.policy.admit(&hop.target)?;
            let response = self.ask(&hop, body_limit).await?;
            let Some(next) = hop.next(response.status(), response.headers())? else {
                return answer(hop, response, (followed > 0, body_limit)).await;
            };
            if followed == self.limits.redirects {
                return Err(EgressError::TooManyRedirects(followed));
            }
            followed += 1;
            hop = next;
        }
    }

    async fn ask(&self, hop: &Hop, body_limit: usize) -> Result<Decoded, EgressError> {
        let uri: Uri = hop.url.as_str().parse().map_err(|_| EgressError::InvalidUrl)?;
        let mut request = http::Request::new(Full::new(hop.body.clone().unwrap_or_default()));
        *request.method_mut() = hop.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = hop.headers.clone();
        if let Some((name, value)) = &self.mark {
            request.headers_mut().insert(name, value.clone());
        }
        let compressed_limit = body_limit.saturating_mul(COMPRESSED_FACTOR);
        let raw = tower::service_fn(|request| async {
            let response = self.client.request(request).await?;
            Ok::<_, ClientError>(capped(response, compressed_limit))
        });
        Decompression::new(raw).oneshot(request).await.map_err(|error| self.failure(hop, &error))
    }

    /// What went wrong, in our words.
    fn failure(&self, hop: &Hop, error: &(dyn Error + 'static)) -> EgressError {
        if let Some(refusal) = find::<EgressError>(error) {
            return refusal.clone();
        }
        let host = hop.target.host.clone();
        if let Some(tls) = find::<rustls::Error>(error) {
            return EgressError::Tls { host, reason: tls.to_string() };
        }
        tracing::debug!(error, "an outbound request failed");
        match find::<hyper::Error>(error) {
            Some(http) if http.is_parse_too_large() => EgressError::HeaderSize(self.limits.header_bytes),
            _ => EgressError::Broken { host },
        }
    }
}

fn capped(response: http::Response<Incoming>, limit: usize) -> Raw {
    let (mut parts, body) = response.into_parts();
    // A response without body, to `HEAD` for instance, still says how its body would be coded.
    if body.is_end_stream() {
        parts.headers.remove(CONTENT_ENCODING);
    }
    http::Response::from_parts(parts, Limited::new(body, limit))
}

async fn answer(hop: Hop, response: Decoded, (redirected, limit): (bool, usize)) -> Result<Response, EgressError> {
    let (parts, body) = response.into_parts();
    let body = body::read(body, limit).await.map_err(|failure| match failure {
        BodyFailure::TooLarge => EgressError::BodySize(limit),
        BodyFailure::Broken => EgressError::Broken { host: hop.target.host.clone() },
    })?;
    let written = parts.extensions.get::<ReasonPhrase>().map(|reason| String::from_utf8_lossy(reason.as_bytes()));
    let usual = || if parts.version < http::Version::HTTP_2 { parts.status.canonical_reason() } else { None };
    let status_text = written.unwrap_or_else(|| usual().unwrap_or_default().into()).into_owned();
    Ok(Response { status: parts.status, status_text, headers: parts.headers, url: hop.url, redirected, body })
}
