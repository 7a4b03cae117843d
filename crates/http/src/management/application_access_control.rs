//! Who may use an application whose access is controlled.

use super::applications::existing;
use super::caller::ManagementCaller;
use super::openapi::{NotFound, Refused, Unprocessable};
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::path::Path;
use crate::extract::shape::compound::{List, list, object};
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{Text, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::access_control::AccessRules;
use signet_core::error_code::ErrorCode;
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId};
use std::collections::BTreeMap;
use std::str::FromStr;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Entries of a list.
const MOST: usize = 1000;
/// Entries of a list with those that occur twice.
const MOST_SENT: usize = 2000;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new().routes(routes!(get_application_access_control, put_application_access_control))
}

/// The rules, as clients send and get them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AccessControl {
    user_ids: Vec<String>,
    /// Global roles.
    user_role_ids: Vec<String>,
    organization_ids: Vec<String>,
    organization_role_rules: Vec<OrganizationRoleRule>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationRoleRule {
    organization_id: String,
    organization_role_ids: Vec<String>,
}

fn ids() -> List<Text> {
    list(text().min(1)).max(MOST_SENT)
}

impl FromFields for AccessControl {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let user_ids = fields.required("userIds", ids());
        let user_role_ids = fields.required("userRoleIds", ids());
        let organization_ids = fields.required("organizationIds", ids());
        let rules = fields.required("organizationRoleRules", list(object::<OrganizationRoleRule>()).max(MOST_SENT));
        Ok(Self {
            user_ids: user_ids?,
            user_role_ids: user_role_ids?,
            organization_ids: organization_ids?,
            organization_role_rules: rules?,
        })
    }
}

impl FromFields for OrganizationRoleRule {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let organization_id = fields.required("organizationId", text().min(1));
        let organization_role_ids = fields.required("organizationRoleIds", ids());
        Ok(Self { organization_id: organization_id?, organization_role_ids: organization_role_ids? })
    }
}

impl AccessControl {
    fn new(rules: &AccessRules) -> Self {
        let mut groups: BTreeMap<&OrganizationId, Vec<String>> = BTreeMap::new();
        for (organization, role) in &rules.organization_roles {
            groups.entry(organization).or_default().push(role.to_string());
        }
        let groups = groups.into_iter().map(|(organization, organization_role_ids)| OrganizationRoleRule {
            organization_id: organization.to_string(),
            organization_role_ids,
        });
        Self {
            user_ids: rules.users.iter().map(ToString::to_string).collect(),
            user_role_ids: rules.roles.iter().map(ToString::to_string).collect(),
            organization_ids: rules.organizations.iter().map(ToString::to_string).collect(),
            organization_role_rules: groups.collect(),
        }
    }

    /// The rules, each once and in order. Those of one organization are one group.
    fn into_rules(self) -> Result<AccessRules, ApiError> {
        let mut organization_roles: Vec<(OrganizationId, OrganizationRoleId)> = Vec::new();
        for OrganizationRoleRule { organization_id, organization_role_ids } in self.organization_role_rules {
            if organization_role_ids.is_empty() {
                return Err(unprocessable("A rule for roles in an organization needs at least one role."));
            }
            let organization: OrganizationId = known(&organization_id)?;
            let roles: Vec<OrganizationRoleId> = distinct(&organization_role_ids)?;
            organization_roles.extend(roles.into_iter().map(|role| (organization.clone(), role)));
        }
        organization_roles.sort();
        organization_roles.dedup();
        Ok(AccessRules {
            users: distinct(&self.user_ids)?,
            roles: distinct(&self.user_role_ids)?,
            organizations: distinct(&self.organization_ids)?,
            organization_roles: within(organization_roles)?,
        })
    }
}

fn distinct<T: FromStr + Ord>(texts: &[String]) -> Result<Vec<T>, ApiError> {
    let mut ids: Vec<T> = texts.iter().map(|text| known(text)).collect::<Result<_, _>>()?;
    ids.sort();
    ids.dedup();
    within(ids)
}

fn within<T>(entries: Vec<T>) -> Result<Vec<T>, ApiError> {
    if entries.len() <= MOST {
        return Ok(entries);
    }
    Err(ApiError::invalid_request(format!("A list of rules has at most {MOST} entries.")))
}

/// An id that breaks the grammar belongs to nothing.
fn known<T: FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ErrorCode::EntityForeignKeyNotFound.into())
}

fn unprocessable(details: &str) -> ApiError {
    ApiError::invalid_request(details).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Whoever is let in by no rule is let in by nobody.
pub(super) fn refuse_no_rules() -> ApiError {
    unprocessable("Access control needs at least one rule.")
}

/// Get who may use an application
///
/// Counts while `appLevelAccessControlEnabled` of the application is set.
#[utoipa::path(get, path = "/applications/{applicationId}/access-control", tag = "Applications",
    params(("applicationId" = String, Path)),
    responses((status = 200, body = AccessControl), Refused, NotFound))]
async fn get_application_access_control(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
) -> Result<Json<AccessControl>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    Ok(Json(AccessControl::new(&reader.access_rules(&id).await?)))
}

/// Replace who may use an application
///
/// Whoever any rule matches may.
#[utoipa::path(put, path = "/applications/{applicationId}/access-control", tag = "Applications",
    params(("applicationId" = String, Path)), request_body = AccessControl,
    responses((status = 200, body = AccessControl), Refused, NotFound, Unprocessable))]
async fn put_application_access_control(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<ApplicationId>,
    Json(request): Json<AccessControl>,
) -> Result<Json<AccessControl>, ApiError> {
    let tx = state.store.write().await?;
    tx.lock_tenant().await?;
    let application = existing(&tx, &id).await?;
    let rules = request.into_rules()?;
    if application.app_level_access_control_enabled && rules.is_empty() {
        return Err(refuse_no_rules());
    }
    tx.replace_access_rules(&id, &rules).await?;
    tx.commit().await?;
    Ok(Json(AccessControl::new(&rules)))
}
