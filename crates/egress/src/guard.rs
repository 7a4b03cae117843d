//! The guard itself: one set of rules, limits and connections for each kind of caller.

use crate::error::EgressError;
use crate::exchange::Exchanger;
use crate::limits::Limits;
use crate::network::Network;
use crate::policy::Policy;
use crate::request::{Request, Response};
use http::{HeaderName, HeaderValue};

/// On every request that is sent for a script. A server that finds it on a request runs no script for that request: a
/// script that asks its own server for a token would otherwise ask for ever.
pub const SCRIPT_DEPTH: HeaderName = HeaderName::from_static("signet-script-depth");

/// On whose behalf a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A tenant's claims script, which may be hostile.
    Script,
    /// The product itself: webhooks, connectors.
    Product,
    /// The OpenID provider, to URLs that clients registered: key sets, back-channel logout.
    Provider,
}

/// Rules and limits of one purpose.
#[derive(Debug, Clone)]
pub struct Lane {
    pub policy: Policy,
    pub limits: Limits,
}

#[derive(Debug, Clone)]
pub struct EgressConfig {
    pub script: Lane,
    pub product: Lane,
    pub provider: Lane,
}

impl Default for EgressConfig {
    /// Public addresses only.
    fn default() -> Self {
        let product = Lane { policy: Policy::default(), limits: Limits::product() };
        Self {
            script: Lane { policy: Policy::default(), limits: Limits::scripts() },
            provider: Lane { limits: Limits::provider(), ..product.clone() },
            product,
        }
    }
}

pub struct Egress {
    script: Exchanger,
    product: Exchanger,
    provider: Exchanger,
}

impl Egress {
    /// Fails when the TLS library refuses its own defaults.
    pub fn new(config: EgressConfig, network: &Network) -> Result<Self, rustls::Error> {
        let exchanger = |lane: Lane, mark| Exchanger::new((lane.policy, lane.limits), mark, network);
        let mark = (SCRIPT_DEPTH, HeaderValue::from_static("1"));
        Ok(Self {
            script: exchanger(config.script, Some(mark))?,
            product: exchanger(config.product, None)?,
            provider: exchanger(config.provider, None)?,
        })
    }

    /// Sends a request and reads the whole response. Dropping the future aborts it.
    pub async fn send(&self, purpose: Purpose, request: Request) -> Result<Response, EgressError> {
        self.exchanger(purpose).send(request).await
    }

    /// Whether a URL could be asked, as far as that can be said without resolving its name: to refuse it where it is
    /// registered. [`Egress::send`] decides again.
    pub fn admits(&self, purpose: Purpose, url: &str) -> Result<(), EgressError> {
        self.exchanger(purpose).admits(url)
    }

    /// Whether an entry of the allow-list names the host of this URL.
    pub fn is_allow_listed(&self, purpose: Purpose, url: &str) -> bool {
        self.exchanger(purpose).is_allow_listed(url)
    }

    fn exchanger(&self, purpose: Purpose) -> &Exchanger {
        match purpose {
            Purpose::Script => &self.script,
            Purpose::Product => &self.product,
            Purpose::Provider => &self.provider,
        }
    }
}
