//! What requests about roles of the organization template hold.

use super::organization_requests::{description, name};
use super::role_requests::{ids, kind};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::{Fields, FromFields, Patch};
use signet_core::id::OrganizationRoleId;
use signet_core::organization::OrganizationRole;
use signet_core::role::RoleType;
use utoipa::{IntoParams, ToSchema};

/// Query of `GET /organization-roles`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OfKind {
    /// `User` or `MachineToMachine`: only roles that such members can have.
    #[param(rename = "type", value_type = Option<String>)]
    pub(super) kind: Option<RoleType>,
}

impl FromFields for OfKind {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { kind: fields.optional("type", kind())? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateOrganizationRole {
    #[schema(min_length = 1, max_length = 128)]
    name: String,
    #[schema(max_length = 256)]
    description: Option<String>,
    /// `User` unless told otherwise, or `MachineToMachine`.
    #[schema(rename = "type", value_type = Option<String>, nullable = false)]
    kind: RoleType,
    #[schema(value_type = Option<Vec<String>>, nullable = false)]
    pub(super) organization_scope_ids: Vec<String>,
    #[schema(value_type = Option<Vec<String>>, nullable = false)]
    pub(super) resource_scope_ids: Vec<String>,
}

impl FromFields for CreateOrganizationRole {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let (name, description) = (fields.required("name", name()), fields.nullish("description", description()));
        let kind = fields.optional("type", kind());
        let scopes = fields.optional("organizationScopeIds", ids());
        let resource_scopes = fields.optional("resourceScopeIds", ids());
        Ok(Self {
            name: name?,
            description: description?,
            kind: kind?.unwrap_or(RoleType::User),
            organization_scope_ids: scopes?.unwrap_or_default(),
            resource_scope_ids: resource_scopes?.unwrap_or_default(),
        })
    }
}

impl CreateOrganizationRole {
    pub(super) fn into_role(self, id: OrganizationRoleId) -> OrganizationRole {
        OrganizationRole { id, name: self.name, description: self.description, kind: self.kind }
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateOrganizationRole {
    #[schema(nullable = false, min_length = 1, max_length = 128)]
    name: Option<String>,
    #[schema(value_type = Option<String>, max_length = 256)]
    description: Patch<String>,
    #[schema(rename = "type", value_type = Option<String>, nullable = false)]
    kind: Option<RoleType>,
}

impl FromFields for UpdateOrganizationRole {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let (name, description) = (fields.optional("name", name()), fields.patch("description", description()));
        let kind = fields.optional("type", kind());
        Ok(Self { name: name?, description: description?, kind: kind? })
    }
}

impl UpdateOrganizationRole {
    pub(super) fn is_empty(&self) -> bool {
        (&self.name, &self.description, &self.kind) == (&None, &Patch::Keep, &None)
    }

    pub(super) fn apply(self, role: &mut OrganizationRole) {
        if let Some(name) = self.name {
            role.name = name;
        }
        self.description.apply(&mut role.description);
        role.kind = self.kind.unwrap_or(role.kind);
    }
}
