//! The page of the console, and which of its addresses a visitor is sent to.

use super::{Console, ConsoleFiles, found};
use crate::state::TenantState;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, StatusCode};
use std::sync::Arc;
use url::Url;

/// What the build writes into the page, once. All its addresses are relative to it.
const BASE: &str = "<base href=\"/console/\">";
const NEVER: &str = "no-cache, no-store, must-revalidate";
const WELCOME: &str = "welcome";

const NO_CONSOLE: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>No console</title></head>\
    <body><h1>This build has no console</h1><p>It was built without the feature <code>console</code>. \
    The Management API does everything that the console does.</p></body></html>\n";

/// The page of an installation whose admin endpoint has a path of its own.
pub(super) fn below(page: &str, admin_endpoint: &str) -> String {
    let path = Url::parse(admin_endpoint).map(|url| url.path().trim_end_matches('/').to_owned()).unwrap_or_default();
    page.replacen(BASE, &format!("<base href=\"{path}/console/\">"), 1)
}

pub(super) async fn root(State(state): State<TenantState>, _: Arc<Console>) -> Response {
    let place = if has_administrator(&state).await { "" } else { "/welcome" };
    found(&format!("{}/console{place}", state.base_path()))
}

/// `/console`. Whoever comes first makes themselves known.
pub(super) async fn index(State(state): State<TenantState>, console: Arc<Console>) -> Response {
    if console.page.is_some() && !has_administrator(&state).await {
        return found(&format!("{}/console/{WELCOME}", state.base_path()));
    }
    page(&console)
}

/// A file, or the page at one of its addresses.
pub(super) async fn below_it(
    State(state): State<TenantState>,
    console: Arc<Console>,
    Path(path): Path<String>,
    asked: HeaderMap,
) -> Response {
    if path == "config.json" {
        let mut response = console.config.clone().into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        return with(&console, response, Some(NEVER));
    }
    if let Some(file) = console.files.answer(&path, &asked) {
        return with(&console, file, None);
    }
    if ConsoleFiles::is_file(&path) {
        return with(&console, StatusCode::NOT_FOUND.into_response(), Some(NEVER));
    }
    if path == WELCOME && console.page.is_some() && has_administrator(&state).await {
        return found(&format!("{}/console", state.base_path()));
    }
    page(&console)
}

fn page(console: &Console) -> Response {
    let response = match &console.page {
        Some(page) => Html(page.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, Html(NO_CONSOLE)).into_response(),
    };
    with(console, response, Some(NEVER))
}

/// The headers that everything of the console has.
fn with(console: &Console, mut response: Response, cache: Option<&'static str>) -> Response {
    let headers = response.headers_mut();
    headers.extend(console.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    if let Some(cache) = cache {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    }
    response
}

/// Whether anybody could sign in. A database that does not answer is no reason to offer a first registration.
async fn has_administrator(state: &TenantState) -> bool {
    let count = async { state.store.read().await?.count_active_users().await };
    count.await.map_or(true, |count| count > 0)
}
