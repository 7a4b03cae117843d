//! What pages ask before anybody has signed in: the public form of the sign-in experience, and phrases. For everybody.

use super::openapi::refusals;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::query::Query;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::text;
use crate::extract::shape::{Fields, FromFields};
use crate::pages::language::{Asked, DEFAULT, Offered, choose};
use crate::pages::wording;
use crate::state::TenantState;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, HeaderValue};
use serde_json::{Map, Value, json};
use signet_core::verification::Channel;
use std::collections::BTreeMap;
use utoipa::openapi::RefOr;
use utoipa::{IntoParams, IntoResponses};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(get_well_known_sign_in_exp))
        .routes(routes!(get_well_known_experience))
        .routes(routes!(get_phrases))
}

/// What a route for everybody may answer beside what is asked for.
struct Failures;

impl IntoResponses for Failures {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([("400", "The query is not valid."), ("503", "The database cannot be reached. Try again.")])
    }
}

/// Members that strangers need not know.
const PRIVATE: [&str; 3] = ["emailBlocklistPolicy", "forgotPasswordMethods", "trustedDevice"];

/// The sign-in experience as pages need it.
pub(crate) async fn public_form(state: &TenantState) -> Result<Map<String, Value>, ApiError> {
    let settings = state.identity.settings().await?;
    let resets = |channel| settings.rules.resets_passwords_by(channel, state.identity.senders());
    let mut form = settings.all.clone();
    form.retain(|name, _| !PRIVATE.contains(&name.as_str()));
    for (name, value) in [
        ("tenantId", json!(state.tenant().as_str())),
        ("socialConnectors", json!([])),
        ("ssoConnectors", json!([])),
        ("forgotPassword", json!({"email": resets(Channel::Email), "phone": resets(Channel::Phone)})),
        ("isDevelopmentTenant", json!(false)),
        ("customProfileFields", json!([])),
        ("customProfileFieldCatalog", json!([])),
    ] {
        form.insert(name.to_owned(), value);
    }
    Ok(form)
}

/// Get the sign-in experience as pages need it
#[utoipa::path(get, path = "/.well-known/sign-in-exp", tag = "Sign-in experience", security(()),
    responses((status = 200, body = Object), Failures))]
async fn get_well_known_sign_in_exp(State(state): State<TenantState>) -> Result<Json<Map<String, Value>>, ApiError> {
    Ok(Json(public_form(&state).await?))
}

/// Get the sign-in experience as pages need it, by its other name
#[utoipa::path(get, path = "/.well-known/experience", tag = "Sign-in experience", security(()),
    responses((status = 200, body = Object), Failures))]
async fn get_well_known_experience(State(state): State<TenantState>) -> Result<Json<Map<String, Value>>, ApiError> {
    Ok(Json(public_form(&state).await?))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct Language {
    /// Language tags that are wanted, best first, separated by spaces.
    lng: Option<String>,
}

impl FromFields for Language {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { lng: fields.optional("lng", text().max(1000))? })
    }
}

/// Get the phrases of the pages
///
/// In the language that fits best; `Content-Language` says which.
#[utoipa::path(get, path = "/.well-known/phrases", tag = "Custom phrases", security(()), params(Language),
    responses((status = 200, body = Object), Failures))]
async fn get_phrases(
    State(state): State<TenantState>,
    headers: HeaderMap,
    Query(query): Query<Language>,
) -> Result<Response, ApiError> {
    let settings = state.identity.settings().await?;
    let own = state.own_phrases().await?;
    let custom: Vec<String> = own.iter().map(|(tag, _)| tag.clone()).collect();
    let info = &settings.rules.language_info;
    let asked = Asked {
        ui_locales: query.lng.as_deref(),
        locale: None,
        accept_language: headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()),
    };
    let offered = Offered {
        auto_detect: info.auto_detect,
        fallback: &info.fallback_language,
        built_in: &wording::TAGS,
        custom: &custom,
    };
    let tag = choose(&asked, &offered);
    let mut translation = wording::built_in(DEFAULT).cloned().unwrap_or_default();
    let of_tenant = own.iter().find(|(known, _)| known == tag).map(|(_, phrases)| phrases);
    for over in [wording::built_in(tag), of_tenant].into_iter().flatten() {
        lay(over, &mut translation);
    }
    let mut response = Json(json!({"translation": translation})).into_response();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(CONTENT_LANGUAGE, tag);
    }
    Ok(response)
}

/// Lays phrases over others, place by place.
fn lay(over: &Value, under: &mut Value) {
    match (over, under) {
        (Value::Object(over), Value::Object(under)) => {
            for (name, value) in over {
                lay(value, under.entry(name.clone()).or_insert(Value::Null));
            }
        }
        (over, under) => *under = over.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_identity::settings::defaults::BUILT_IN_LANGUAGES;

    #[test]
    fn the_settings_know_every_language_that_the_pages_speak() {
        assert_eq!(BUILT_IN_LANGUAGES, wording::TAGS);
    }

    #[test]
    fn phrases_are_laid_over_others_place_by_place() {
        let mut under = json!({"a": {"b": "1", "c": "2"}, "d": "3"});
        lay(&json!({"a": {"c": "4"}}), &mut under);
        assert_eq!(under, json!({"a": {"b": "1", "c": "4"}, "d": "3"}));
    }
}
