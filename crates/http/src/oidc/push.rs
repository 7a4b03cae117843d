//! `POST /oidc/request` (RFC 9126).

use super::answer::{OAuthAnswer, uncached};
use super::cors::AllowedOrigin;
use super::token::{authorization, form_input, read};
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use signet_oidc::authorize::push::{self, PUSH_PATH};
use signet_oidc::form::Form;
use signet_oidc::token::credentials::ClientCredential;

pub(super) async fn post(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let answer = OAuthAnswer::new(&state, parts.uri.query());
    let checked = async {
        let body = read(body).await?;
        let form = Form::parse(form_input(PUSH_PATH, &parts, &body))?;
        let header = authorization(&parts.headers)?;
        let credential = ClientCredential::parse(header, &form)?;
        let allowed = AllowedOrigin::check(&state, &parts.headers, credential.client_id()).await?;
        Ok((form, header, allowed))
    };
    match checked.await {
        Ok((form, header, allowed)) => {
            let pushed = push::push(&state.provider, header, &form).await;
            let created = pushed.map(|pushed| (StatusCode::CREATED, uncached(&pushed)).into_response());
            allowed.show(answer.of(created))
        }
        Err(error) => answer.refuse(&error),
    }
}
