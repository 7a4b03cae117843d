//! Runs a claims script on mock data: what the author sends, and nothing of the tenant's.

use super::caller::ManagementCaller;
use super::claims_script_report::{ScriptReport, Tested};
use super::claims_script_shapes::{argument, context, nothing_stored, script, token, variables};
use super::openapi::{Refused, Unprocessable};
use crate::error::{ApiError, JSON};
use crate::extract::json::Json;
use crate::extract::origin::RequestOrigin;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{boolean, flag, one_of};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};
use signet_core::error_code::ErrorCode;
use signet_core::script::{ENTRY_FUNCTION, TokenType};
use signet_core::secret::Plain;
use signet_sandbox::{Circuit, LogLine, Outcome, Run, RunRequest, Script};
use url::form_urlencoded::byte_serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The body of a success is what the script returned and nothing else, so what else there is goes into headers.
const DURATION: HeaderName = HeaderName::from_static("signet-script-duration-ms");
/// Percent-encoded JSON: `[{"level": "log", "text": "…"}]`. Lines that do not fit are left out, the last ones first.
const LOGS: HeaderName = HeaderName::from_static("signet-script-logs");
const MAX_LOGS_HEADER: usize = 4096;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(test_claims_script))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct TestScript {
    /// `access-token` or `client-credentials`.
    #[schema(value_type = String)]
    token_type: TokenType,
    script: String,
    /// A variable that is `null` has its stored value, and so has one that is absent with
    /// `useStoredEnvironmentVariables`.
    #[schema(value_type = Option<Object>)]
    environment_variables: Option<Map<String, Value>>,
    /// Runs the script with the stored variables too. Only for a report, in which their values are masked.
    #[schema(value_type = Option<bool>, nullable = false)]
    use_stored_environment_variables: bool,
    #[schema(value_type = Object)]
    token: Map<String, Value>,
    #[schema(value_type = Object)]
    context: Map<String, Value>,
}

impl FromFields for TestScript {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let token_type = fields.required("tokenType", one_of(&TokenType::ALL, TokenType::as_path))?;
        let script = fields.required("script", script());
        let environment_variables = fields.optional("environmentVariables", variables());
        let stored = fields.optional("useStoredEnvironmentVariables", boolean());
        let token = fields.required("token", token(token_type));
        let context = fields.required("context", context(token_type));
        Ok(Self {
            token_type,
            script: script?,
            environment_variables: environment_variables?,
            use_stored_environment_variables: stored?.unwrap_or(false),
            token: token?,
            context: context?,
        })
    }
}

/// Test a claims script
///
/// Answers with what the script returned. Nothing is stored or logged, and protected claims are not taken out. The
/// header `signet-script-duration-ms` says how long the script ran, and `signet-script-logs` what it wrote to
/// `console`, as percent-encoded JSON. A refusal has both in `data`, as `durationMs` and `logs`, beside `message`, and
/// where it knows the place, `line` and `column`.
///
/// With `report=true` the answer is always 200 when the script could be run, and a `ScriptReport`.
#[utoipa::path(post, path = "/configs/jwt-customizer/test", tag = "Claims scripts", params(Wanted),
    request_body = TestScript,
    responses((status = 200, description = "What the script returned, or the report", body = ScriptReport),
        Refused, Unprocessable))]
async fn test_claims_script(
    _: ManagementCaller,
    State(state): State<TenantState>,
    origin: RequestOrigin,
    Query(wanted): Query<Wanted>,
    Json(request): Json<TestScript>,
) -> Result<Response, ApiError> {
    if origin.0.is_script {
        let data = json!({"message": "a claims script cannot run a claims script"});
        return Err(ApiError::new(ErrorCode::JwtCustomizerGeneral).status(StatusCode::UNPROCESSABLE_ENTITY).data(data));
    }
    let kind = request.token_type;
    let all = request.use_stored_environment_variables;
    let given = request.environment_variables;
    let (environment, stored) = with_stored(&state, kind, given, (all, wanted.report)).await?;
    let script = Script::new(request.script, ENTRY_FUNCTION);
    let argument = argument(request.token.clone(), request.context.clone(), environment);
    let input = serde_json::to_vec(&argument).map_err(ApiError::internal)?;
    let run = run(&state, &script, &input).await;
    if !wanted.report {
        return answer(run);
    }
    let tested = Tested { kind, token: &request.token, context: &request.context, stored: stored.as_ref() };
    Ok(Json(ScriptReport::of(&state, &tested, run)?).into_response())
}

/// What kind of answer is wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// `true` for a `ScriptReport`.
    #[param(value_type = Option<bool>)]
    report: bool,
}

impl FromFields for Wanted {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { report: fields.optional("report", flag())?.unwrap_or(false) })
    }
}

/// The variables of a test, with stored ones among them, and those that are.
async fn with_stored(
    state: &TenantState,
    kind: TokenType,
    given: Option<Map<String, Value>>,
    (all, is_report): (bool, bool),
) -> Result<(Option<Map<String, Value>>, Option<Plain>), ApiError> {
    if !all && !given.iter().flat_map(Map::values).any(Value::is_null) {
        return Ok((given, None));
    }
    if !is_report {
        // The plain answer is what the script said, to the letter.
        return Err(ApiError::invalid_request("stored variables are for `report=true`, whose answer masks them."));
    }
    let script = state.store.read().await?.claims_script(kind).await?;
    let sealed = script.and_then(|script| script.environment_variables);
    let stored = sealed.map(|sealed| state.store.open_environment(kind, &sealed)).transpose()?;
    let known: Map<String, Value> = match &stored {
        Some(stored) => serde_json::from_str(stored.expose()).map_err(ApiError::internal)?,
        None => Map::new(),
    };
    let mut variables = if all { known.clone() } else { Map::new() };
    for (name, value) in given.into_iter().flatten() {
        let value = if value.is_null() { known.get(&name).cloned() } else { Some(value) };
        variables.insert(name.clone(), value.ok_or_else(|| nothing_stored(&name))?);
    }
    Ok((Some(variables).filter(|variables| !variables.is_empty()), stored))
}

/// A run that failed without its own fault is tried once more.
async fn run(state: &TenantState, script: &Script, input: &[u8]) -> Run {
    let request = || RunRequest {
        tenant: state.tenant().as_str(),
        script,
        input,
        limits: &state.script_limits,
        circuit: Circuit::Ignored,
    };
    let run = state.pool.run(request()).await;
    match run.outcome {
        Outcome::Crashed | Outcome::Shed | Outcome::CircuitOpen => state.pool.run(request()).await,
        _ => run,
    }
}

fn answer(run: Run) -> Result<Response, ApiError> {
    let duration = u64::try_from(run.duration.as_millis()).unwrap_or(u64::MAX);
    let message = run.outcome.message();
    let (line, column) = place(&run.outcome);
    let mut data = Map::from_iter([("message".to_owned(), Value::from(message.clone()))]);
    let status = match run.outcome {
        Outcome::Returned(json) => return Ok(returned(json.get(), duration, &run.logs)),
        Outcome::Crashed | Outcome::Shed | Outcome::CircuitOpen => {
            return Err(ApiError::Unavailable("the script sandbox is not available".into()));
        }
        Outcome::Denied { .. } => {
            data.insert("error".to_owned(), json!({"code": "AccessDenied", "message": message}));
            StatusCode::FORBIDDEN
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    data.insert("logs".to_owned(), json!(run.logs));
    data.insert("durationMs".to_owned(), duration.into());
    data.extend(line.map(|line| ("line".to_owned(), line.into())));
    data.extend(column.map(|column| ("column".to_owned(), column.into())));
    Err(ApiError::new(ErrorCode::JwtCustomizerGeneral).status(status).data(data.into()))
}

fn place(outcome: &Outcome) -> (Option<u32>, Option<u32>) {
    match outcome {
        Outcome::Syntax { line, column, .. } | Outcome::Runtime { line, column, .. } => (*line, *column),
        _ => (None, None),
    }
}

fn returned(json: &str, duration: u64, logs: &[LogLine]) -> Response {
    let mut response = ([(CONTENT_TYPE, JSON)], json.to_owned()).into_response();
    let headers = response.headers_mut();
    headers.insert(DURATION, HeaderValue::from(duration));
    if let Ok(logs) = HeaderValue::try_from(logs_header(logs)) {
        headers.insert(LOGS, logs);
    }
    response
}

/// As many lines as fit.
fn logs_header(logs: &[LogLine]) -> String {
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let (open, close, comma) = (encode("["), encode("]"), encode(","));
    let mut header = open;
    for (position, line) in logs.iter().enumerate() {
        let line = encode(&json!(line).to_string());
        let separator = if position > 0 { comma.as_str() } else { "" };
        if header.len() + separator.len() + line.len() + close.len() > MAX_LOGS_HEADER {
            break;
        }
        header.push_str(separator);
        header.push_str(&line);
    }
    header.push_str(&close);
    header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{body_of, refusal_of};
    use serde_json::value::RawValue;
    use signet_sandbox::LogLevel;
    use std::time::Duration;

    fn run(outcome: Outcome) -> Run {
        let logs = vec![LogLine { level: LogLevel::Log, text: "a + b, é".to_owned() }];
        Run { outcome, logs, duration: Duration::from_millis(7) }
    }

    #[tokio::test]
    async fn a_success_is_the_object_alone() {
        let json = RawValue::from_string(r#"{"b":1,"a":1e400}"#.to_owned()).unwrap();
        let response = answer(run(Outcome::Returned(json))).unwrap();

        assert_eq!(response.headers()["content-type"], JSON);
        assert_eq!(response.headers()["signet-script-duration-ms"], "7");
        assert_eq!(
            response.headers()["signet-script-logs"],
            "%5B%7B%22level%22%3A%22log%22%2C%22text%22%3A%22a%20%2B%20b%2C%20%C3%A9%22%7D%5D"
        );
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        assert_eq!(body, r#"{"b":1,"a":1e400}"#);
    }

    #[test]
    fn a_failure_says_what_and_where() {
        let outcome = Outcome::Syntax { message: "unexpected token".to_owned(), line: Some(2), column: Some(9) };
        let logs = json!([{"level": "log", "text": "a + b, é"}]);
        let refused = refusal_of(answer(run(outcome)).unwrap_err());
        assert_eq!(refused["code"], "jwt_customizer.general");
        assert_eq!(
            refused["data"],
            json!({"message": "unexpected token", "logs": logs, "durationMs": 7, "line": 2, "column": 9})
        );

        let refused = refusal_of(answer(run(Outcome::Denied { message: "no".to_owned() })).unwrap_err());
        let error = json!({"code": "AccessDenied", "message": "no"});
        assert_eq!(refused["data"], json!({"message": "no", "error": error, "logs": logs, "durationMs": 7}));
    }

    #[tokio::test]
    async fn each_outcome_has_its_status() {
        for (outcome, status) in [
            (Outcome::Denied { message: String::new() }, 403),
            (Outcome::MissingFunction { entry: ENTRY_FUNCTION.into() }, 422),
            (Outcome::Type { message: "Invalid input".to_owned() }, 422),
            (Outcome::TimedOut { limit: Duration::from_secs(5) }, 422),
            (Outcome::OutOfMemory, 422),
            (Outcome::Crashed, 503),
            (Outcome::Shed, 503),
        ] {
            let shown = outcome.message();
            let response = answer(run(outcome)).unwrap_err().into_response();
            assert_eq!(response.status(), status, "{shown}");
            assert_eq!(response.headers().contains_key("retry-after"), status == 503, "{shown}");
            assert!(body_of(response).await["message"].is_string());
        }
    }

    #[test]
    fn a_header_stays_small() {
        let line = LogLine { level: LogLevel::Warn, text: "é\"".repeat(300) };
        let header = logs_header(&vec![line; 20]);
        assert!(header.len() <= MAX_LOGS_HEADER && header.len() > MAX_LOGS_HEADER / 2, "{}", header.len());
        let huge = LogLine { level: LogLevel::Warn, text: "x".repeat(5000) };
        assert_eq!(logs_header(&[huge]), "%5B%5D");
    }
}
