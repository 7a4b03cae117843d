//! `/oidc/session/end` and its continuations. What waits for the person's answer is in a signed cookie of its own: the
//! form of another page has neither the cookie nor the value that must be posted with it.

use super::answer::OAuthAnswer;
use super::authorize::see_other;
use super::token::{form_input, read};
use crate::cookies::{Attributes, Cookies, Name};
use crate::pages;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, StatusCode, Uri};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use signet_core::secret::Hashed;
use signet_oidc::end_session::{self, CONFIRM_PATH, END_SESSION_PATH, Logout};
use signet_oidc::error::{AuthorizeError, OAuthError};
use signet_oidc::form::Form;
use std::time::Duration;

/// How long the person has to agree.
const LIFETIME: Duration = Duration::from_mins(10);
const XSRF_LENGTH: usize = 43;

/// A logout that waits.
#[derive(Serialize, Deserialize)]
struct Pending {
    xsrf: String,
    logout: Logout,
}

pub(super) async fn get(State(state): State<TenantState>, uri: Uri, headers: HeaderMap) -> Response {
    let form = Form::parse_query(uri.query().unwrap_or_default());
    begin(&state, (uri.query(), &headers), form).await
}

pub(super) async fn post(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let form = match read(body).await {
        Ok(body) => Form::parse_forwarded(form_input(END_SESSION_PATH, &parts, &body)),
        Err(error) => Err(error),
    };
    begin(&state, (parts.uri.query(), &parts.headers), form).await
}

async fn begin(
    state: &TenantState,
    (query, headers): (Option<&str>, &HeaderMap),
    form: Result<Form, OAuthError>,
) -> Response {
    let page = async {
        let logout = Logout::check(&state.provider, &form?).await?;
        let mut cookies = Cookies::of(state, headers).await?;
        let pending = Pending { xsrf: state.rng.opaque(XSRF_LENGTH), logout };
        let text = serde_json::to_string(&pending).map_err(|error| OAuthError::Internal(error.into()))?;
        let value = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
        let path = path(state);
        cookies.set(
            Name::Logout,
            &value,
            &Attributes { path: &path, max_age: Some(LIFETIME), ..Attributes::default() },
        );
        let frame = pages::frame_of(state, (query, headers), None).await;
        let action = format!("{}/oidc{CONFIRM_PATH}", state.base_path());
        let mut response = pages::handover::sign_out(&frame, &action, &pending.xsrf).answer();
        cookies.write(response.headers_mut());
        Ok(response)
    };
    OAuthAnswer::new(state, query).of(page.await)
}

fn path(state: &TenantState) -> String {
    format!("{}/oidc{END_SESSION_PATH}", state.base_path())
}

pub(super) async fn confirm(State(state): State<TenantState>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let answered = async {
        let body = read(body).await?;
        let form = Form::parse(form_input(CONFIRM_PATH, &parts, &body))?;
        confirmed(&state, &parts, &form).await
    };
    OAuthAnswer::new(&state, parts.uri.query()).of(answered.await)
}

async fn confirmed(state: &TenantState, parts: &Parts, form: &Form) -> Result<Response, OAuthError> {
    let mut cookies = Cookies::of(state, &parts.headers).await?;
    let pending = cookies.get(Name::Logout).and_then(parse).ok_or(AuthorizeError::NoLogout)?;
    if !Hashed::of(&pending.xsrf).matches(form.get("xsrf").unwrap_or_default()) {
        return Err(AuthorizeError::WrongXsrf.into());
    }
    cookies.clear(Name::Logout, &path(state));
    if form.get("logout").is_some() {
        end_session::end(&state.provider, cookies.session()).await?;
        cookies.forget_session();
    }
    let success = || format!("{}/oidc{END_SESSION_PATH}/success", state.base_path());
    let mut response = see_other(&pending.logout.destination().unwrap_or_else(success));
    cookies.write(response.headers_mut());
    Ok(response)
}

fn parse(cookie: &str) -> Option<Pending> {
    let text = percent_decode_str(cookie).decode_utf8().ok()?;
    serde_json::from_str(&text).ok()
}

/// Where a logout ends that leads nowhere else.
pub(super) async fn success(State(state): State<TenantState>, uri: Uri, headers: HeaderMap) -> Response {
    let frame = pages::frame_of(&state, (uri.query(), &headers), None).await;
    pages::notice::signed_out(&frame).answer(StatusCode::OK)
}
