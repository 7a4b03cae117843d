//! What is run: a script that does nothing, one that does what claims scripts do, and that one with a request.

use crate::workload::{Scenario, large_input};
use anyhow::{Result, ensure};
use signet_sandbox::{Circuit, FetchRequest, FetchResponse, Fetcher, Limits, Outcome, RunRequest, Script};
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The function that the server calls in a claims script.
pub(crate) const ENTRY: &str = "getCustomJwtClaims";
const TRIVIAL: &str = "const getCustomJwtClaims = async () => ({});";
/// Ends nothing but by the limit.
const ENDLESS: &str = "const getCustomJwtClaims = async () => { while (true) {} };";
/// How long an endless script runs.
const ENDLESS_LIMIT: Duration = Duration::from_millis(500);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Trivial,
    Realistic,
    Fetching,
}

impl Case {
    pub(crate) const ALL: [Self; 3] = [Self::Trivial, Self::Realistic, Self::Fetching];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Trivial => "trivial",
            Self::Realistic => "4 KB context, eight claims",
            Self::Fetching => "the same with one request",
        }
    }

    pub(crate) fn source(self) -> String {
        let realistic = Scenario::Large.script().unwrap_or_default();
        match self {
            Self::Trivial => TRIVIAL.to_owned(),
            Self::Realistic => realistic.to_owned(),
            Self::Fetching => format!("{realistic}{}", include_str!("fetching.js")),
        }
    }

    pub(crate) fn input(self) -> String {
        if self == Self::Trivial { "{}".to_owned() } else { large_input() }
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
            input: self.input().into(),
            limits: Limits::default(),
            is_endless: false,
        }
    }
}

/// What a client asks the pool for.
pub(crate) struct Request {
    tenant: Arc<str>,
    script: Script,
    input: Arc<str>,
    limits: Limits,
    is_endless: bool,
}

impl Request {
    pub(crate) fn endless(tenant: &str) -> Self {
        let limits = Limits { wall: ENDLESS_LIMIT, cpu: ENDLESS_LIMIT, ..Limits::default() };
        let script = Script::new(ENDLESS, ENTRY);
        Self { tenant: tenant.into(), script, input: "{}".into(), limits, is_endless: true }
    }

    pub(crate) fn as_run(&self) -> RunRequest<'_> {
        RunRequest {
            tenant: &self.tenant,
            script: &self.script,
            input: self.input.as_bytes(),
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
