//! Everything about a test run at once: what the script returned, what a token would make of it, and what went wrong
//! where. The plain answer of a test is the reference's, which has no room for that.

use crate::error::ApiError;
use crate::state::TenantState;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::claims::protocol::remove_protected;
use signet_core::script::TokenType;
use signet_core::secret::Plain;
use signet_oidc::token::claims::redact::Secrets;
use signet_sandbox::{Outcome, Run};
use utoipa::ToSchema;

/// Seconds that the tokens of a report live.
const LIFETIME: i64 = 3600;

/// See the module.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ScriptReport {
    /// What the script returned. `null` when it returned nothing that claims can be made of.
    #[schema(value_type = Option<Object>)]
    claims: Option<Map<String, Value>>,
    /// Names that it returned and may not set.
    ignored: Vec<&'static str>,
    /// The claims of the token without the script.
    #[schema(value_type = Object)]
    original: Map<String, Value>,
    /// The claims of the token with what the script returned. `null` when there would be no claims of the script.
    #[schema(value_type = Option<Object>)]
    token: Option<Map<String, Value>>,
    /// What it wrote to `console`.
    logs: Vec<ReportedLine>,
    duration_ms: u64,
    error: Option<ScriptError>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ReportedLine {
    /// `log`, `info`, `warn`, `error` or `debug`.
    #[schema(value_type = String)]
    level: signet_sandbox::LogLevel,
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct ScriptError {
    /// `denied`, `syntax`, `missing_function`, `type`, `runtime`, `timed_out` or `out_of_memory`.
    kind: &'static str,
    message: String,
    /// Counted from 1, in the script as it was sent.
    line: Option<u32>,
    column: Option<u32>,
}

/// What a run was given.
pub(super) struct Tested<'t> {
    pub(super) kind: TokenType,
    pub(super) token: &'t Map<String, Value>,
    pub(super) context: &'t Map<String, Value>,
    /// Variables that the tester need not know the values of.
    pub(super) stored: Option<&'t Plain>,
}

impl ScriptReport {
    pub(super) fn of(state: &TenantState, tested: &Tested<'_>, run: Run) -> Result<Self, ApiError> {
        let secrets = Secrets::of(tested.stored);
        let original = original(state, tested);
        let error = error_of(&run.outcome, &secrets)?;
        let claims: Option<Map<String, Value>> = match &run.outcome {
            Outcome::Returned(json) => {
                let claims: Map<String, Value> = serde_json::from_str(json.get()).map_err(ApiError::internal)?;
                Some(claims.into_iter().map(|(name, value)| (name, redacted(value, &secrets))).collect())
            }
            _ => None,
        };
        let (kept, ignored) = claims.clone().map(remove_protected).unzip();
        let token = kept.map(|kept: Map<String, Value>| {
            let mut token = original.clone();
            token.extend(kept);
            token
        });
        let logs = run.logs.into_iter().map(|line| ReportedLine { level: line.level, text: secrets.redact(line.text) });
        Ok(Self {
            claims,
            ignored: ignored.unwrap_or_default(),
            original,
            token,
            logs: logs.collect(),
            duration_ms: u64::try_from(run.duration.as_millis()).unwrap_or(u64::MAX),
            error,
        })
    }
}

/// The protocol's claims of the token that the test is about.
fn original(state: &TenantState, tested: &Tested<'_>) -> Map<String, Value> {
    let given = |name: &str| tested.token.get(name).cloned();
    let subject = match tested.kind {
        TokenType::AccessToken => given("accountId"),
        TokenType::ClientCredentials => given("clientId"),
    };
    let now = state.clock.now().seconds();
    let organization = tested.context.get("organization").and_then(|organization| organization.get("id")).cloned();
    let claims = [
        ("jti", given("jti")),
        ("sub", subject),
        ("iat", Some(now.into())),
        ("exp", Some((now + LIFETIME).into())),
        ("scope", given("scope").filter(|scope| *scope != "")),
        ("client_id", given("clientId")),
        ("iss", Some(state.provider.issuer().into())),
        ("aud", given("aud")),
        ("organization_id", organization),
    ];
    claims.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// A run that could not be made is no report.
fn error_of(outcome: &Outcome, secrets: &Secrets<'_>) -> Result<Option<ScriptError>, ApiError> {
    let (kind, place) = match outcome {
        Outcome::Returned(_) => return Ok(None),
        Outcome::Crashed | Outcome::Shed | Outcome::CircuitOpen => {
            return Err(ApiError::Unavailable("the script sandbox is not available".into()));
        }
        Outcome::Denied { .. } => ("denied", (None, None)),
        Outcome::Syntax { line, column, .. } => ("syntax", (*line, *column)),
        Outcome::Runtime { line, column, .. } => ("runtime", (*line, *column)),
        Outcome::MissingFunction { .. } => ("missing_function", (None, None)),
        Outcome::Type { .. } => ("type", (None, None)),
        Outcome::TimedOut { .. } => ("timed_out", (None, None)),
        Outcome::OutOfMemory => ("out_of_memory", (None, None)),
    };
    let message = secrets.redact(outcome.message());
    Ok(Some(ScriptError { kind, message, line: place.0, column: place.1 }))
}

fn redacted(value: Value, secrets: &Secrets<'_>) -> Value {
    match value {
        Value::String(text) => secrets.redact(text).into(),
        Value::Array(items) => items.into_iter().map(|item| redacted(item, secrets)).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(name, value)| (secrets.redact(name), redacted(value, secrets))).collect::<Map<_, _>>().into()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}
