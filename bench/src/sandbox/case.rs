//! What is run: a script that does nothing, one that does what claims scripts do, on the same context each time or on
//! another one, and that one with a request.

use crate::workload::{Scenario, large_input};
use anyhow::{Result, ensure};
use signet_sandbox::{Circuit, FetchRequest, FetchResponse, Fetcher, Limits, Outcome, RunRequest, Script};
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The function that the server calls in a claims script.
pub(crate) const ENTRY: &str = "getCustomJwtClaims";
const TRIVIAL: &str = "const getCustomJwtClaims = async () => ({});";
/// Ends nothing but by the limit.
const ENDLESS: &str = "const getCustomJwtClaims = async () => { while (true) {} };";
/// Whose context it is. There are more than workers, so that none gets the same each time.
const CUSTOMERS: [&str; 5] = [CUSTOMER, "Bea Example", "Cai Example", "Dan Example", "Eva Example"];
/// Who is in the input of all cases.
const CUSTOMER: &str = "Ada Example";
/// How long an endless script runs.
const ENDLESS_LIMIT: Duration = Duration::from_millis(500);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Trivial,
    Realistic,
    /// The same on a context that is not that of the run before.
    Changing,
    Fetching,
}

impl Case {
    pub(crate) const ALL: [Self; 4] = [Self::Trivial, Self::Realistic, Self::Changing, Self::Fetching];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Trivial => "trivial",
            Self::Realistic => "4 KB context, eight claims",
            Self::Changing => "another 4 KB context each time",
            Self::Fetching => "the same context, with one request",
        }
    }

    pub(crate) fn source(self) -> String {
        let realistic = Scenario::Large.script().unwrap_or_default();
        match self {
            Self::Trivial => TRIVIAL.to_owned(),
            Self::Realistic | Self::Changing => realistic.to_owned(),
            Self::Fetching => format!("{realistic}{}", include_str!("fetching.js")),
        }
    }

    pub(crate) fn input(self) -> String {
        if self == Self::Trivial { "{}".to_owned() } else { large_input() }
    }

    /// What runs are given in turns.
    fn inputs(self) -> impl Iterator<Item = String> {
        let count = if self == Self::Changing { CUSTOMERS.len() } else { 1 };
        CUSTOMERS.into_iter().take(count).map(move |customer| self.input().replace(CUSTOMER, customer))
    }

    fn entry(self) -> &'static str {
        if self == Self::Fetching { "withLevel" } else { ENTRY }
    }

    /// One run for a tenant.
    pub(crate) fn request(self, tenant: &str) -> Request {
        self.variant(tenant, "")
    }

    /// The same with a script that differs from others by a comment, so that it is another one to the workers.
    pub(crate) fn variant(self, tenant: &str, comment: &str) -> Request {
        Request {
            tenant: tenant.into(),
            script: Script::new(format!("{}// {comment}\n", self.source()), self.entry()),
            inputs: self.inputs().map(Into::into).collect(),
            runs: AtomicUsize::new(0),
            limits: Limits::default(),
            is_endless: false,
        }
    }
}

/// What a client asks the pool for.
pub(crate) struct Request {
    tenant: Arc<str>,
    script: Script,
    inputs: Vec<Arc<str>>,
    /// How many there were.
    runs: AtomicUsize,
    limits: Limits,
    is_endless: bool,
}

impl Request {
    pub(crate) fn endless(tenant: &str) -> Self {
        let limits = Limits { wall: ENDLESS_LIMIT, cpu: ENDLESS_LIMIT, ..Limits::default() };
        let script = Script::new(ENDLESS, ENTRY);
        let (inputs, runs) = (vec!["{}".into()], AtomicUsize::new(0));
        Self { tenant: tenant.into(), script, inputs, runs, limits, is_endless: true }
    }

    pub(crate) fn as_run(&self) -> RunRequest<'_> {
        let turn = self.runs.fetch_add(1, Ordering::Relaxed).checked_rem(self.inputs.len());
        let input = turn.and_then(|turn| self.inputs.get(turn)).map_or("{}", |input| input);
        RunRequest {
            tenant: &self.tenant,
            script: &self.script,
            input: input.as_bytes(),
            limits: &self.limits,
            circuit: Circuit::Obeyed,
        }
    }

    /// A run that ended otherwise than it should measures nothing.
    pub(crate) fn check(&self, outcome: &Outcome) -> Result<()> {
        let is_right = match outcome {
            Outcome::Returned(_) => !self.is_endless,
            Outcome::TimedOut { .. } => self.is_endless,
            _ => false,
        };
        ensure!(is_right, "a script of `{}` ended so: {outcome:?}", self.tenant);
        Ok(())
    }
}

/// The server's side of a request, without a network: the same answer to everything.
pub(crate) struct Canned;

impl Fetcher for Canned {
    fn fetch(&self, request: FetchRequest) -> Pin<Box<dyn Future<Output = Result<FetchResponse, String>> + Send>> {
        Box::pin(ready(Ok(FetchResponse {
            status: 200,
            status_text: "OK".to_owned(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            url: request.url,
            redirected: false,
            body: br#"{"customer":42,"level":"gold","since":"2019-04-01"}"#.to_vec(),
        })))
    }
}
