//! What requests about roles hold.

use crate::extract::search::SearchFields;
use crate::extract::shape::compound::{List, list};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{OneOf, Text, boolean, one_of, text};
use crate::extract::shape::{Fields, FromFields};
use signet_core::id::{ApplicationId, UserId};
use signet_core::role::RoleType;
use signet_storage::RoleFilter;
use utoipa::{IntoParams, ToSchema};

const TYPES: &[RoleType] = &[RoleType::User, RoleType::MachineToMachine];
/// Most ids in one request: enough for anybody, and few enough for one statement.
pub(super) const MAX_IDS: usize = 1000;

/// The fields that `search` is about.
#[derive(Debug, Clone)]
pub(super) struct SearchableRole;

impl SearchFields for SearchableRole {
    const FIELDS: &'static [&'static str] = &["id", "name", "description"];
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct ListFilter {
    /// `User` or `MachineToMachine`.
    #[param(rename = "type", value_type = Option<String>)]
    kind: Option<RoleType>,
    /// Leave out the roles that this user holds.
    exclude_user_id: Option<String>,
    /// Leave out the roles that this application holds.
    exclude_application_id: Option<String>,
}

impl FromFields for ListFilter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let kind = fields.optional("type", kind());
        let exclude_user_id = fields.optional("excludeUserId", text());
        let exclude_application_id = fields.optional("excludeApplicationId", text());
        Ok(Self { kind: kind?, exclude_user_id: exclude_user_id?, exclude_application_id: exclude_application_id? })
    }
}

impl ListFilter {
    pub(super) fn into_stored(self) -> RoleFilter {
        // An id that breaks the grammar holds nothing.
        let application = self.exclude_application_id.and_then(|id| ApplicationId::try_from(id).ok());
        let user = self.exclude_user_id.and_then(|id| UserId::try_from(id).ok());
        RoleFilter {
            kind: self.kind,
            not_held_by_application: application,
            not_held_by_user: user,
            without_internal: true,
            ..RoleFilter::default()
        }
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateRole {
    pub(super) name: String,
    pub(super) description: String,
    /// `User` unless told otherwise, or `MachineToMachine`.
    #[schema(rename = "type", value_type = Option<String>, nullable = false)]
    pub(super) kind: RoleType,
    /// Given to every new user.
    #[schema(value_type = Option<bool>, nullable = false)]
    pub(super) is_default: bool,
    #[schema(value_type = Option<Vec<String>>, nullable = false)]
    pub(super) scope_ids: Vec<String>,
}

impl FromFields for CreateRole {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", label());
        let description = fields.required("description", label());
        let kind = fields.optional("type", kind());
        let is_default = fields.optional("isDefault", boolean());
        let scope_ids = fields.optional("scopeIds", ids());
        Ok(Self {
            name: name?,
            description: description?,
            kind: kind?.unwrap_or(RoleType::User),
            is_default: is_default?.unwrap_or(false),
            scope_ids: scope_ids?.unwrap_or_default(),
        })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateRole {
    #[schema(nullable = false)]
    pub(super) name: Option<String>,
    #[schema(nullable = false)]
    pub(super) description: Option<String>,
    #[schema(nullable = false)]
    pub(super) is_default: Option<bool>,
}

impl FromFields for UpdateRole {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.optional("name", label());
        let description = fields.optional("description", label());
        let is_default = fields.optional("isDefault", boolean());
        Ok(Self { name: name?, description: description?, is_default: is_default? })
    }
}

impl UpdateRole {
    pub(super) fn is_empty(&self) -> bool {
        self.name.is_none() && self.description.is_none() && self.is_default.is_none()
    }
}

/// A name or a description.
fn label() -> Text {
    text().min(1).max(128)
}

pub(super) fn kind() -> OneOf<RoleType> {
    one_of(TYPES, RoleType::as_str)
}

pub(super) fn ids() -> List<Text> {
    list(text().min(1)).max(MAX_IDS)
}
