//! Claims scripts: one per kind of access token. What is saved is not run, not even compiled.

use super::caller::ManagementCaller;
use super::claims_script_shapes::{context, nothing_stored, script, token, variables};
use super::openapi::{NotFound, Refused};
use crate::error::ApiError;
use crate::extract::body::read_value;
use crate::extract::json::Json;
use crate::extract::path::{Param, Path, PathParam};
use crate::extract::query::Query;
use crate::extract::shape::issue::{Noted, invalid_input};
use crate::extract::shape::scalar::{boolean, one_of};
use crate::extract::shape::{Fields, FromFields, read};
use crate::state::TenantState;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_core::script::{ClaimsScript, TokenType};
use signet_storage::{Reader, TenantStore};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_claims_scripts)).routes(routes!(
        get_claims_script,
        put_claims_script,
        update_claims_script,
        delete_claims_script
    ))
}

impl PathParam for TokenType {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        param.one_of(&Self::ALL, Self::as_path)
    }
}

/// A script with its settings, as clients send and get it. The environment variables are in clear here only, and here
/// not when only their names are wanted.
#[derive(Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ScriptSettings {
    /// Defines `getCustomJwtClaims`.
    script: String,
    /// By name. A variable that is `null` in a request keeps its stored value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    environment_variables: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    context_sample: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    token_sample: Option<Map<String, Value>>,
    /// Whether a failing script refuses the token.
    #[serde(skip_serializing_if = "Option::is_none")]
    block_issuance_on_error: Option<bool>,
    /// Whether what the script writes to `console` is kept with the audit entry of each run.
    #[serde(skip_serializing_if = "Option::is_none")]
    store_logs: Option<bool>,
}

impl ScriptSettings {
    fn read(fields: &mut Fields<'_>, kind: TokenType) -> Result<Self, Noted> {
        let script = fields.required("script", script());
        let environment_variables = fields.optional("environmentVariables", variables());
        let context_sample = fields.optional("contextSample", context(kind));
        let token_sample = fields.optional("tokenSample", token(kind));
        let block_issuance_on_error = fields.optional("blockIssuanceOnError", boolean());
        let store_logs = fields.optional("storeLogs", boolean());
        Ok(Self {
            script: script?,
            environment_variables: environment_variables?,
            context_sample: context_sample?,
            token_sample: token_sample?,
            block_issuance_on_error: block_issuance_on_error?,
            store_logs: store_logs?,
        })
    }

    fn open(store: &TenantStore, kind: TokenType, stored: ClaimsScript) -> Result<Self, ApiError> {
        let environment_variables = match &stored.environment_variables {
            Some(sealed) => {
                let opened = store.open_environment(kind, sealed)?;
                Some(serde_json::from_str(opened.expose()).map_err(ApiError::internal)?)
            }
            None => None,
        };
        Ok(Self {
            script: stored.source,
            environment_variables,
            context_sample: stored.context_sample,
            token_sample: stored.token_sample,
            block_issuance_on_error: stored.block_issuance_on_error,
            store_logs: stored.store_logs,
        })
    }

    fn seal(&self, reader: &Reader, kind: TokenType) -> Result<ClaimsScript, ApiError> {
        let seal = |variables: &Map<String, Value>| {
            let text = serde_json::to_string(variables).map_err(ApiError::internal)?;
            Ok::<_, ApiError>(reader.seal_environment(kind, &text)?)
        };
        Ok(ClaimsScript {
            source: self.script.clone(),
            environment_variables: self.environment_variables.as_ref().map(seal).transpose()?,
            context_sample: self.context_sample.clone(),
            token_sample: self.token_sample.clone(),
            block_issuance_on_error: self.block_issuance_on_error,
            store_logs: self.store_logs,
        })
    }

    /// Puts the stored values in the place of `null`.
    fn with_stored(mut self, stored: Option<&Self>) -> Result<Self, ApiError> {
        let known = stored.and_then(|stored| stored.environment_variables.as_ref());
        for (name, value) in self.environment_variables.iter_mut().flatten() {
            if value.is_null() {
                *value = known.and_then(|known| known.get(name).cloned()).ok_or_else(|| nothing_stored(name))?;
            }
        }
        Ok(self)
    }

    fn shown(mut self, variables: Variables) -> Self {
        if variables == Variables::Names {
            self.environment_variables.iter_mut().flatten().for_each(|(_, value)| *value = Value::Null);
        }
        self
    }

    /// What is not given stays as it was.
    fn merged_into(self, stored: Self) -> Self {
        Self {
            script: self.script,
            environment_variables: self.environment_variables.or(stored.environment_variables),
            context_sample: self.context_sample.or(stored.context_sample),
            token_sample: self.token_sample.or(stored.token_sample),
            block_issuance_on_error: self.block_issuance_on_error.or(stored.block_issuance_on_error),
            store_logs: self.store_logs.or(stored.store_logs),
        }
    }
}

/// How the environment variables are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variables {
    Values,
    Names,
}

impl Variables {
    const ALL: [Self; 2] = [Self::Values, Self::Names];

    fn as_str(self) -> &'static str {
        match self {
            Self::Values => "values",
            Self::Names => "names",
        }
    }
}

/// What of a script is wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
struct Showing {
    /// `values` (default) or `names`: then each variable is `null`.
    #[param(value_type = Option<String>)]
    environment_variables: Variables,
}

impl FromFields for Showing {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let variables = fields.optional("environmentVariables", one_of(&Variables::ALL, Variables::as_str))?;
        Ok(Self { environment_variables: variables.unwrap_or(Variables::Values) })
    }
}

/// A request's token type and settings. The path decides what the samples look like.
struct Requested(TokenType, ScriptSettings);

struct User(ScriptSettings);
struct Machine(ScriptSettings);

impl FromFields for User {
    const STRICT: bool = true;

    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        ScriptSettings::read(fields, TokenType::AccessToken).map(Self)
    }
}

impl FromFields for Machine {
    const STRICT: bool = true;

    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        ScriptSettings::read(fields, TokenType::ClientCredentials).map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for Requested {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let Path(kind) = Path::<TokenType>::from_request_parts(&mut parts, state).await?;
        let value = read_value(&parts.headers, body).await?;
        let settings = match kind {
            TokenType::AccessToken => read(value).map(|User(settings)| settings),
            TokenType::ClientCredentials => read(value).map(|Machine(settings)| settings),
        };
        settings.map(|settings| Self(kind, settings)).map_err(|issues| invalid_input("body", &issues))
    }
}

/// A script in the list.
#[derive(Serialize, ToSchema)]
struct KeyedScript {
    /// `jwt.accessToken` or `jwt.clientCredentials`.
    key: &'static str,
    value: ScriptSettings,
}

/// List claims scripts
#[utoipa::path(get, path = "/configs/jwt-customizer", tag = "Claims scripts", params(Showing),
    responses((status = 200, body = Vec<KeyedScript>), Refused))]
async fn list_claims_scripts(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(showing): Query<Showing>,
) -> Result<Json<Vec<KeyedScript>>, ApiError> {
    let reader = state.store.read().await?;
    let mut rows = Vec::new();
    for kind in TokenType::ALL {
        if let Some(stored) = reader.claims_script(kind).await? {
            let value = ScriptSettings::open(&state.store, kind, stored)?.shown(showing.environment_variables);
            rows.push(KeyedScript { key: kind.as_key(), value });
        }
    }
    Ok(Json(rows))
}

/// Get a claims script
#[utoipa::path(get, path = "/configs/jwt-customizer/{tokenTypePath}", tag = "Claims scripts",
    params(("tokenTypePath" = String, Path), Showing),
    responses((status = 200, body = ScriptSettings), Refused, NotFound))]
async fn get_claims_script(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(kind): Path<TokenType>,
    Query(showing): Query<Showing>,
) -> Result<Json<ScriptSettings>, ApiError> {
    let stored = existing(&state.store.read().await?, kind).await?;
    Ok(Json(ScriptSettings::open(&state.store, kind, stored)?.shown(showing.environment_variables)))
}

/// Create or replace a claims script
///
/// The answer has the variables as they were sent.
#[utoipa::path(put, path = "/configs/jwt-customizer/{tokenTypePath}", tag = "Claims scripts",
    params(("tokenTypePath" = String, Path)), request_body = ScriptSettings,
    responses((status = 200, body = ScriptSettings), (status = 201, body = ScriptSettings), Refused))]
async fn put_claims_script(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Requested(kind, settings): Requested,
) -> Result<(StatusCode, Json<ScriptSettings>), ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let stored = tx.claims_script(kind).await?;
    let status = if stored.is_none() { StatusCode::CREATED } else { StatusCode::OK };
    let stored = stored.map(|stored| ScriptSettings::open(&state.store, kind, stored)).transpose()?;
    let answer = settings.clone();
    let sealed = settings.with_stored(stored.as_ref())?.seal(&tx, kind)?;
    tx.put_claims_script(kind, &sealed).await?;
    tx.commit().await?;
    Ok((status, Json(answer)))
}

/// Update a claims script
///
/// Members that are given replace those of the same name; the others stay. `script` must be given.
#[utoipa::path(patch, path = "/configs/jwt-customizer/{tokenTypePath}", tag = "Claims scripts",
    params(("tokenTypePath" = String, Path)), request_body = ScriptSettings,
    responses((status = 200, body = ScriptSettings), Refused, NotFound))]
async fn update_claims_script(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Requested(kind, changes): Requested,
) -> Result<Json<ScriptSettings>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let stored = existing(&tx, kind).await?;
    let stored = ScriptSettings::open(&state.store, kind, stored)?;
    let settings = changes.with_stored(Some(&stored))?.merged_into(stored);
    let sealed = settings.seal(&tx, kind)?;
    tx.put_claims_script(kind, &sealed).await?;
    tx.commit().await?;
    Ok(Json(settings))
}

/// Delete a claims script
#[utoipa::path(delete, path = "/configs/jwt-customizer/{tokenTypePath}", tag = "Claims scripts",
    params(("tokenTypePath" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_claims_script(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(kind): Path<TokenType>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.delete_claims_script(kind).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn existing(reader: &Reader, kind: TokenType) -> Result<ClaimsScript, ApiError> {
    let found = reader.claims_script(kind).await?;
    found.ok_or_else(|| ApiError::not_exists("claims script", kind.as_path()))
}
