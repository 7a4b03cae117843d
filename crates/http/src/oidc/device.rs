//! `POST /oidc/device/auth` for devices, and `/oidc/device` for the browser of whoever answers (RFC 8628 §3.1, §3.3). The
//! pages are below `/device`.

use super::answer::{OAuthAnswer, uncached};
use super::authorize::{self, see_other, wants_page};
use super::introspection;
use super::token::{form_input, read};
use crate::cookies::{Cookies, Name};
use crate::extract::origin::RequestOrigin;
use crate::state::TenantState;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use signet_core::device::DEVICE_CODE_TTL;
use signet_core::secret::Hashed;
use signet_oidc::authorize::resume_for_device;
use signet_oidc::device::{self, Answer, Answered, DEVICE_AUTHORIZATION_PATH};
use signet_oidc::error::{AuthorizeError, OAuthError};
use signet_oidc::form::Form;
use url::form_urlencoded;

/// Characters of the value that forms of ours carry.
const XSRF_LENGTH: usize = 32;
const DEVICE_PATH: &str = "/device";

pub(super) async fn authorize(State(state): State<TenantState>, request: Request<Body>) -> Response {
    introspection::answer(&state, DEVICE_AUTHORIZATION_PATH, request, async |authorization, form| {
        let asked = (form, state.endpoint.as_str());
        device::authorize(&state.provider, authorization, asked).await.map(|granted| uncached(&granted))
    })
    .await
}

/// `GET /oidc/device`: gives the page what its form must carry, and sends the browser there.
pub(super) async fn begin(State(state): State<TenantState>, parts: Parts) -> Response {
    let query = parts.uri.query().unwrap_or_default();
    let mut code = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "user_code");
    let page = match code.next() {
        Some((_, code)) => page(&[("user_code", &code)]),
        None => page(&[]),
    };
    match Cookies::of(&state, &parts.headers).await {
        Ok(cookies) => to_page(&state, &page, cookies),
        Err(error) => OAuthAnswer::new(&state, parts.uri.query()).refuse(&error),
    }
}

/// `POST /oidc/device`: `xsrf`, `user_code`, and `confirm` or `abort`.
pub(super) async fn answer(
    State(state): State<TenantState>,
    origin: RequestOrigin,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let outcome = async {
        let form = Form::parse(form_input(DEVICE_PATH, &parts, &read(body).await?))?;
        answered(&state, &parts, &form, &origin).await
    };
    outcome.await.unwrap_or_else(|error| OAuthAnswer::new(&state, parts.uri.query()).refuse(&error))
}

async fn answered(
    state: &TenantState,
    parts: &Parts,
    form: &Form,
    origin: &RequestOrigin,
) -> Result<Response, OAuthError> {
    let mut cookies = Cookies::of(state, &parts.headers).await?;
    let typed = form.get("user_code").unwrap_or_default();
    let refused = |name: &str| page(&[("input_code", typed), ("error", name)]);
    // A form that another site made the browser post says nothing that the page was given.
    if !is_ours(form.get("xsrf"), cookies.get(Name::DeviceForm)) {
        return Ok(to_page(state, &refused("InvalidRequest"), cookies));
    }
    let said = match (form.get("confirm"), form.get("abort")) {
        (_, Some(_)) => Answer::Abort,
        (Some(_), None) => Answer::Confirm,
        (None, None) => Answer::Code,
    };
    let session = cookies.session().map(str::to_owned);
    match device::answer(&state.provider, (typed, said), session.as_deref(), &origin.0).await? {
        Answered::AskConfirmation { user_code } => Ok(to_page(state, &page(&[("user_code", &user_code)]), cookies)),
        Answered::Aborted => Ok(to_page(state, &page(&[("error", "AbortedError")]), cookies)),
        Answered::Refused(name) => Ok(to_page(state, &refused(name), cookies)),
        Answered::Go(outcome) => {
            renew_xsrf(state, &mut cookies);
            Ok(authorize::answer(state, (parts.uri.query(), &parts.headers), &outcome, cookies).await)
        }
    }
}

/// `GET /oidc/device/:uid`, where browsers come back to.
pub(super) async fn resume(State(state): State<TenantState>, Path(uid): Path<String>, parts: Parts) -> Response {
    let outcome = async {
        let mut cookies = Cookies::of(&state, &parts.headers).await?;
        if !cookies.may_resume(&uid) {
            return Err(OAuthError::from(AuthorizeError::InteractionNotFound));
        }
        let outcome = resume_for_device(&state.provider, &uid, cookies.session()).await?;
        cookies.forget_resume("device", &uid);
        if let Some(key) = &outcome.session {
            cookies.keep_session(key);
        }
        let Some(waiting) = outcome.waiting else {
            let mut response = found(&format!("{}/device/success", state.base_path()));
            cookies.write(response.headers_mut());
            return Ok(response);
        };
        cookies.keep_interaction(&waiting);
        let mut response = see_other(&format!("{}{}", state.base_path(), waiting.page));
        cookies.write(response.headers_mut());
        Ok(response)
    };
    match outcome.await {
        Ok(response) => response,
        Err(error) if error.is_lost_session() && wants_page(&parts.headers) => {
            see_other(&format!("{}/unknown-session", state.base_path()))
        }
        Err(error) => OAuthAnswer::new(&state, parts.uri.query()).refuse(&error),
    }
}

/// Another value for the next form: each is good once.
fn renew_xsrf(state: &TenantState, cookies: &mut Cookies<'_>) {
    let value = state.rng.opaque(XSRF_LENGTH);
    cookies.keep_device_xsrf(&value, DEVICE_CODE_TTL);
}

fn is_ours(said: Option<&str>, kept: Option<&str>) -> bool {
    match (said, kept) {
        (Some(said), Some(kept)) => Hashed::of(kept).matches(said),
        (Some(_) | None, Some(_) | None) => false,
    }
}

/// Path and query of the page.
fn page(query: &[(&str, &str)]) -> String {
    if query.is_empty() {
        return DEVICE_PATH.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{DEVICE_PATH}?{query}")
}

fn to_page(state: &TenantState, page: &str, mut cookies: Cookies<'_>) -> Response {
    renew_xsrf(state, &mut cookies);
    let mut response = found(&format!("{}{page}", state.base_path()));
    cookies.write(response.headers_mut());
    response
}

/// 302, which the device flow's clients expect. What was posted to us goes nowhere else: the place is ours.
fn found(location: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(location) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (StatusCode::FOUND, [(LOCATION, location), (CACHE_CONTROL, HeaderValue::from_static("no-store"))]).into_response()
}
