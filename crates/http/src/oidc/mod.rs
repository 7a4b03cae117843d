//! Routes below `/oidc`: parse, call, answer. What they do is in `signet-oidc`.

pub(crate) mod answer;
mod authorize;
mod cors;
mod device;
mod discovery;
mod end_session;
mod introspection;
mod jwks;
mod push;
mod token;
mod userinfo;

pub(crate) use authorize::see_other;
pub(crate) use token::read;

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
        .route("/auth", get(authorize::get).post(authorize::post))
        .route("/auth/{uid}", get(authorize::resume))
        .route("/request", per_client(post(push::post)))
        .route("/session/end", get(end_session::get).post(end_session::post))
        .route("/session/end/confirm", post(end_session::confirm))
        .route("/session/end/success", get(end_session::success))
        .route("/token", per_client(post(token::post)))
        .route("/token/introspection", per_client(post(introspection::introspect)))
        .route("/token/revocation", per_client(post(introspection::revoke)))
        .route("/me", get(userinfo::userinfo).post(userinfo::userinfo).options(cors::bearer_preflight))
        .route("/device/auth", per_client(post(device::authorize)))
        .route("/device", get(device::begin).post(device::answer))
        .route("/device/{uid}", get(device::resume))
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
