//! Phrases of the hosted pages in a tenant's own words.

use super::caller::ManagementCaller;
use super::language_tags;
use super::openapi::{NotFound, Refused, Unprocessable, refusals};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::{Param, Path, PathParam};
use crate::extract::shape::issue::{Issues, Noted, Segment, invalid_input};
use crate::extract::shape::{Fields, FromFields};
use crate::pages::wording;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::error_code::ErrorCode;
use signet_core::id::TenantId;
use signet_storage::CustomPhrases;
use std::collections::BTreeMap;
use utoipa::openapi::RefOr;
use utoipa::{IntoResponses, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(list_custom_phrases)).routes(routes!(
        get_custom_phrases,
        replace_custom_phrases,
        delete_custom_phrases
    ))
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PhrasesResponse {
    tenant_id: String,
    /// The language tag again.
    id: String,
    language_tag: String,
    translation: Map<String, Value>,
}

impl PhrasesResponse {
    fn new(tenant: &TenantId, phrases: CustomPhrases) -> Self {
        let CustomPhrases { language_tag, translation } = phrases;
        Self { tenant_id: tenant.to_string(), id: language_tag.clone(), language_tag, translation }
    }
}

/// The tag of a path. One that no client knows is refused.
struct LanguageTag(String);

impl PathParam for LanguageTag {
    fn parse(param: &Param<'_>) -> Result<Self, ApiError> {
        if language_tags::is_known(param.text()) {
            return Ok(Self(param.text().to_owned()));
        }
        let mut issues = Issues::default();
        issues.within(Segment::key("languageTag"), |issues| issues.custom("is no language tag that is supported"));
        Err(invalid_input("params", &issues))
    }
}

/// Nested phrases, of any form yet.
struct Translation(Map<String, Value>);

impl FromFields for Translation {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self(fields.rest()))
    }
}

/// For the one language that must stay.
struct NeededLanguage;

impl IntoResponses for NeededLanguage {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        refusals([("409", "The language is the fallback language.")])
    }
}

/// List custom phrases
///
/// By language tag.
#[utoipa::path(get, path = "/custom-phrases", tag = "Custom phrases",
    responses((status = 200, body = Vec<PhrasesResponse>), Refused))]
async fn list_custom_phrases(
    _: ManagementCaller,
    State(state): State<TenantState>,
) -> Result<Json<Vec<PhrasesResponse>>, ApiError> {
    let all = state.store.read().await?.all_custom_phrases().await?;
    Ok(Json(all.into_iter().map(|phrases| PhrasesResponse::new(state.tenant(), phrases)).collect()))
}

/// Get the custom phrases of a language
#[utoipa::path(get, path = "/custom-phrases/{languageTag}", tag = "Custom phrases",
    params(("languageTag" = String, Path)), responses((status = 200, body = PhrasesResponse), Refused, NotFound))]
async fn get_custom_phrases(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(LanguageTag(tag)): Path<LanguageTag>,
) -> Result<Json<PhrasesResponse>, ApiError> {
    let found = state.store.read().await?.custom_phrases(&tag).await?;
    let phrases = found.ok_or(ErrorCode::EntityNotFound)?;
    Ok(Json(PhrasesResponse::new(state.tenant(), phrases)))
}

/// Replace the custom phrases of a language
///
/// Their names are those of the English phrases. Empty ones are left out.
#[utoipa::path(put, path = "/custom-phrases/{languageTag}", tag = "Custom phrases",
    params(("languageTag" = String, Path)), request_body = Object,
    responses((status = 201, body = PhrasesResponse), Refused, Unprocessable))]
async fn replace_custom_phrases(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(LanguageTag(language_tag)): Path<LanguageTag>,
    Json(Translation(translation)): Json<Translation>,
) -> Result<(StatusCode, Json<PhrasesResponse>), ApiError> {
    let english = wording::built_in("en").and_then(Value::as_object);
    let translation = fitting(translation, english).ok_or(ErrorCode::LocalizationInvalidTranslation)?;
    let phrases = CustomPhrases { language_tag, translation };
    let mut tx = state.store.write().await?;
    tx.put_custom_phrases(&phrases).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(PhrasesResponse::new(state.tenant(), phrases))))
}

/// The phrases that say something, if all of them have a place in `tree`.
fn fitting(given: Map<String, Value>, tree: Option<&Map<String, Value>>) -> Option<Map<String, Value>> {
    let mut kept = Map::new();
    for (name, value) in given {
        match (value, tree?.get(&name)?) {
            (Value::String(text), Value::String(_)) if !text.is_empty() => drop(kept.insert(name, text.into())),
            (Value::String(_), Value::String(_)) => {}
            (Value::Object(inner), Value::Object(tree)) => {
                let inner = fitting(inner, Some(tree))?;
                if !inner.is_empty() {
                    kept.insert(name, inner.into());
                }
            }
            _ => return None,
        }
    }
    Some(kept)
}

/// Delete the custom phrases of a language
#[utoipa::path(delete, path = "/custom-phrases/{languageTag}", tag = "Custom phrases",
    params(("languageTag" = String, Path)), responses((status = 204), Refused, NotFound, NeededLanguage))]
async fn delete_custom_phrases(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(LanguageTag(tag)): Path<LanguageTag>,
) -> Result<StatusCode, ApiError> {
    let settings = state.identity.settings().await?;
    if settings.rules.language_info.fallback_language == tag {
        return Err(ApiError::from(ErrorCode::LocalizationDefaultLanguage).with("languageTag", &tag));
    }
    let mut tx = state.store.write().await?;
    if !tx.delete_custom_phrases(&tag).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn object(value: Value) -> Map<String, Value> {
        let Value::Object(members) = value else { panic!("{value} is no object") };
        members
    }

    #[test]
    fn phrases_have_the_names_of_english_ones_and_empty_ones_are_left_out() {
        let tree = object(json!({"action": {"sign_in": "Sign in", "deep": {"er": "x"}}, "list": {"or": "or"}}));
        for (given, expected) in [
            (json!({}), Some(json!({}))),
            (json!({"action": {"sign_in": "Go"}}), Some(json!({"action": {"sign_in": "Go"}}))),
            (json!({"action": {"sign_in": "", "deep": {"er": ""}}, "list": {}}), Some(json!({}))),
            (json!({"action": {"other": "x"}}), None),
            (json!({"action": "x"}), None),
            (json!({"action": {"sign_in": {"x": "y"}}}), None),
            (json!({"action": {"sign_in": 1}}), None),
            (json!({"other": {}}), None),
        ] {
            assert_eq!(fitting(object(given.clone()), Some(&tree)).map(Value::from), expected, "{given}");
        }
    }
}
