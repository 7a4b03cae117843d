//! What requests about organizations and their template hold.

use super::role_requests::ids;
use crate::extract::shape::compound::json_object;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::kept::{Members, members};
use crate::extract::shape::scalar::{Text, boolean, flag, text, url};
use crate::extract::shape::{Fields, FromFields, Patch};
use serde_json::{Map, Value};
use signet_core::id::OrganizationId;
use signet_core::organization::Organization;
use signet_core::search::{Condition, Joint, Mode, Search};
use signet_core::time::Timestamp;
use utoipa::{IntoParams, ToSchema};

type Json = Map<String, Value>;

const LONGEST_QUERY: usize = 256;
const LONGEST_URL: usize = 2048;
const LONGEST_CSS: usize = 256 * 1024;

/// The search of lists here: part of any field, in any case.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Containing {
    /// Part of the id, of the name, or of another text that tells the rows apart. `%` and `_` stand for any text and any
    /// character.
    q: Option<String>,
}

impl FromFields for Containing {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { q: fields.optional("q", text().max(LONGEST_QUERY))? })
    }
}

impl Containing {
    pub(super) fn search(self, columns: &[&str]) -> Option<Search> {
        let text = self.q.filter(|text| !text.is_empty())?;
        let condition = |field: &&str| Condition {
            field: (*field).to_owned(),
            mode: Mode::Like,
            values: vec![format!("%{text}%")],
            case_sensitive: false,
        };
        Some(Search { joint: Joint::Or, conditions: columns.iter().map(condition).collect() })
    }
}

/// Query of `GET /organizations`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub(super) struct Featuring {
    /// Adds `usersCount` and `featuredUsers`.
    #[param(value_type = Option<String>)]
    pub(super) show_featured: bool,
}

impl FromFields for Featuring {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { show_featured: fields.optional("showFeatured", flag())?.unwrap_or(false) })
    }
}

/// Body of `POST /organizations`.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct CreateOrganization {
    #[schema(min_length = 1, max_length = 128)]
    name: String,
    #[schema(max_length = 256)]
    description: Option<String>,
    #[schema(value_type = Option<Object>, nullable = false)]
    custom_data: Option<Json>,
    #[schema(nullable = false)]
    is_mfa_required: Option<bool>,
    /// `primaryColor`, `isDarkModeEnabled` and `darkPrimaryColor`.
    #[schema(value_type = Option<Object>, nullable = false)]
    color: Option<Json>,
    /// URLs: `logoUrl`, `darkLogoUrl`, `favicon` and `darkFavicon`.
    #[schema(value_type = Option<Object>, nullable = false)]
    branding: Option<Json>,
    custom_css: Option<String>,
}

impl FromFields for CreateOrganization {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.required("name", name());
        let description = fields.nullish("description", description());
        let custom_data = fields.optional("customData", json_object());
        let is_mfa_required = fields.optional("isMfaRequired", boolean());
        let (color, branding) = (fields.optional("color", color()), fields.optional("branding", branding()));
        let custom_css = fields.nullish("customCss", text().max(LONGEST_CSS));
        Ok(Self {
            name: name?,
            description: description?,
            custom_data: custom_data?,
            is_mfa_required: is_mfa_required?,
            color: color?,
            branding: branding?,
            custom_css: custom_css?,
        })
    }
}

impl CreateOrganization {
    pub(super) fn into_organization(self, id: OrganizationId, now: Timestamp) -> Organization {
        Organization {
            id,
            name: self.name,
            description: self.description,
            custom_data: self.custom_data.unwrap_or_default(),
            is_mfa_required: self.is_mfa_required.unwrap_or(false),
            color: self.color.unwrap_or_default(),
            branding: self.branding.unwrap_or_default(),
            custom_css: self.custom_css,
            created_at: now,
        }
    }
}

/// Body of `PATCH /organizations/{id}`.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub(super) struct UpdateOrganization {
    #[schema(nullable = false, min_length = 1, max_length = 128)]
    name: Option<String>,
    #[schema(value_type = Option<String>, max_length = 256)]
    description: Patch<String>,
    #[schema(value_type = Option<Object>, nullable = false)]
    custom_data: Option<Json>,
    #[schema(nullable = false)]
    is_mfa_required: Option<bool>,
    #[schema(value_type = Option<Object>, nullable = false)]
    color: Option<Json>,
    #[schema(value_type = Option<Object>, nullable = false)]
    branding: Option<Json>,
    #[schema(value_type = Option<String>)]
    custom_css: Patch<String>,
}

impl FromFields for UpdateOrganization {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let name = fields.optional("name", name());
        let description = fields.patch("description", description());
        let custom_data = fields.optional("customData", json_object());
        let is_mfa_required = fields.optional("isMfaRequired", boolean());
        let (color, branding) = (fields.optional("color", color()), fields.optional("branding", branding()));
        let custom_css = fields.patch("customCss", text().max(LONGEST_CSS));
        Ok(Self {
            name: name?,
            description: description?,
            custom_data: custom_data?,
            is_mfa_required: is_mfa_required?,
            color: color?,
            branding: branding?,
            custom_css: custom_css?,
        })
    }
}

impl UpdateOrganization {
    pub(super) fn is_empty(&self) -> bool {
        let texts = (&self.name, &self.description, &self.custom_css) == (&None, &Patch::Keep, &Patch::Keep);
        let rest = (&self.custom_data, &self.is_mfa_required, &self.color, &self.branding);
        texts && rest == (&None, &None, &None, &None)
    }

    pub(super) fn apply(self, organization: &mut Organization) {
        let Self { name, description, custom_data, is_mfa_required, color, branding, custom_css } = self;
        description.apply(&mut organization.description);
        custom_css.apply(&mut organization.custom_css);
        organization.is_mfa_required = is_mfa_required.unwrap_or(organization.is_mfa_required);
        replace(&mut organization.name, name);
        replace(&mut organization.custom_data, custom_data);
        replace(&mut organization.color, color);
        replace(&mut organization.branding, branding);
    }
}

fn replace<T>(member: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *member = given;
    }
}

pub(super) fn name() -> Text {
    text().min(1).max(128)
}

pub(super) fn description() -> Text {
    text().max(256)
}

fn hex() -> Text {
    text().matching("regex", "Invalid", |text| {
        let digits = text.strip_prefix('#').unwrap_or_default();
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

pub(super) fn color() -> Members {
    members()
        .optional("primaryColor", hex())
        .optional("isDarkModeEnabled", boolean())
        .optional("darkPrimaryColor", hex())
}

pub(super) fn branding() -> Members {
    members().optionals(&["logoUrl", "darkLogoUrl", "favicon", "darkFavicon"], || url().max(LONGEST_URL))
}

/// Bodies of one list of ids: `$some` has at least one, `$any` may be empty.
macro_rules! id_lists {
    ($($some:ident $any:ident $field:ident $member:literal;)*) => { $(
        #[derive(Debug, ToSchema)]
        #[schema(rename_all = "camelCase")]
        pub(super) struct $some {
            #[schema(min_items = 1)]
            pub(super) $field: Vec<String>,
        }

        impl FromFields for $some {
            fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
                Ok(Self { $field: fields.required($member, ids().min(1))? })
            }
        }

        #[derive(Debug, ToSchema)]
        #[schema(rename_all = "camelCase")]
        pub(super) struct $any {
            pub(super) $field: Vec<String>,
        }

        impl FromFields for $any {
            fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
                Ok(Self { $field: fields.required($member, ids())? })
            }
        }
    )* };
}

id_lists! {
    SomeUsers AnyUsers user_ids "userIds";
    SomeApplications AnyApplications application_ids "applicationIds";
    SomeOrganizations AnyOrganizations organization_ids "organizationIds";
    SomeOrganizationRoles AnyOrganizationRoles organization_role_ids "organizationRoleIds";
    SomeOrganizationScopes AnyOrganizationScopes organization_scope_ids "organizationScopeIds";
    SomeScopes AnyScopes scope_ids "scopeIds";
    SomeSsoConnectors AnySsoConnectors sso_connector_ids "ssoConnectorIds";
}
