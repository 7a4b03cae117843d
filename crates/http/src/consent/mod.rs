//! Consent: the page's address, and the API that the page calls. Both are for the browser of the person who is asked.

mod api;
mod page;

use crate::state::TenantState;
use axum::Router;
use axum::routing::get;

pub(crate) use api::router as api;

/// `GET /consent`.
pub(crate) fn page() -> Router<TenantState> {
    Router::new().route("/consent", get(page::get))
}
