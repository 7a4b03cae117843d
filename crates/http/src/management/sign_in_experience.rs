//! The sign-in experience: how people of the tenant sign in, and what their pages look like.

use super::caller::ManagementCaller;
use super::openapi::{Refused, Unprocessable, refusals};
use super::sign_in_experience_shapes::Changes;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde_json::{Map, Value, json};
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use signet_core::secret::Plain;
use signet_core::user::User;
use signet_core::verification::Channel;
use signet_identity::policy::password::UserInfo;
use signet_identity::settings::{CONFIG_KEY, SettingsRefused, SignInSettings, check};
use signet_storage::Reader;
use std::collections::BTreeMap;
use utoipa::openapi::RefOr;
use utoipa::{IntoParams, IntoResponses, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_sign_in_exp, update_sign_in_exp))
        .routes(routes!(check_password_with_policy))
        .routes(routes!(list_username_case_conflicts))
}

/// For what contradicts the people who are there.
struct Conflicting;

impl IntoResponses for Conflicting {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([("409", "Some usernames differ in case only.")])
    }
}

/// Get the sign-in experience
#[utoipa::path(get, path = "/sign-in-exp", tag = "Sign-in experience",
    responses((status = 200, body = Object), Refused))]
async fn get_sign_in_exp(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<Map<String, Value>>, ApiError> {
    Ok(Json(with_tenant(&state, state.identity.settings().await?.all.clone())))
}

fn with_tenant(state: &TenantState, mut all: Map<String, Value>) -> Map<String, Value> {
    all.insert("tenantId".to_owned(), state.tenant().as_str().into());
    all
}

/// Update the sign-in experience
///
/// Members that are given replace those of before, whole.
#[utoipa::path(patch, path = "/sign-in-exp", tag = "Sign-in experience", request_body = Object,
    responses((status = 200, body = Object), Refused, Unprocessable, Conflicting))]
async fn update_sign_in_exp(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(Changes(mut changes)): Json<Changes>,
) -> Result<Json<Map<String, Value>>, ApiError> {
    let mut tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let stored = tx.config(CONFIG_KEY).await?;
    let before = settings(&state, stored.as_ref())?;
    complete(&mut changes, &before, &state);
    let mut members = stored.and_then(|stored| stored.as_object().cloned()).unwrap_or_default();
    members.extend(changes.clone());
    let after = settings(&state, Some(&Value::Object(members.clone())))?;
    let languages: Vec<String> = tx.all_custom_phrases().await?.into_iter().map(|own| own.language_tag).collect();
    // What stays as it is was accepted before.
    changes.retain(|name, value| before.all.get(name) != Some(value));
    check(&changes, &after.rules, state.identity.senders(), &languages).map_err(|reason| refused(&reason))?;
    if before.rules.username_policy.case_sensitive && !after.rules.username_policy.case_sensitive {
        refuse_namesakes(&tx).await?;
    }
    tx.put_config(CONFIG_KEY, &Value::Object(members)).await?;
    tx.commit().await?;
    Ok(Json(with_tenant(&state, state.identity.settings().await?.all.clone())))
}

fn settings(state: &TenantState, stored: Option<&Value>) -> Result<SignInSettings, ApiError> {
    SignInSettings::new(state.tenant(), stored).map_err(|error| ApiError::invalid_request(error.to_string()))
}

/// What the server sets itself: since when passwords expire. Connectors and profile fields that nobody configured are
/// left out.
fn complete(changes: &mut Map<String, Value>, before: &SignInSettings, state: &TenantState) {
    if changes.contains_key("socialSignInConnectorTargets") {
        changes.insert("socialSignInConnectorTargets".to_owned(), json!([]));
    }
    if changes.get("signUpProfileFields").is_some_and(Value::is_array) {
        changes.insert("signUpProfileFields".to_owned(), json!([]));
    }
    let Some(Value::Object(expiration)) = changes.get_mut("passwordExpiration") else { return };
    expiration.remove("enabledAt");
    if expiration.get("enabled").and_then(Value::as_bool).unwrap_or(false) {
        let was = before.rules.password_expiration;
        let since = was.enabled_at.filter(|_| was.enabled).unwrap_or(state.clock.now().0);
        expiration.insert("enabledAt".to_owned(), since.into());
    }
}

fn refused(refused: &SettingsRefused) -> ApiError {
    let error = ApiError::new(refused.code());
    match refused {
        SettingsRefused::UnknownLanguage(language) => error.with("language", language),
        SettingsRefused::NoSender(Channel::Email) => error.with("type", "Email"),
        SettingsRefused::NoSender(Channel::Phone) => error.with("type", "Sms"),
        SettingsRefused::ForgotPasswordWithoutSender(method) => error.with("method", &format!("{method:?}")),
        SettingsRefused::InvalidBlocklist(item) => error.with("items", item).data(json!({"items": [item]})),
        SettingsRefused::Invalid(reason) => ApiError::invalid_request(*reason),
        SettingsRefused::NotBuilt(_) => error.details(refused.to_string()),
        SettingsRefused::MissingSignUpIdentifiers
        | SettingsRefused::DuplicatedSignUpIdentifiers
        | SettingsRefused::PasswordlessRequiresVerify
        | SettingsRefused::NoFactor
        | SettingsRefused::CodeSignInRequired
        | SettingsRefused::InvalidPeriod
        | SettingsRefused::ExpirationWithoutReset => error,
    }
}

async fn refuse_namesakes(reader: &Reader) -> Result<(), ApiError> {
    let conflicts = Conflicts::of(reader, 20).await?;
    if conflicts.total_conflicts == 0 {
        return Ok(());
    }
    let data = serde_json::to_value(&conflicts).map_err(ApiError::internal)?;
    Err(ApiError::from(ErrorCode::SignInUsernameConflicts).data(data))
}

#[derive(serde::Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Conflicts {
    total_conflicts: usize,
    samples: Vec<Namesakes>,
}

#[derive(serde::Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Namesakes {
    username_lower: String,
    #[schema(value_type = Vec<String>)]
    user_ids: Vec<UserId>,
}

impl Conflicts {
    async fn of(reader: &Reader, limit: usize) -> Result<Self, ApiError> {
        let all = reader.username_case_conflicts().await?;
        let total_conflicts = all.len();
        let samples = all.into_iter().take(limit);
        let samples = samples.map(|(username_lower, user_ids)| Namesakes { username_lower, user_ids }).collect();
        Ok(Self { total_conflicts, samples })
    }
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct Limit {
    /// Between 1 and 100; 20 unless told otherwise.
    limit: Option<i64>,
}

impl FromFields for Limit {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let limit = fields.optional("limit", crate::extract::shape::scalar::digits())?;
        match limit {
            Some(limit) if !(1..=100).contains(&limit) => Err(fields.refuse("limit", "must be between 1 and 100")),
            limit => Ok(Self { limit }),
        }
    }
}

/// List usernames that differ in case only
#[utoipa::path(get, path = "/sign-in-exp/username-policy/case-sensitivity-conflicts", tag = "Sign-in experience",
    params(Limit), responses((status = 200, body = Conflicts), Refused))]
async fn list_username_case_conflicts(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(query): Query<Limit>,
) -> Result<Json<Conflicts>, ApiError> {
    let limit = query.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(20);
    Ok(Json(Conflicts::of(&state.store.read().await?, limit).await?))
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
struct PasswordToCheck {
    #[schema(value_type = String)]
    password: Plain,
    #[schema(nullable = false)]
    user_id: Option<String>,
}

impl FromFields for PasswordToCheck {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let password = fields.required("password", text().min(1));
        let user_id = fields.optional("userId", text());
        Ok(Self { password: Plain::new(password?), user_id: user_id? })
    }
}

/// Check a password by the policy
#[utoipa::path(post, path = "/sign-in-exp/default/check-password", tag = "Sign-in experience",
    request_body = PasswordToCheck, responses((status = 200, body = Object), Refused, super::openapi::NotFound))]
async fn check_password_with_policy(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<PasswordToCheck>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let settings = state.identity.settings().await?;
    let policy = &settings.rules.password_policy;
    let user = match &request.user_id {
        Some(id) => Some(user(&state, id).await?),
        None if policy.rejects.user_info => {
            return Err(ApiError::invalid_request("The policy is about the user; give `userId`."));
        }
        None => None,
    };
    let info = user.as_ref().map_or_else(UserInfo::default, |user| UserInfo {
        name: user.name.as_deref(),
        username: user.username.as_deref(),
        email: user.primary_email.as_deref(),
        phone: user.primary_phone.as_deref(),
    });
    let issues = policy.check(request.password.expose(), &info, state.identity.breached()).await;
    if issues.is_empty() {
        return Ok((StatusCode::OK, Json(json!({"result": true}))));
    }
    Ok((StatusCode::BAD_REQUEST, Json(json!({"result": false, "issues": policy.describe(&issues)}))))
}

async fn user(state: &TenantState, id: &str) -> Result<User, ApiError> {
    let absent = || ApiError::not_exists("user", id);
    let id: UserId = id.parse().map_err(|_| absent())?;
    state.store.read().await?.user(&id).await?.ok_or_else(absent)
}
