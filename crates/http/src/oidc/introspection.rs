//! `POST /oidc/token/introspection` (RFC 7662) and `POST /oidc/token/revocation` (RFC 7009).

use super::answer::{OAuthAnswer, uncached};
use super::cors::AllowedOrigin;
use super::token::{authorization, form_input, read};
use crate::extract::origin::RequestOrigin;
use crate::state::TenantState;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use signet_oidc::error::OAuthError;
use signet_oidc::form::Form;
use signet_oidc::introspect::{self, INTROSPECTION_PATH, REVOCATION_PATH};
use signet_oidc::token::credentials::ClientCredential;

pub(super) async fn introspect(State(state): State<TenantState>, request: Request<Body>) -> Response {
    answer(&state, INTROSPECTION_PATH, request, async |authorization, form| {
        introspect::introspect(&state.provider, authorization, form).await.map(|answer| uncached(&answer))
    })
    .await
}

pub(super) async fn revoke(
    State(state): State<TenantState>,
    origin: RequestOrigin,
    request: Request<Body>,
) -> Response {
    answer(&state, REVOCATION_PATH, request, async |authorization, form| {
        introspect::revoke(&state.provider, authorization, (form, &origin.0))
            .await
            .map(|()| StatusCode::OK.into_response())
    })
    .await
}

pub(super) async fn answer(
    state: &TenantState,
    path: &'static str,
    request: Request<Body>,
    call: impl AsyncFnOnce(Option<&[u8]>, &Form) -> Result<Response, OAuthError>,
) -> Response {
    let (parts, body) = request.into_parts();
    let answer = OAuthAnswer::new(state, parts.uri.query());
    let body = match read(body).await {
        Ok(body) => body,
        Err(error) => return answer.refuse(&error),
    };
    match checked(state, path, &parts, &body).await {
        Ok((form, allowed)) => {
            let outcome = match authorization(&parts.headers) {
                Ok(header) => call(header, &form).await,
                Err(error) => Err(error),
            };
            allowed.show(answer.of(outcome))
        }
        Err(error) => answer.refuse(&error),
    }
}

async fn checked(
    state: &TenantState,
    path: &'static str,
    parts: &Parts,
    body: &Bytes,
) -> Result<(Form, AllowedOrigin), OAuthError> {
    let form = Form::parse(form_input(path, parts, body))?;
    let credential = ClientCredential::parse(authorization(&parts.headers)?, &form)?;
    let allowed = AllowedOrigin::check(state, &parts.headers, credential.client_id()).await?;
    Ok((form, allowed))
}
