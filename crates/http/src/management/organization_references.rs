//! What requests about organizations refer to, and what they are told when it is not there or does not fit.
//!
//! Unlike elsewhere in the API, a reference to nothing is 422 here.

use crate::error::ApiError;
use http::StatusCode;
use signet_core::error_code::ErrorCode;
use signet_core::id::{OrganizationId, OrganizationRoleId};
use signet_core::organization::{Organization, OrganizationRole};
use signet_core::role::RoleType;
use signet_storage::{Reader, StoreError, Tx};
use std::str::FromStr;

/// The answer to a reference to nothing.
pub(crate) fn absent() -> ApiError {
    ApiError::new(ErrorCode::EntityForeignKeyNotFound).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// What a failed write is told as.
pub(super) fn refused(error: StoreError) -> ApiError {
    match error {
        StoreError::MissingReference => absent(),
        other => other.into(),
    }
}

/// Ids of a body, each once. One that breaks the grammar belongs to nothing.
pub(super) fn references<T: FromStr + PartialEq>(texts: &[String]) -> Result<Vec<T>, ApiError> {
    let mut ids = Vec::new();
    for text in texts {
        let id = text.parse().map_err(|_| absent())?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// The organization that is asked for, or 404.
pub(super) async fn existing(reader: &Reader, id: &OrganizationId) -> Result<Organization, ApiError> {
    reader.organization(id).await?.ok_or_else(|| ApiError::not_exists("organization", id.as_str()))
}

/// The organization whose relations this transaction replaces: nobody else does before it ends.
pub(super) async fn referenced(tx: &Tx, id: &OrganizationId) -> Result<(), ApiError> {
    tx.take_organization(id).await?.map(drop).ok_or_else(absent)
}

/// The role of the template that is asked for, or 404.
pub(super) async fn existing_role(reader: &Reader, id: &OrganizationRoleId) -> Result<OrganizationRole, ApiError> {
    reader.organization_role(id).await?.ok_or_else(|| ApiError::not_exists("organization_role", id.as_str()))
}

/// The role whose relations this transaction replaces: nobody else changes the template before it ends.
pub(super) async fn referenced_role(tx: &Tx, id: &OrganizationRoleId) -> Result<(), ApiError> {
    tx.lock_tenant().await?;
    tx.organization_role(id).await?.map(drop).ok_or_else(absent)
}

/// Roles of the template, each once: all must exist and be for members of this kind.
pub(super) async fn roles_for(
    reader: &Reader,
    kind: RoleType,
    ids: &[String],
) -> Result<Vec<OrganizationRoleId>, ApiError> {
    let wanted: Vec<OrganizationRoleId> = references(ids)?;
    let found = reader.organization_roles_by_ids(&wanted).await?;
    if found.len() < wanted.len() {
        return Err(absent());
    }
    fitting(kind, &found)?;
    Ok(wanted)
}

/// People have roles for people, machines have roles for machines.
pub(super) fn fitting(kind: RoleType, roles: &[OrganizationRole]) -> Result<(), ApiError> {
    if roles.iter().all(|role| role.kind == kind) { Ok(()) } else { Err(ErrorCode::EntityConstraintViolated.into()) }
}
