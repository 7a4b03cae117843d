//! Routes below `/oidc`: parse, call, answer. What they do is in `signet-oidc`.

mod answer;
mod cors;
mod discovery;
mod introspection;
mod jwks;
mod token;
mod userinfo;

use crate::state::TenantState;
use answer::OAuthAnswer;
use axum::Router;
use axum::extract::{OriginalUri, State};
use axum::http::Method;
use axum::response::Response;
use axum::routing::{get, post};
use signet_oidc::error::OAuthError;

/// Largest body of a POST, in bytes.
pub(crate) const BODY_LIMIT: usize = signet_oidc::form::MAX_BODY;

pub(crate) fn router() -> Router<TenantState> {
    let per_client = |route: axum::routing::MethodRouter<TenantState>| route.options(cors::preflight);
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery::get).options(cors::open_preflight))
        .route("/.well-known/oauth-authorization-server", get(discovery::get).options(cors::open_preflight))
        .route("/jwks", get(jwks::get).options(cors::open_preflight))
        .route("/token", per_client(post(token::post)))
        .route("/token/introspection", per_client(post(introspection::introspect)))
        .route("/token/revocation", per_client(post(introspection::revoke)))
        .route("/me", get(userinfo::userinfo).post(userinfo::userinfo).options(cors::bearer_preflight))
        .method_not_allowed_fallback(unknown)
        .fallback(unknown)
}

/// Any other path or method.
pub(crate) async fn unknown(
    State(state): State<TenantState>,
    method: Method,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let path = uri.path().split_once("/oidc").map_or(uri.path(), |(_, path)| path).to_owned();
    let error = OAuthError::UnknownRoute { method: method.to_string(), path };
    OAuthAnswer::new(&state, uri.query()).refuse(&error)
}
