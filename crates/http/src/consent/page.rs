//! `GET /consent`: first-party applications are allowed what they want, and the browser goes on without a page.

use crate::cookies::{Cookies, PendingInteraction};
use crate::oidc::answer::OAuthAnswer;
use crate::state::TenantState;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use signet_oidc::authorize::consent::{self, Consent};
use signet_oidc::error::OAuthError;

pub(super) async fn get(State(state): State<TenantState>, parts: Parts) -> Response {
    match open(&state, &parts).await {
        Ok(consent) if consent.is_silent() => match consent.allow(&state.provider).await {
            Ok(next) => found(&next),
            Err(error) => OAuthAnswer::new(&state, None).refuse(&error),
        },
        Ok(consent) => ask(&consent),
        Err(error) if error.is_lost_session() => found(&format!("{}/unknown-session", state.base_path())),
        Err(error) => OAuthAnswer::new(&state, None).refuse(&error),
    }
}

async fn open(state: &TenantState, parts: &Parts) -> Result<Consent, OAuthError> {
    let PendingInteraction(interaction) = PendingInteraction::of(state, parts).await?;
    let cookies = Cookies::of(state, &parts.headers).await?;
    consent::open(&state.provider, interaction, cookies.session()).await
}

/// The page of third-party applications.
fn ask(consent: &Consent) -> Response {
    let body = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Consent</title></head>\
         <body data-app-id=\"{}\"></body></html>",
        consent.client.application.id
    );
    crate::oidc::form_post::html(body, "")
}

fn found(location: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(location) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [(LOCATION, location), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::FOUND, headers).into_response()
}
