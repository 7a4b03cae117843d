//! Whether a request that a browser sent comes from a page of ours.

use crate::state::TenantState;
use axum::http::HeaderMap;
use axum::http::header::ORIGIN;
use url::Url;

/// A page of another origin cannot act for the person, also not one of the same site, to which browsers give the
/// cookies. Programs that are no browsers say no origin.
pub(crate) fn comes_from_here(state: &TenantState, headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return true };
    Url::parse(&state.endpoint).is_ok_and(|own| own.origin().ascii_serialization().as_bytes() == origin.as_bytes())
}
