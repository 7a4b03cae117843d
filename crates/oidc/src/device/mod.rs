//! The device flow (RFC 8628): a device without a keyboard asks, and a person answers elsewhere.
//!
//! ```text
//! mod.rs                    the device's request              POST /device/auth
//! answer.rs                 the code that a person typed      POST /device
//! attempts.rs               how often anybody may guess
//! authorize/device.rs       who they are and what they allow  GET /device/:uid
//! token/grants/             the device's polling
//! ```

mod answer;
mod attempts;

use crate::authorize::request::AuthorizeRequest;
use crate::authorize::wanted_by_device;
use crate::error::{OAuthError, TokenError};
use crate::form::Form;
use crate::provider::{Provider, internal};
use crate::token::client_auth;
use crate::token::credentials::ClientCredential;
use crate::token::request::GrantType;
pub use answer::{Answer, Answered, answer, pending};
pub(crate) use attempts::Attempts;
use serde::Serialize;
use signet_core::device::{DEVICE_CODE_TTL, DeviceCode, DeviceStatus};
use signet_core::secret::ValueHash;
use signet_core::token::OPAQUE_LENGTH;
use url::form_urlencoded;

/// The path below `/oidc`.
pub const DEVICE_AUTHORIZATION_PATH: &str = "/device/auth";
/// How often a code is drawn before giving up. Two are alike once in some ten thousand million.
const DRAWS: usize = 5;

/// RFC 8628 §3.2. Without `interval`: devices wait five seconds between polls.
#[derive(Serialize)]
pub struct DeviceAuthorization {
    device_code: String,
    user_code: String,
    verification_uri: String,
    verification_uri_complete: String,
    expires_in: u64,
}

/// `POST /oidc/device/auth` (RFC 8628 §3.1). `endpoint` is the tenant's, below which the page is.
pub async fn authorize(
    provider: &Provider,
    authorization: Option<&[u8]>,
    (form, endpoint): (&Form, &str),
) -> Result<DeviceAuthorization, OAuthError> {
    let credential = ClientCredential::parse(authorization, form)?;
    let client = client_auth::authenticate(provider, &credential).await?;
    if !client.application.is_device_flow() {
        return Err(TokenError::NotADeviceClient(GrantType::DeviceCode.as_str()).into());
    }
    let request = AuthorizeRequest::pushed(form, client.application.id.as_str());
    // What is wrong with it the device can still be told; a person could not mend it.
    wanted_by_device(provider, &client, &request).await?;
    let (value, now) = (provider.deps.rng.opaque(OPAQUE_LENGTH), provider.now());
    let mut code = DeviceCode {
        hash: ValueHash::of(&value),
        user_code: provider.deps.rng.user_code(),
        client_id: client.application.id.clone(),
        params: request.kept(),
        status: DeviceStatus::Pending,
        grant_id: None,
        user_id: None,
        session_uid: None,
        facts: None,
        created_at: now,
        expires_at: now.plus(DEVICE_CODE_TTL),
    };
    for _ in 0..DRAWS {
        let tx = provider.store.write().await?;
        let is_new = tx.insert_device_code(&code).await?;
        tx.commit().await?;
        if is_new {
            return Ok(described(value, code.user_code, endpoint));
        }
        code.user_code = provider.deps.rng.user_code();
    }
    Err(internal("no free user code was drawn"))
}

fn described(device_code: String, user_code: String, endpoint: &str) -> DeviceAuthorization {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("user_code", &user_code).finish();
    DeviceAuthorization {
        device_code,
        user_code,
        verification_uri: format!("{endpoint}/device"),
        verification_uri_complete: format!("{endpoint}/device?{query}"),
        expires_in: DEVICE_CODE_TTL.as_secs(),
    }
}
