//! The email domains whose people join an organization when they register.

use super::caller::ManagementCaller;
use super::openapi::{NotFound, Paging, Refused, Unprocessable};
use super::organization_references::{existing, referenced, refused};
use super::role_requests::MAX_IDS;
use crate::error::ApiError;
use crate::extract::json::Json;
use crate::extract::page::{OptionalPage, Paged};
use crate::extract::path::Path;
use crate::extract::shape::compound::list;
use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{Text, text};
use crate::extract::shape::{Fields, FromFields};
use crate::state::TenantState;
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationId, TenantId};
use std::collections::HashSet;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) fn router() -> OpenApiRouter<TenantState> {
    OpenApiRouter::new()
        .routes(routes!(
            list_organization_jit_email_domains,
            add_organization_jit_email_domain,
            replace_organization_jit_email_domains
        ))
        .routes(routes!(delete_organization_jit_email_domain))
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct OneEmailDomain {
    #[schema(min_length = 1, max_length = 128)]
    email_domain: String,
}

impl FromFields for OneEmailDomain {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { email_domain: fields.required("emailDomain", domain())? })
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
struct EmailDomains {
    email_domains: Vec<String>,
}

impl FromFields for EmailDomains {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        Ok(Self { email_domains: fields.required("emailDomains", list(domain()).max(MAX_IDS))? })
    }
}

fn domain() -> Text {
    text().min(1).max(128)
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct JitEmailDomain {
    tenant_id: String,
    organization_id: String,
    email_domain: String,
}

impl JitEmailDomain {
    fn new(tenant: &TenantId, organization: &OrganizationId, email_domain: String) -> Self {
        Self { tenant_id: tenant.to_string(), organization_id: organization.to_string(), email_domain }
    }
}

/// List email domains of an organization
#[utoipa::path(get, path = "/organizations/{id}/jit/email-domains", tag = "Organizations",
    params(("id" = String, Path), Paging), responses((status = 200, body = Vec<JitEmailDomain>), Refused, NotFound))]
async fn list_organization_jit_email_domains(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    page: OptionalPage,
) -> Result<Paged<JitEmailDomain>, ApiError> {
    let reader = state.store.read().await?;
    existing(&reader, &id).await?;
    let found = reader.jit_email_domains(&id, page.rows()).await?;
    Ok(page.listed(found, |domain| JitEmailDomain::new(state.tenant(), &id, domain)))
}

/// Add an email domain to an organization
///
/// Whoever registers with an address of this domain joins. Case does not count.
#[utoipa::path(post, path = "/organizations/{id}/jit/email-domains", tag = "Organizations",
    params(("id" = String, Path)), request_body = OneEmailDomain,
    responses((status = 201, body = JitEmailDomain), Refused, Unprocessable))]
async fn add_organization_jit_email_domain(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<OneEmailDomain>,
) -> Result<(StatusCode, Json<JitEmailDomain>), ApiError> {
    let mut tx = state.store.write().await?;
    tx.add_jit_email_domain(&id, &request.email_domain).await.map_err(refused)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(JitEmailDomain::new(state.tenant(), &id, request.email_domain))))
}

/// Replace email domains of an organization
#[utoipa::path(put, path = "/organizations/{id}/jit/email-domains", tag = "Organizations",
    params(("id" = String, Path)), request_body = EmailDomains, responses((status = 204), Refused, Unprocessable))]
async fn replace_organization_jit_email_domains(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path(id): Path<OrganizationId>,
    Json(request): Json<EmailDomains>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    referenced(&tx, &id).await?;
    tx.remove_jit_email_domains(&id).await?;
    let mut added = HashSet::new();
    for domain in &request.email_domains {
        if added.insert(domain.to_lowercase()) {
            tx.add_jit_email_domain(&id, domain).await.map_err(refused)?;
        }
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an email domain from an organization
#[utoipa::path(delete, path = "/organizations/{id}/jit/email-domains/{emailDomain}", tag = "Organizations",
    params(("id" = String, Path), ("emailDomain" = String, Path)), responses((status = 204), Refused, NotFound))]
async fn delete_organization_jit_email_domain(
    _: ManagementCaller,
    State(state): State<TenantState>,
    Path((id, domain)): Path<(OrganizationId, String)>,
) -> Result<StatusCode, ApiError> {
    let mut tx = state.store.write().await?;
    if !tx.remove_jit_email_domain(&id, &domain).await? {
        return Err(ErrorCode::EntityNotFound.into());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
