//! Key sets that clients publish themselves: `jwks_uri` (RFC 7591 §2), fetched through the egress guard and kept.
//!
//! Anybody can make us look at a client's set, by sending an assertion in its name. So a set is asked for seldom, by
//! one request for all that wait, and the request goes on when the one who caused it has left. A client whose server
//! is away for a while still signs in, with the last set that was seen.

use serde_json::Value;
use signet_core::id::ApplicationId;
use signet_core::time::{Clock, Timestamp};
use signet_egress::{Egress, EgressError, Purpose, Request, Response};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a set counts as it is, when its server says nothing of it, and at least and at most.
const LIFETIME: Duration = Duration::from_mins(10);
const SHORTEST: Duration = Duration::from_mins(1);
const LONGEST: Duration = Duration::from_hours(1);
/// How much longer it is used while its server is away.
const GRACE: Duration = Duration::from_hours(1);
/// Between two requests for one client's set, whatever the reason.
const PAUSE: Duration = Duration::from_secs(10);
/// Bytes of a set. Sixteen large keys need a quarter.
const MAX_SET: usize = 64 << 10;
/// Sets in memory.
const CAPACITY: u64 = 1000;

/// There is no set that could be used. Why is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the client's key set could not be fetched")]
pub struct KeySetUnavailable;

#[derive(Clone)]
pub(crate) struct KeySets {
    egress: Arc<Egress>,
    clock: Arc<dyn Clock>,
    /// By client and URL: a set of another URL never counts.
    slots: moka::sync::Cache<(ApplicationId, String), Arc<Slot>>,
}

#[derive(Default)]
struct Slot {
    held: Mutex<Held>,
    /// Held while the set is asked for; whoever waits for it finds the answer.
    asking: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Clone, Default)]
struct Held {
    /// The set, and until when it counts.
    set: Option<(Arc<Value>, Timestamp)>,
    asked_at: Option<Timestamp>,
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Refused(#[from] EgressError),
    #[error("`http` is only allowed for hosts that SIGNET_EGRESS_ALLOW names")]
    NotHttps,
    #[error("the status is {0}")]
    Status(u16),
    #[error("the body is no JSON Web Key Set")]
    NoSet,
}

impl KeySets {
    pub(crate) fn new(egress: Arc<Egress>, clock: Arc<dyn Clock>) -> Self {
        Self { egress, clock, slots: moka::sync::Cache::new(CAPACITY) }
    }

    /// Whether a set could be fetched from this URL, as far as that can be said without trying.
    pub(crate) fn accepts(&self, url: &str) -> Result<(), String> {
        self.check(url).map_err(|failure| failure.to_string())
    }

    /// Keys must not be exchanged on the way, so the way is protected, or one that the operator knows.
    fn check(&self, url: &str) -> Result<(), Failure> {
        self.egress.admits(Purpose::Provider, url)?;
        let is_protected = url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"));
        if is_protected || self.egress.is_allow_listed(Purpose::Provider, url) {
            Ok(())
        } else {
            Err(Failure::NotHttps)
        }
    }

    /// The set of a client.
    pub(crate) async fn current(&self, client: &ApplicationId, url: &str) -> Result<Arc<Value>, KeySetUnavailable> {
        let slot = self.slot(client, url);
        if let Some(set) = slot.held().fresh(self.clock.now()) {
            return Ok(set);
        }
        self.ask(client, url, |held, now| held.fresh(now).is_none()).await;
        slot.held().usable(self.clock.now()).ok_or(KeySetUnavailable)
    }

    /// The set of a client that has signed with a key that `known` does not have: it may have been changed.
    pub(crate) async fn renewed(&self, client: &ApplicationId, url: &str, known: Arc<Value>) -> Arc<Value> {
        let seen = known.clone();
        self.ask(client, url, move |held, _| held.set.as_ref().is_none_or(|(set, _)| Arc::ptr_eq(set, &seen))).await;
        self.slot(client, url).held().usable(self.clock.now()).unwrap_or(known)
    }

    fn slot(&self, client: &ApplicationId, url: &str) -> Arc<Slot> {
        self.slots.get_with((client.clone(), url.to_owned()), Arc::default)
    }

    /// Asks for the set, if that is still wanted when it is our turn.
    async fn ask<W>(&self, client: &ApplicationId, url: &str, is_wanted: W)
    where
        W: FnOnce(&Held, Timestamp) -> bool + Send + 'static,
    {
        let (sets, slot) = (self.clone(), self.slot(client, url));
        let (client, url) = (client.clone(), url.to_owned());
        let task = tokio::spawn(async move {
            let _turn = slot.asking.clone().lock_owned().await;
            let now = sets.clock.now();
            let held = slot.held();
            if !is_wanted(&held, now) || held.asked_at.is_some_and(|at| now < at.plus(PAUSE)) {
                return;
            }
            slot.change(|held| held.asked_at = Some(now));
            match sets.fetch(&url).await {
                Ok((set, lifetime)) => slot.change(|held| held.set = Some((Arc::new(set), now.plus(lifetime)))),
                Err(error) => {
                    tracing::warn!(client.id = %client, %error, "the key set of a client could not be fetched");
                }
            }
        });
        // It fails only when it panics, and then there is no set.
        task.await.ok();
    }

    async fn fetch(&self, url: &str) -> Result<(Value, Duration), Failure> {
        self.check(url)?;
        let request = Request::get(url)?.header("accept", "application/jwk-set+json, application/json")?;
        let response = self.egress.send(Purpose::Provider, request.body_limit(MAX_SET)).await?;
        if response.status != 200 {
            return Err(Failure::Status(response.status.as_u16()));
        }
        let set: Value = serde_json::from_slice(&response.body).map_err(|_| Failure::NoSet)?;
        if set.get("keys").is_none_or(|keys| !keys.is_array()) {
            return Err(Failure::NoSet);
        }
        Ok((set, lifetime(&response)))
    }
}

impl Slot {
    fn held(&self) -> Held {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Held)) {
        change(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Held {
    fn fresh(&self, now: Timestamp) -> Option<Arc<Value>> {
        self.set.as_ref().filter(|(_, until)| now < *until).map(|(set, _)| set.clone())
    }

    fn usable(&self, now: Timestamp) -> Option<Arc<Value>> {
        self.set.as_ref().filter(|(_, until)| now < until.plus(GRACE)).map(|(set, _)| set.clone())
    }
}

/// `Cache-Control: max-age` (RFC 9111 §5.2.2.1), within bounds: a server that asks for none would be asked for every
/// token, and one that asks for a year could never take a key back.
fn lifetime(response: &Response) -> Duration {
    let values = response.headers.get_all("cache-control").iter().filter_map(|value| value.to_str().ok());
    let mut directives = values.flat_map(|value| value.split(',')).map(str::trim);
    let age = directives.find_map(|directive| match directive.split_once('=') {
        Some((name, seconds)) if name.eq_ignore_ascii_case("max-age") => seconds.trim_matches('"').parse().ok(),
        Some(_) => None,
        None => ["no-store", "no-cache"].iter().any(|name| directive.eq_ignore_ascii_case(name)).then_some(0),
    });
    age.map_or(LIFETIME, Duration::from_secs).clamp(SHORTEST, LONGEST)
}
