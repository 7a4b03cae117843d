//! Invitations to organizations. There is no page here on which they are accepted: a program has one of its own, whose
//! link it gives with the message, and says here what became of them.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use super::organization_invitation_requests::{
    CreateInvitation, Filter, InvitationResponse, Outcome, Payload, UpdateStatus,
};
use super::organization_references::absent;
use super::verification_codes::Unsent;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::query::Query;
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::InvitationId;
use signet_core::invitation::Invitation;
use signet_identity::invitation::{InvitationError, InvitationRefusal};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(list_organization_invitations, create_organization_invitation))
        .routes(routes!(get_organization_invitation, delete_organization_invitation))
        .routes(routes!(create_organization_invitation_message))
        .routes(routes!(replace_organization_invitation_status))
}

/// List organization invitations
///
/// Newest first.
#[utoipa::path(get, path = "/organization-invitations", tag = "Organization invitations", params(Filter),
    responses((status = 200, body = Vec<InvitationResponse>), Refused))]
async fn list_organization_invitations(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Query(filter): Query<Filter>,
) -> Result<Json<Vec<InvitationResponse>>, ApiError> {
    let Some(filter) = filter.into_stored() else { return Ok(Json(Vec::new())) };
    let found = state.store.read().await?.invitations(&filter).await?;
    Ok(Json(shown(&state, found).await?))
}

/// Invite somebody to an organization
///
/// Nobody is invited who is a member, or has a pending invitation.
#[utoipa::path(post, path = "/organization-invitations", tag = "Organization invitations",
    request_body = CreateInvitation,
    responses((status = 201, body = InvitationResponse), Refused, Unprocessable, Unsent))]
async fn create_organization_invitation(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Json(request): Json<CreateInvitation>,
) -> Result<(StatusCode, Json<InvitationResponse>), ApiError> {
    let invitation = state.identity.invite(request.into_new()?).await?;
    Ok((StatusCode::CREATED, Json(shown_one(&state, invitation).await?)))
}

/// Get an organization invitation
#[utoipa::path(get, path = "/organization-invitations/{id}", tag = "Organization invitations",
    params(("id" = String, Path)), responses((status = 200, body = InvitationResponse), Refused, NotFound))]
async fn get_organization_invitation(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<InvitationId>,
) -> Result<Json<InvitationResponse>, ApiError> {
    let found = state.store.read().await?.invitation(&id).await?.ok_or_else(|| unknown(&id))?;
    Ok(Json(shown_one(&state, found).await?))
}

/// Delete an organization invitation
///
/// Whoever has accepted it stays a member.
#[utoipa::path(delete, path = "/organization-invitations/{id}", tag = "Organization invitations",
    params(("id" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_invitation(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<InvitationId>,
) -> Result<StatusCode, ApiError> {
    let tx = state.store.write().await?;
    if !tx.delete_invitation(&id).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send the message of an organization invitation
///
/// The body holds what the text of the email may mention, such as `link`.
#[utoipa::path(post, path = "/organization-invitations/{id}/message", tag = "Organization invitations",
    params(("id" = String, Path)), request_body = Object,
    responses((status = 204), Refused, NotFound, Unprocessable, Unsent))]
async fn create_organization_invitation_message(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<InvitationId>,
    Json(Payload(variables)): Json<Payload>,
) -> Result<StatusCode, ApiError> {
    let sent = state.identity.send_invitation(&id, variables).await;
    sent.map_err(|error| about(&id, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Accept or revoke an organization invitation
///
/// Whoever accepts becomes a member with the roles of the invitation. Both are final, and so is its expiry.
#[utoipa::path(put, path = "/organization-invitations/{id}/status", tag = "Organization invitations",
    params(("id" = String, Path)), request_body = UpdateStatus,
    responses((status = 200, body = InvitationResponse), Refused, NotFound, Unprocessable))]
async fn replace_organization_invitation_status(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<InvitationId>,
    Json(request): Json<UpdateStatus>,
) -> Result<Json<InvitationResponse>, ApiError> {
    let changed = match request.status {
        Outcome::Accepted => {
            let user = request.accepted_by().ok_or_else(|| contradicts("acceptedUserId is missing"))??;
            state.identity.accept_invitation(&id, &user).await
        }
        Outcome::Revoked => state.identity.revoke_invitation(&id).await,
    };
    let invitation = changed.map_err(|error| about(&id, error))?;
    Ok(Json(shown_one(&state, invitation).await?))
}

async fn shown(state: &TenantState, found: Vec<Invitation>) -> Result<Vec<InvitationResponse>, ApiError> {
    let ids: Vec<InvitationId> = found.iter().map(|invitation| invitation.id.clone()).collect();
    let mut roles = state.store.read().await?.roles_of_invitations(&ids).await?;
    let now = state.clock.now();
    let shown = found.into_iter().map(|invitation| {
        let roles = roles.remove(&invitation.id).unwrap_or_default();
        InvitationResponse::new(state.tenant(), invitation.at(now), roles)
    });
    Ok(shown.collect())
}

async fn shown_one(state: &TenantState, invitation: Invitation) -> Result<InvitationResponse, ApiError> {
    let mut roles = state.store.read().await?.roles_of_invitations(std::slice::from_ref(&invitation.id)).await?;
    let roles = roles.remove(&invitation.id).unwrap_or_default();
    Ok(InvitationResponse::new(state.tenant(), invitation.at(state.clock.now()), roles))
}

fn unknown(id: &InvitationId) -> ApiError {
    ApiError::not_exists("organization_invitation", id.as_str())
}

/// A valid request that contradicts what is stored.
fn contradicts(details: &str) -> ApiError {
    ApiError::invalid_request(details).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The answer to a failure about an invitation that the path names.
fn about(id: &InvitationId, error: InvitationError) -> ApiError {
    match error {
        InvitationError::Refused(InvitationRefusal::NotFound) => unknown(id),
        other => other.into(),
    }
}

impl From<InvitationError> for ApiError {
    fn from(error: InvitationError) -> Self {
        match error {
            InvitationError::Refused(refusal) => refusal.into(),
            InvitationError::Message(error) => error.into(),
            InvitationError::Store(error) => error.into(),
        }
    }
}

impl From<InvitationRefusal> for ApiError {
    fn from(refusal: InvitationRefusal) -> Self {
        match refusal {
            InvitationRefusal::NotFound => ErrorCode::EntityNotFound.into(),
            InvitationRefusal::Past => Self::invalid_request(refusal.to_string()),
            InvitationRefusal::UnknownReference => absent(),
            InvitationRefusal::RoleOfMachines => ErrorCode::EntityConstraintViolated.into(),
            InvitationRefusal::Invited => ErrorCode::EntityUniqueViolation.into(),
            InvitationRefusal::Member | InvitationRefusal::OtherEmail | InvitationRefusal::Over => {
                contradicts(&refusal.to_string())
            }
            InvitationRefusal::NoSender => Self::new(ErrorCode::ConnectorNotFound).with("type", "Email"),
        }
    }
}
