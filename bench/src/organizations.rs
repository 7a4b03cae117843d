//! Many organizations, one person in a tenth of them, and a template of many roles: what a token about one of them must
//! not have to look at.

use crate::people::People;
use anyhow::Result;
use serde_json::Map;
use signet_core::id::{OrganizationId, OrganizationRoleId, OrganizationScopeId, UserId};
use signet_core::organization::{Organization, OrganizationRole, OrganizationScope};
use signet_core::role::RoleType;
use signet_core::time::{Clock as _, SystemClock};
use signet_storage::Tx;

const ORGANIZATIONS: usize = 10_000;
/// Of how many the person is a member.
const MEMBERSHIPS: usize = 1_000;
const ROLES: usize = 200;
/// Permissions of the template, of which each role grants all.
pub(crate) const PERMISSIONS: [&str; 2] = ["bench:read", "bench:write"];

/// The ids of the person's organizations.
pub(crate) async fn fill(people: &People, user: &str) -> Result<Vec<String>> {
    let user: UserId = user.parse()?;
    let mut tx = people.store().write().await?;
    let roles = template(&mut tx).await?;
    let mut joined = Vec::new();
    for (number, role) in (0..ORGANIZATIONS).zip(roles.iter().cycle()) {
        let id: OrganizationId = format!("bench{number:05}").parse()?;
        tx.insert_organization(&organization(&id, number)).await?;
        if number % (ORGANIZATIONS / MEMBERSHIPS) == 0 {
            tx.add_organization_user(&id, &user).await?;
            tx.assign_role_to_organization_user(&id, &user, role).await?;
            joined.push(String::from(id));
        }
    }
    tx.commit().await?;
    Ok(joined)
}

async fn template(tx: &mut Tx) -> Result<Vec<OrganizationRoleId>> {
    let mut scopes: Vec<OrganizationScopeId> = Vec::new();
    for (number, name) in PERMISSIONS.into_iter().enumerate() {
        let scope =
            OrganizationScope { id: format!("scope{number}").parse()?, name: name.to_owned(), description: None };
        tx.insert_organization_scope(&scope).await?;
        scopes.push(scope.id);
    }
    let mut roles = Vec::new();
    for number in 0..ROLES {
        let id: OrganizationRoleId = format!("role{number}").parse()?;
        let name = format!("bench role {number}");
        let role = OrganizationRole { id: id.clone(), name, description: None, kind: RoleType::User };
        tx.insert_organization_role(&role).await?;
        for scope in &scopes {
            tx.add_scope_to_organization_role(&id, scope).await?;
        }
        roles.push(id);
    }
    Ok(roles)
}

fn organization(id: &OrganizationId, number: usize) -> Organization {
    Organization {
        id: id.clone(),
        name: format!("Customer {number}"),
        description: Some("One of many".to_owned()),
        custom_data: Map::from_iter([("internalId".to_owned(), format!("customer-{number}").into())]),
        is_mfa_required: false,
        color: Map::new(),
        branding: Map::new(),
        custom_css: None,
        created_at: SystemClock.now(),
    }
}
