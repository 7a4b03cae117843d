//! Step 5: ask the script. What it answers is a value; whether a failure blocks the token is decided here and nowhere
//! else.

use super::redact::Secrets;
use crate::error::OAuthError;
use crate::provider::{Provider, internal};
use serde_json::{Map, Value};
use signet_core::claims::protocol::remove_protected;
use signet_core::script::{ClaimsScript, ENTRY_FUNCTION, TokenType};
use signet_core::secret::{Plain, Sealed};
use signet_core::statistics::{Bucket, Counter, Series};
use signet_sandbox::{Circuit, LogLine, Outcome, Run, RunRequest, Script};
use std::time::Duration;

/// A stored script, hashed once.
pub(crate) struct LoadedScript {
    kind: TokenType,
    script: Script,
    environment: Option<Sealed>,
    blocks_on_error: bool,
    stores_logs: bool,
}

impl LoadedScript {
    pub(crate) fn new(kind: TokenType, stored: ClaimsScript) -> Self {
        Self {
            kind,
            script: Script::new(stored.source, ENTRY_FUNCTION),
            environment: stored.environment_variables,
            blocks_on_error: stored.block_issuance_on_error.unwrap_or(false),
            stores_logs: stored.store_logs.unwrap_or(false),
        }
    }

    /// The environment variables, opened for one run.
    pub(crate) fn environment(&self, provider: &Provider) -> Result<Option<Plain>, OAuthError> {
        let open = |sealed| provider.store.open_environment(self.kind, sealed).map_err(internal);
        self.environment.as_ref().map(open).transpose()
    }
}

/// What came of a script, for the token and for the audit log.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Claims that go into the token, as the script returned them, and the protected names that were left out.
    Claims { returned: Map<String, Value>, ignored: Vec<&'static str> },
    /// The script refused the token. Final.
    Denied(String),
    /// The script failed by its own fault.
    Failed(String),
    /// The script could not be run, twice; why, for the audit log.
    Unavailable(String),
}

/// What came of a script, and what it wrote to its console if that is to be kept.
pub(crate) struct Ran {
    pub(crate) verdict: Verdict,
    pub(crate) logs: Vec<LogLine>,
}

/// Runs a script in the sandbox. A run that failed without its own fault is tried once more.
pub(crate) async fn run(
    provider: &Provider,
    loaded: &LoadedScript,
    (input, environment): (&[u8], Option<&Plain>),
) -> Result<Ran, OAuthError> {
    let limits = &provider.deps.script_limits;
    let request = || RunRequest {
        tenant: provider.tenant().as_str(),
        script: &loaded.script,
        input,
        limits,
        circuit: Circuit::Obeyed,
    };
    let mut run: Run = provider.deps.pool.run(request()).await;
    if matches!(run.outcome, Outcome::Crashed | Outcome::Shed | Outcome::CircuitOpen) {
        tracing::warn!(script.outcome = ?run.outcome, "a claims script could not be run; trying once more");
        run = provider.deps.pool.run(request()).await;
    }
    // Read only when the script has said something: most say nothing.
    let redact = |text| Secrets::of(environment).redact(text);
    let message = Some(run.outcome.message()).filter(|message| !message.is_empty()).map_or_else(String::new, redact);
    let mut logs = if loaded.stores_logs { run.logs } else { Vec::new() };
    for line in &mut logs {
        line.text = redact(std::mem::take(&mut line.text));
    }
    metrics::histogram!("signet_script_duration_seconds", "outcome" => outcome_name(&run.outcome))
        .record(run.duration.as_secs_f64());
    let duration = run.duration;
    let verdict = match run.outcome {
        Outcome::Returned(json) => {
            let returned: Map<String, Value> = serde_json::from_str(json.get()).map_err(internal)?;
            let (returned, ignored) = remove_protected(returned);
            Verdict::Claims { returned, ignored }
        }
        Outcome::Denied { .. } => Verdict::Denied(message),
        Outcome::Crashed | Outcome::Shed | Outcome::CircuitOpen => Verdict::Unavailable(message),
        Outcome::Syntax { .. }
        | Outcome::MissingFunction { .. }
        | Outcome::Type { .. }
        | Outcome::Runtime { .. }
        | Outcome::TimedOut { .. }
        | Outcome::OutOfMemory => Verdict::Failed(message),
    };
    count(provider, loaded.kind, (&verdict, duration));
    Ok(Ran { verdict, logs })
}

/// For the plots of administrators.
fn count(provider: &Provider, kind: TokenType, (verdict, duration): (&Verdict, Duration)) {
    let (series, now) = (Series::Script(kind), provider.now());
    provider.store.count(series, Counter::Runs, now);
    provider.store.count(series, Counter::Took(Bucket::of(duration)), now);
    match verdict {
        Verdict::Claims { .. } => {}
        Verdict::Denied(_) => provider.store.count(series, Counter::Denials, now),
        Verdict::Failed(_) | Verdict::Unavailable(_) => provider.store.count(series, Counter::Failures, now),
    }
}

/// For metrics.
fn outcome_name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Returned(_) => "returned",
        Outcome::Denied { .. } => "denied",
        Outcome::Syntax { .. } => "syntax",
        Outcome::MissingFunction { .. } => "missing_function",
        Outcome::Type { .. } => "type",
        Outcome::Runtime { .. } => "runtime",
        Outcome::TimedOut { .. } => "timed_out",
        Outcome::OutOfMemory => "out_of_memory",
        Outcome::Crashed => "crashed",
        Outcome::Shed => "shed",
        Outcome::CircuitOpen => "circuit_open",
    }
}

/// Whether there is a token. Never one without the claims of a script that could not be run.
pub(crate) fn settle(loaded: &LoadedScript, verdict: &Verdict) -> Result<(), OAuthError> {
    match verdict {
        Verdict::Denied(message) => Err(OAuthError::DeniedByScript(message.clone())),
        Verdict::Failed(message) if loaded.blocks_on_error => Err(OAuthError::ScriptFailed(message.clone())),
        Verdict::Claims { .. } | Verdict::Failed(_) => Ok(()),
        Verdict::Unavailable(_) => {
            Err(OAuthError::TemporarilyUnavailable("the script sandbox is not available".into()))
        }
    }
}

impl Verdict {
    /// The claims to add.
    pub(crate) fn claims(&self) -> Option<&Map<String, Value>> {
        match self {
            Self::Claims { returned, .. } => Some(returned),
            Self::Denied(_) | Self::Failed(_) | Self::Unavailable(_) => None,
        }
    }
}
