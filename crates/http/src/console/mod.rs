//! The console: a page of the admin endpoint that administers through the public APIs, like any other client of them.
//!
//! Its files are built elsewhere (`console/`) and handed in as [`ConsoleFiles`]; here they are served, with a policy
//! under which nothing that somebody else wrote can run.

mod config;
mod file;
mod headers;
mod page;

pub use file::ConsoleFiles;

use crate::state::TenantState;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// What the console has to do with a tenant's endpoint.
#[derive(Debug, Clone)]
pub enum ConsolePlace {
    /// It is served here, beside the API of whoever is signed in to it.
    Here(Arc<Console>),
    /// It is served by another endpoint, whose public URL this is.
    At(String),
}

/// The console of an installation.
#[derive(Debug)]
pub struct Console {
    files: ConsoleFiles,
    /// The page, knowing below which path it is. `None`: this build has no console.
    page: Option<String>,
    config: String,
    headers: HeaderMap,
}

/// What the console's page is told.
#[derive(Debug, Clone)]
pub struct ConsoleFacts {
    /// Public URLs of the tenants `default` and `admin`, without a slash at the end.
    pub endpoint: String,
    pub admin_endpoint: String,
    pub version: &'static str,
    /// Whether messages to people are kept instead of sent.
    pub is_development: bool,
}

impl Console {
    pub fn new(files: ConsoleFiles, facts: &ConsoleFacts) -> Self {
        let page = files.page().map(|page| page::below(page, &facts.admin_endpoint));
        let (config, headers) = (config::text(facts), headers::of(facts));
        Self { files, page, config, headers }
    }
}

/// The routes of a place.
pub(crate) fn router(place: &ConsolePlace) -> Router<TenantState> {
    match place {
        ConsolePlace::Here(console) => {
            let (root, index) = (console.clone(), console.clone());
            let (slashed, below) = (console.clone(), console.clone());
            Router::new()
                .route("/", get(move |state| page::root(state, root)))
                .route("/console", get(move |state| page::index(state, index)))
                .route("/console/", get(move |state| page::index(state, slashed)))
                .route("/console/{*path}", get(move |state, path, headers| page::below_it(state, below, path, headers)))
        }
        ConsolePlace::At(endpoint) => {
            let there = format!("{endpoint}/console");
            let redirect = move || {
                let there = found(&there);
                async move { there }
            };
            Router::new().route("/console", get(redirect.clone())).route("/console/", get(redirect))
        }
    }
}

/// 302: what is there is decided anew each time.
fn found(location: &str) -> Response {
    let mut response = Response::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(LOCATION, location);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests;
