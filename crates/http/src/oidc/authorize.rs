//! `GET` and `POST /oidc/auth`, and `GET /oidc/auth/:uid`, where browsers come back to.

use super::answer::OAuthAnswer;
use super::token::{form_input, read};
use crate::cookies::Cookies;
use crate::pages;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use signet_oidc::authorize::request::{AUTHORIZATION_PATH, AuthorizeRequest};
use signet_oidc::authorize::respond::Delivery;
use signet_oidc::authorize::{self, Outcome, Refused, Step};
use signet_oidc::error::{AuthorizeError, OAuthError};

pub(super) async fn get(State(state): State<TenantState>, uri: Uri, headers: HeaderMap) -> Response {
    let request = AuthorizeRequest::from_query(uri.query().unwrap_or_default());
    begin(&state, (uri.query(), &headers), request).await
}

pub(super) async fn post(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let request = match read(body).await {
        Ok(body) => AuthorizeRequest::from_body(form_input(AUTHORIZATION_PATH, &parts, &body)),
        Err(error) => Err(error),
    };
    begin(&state, (parts.uri.query(), &parts.headers), request).await
}

async fn begin(
    state: &TenantState,
    (query, headers): (Option<&str>, &HeaderMap),
    request: Result<AuthorizeRequest, OAuthError>,
) -> Response {
    let outcome = async {
        let cookies = Cookies::of(state, headers).await?;
        let outcome = authorize::begin(&state.provider, request?, cookies.session()).await?;
        Ok::<_, Refused>((outcome, cookies))
    };
    match outcome.await {
        Ok((outcome, cookies)) => answer(state, (query, headers), &outcome, cookies).await,
        Err(refused) => refuse(state, (query, headers), &refused).await,
    }
}

pub(super) async fn resume(State(state): State<TenantState>, Path(uid): Path<String>, parts: Parts) -> Response {
    let outcome = async {
        let mut cookies = Cookies::of(&state, &parts.headers).await?;
        if !cookies.may_resume(&uid) {
            return Err(Refused::from(AuthorizeError::InteractionNotFound));
        }
        let outcome = Box::pin(authorize::resume(&state.provider, &uid, cookies.session())).await?;
        cookies.forget_resume("auth", &uid);
        Ok((outcome, cookies))
    };
    match outcome.await {
        Ok((outcome, cookies)) => answer(&state, (parts.uri.query(), &parts.headers), &outcome, cookies).await,
        // Whoever waits in a browser gets a page; the JSON is for programs.
        Err(refused) if refused.error.is_lost_session() && wants_page(&parts.headers) => {
            see_other(&format!("{}/unknown-session", state.base_path()))
        }
        Err(refused) => refuse(&state, (parts.uri.query(), &parts.headers), &refused).await,
    }
}

/// What may not be sent to the client is shown to whoever holds the browser, and told to programs as JSON.
async fn refuse(state: &TenantState, (query, headers): (Option<&str>, &HeaderMap), refused: &Refused) -> Response {
    let answer = OAuthAnswer::new(state, query).refuse_authorization(refused);
    if !wants_page(headers) {
        return answer;
    }
    let frame = pages::frame_of(state, (query, headers), None).await;
    if answer.status().is_server_error() {
        return pages::notice::failure(&frame).answer(answer.status());
    }
    pages::notice::refused_request(&frame, &refused.error.to_string()).answer(answer.status())
}

/// Whether somebody looks at the answer: a browser that opens a page takes XHTML too. A program that only says
/// `text/html` is answered with JSON, as clients expect.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html") && accept.contains("application/xhtml+xml")
}

pub(super) async fn answer(
    state: &TenantState,
    (query, headers): (Option<&str>, &HeaderMap),
    outcome: &Outcome,
    mut cookies: Cookies<'_>,
) -> Response {
    if let Some(key) = &outcome.session {
        cookies.keep_session(key);
    }
    let mut response = match &outcome.step {
        Step::Ask(waiting) => {
            cookies.keep_interaction(waiting);
            see_other(&format!("{}{}", state.base_path(), waiting.page))
        }
        Step::Respond(response) => match response.delivery() {
            Delivery::Redirect(url) => see_other(&url),
            Delivery::Form { action, fields } => {
                let frame = pages::frame_of(state, (query, headers), None).await;
                pages::handover::form_post(&frame, action, fields).answer()
            }
        },
    };
    cookies.write(response.headers_mut());
    response
}

/// 303, so that a form that was posted to us is not posted again to somebody else (RFC 9700 §4.12).
pub(crate) fn see_other(location: &str) -> Response {
    // Locations come from serialized URLs and encoded queries.
    let Ok(location) = HeaderValue::from_str(location) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [(LOCATION, location), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::SEE_OTHER, headers).into_response()
}
