//! `/device`: where a person types or confirms the code of a device. The forms go to `/oidc/device`, which also sets
//! the cookie with the value that they must carry.

use super::next::found;
use super::open::{frame_of, parameter, seen};
use crate::pages::device::{self, DeviceError};
use crate::state::TenantState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::Response;

const XSRF_COOKIE: &str = "_logto_device_flow_xsrf";

pub(super) async fn get(State(state): State<TenantState>, parts: Parts) -> Response {
    let Some(xsrf) = xsrf(&parts) else {
        return found(&format!("{}/oidc/device", state.base_path()));
    };
    let frame = frame_of(&state, seen(&parts), None).await;
    let error = parameter(&parts, "error").and_then(|name| DeviceError::named(&name));
    match (parameter(&parts, "user_code"), error) {
        (Some(code), None) if !code.is_empty() => device::confirm(&frame, &xsrf, &code, None).answer(StatusCode::OK),
        (_, error) => {
            let typed = parameter(&parts, "input_code").unwrap_or_default();
            device::enter(&frame, &xsrf, &typed, error).answer(StatusCode::OK)
        }
    }
}

pub(super) async fn success(State(state): State<TenantState>, parts: Parts) -> Response {
    device::success(&frame_of(&state, seen(&parts), None).await).answer(StatusCode::OK)
}

fn xsrf(parts: &Parts) -> Option<String> {
    let lines = parts.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == XSRF_COOKIE && !value.is_empty()).map(|(_, value)| value.to_owned())
}
