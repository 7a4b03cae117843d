//! Files of pages. Their names say which version they are, so browsers ask for each once.

use super::open::parameter;
use crate::pages::assets;
use crate::state::TenantState;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

const FOR_GOOD: &str = "public, max-age=31536000, immutable";
const CSS: &str = "text/css; charset=utf-8";

pub(super) async fn get(State(state): State<TenantState>, Path(file): Path<String>, parts: Parts) -> Response {
    let path = format!("/assets/{file}");
    if path == *assets::CSS_PATH {
        return answer(CSS, FOR_GOOD, assets::CSS.to_owned());
    }
    if path == *assets::ICON_PATH {
        return answer("image/svg+xml", FOR_GOOD, assets::ICON.to_owned());
    }
    match custom_css(&state, parameter(&parts, "app_id")).await {
        // The page names the version, so another version is asked for under another name.
        Some(css) if path == assets::custom_css_path(&css) => answer(CSS, FOR_GOOD, css),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The tenant's, or that of an application. Whatever is wrong, a page without it is better than none.
async fn custom_css(state: &TenantState, application: Option<String>) -> Option<String> {
    if let Some(id) = application {
        let reader = state.store.read().await.ok()?;
        return reader.appearance(&id.parse().ok()?).await.ok()??.custom_css;
    }
    let settings = state.identity.settings().await.ok()?;
    settings.all.get("customCss").and_then(Value::as_str).map(str::to_owned)
}

fn answer(content_type: &'static str, cache: &'static str, content: String) -> Response {
    ([(CONTENT_TYPE, content_type), (CACHE_CONTROL, cache)], content).into_response()
}
