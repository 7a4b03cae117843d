//! `GET` and `POST /oidc/me` (OIDC Core §5.3.1).

use super::answer::{OAuthAnswer, uncached};
use super::cors::AllowedOrigin;
use super::token::{form_input, read};
use crate::state::TenantState;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Request};
use axum::response::Response;
use signet_oidc::error::{OAuthError, TokenError};
use signet_oidc::form::Form;
use signet_oidc::userinfo::{self, USERINFO_PATH};

pub(super) async fn userinfo(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let answer = OAuthAnswer::new(&state, parts.uri.query());
    let outcome = match read(body).await {
        Ok(body) => about(&state, &parts, &body).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok((allowed, outcome)) => allowed.show(answer.of(outcome)),
        Err(error) => answer.refuse(&error),
    }
}

/// The client is that of the token, so its pages may read what becomes of it.
async fn about(
    state: &TenantState,
    parts: &Parts,
    body: &Bytes,
) -> Result<(AllowedOrigin, Result<Response, OAuthError>), OAuthError> {
    let value = presented(parts, body)?;
    let token = userinfo::presented(&state.provider, value.as_deref()).await?;
    let allowed = AllowedOrigin::check(state, &parts.headers, token.client_id.as_str()).await?;
    let claims = userinfo::about(&state.provider, &token).await;
    Ok((allowed, claims.map(|claims| uncached(&claims))))
}

/// In the header or in a form, never in the URL, where it would be logged (RFC 6750 §2, RFC 9700 §4.3.2).
fn presented(parts: &Parts, body: &Bytes) -> Result<Option<String>, OAuthError> {
    let header = bearer(&parts.headers)?;
    if parts.method != Method::POST || body.is_empty() {
        return Ok(header);
    }
    let form = Form::parse(form_input(USERINFO_PATH, parts, body))?;
    match (header, form.get("access_token")) {
        (Some(_), Some(_)) => Err(TokenError::TwoAccessTokens.into()),
        (header, posted) => Ok(header.or_else(|| posted.map(str::to_owned))),
    }
}

fn bearer(headers: &HeaderMap) -> Result<Option<String>, OAuthError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(_), Some(_)) => Err(TokenError::TwoAccessTokens.into()),
        (Some(value), None) => {
            let text = value.to_str().unwrap_or_default().trim();
            let token = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
            Ok(token.map(|(_, token)| token.trim().to_owned()).filter(|token| !token.is_empty()))
        }
    }
}
