//! `/device`: where a person types or confirms the code of a device. The forms go to `/oidc/device`, which also sets
//! the cookie with the value that they must carry.

use super::next::{failed, found};
use super::open::{frame_of, parameter, seen};
use crate::cookies::Cookies;
use crate::extract::origin::RequestOrigin;
use crate::pages::device::{self, DeviceError};
use crate::state::TenantState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use url::form_urlencoded;

/// A code in the address is a question whether the person meant it; without one they are asked for it.
pub(super) async fn get(State(state): State<TenantState>, origin: RequestOrigin, parts: Parts) -> Response {
    let code = parameter(&parts, "user_code").filter(|code| !code.trim().is_empty());
    let Some(xsrf) = xsrf(&state, &parts).await else {
        return begin(&state, code.as_deref());
    };
    let frame = frame_of(&state, seen(&parts), None).await;
    let error = parameter(&parts, "error").and_then(|name| DeviceError::named(&name));
    let Some(code) = code.filter(|_| error.is_none()) else {
        let typed = parameter(&parts, "input_code").unwrap_or_default();
        return device::enter(&frame, &xsrf, &typed, error).answer(StatusCode::OK);
    };
    match signet_oidc::device::pending(&state.provider, &code, &origin.0).await {
        Ok(Some((pending, client))) => {
            device::confirm(&frame, &xsrf, &pending.user_code, &client.application.name).answer(StatusCode::OK)
        }
        Ok(None) => device::enter(&frame, &xsrf, &code, Some(DeviceError::NotFound)).answer(StatusCode::OK),
        Err(error) => failed(&frame, &error),
    }
}

/// Goes and gets what a form must carry. The code comes back with it.
fn begin(state: &TenantState, code: Option<&str>) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(code.map(|code| ("user_code", code)));
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    found(&format!("{}/oidc/device{mark}{query}", state.base_path()))
}

pub(super) async fn success(State(state): State<TenantState>, parts: Parts) -> Response {
    device::success(&frame_of(&state, seen(&parts), None).await).answer(StatusCode::OK)
}

/// What the endpoint gave this page for its form.
async fn xsrf(state: &TenantState, parts: &Parts) -> Option<String> {
    let cookies = Cookies::of(state, &parts.headers).await.ok()?;
    cookies.device_xsrf().map(str::to_owned)
}
