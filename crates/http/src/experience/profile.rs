//! What is added to an account on the way.

use super::refusal::{Done, Refusals, Uncached};
use super::requests::{password, short};
use super::visiting::SigningIn;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::kept::{Members, literal};
use crate::extract::shape::scalar::{text, url};
use crate::extract::shape::{Fields, FromFields};
use crate::management::user_requests::profile;
use crate::state::TenantState;
use http::StatusCode;
use signet_core::secret::Plain;
use signet_identity::experience::NewProfile;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(add_profile)).routes(routes!(reset_password))
}

/// `{type: "username", value}`, `{type: "password", value}`, `{type: "email" | "phone", verificationId}` or
/// `{type: "extraProfile", values}`.
struct Addition(NewProfile);

impl FromFields for Addition {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let kind = fields.required("type", literal(&["username", "password", "email", "phone", "extraProfile"]))?;
        Ok(Self(match kind {
            "username" => NewProfile::Username(short(fields, "value")?),
            "password" => NewProfile::Password(Plain::new(short(fields, "value")?)),
            "email" => NewProfile::Email(short(fields, "verificationId")?),
            "phone" => NewProfile::Phone(short(fields, "verificationId")?),
            _ => NewProfile::Extra(fields.required("values", extra())?),
        }))
    }
}

/// What people may say about themselves. Other members are left out.
fn extra() -> Members {
    profile().optional("name", text().min(1).max(128)).optional("avatar", url().max(2048))
}

/// Add to an account
///
/// To the one that is being made, or what is missing in the one that somebody signs in to. `extraProfile` has `name`,
/// `avatar` and the members of a profile, such as `givenName`.
#[utoipa::path(post, path = "/experience/profile", tag = "Experience", security(()), request_body = Object,
    responses((status = 204), Refusals))]
async fn add_profile(SigningIn(mut visit): SigningIn, Json(Addition(new)): Json<Addition>) -> Uncached<Done> {
    Uncached(visit.add_profile(new).await.map(|()| StatusCode::NO_CONTENT).map_err(ApiError::from))
}

#[derive(ToSchema)]
struct NewPassword {
    #[schema(value_type = String)]
    password: Plain,
}

impl FromFields for NewPassword {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { password: password(fields)? })
    }
}

/// Choose a new password, for somebody who forgot theirs
#[utoipa::path(put, path = "/experience/profile/password", tag = "Experience", security(()),
    request_body = NewPassword, responses((status = 204), Refusals))]
async fn reset_password(SigningIn(mut visit): SigningIn, Json(request): Json<NewPassword>) -> Uncached<Done> {
    Uncached(visit.reset_password(request.password).await.map(|()| StatusCode::NO_CONTENT).map_err(ApiError::from))
}
