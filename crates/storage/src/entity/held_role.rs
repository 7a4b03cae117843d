//! What people hold through global roles, with every name on the way, in one round trip.
//!
//! Rows are put in order here, and roles are joined as if they were not there, for the same reason as in `membership.rs`:
//! otherwise SQLite walks through all roles of the tenant.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::Reader;
use crate::value::params;
use signet_core::held_role::{HeldRole, HeldScope};
use signet_core::id::{ResourceId, UserId};
use signet_core::resource::ApiResource;

statements! {
    HELD = "SELECT roles.id, roles.name, roles.description, scopes.id, scopes.name, scopes.description, resources.id, resources.name, resources.indicator, resources.is_default, resources.access_token_ttl FROM users_roles LEFT JOIN roles ON roles.tenant_id = $1 AND roles.id = users_roles.role_id LEFT JOIN roles_scopes ON roles_scopes.tenant_id = $1 AND roles_scopes.role_id = roles.id LEFT JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = roles_scopes.scope_id LEFT JOIN resources ON resources.tenant_id = $1 AND resources.id = scopes.resource_id WHERE users_roles.tenant_id = $1 AND users_roles.user_id = $2";
}

/// A role with one of its scopes, or with none.
struct Pair(HeldRole);

impl FromRow for Pair {
    const TABLE: &'static str = "users_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let mut role =
            HeldRole { id: row.parse(str::parse)?, name: row.take()?, description: row.take()?, scopes: Vec::new() };
        if let Some(id) = row.parse_optional(str::parse)? {
            let (name, description) = (row.take()?, row.take()?);
            let resource_id: ResourceId = row.parse(str::parse)?;
            let resource = ApiResource {
                id: resource_id,
                name: row.take()?,
                indicator: row.take()?,
                is_default: row.take()?,
                access_token_ttl: row.take()?,
            };
            role.scopes.push(HeldScope { id, name, description, resource });
        }
        Ok(Self(role))
    }
}

impl Pair {
    fn by_name(&self) -> (&str, &str, Option<(&str, &str)>) {
        let Self(role) = self;
        let scope = role.scopes.first().map(|scope| (scope.resource.indicator.as_str(), scope.name.as_str()));
        (&role.name, role.id.as_str(), scope)
    }
}

impl Reader {
    /// The global roles of a person, by name, each with its scopes.
    pub async fn held_roles(&self, user: &UserId) -> Result<Vec<HeldRole>, StoreError> {
        let mut pairs: Vec<Pair> = self.all(HELD, params![user]).await?;
        pairs.sort_by(|one, other| one.by_name().cmp(&other.by_name()));
        let mut roles: Vec<HeldRole> = Vec::new();
        for Pair(mut pair) in pairs {
            match roles.last_mut().filter(|last| last.id == pair.id) {
                Some(last) => last.scopes.append(&mut pair.scopes),
                None => roles.push(pair),
            }
        }
        Ok(roles)
    }
}
