//! What requests about invitations hold, and how invitations are shown.

use super::organization_references::absent;
use super::role_requests::ids;
use crate::error::ApiError;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{anything, integer, one_of, text};
use crate::extract::shape::{Fields, FromFields};
use serde::Serialize;
use serde_json::{Map, Value};
use signet_core::id::{OrganizationId, TenantId, UserId};
use signet_core::invitation::{Invitation, InvitedRole};
use signet_core::time::Timestamp;
use signet_identity::identifier::Email;
use signet_identity::invitation::NewInvitation;
use signet_identity::message::Variables;
use signet_storage::InvitationFilter;
use utoipa::{IntoParams, ToSchema};

/// The last moment that a date of JavaScript can name.
const LATEST: i64 = 8_640_000_000_000_000;
/// Variables of a message that are texts.
const TEXTS: [&str; 4] = ["code", "link", "locale", "uiLocales"];

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InvitationResponse {
    tenant_id: String,
    id: String,
    inviter_id: Option<String>,
    invitee: String,
    accepted_user_id: Option<String>,
    organization_id: String,
    /// `Pending`, `Accepted`, `Revoked` or `Expired`.
    status: &'static str,
    /// Milliseconds since the epoch.
    created_at: i64,
    /// Milliseconds since the epoch.
    updated_at: i64,
    /// Milliseconds since the epoch.
    expires_at: i64,
    organization_roles: Vec<InvitedRoleResponse>,
}

#[derive(Serialize, ToSchema)]
struct InvitedRoleResponse {
    id: String,
    name: String,
}

impl InvitationResponse {
    pub(super) fn new(tenant: &TenantId, invitation: Invitation, roles: Vec<InvitedRole>) -> Self {
        let shown = |role: InvitedRole| InvitedRoleResponse { id: role.id.to_string(), name: role.name };
        Self {
            tenant_id: tenant.to_string(),
            id: invitation.id.to_string(),
            inviter_id: invitation.inviter_id.map(String::from),
            invitee: invitation.invitee,
            accepted_user_id: invitation.state.accepted_by().map(UserId::to_string),
            organization_id: invitation.organization_id.to_string(),
            status: invitation.state.as_str(),
            created_at: invitation.created_at.0,
            updated_at: invitation.updated_at.0,
            expires_at: invitation.expires_at.0,
            organization_roles: roles.into_iter().map(shown).collect(),
        }
    }
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct Filter {
    organization_id: Option<String>,
    inviter_id: Option<String>,
    /// An email address, in any case.
    invitee: Option<String>,
}

impl FromFields for Filter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let organization_id = fields.optional("organizationId", text());
        let (inviter_id, invitee) = (fields.optional("inviterId", text()), fields.optional("invitee", text()));
        Ok(Self { organization_id: organization_id?, inviter_id: inviter_id?, invitee: invitee? })
    }
}

impl Filter {
    /// `None`: nothing is like this, because an id breaks the grammar of ids.
    pub(super) fn into_stored(self) -> Option<InvitationFilter> {
        Some(InvitationFilter {
            organization: self.organization_id.map(OrganizationId::try_from).transpose().ok()?,
            inviter: self.inviter_id.map(UserId::try_from).transpose().ok()?,
            invitee: self.invitee,
        })
    }
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateInvitation {
    #[schema(value_type = String)]
    invitee: Email,
    organization_id: String,
    /// Milliseconds since the epoch.
    #[schema(value_type = i64)]
    expires_at: Timestamp,
    inviter_id: Option<String>,
    /// Roles for people. Whoever accepts gets them.
    #[schema(value_type = Option<Vec<String>>, nullable = false)]
    organization_role_ids: Vec<String>,
    /// What the text of the email may mention, such as `link`; `false`, or nothing, sends no email.
    #[schema(value_type = Option<Object>, nullable = false)]
    message_payload: Option<Variables>,
}

impl FromFields for CreateInvitation {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let invitee = invitee(fields);
        let organization_id = fields.required("organizationId", text().min(1));
        let expires_at = fields.required("expiresAt", integer().max(LATEST));
        let inviter_id = fields.nullish("inviterId", text());
        let role_ids = fields.optional("organizationRoleIds", ids());
        let message_payload = payload(fields);
        Ok(Self {
            invitee: invitee?,
            organization_id: organization_id?,
            expires_at: Timestamp(expires_at?),
            inviter_id: inviter_id?,
            organization_role_ids: role_ids?.unwrap_or_default(),
            message_payload: message_payload?,
        })
    }
}

impl CreateInvitation {
    pub(super) fn into_new(self) -> Result<NewInvitation, ApiError> {
        Ok(NewInvitation {
            invitee: self.invitee,
            organization: self.organization_id.parse().map_err(|_| absent())?,
            inviter: self.inviter_id.map(UserId::try_from).transpose().map_err(|_| absent())?,
            roles: super::organization_references::references(&self.organization_role_ids)?,
            expires_at: self.expires_at,
            message: self.message_payload,
        })
    }
}

fn invitee(fields: &mut Fields<'_>) -> Result<Email, Noted> {
    let text = fields.required("invitee", text().max(256))?;
    text.parse().map_err(|_| fields.refuse("invitee", "an email address is written like `name@example.com`"))
}

fn payload(fields: &mut Fields<'_>) -> Result<Option<Variables>, Noted> {
    match fields.optional("messagePayload", anything())? {
        None | Some(Value::Bool(false)) => Ok(None),
        Some(Value::Object(members)) => match variables(members) {
            Some(variables) => Ok(Some(variables)),
            None => Err(fields.refuse("messagePayload", "`code`, `link`, `locale` and `uiLocales` are texts")),
        },
        Some(_) => Err(fields.refuse("messagePayload", "is an object, or `false`")),
    }
}

fn variables(members: Map<String, Value>) -> Option<Variables> {
    let are_texts = TEXTS.iter().all(|name| members.get(*name).is_none_or(Value::is_string));
    are_texts.then_some(Variables(members))
}

/// Body of `POST …/message`: any members.
pub(super) struct Payload(pub(super) Variables);

impl FromFields for Payload {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let members = fields.rest();
        match variables(members) {
            Some(variables) => Ok(Self(variables)),
            None => Err(fields.refuse("link", "`code`, `link`, `locale` and `uiLocales` are texts")),
        }
    }
}

/// What an invitation can become by a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Accepted,
    Revoked,
}

impl Outcome {
    const ALL: &'static [Self] = &[Self::Accepted, Self::Revoked];

    fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::Revoked => "Revoked",
        }
    }
}

#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateStatus {
    /// `Accepted` or `Revoked`.
    #[schema(value_type = String)]
    pub(super) status: Outcome,
    /// Who accepts. Their email address is the invitee's.
    accepted_user_id: Option<String>,
}

impl FromFields for UpdateStatus {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let status = fields.required("status", one_of(Outcome::ALL, Outcome::as_str));
        let accepted_user_id = fields.nullish("acceptedUserId", text());
        Ok(Self { status: status?, accepted_user_id: accepted_user_id? })
    }
}

impl UpdateStatus {
    /// `None`: nobody is named. An id that breaks the grammar belongs to nobody.
    pub(super) fn accepted_by(&self) -> Option<Result<UserId, ApiError>> {
        self.accepted_user_id.as_deref().map(|id| id.parse().map_err(|_| absent()))
    }
}
