//! Whether a person may have a token about an organization. Asked before anything is consumed, so that a refused request
//! leaves what it presented as it was.

use crate::error::{OAuthError, TokenError};
use crate::member::Member;
use crate::provider::{Client, Provider};
use signet_core::id::UserId;
use signet_core::rbac::{NotAdmitted, Standing, admission};
use std::sync::Arc;

/// An `organization_id`, and whether the sign-in asked for organizations. `None`: no sign-in limits the request.
pub(super) struct Asked<'r> {
    pub(super) organization_id: Option<&'r str>,
    pub(super) asked_for_organizations: Option<bool>,
}

/// The person in the organization that was asked for. `None`: none was.
pub(super) async fn admitted(
    provider: &Provider,
    client: &Client,
    user: &UserId,
    asked: Asked<'_>,
) -> Result<Option<Arc<Member>>, OAuthError> {
    let Some(organization_id) = asked.organization_id else { return Ok(None) };
    let refused = |why: NotAdmitted| OAuthError::from(TokenError::NotAdmitted(why));
    let member = provider.member(user, organization_id).await?.ok_or_else(|| refused(NotAdmitted::NotAMember))?;
    let standing = Standing {
        is_member: true,
        is_consented: is_consented(provider, client, (user, &member)).await?,
        // Nobody can enrol a second factor yet.
        has_second_factor: member.membership.is_mfa_required.then_some(false),
        asked_for_organizations: asked.asked_for_organizations,
    };
    admission(standing).map_err(refused)?;
    Ok(Some(member))
}

/// Whether the person let the application act in the organization. `None`: it needs no consent.
///
/// Never from memory: a consent that was withdrawn counts no more with the next request.
async fn is_consented(
    provider: &Provider,
    client: &Client,
    (user, member): (&UserId, &Member),
) -> Result<Option<bool>, OAuthError> {
    let application = &client.application;
    if !application.is_third_party {
        return Ok(None);
    }
    let reader = provider.store.read().await?;
    Ok(Some(reader.is_consented_organization((&application.id, user), &member.membership.organization).await?))
}
