//! What the text of an invitation may mention: what the caller gave, the organization, and who invites.

use super::{InvitationError, InvitationRefusal};
use crate::message::Variables;
use serde_json::{Value, json};
use signet_core::invitation::Invitation;
use signet_core::organization::Organization;
use signet_core::user::User;
use signet_storage::Reader;

/// Adds what the server knows. A caller cannot speak for an organization or a person.
pub(super) async fn filled(
    reader: &Reader,
    invitation: &Invitation,
    mut variables: Variables,
) -> Result<Variables, InvitationError> {
    let organization = reader.organization(&invitation.organization_id).await?;
    let organization = organization.ok_or(InvitationRefusal::UnknownReference)?;
    variables.0.insert("organization".to_owned(), of_organization(&organization));
    let inviter = match &invitation.inviter_id {
        Some(id) => reader.user(id).await?,
        None => None,
    };
    match inviter {
        Some(inviter) => variables.0.insert("inviter".to_owned(), of_person(&inviter)),
        None => variables.0.remove("inviter"),
    };
    Ok(variables)
}

fn of_organization(organization: &Organization) -> Value {
    json!({"id": organization.id, "name": organization.name, "branding": organization.branding})
}

fn of_person(user: &User) -> Value {
    json!({
        "id": user.id,
        "name": user.name,
        "avatar": user.avatar,
        "username": user.username,
        "primaryEmail": user.primary_email,
        "primaryPhone": user.primary_phone,
        "profile": user.profile,
    })
}
