//! Who looks after their own account: a person with a token for it. A machine has none.

use crate::error::ApiError;
use crate::management::caller::claims_for;
use crate::state::TenantState;
use axum::extract::FromRequestParts;
use http::request::Parts;
use signet_core::error_code::ErrorCode;
use signet_core::id::UserId;
use signet_core::resource::ME_API;

/// Proof that the caller is this person: only this extractor makes one.
#[derive(Debug)]
pub(crate) struct Myself {
    id: UserId,
}

impl Myself {
    pub(crate) fn id(&self) -> &UserId {
        &self.id
    }
}

impl FromRequestParts<TenantState> for Myself {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &TenantState) -> Result<Self, ApiError> {
        let claims = claims_for(&parts.headers, state, ME_API).await?;
        let id = claims.subject().parse().map_err(|_| ErrorCode::AuthForbidden)?;
        if claims.is_machine() { Err(ErrorCode::AuthForbidden.into()) } else { Ok(Self { id }) }
    }
}
