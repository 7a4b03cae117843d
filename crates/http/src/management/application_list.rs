//! Which applications a list is about.

use crate::error::ApiError;
use crate::extract::search::SearchFields;
use crate::extract::shape::compound::list;
use crate::extract::shape::issue::{Issues, Noted};
use crate::extract::shape::scalar::{one_of, text};
use crate::extract::shape::{Fields, FromFields, Shape};
use serde_json::Value;
use signet_core::application::ApplicationType;
use signet_storage::ApplicationFilter;
use std::borrow::Cow;
use utoipa::IntoParams;

/// The fields that `search` is about.
#[derive(Debug, Clone)]
pub(super) struct Searchable;

impl SearchFields for Searchable {
    const FIELDS: &'static [&'static str] = &["id", "name", "description"];
}

/// Query of `GET /applications`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct ListFilter {
    /// Repeatable. All types unless told otherwise.
    #[param(value_type = Option<Vec<String>>)]
    types: Vec<ApplicationType>,
    /// Leaves out the applications that hold this role.
    exclude_role_id: Option<String>,
    /// Leaves out the members of this organization. Not together with `excludeRoleId`.
    exclude_organization_id: Option<String>,
    is_third_party: Option<bool>,
}

impl FromFields for ListFilter {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let types = fields.optional("types", Types);
        let exclude_role_id = fields.optional("excludeRoleId", text());
        let exclude_organization_id = fields.optional("excludeOrganizationId", text());
        let yes_or_no = |is: bool| if is { "true" } else { "false" };
        let is_third_party = fields.optional("isThirdParty", one_of(&[true, false], yes_or_no));
        Ok(Self {
            types: types?.unwrap_or_default(),
            exclude_role_id: exclude_role_id?,
            exclude_organization_id: exclude_organization_id?,
            is_third_party: is_third_party?,
        })
    }
}

impl ListFilter {
    pub(super) fn into_stored(self) -> Result<ApplicationFilter, ApiError> {
        if self.exclude_role_id.is_some() && self.exclude_organization_id.is_some() {
            return Err(ApiError::invalid_request("Exclude a role or an organization, not both."));
        }
        // An id that breaks the grammar is nobody's, so it excludes nothing.
        let without_role = self.exclude_role_id.and_then(|id| id.parse().ok());
        let without_organization = self.exclude_organization_id.and_then(|id| id.parse().ok());
        let filter = ApplicationFilter { types: self.types, is_third_party: self.is_third_party, ..Default::default() };
        Ok(ApplicationFilter { without_role, without_organization, ..filter })
    }
}

/// One type, or an array of them.
struct Types;

impl Shape for Types {
    type Out = Vec<ApplicationType>;

    fn expected(&self) -> Cow<'static, str> {
        kind().expected()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Self::Out, Noted> {
        if value.is_array() {
            list(kind()).read(value, issues)
        } else {
            kind().read(value, issues).map(|one| vec![one])
        }
    }
}

pub(super) fn kind() -> impl Shape<Out = ApplicationType> {
    one_of(&ApplicationType::ALL, ApplicationType::as_str)
}
