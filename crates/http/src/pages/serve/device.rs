//! `/device`: where a person types or confirms the code of a device. The forms go to `/oidc/device`, which also sets
//! the cookie with the value that they must carry.

use super::next::found;
use super::open::{frame_of, parameter, seen};
use crate::cookies::Cookies;
use crate::extract::origin::RequestOrigin;
use crate::pages::device::{self, DeviceError};
use crate::state::TenantState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use signet_oidc::device::pending;

pub(super) async fn get(State(state): State<TenantState>, origin: RequestOrigin, parts: Parts) -> Response {
    let Some(xsrf) = xsrf(&state, &parts).await else {
        let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return found(&format!("{}/oidc/device{query}", state.base_path()));
    };
    let frame = frame_of(&state, seen(&parts), None).await;
    let error = parameter(&parts, "error").and_then(|name| DeviceError::named(&name));
    match (parameter(&parts, "user_code"), error) {
        (Some(code), None) if !code.is_empty() => {
            let asks = pending(&state.provider, &code, &origin.0).await.ok().flatten();
            let application = asks.as_ref().map(|(_, client)| client.application.name.as_str());
            device::confirm(&frame, &xsrf, &code, application).answer(StatusCode::OK)
        }
        (_, error) => {
            let typed = parameter(&parts, "input_code").unwrap_or_default();
            device::enter(&frame, &xsrf, &typed, error).answer(StatusCode::OK)
        }
    }
}

pub(super) async fn success(State(state): State<TenantState>, parts: Parts) -> Response {
    device::success(&frame_of(&state, seen(&parts), None).await).answer(StatusCode::OK)
}

async fn xsrf(state: &TenantState, parts: &Parts) -> Option<String> {
    let cookies = Cookies::of(state, &parts.headers).await.ok()?;
    cookies.device_xsrf().map(str::to_owned)
}
