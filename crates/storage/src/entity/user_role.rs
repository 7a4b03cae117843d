//! Which people hold which global roles.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{ResourceId, RoleId, UserId};
use signet_core::role::Role;

statements! {
    ROLES = "SELECT roles.id, roles.name, roles.description, roles.type, roles.is_default FROM users_roles JOIN roles ON roles.tenant_id = $1 AND roles.id = users_roles.role_id WHERE users_roles.tenant_id = $1 AND users_roles.user_id = $2 ORDER BY roles.name, roles.id";
    HELD_SCOPES = "SELECT DISTINCT scopes.name FROM users_roles JOIN roles_scopes ON roles_scopes.tenant_id = $1 AND roles_scopes.role_id = users_roles.role_id JOIN scopes ON scopes.tenant_id = $1 AND scopes.id = roles_scopes.scope_id WHERE users_roles.tenant_id = $1 AND users_roles.user_id = $2 AND scopes.resource_id = $3 ORDER BY scopes.name";
    ASSIGN = "INSERT INTO users_roles (tenant_id, user_id, role_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    UNASSIGN = "DELETE FROM users_roles WHERE tenant_id = $1 AND user_id = $2 AND role_id = $3";
    UNASSIGN_ALL = "DELETE FROM users_roles WHERE tenant_id = $1 AND user_id = $2";
}

struct ScopeName(String);

impl FromRow for ScopeName {
    const TABLE: &'static str = "scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    pub async fn roles_of_user(&self, user: &UserId) -> Result<Vec<Role>, StoreError> {
        self.all(ROLES, params![user]).await
    }

    /// Names of the scopes of a resource that somebody holds through global roles.
    pub async fn scopes_held_by_user(&self, user: &UserId, resource: &ResourceId) -> Result<Vec<String>, StoreError> {
        let held: Vec<ScopeName> = self.all(HELD_SCOPES, params![user, resource]).await?;
        Ok(held.into_iter().map(|held| held.0).collect())
    }
}

impl Tx {
    /// Whether the assignment is new.
    pub async fn assign_role_to_user(&mut self, user: &UserId, role: &RoleId) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        self.touch(Topic::Users);
        Ok(self.execute(ASSIGN, params![user, role]).await? == 1)
    }

    pub async fn remove_role_from_user(&mut self, user: &UserId, role: &RoleId) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        self.touch(Topic::Users);
        Ok(self.execute(UNASSIGN, params![user, role]).await? == 1)
    }

    pub async fn remove_roles_from_user(&mut self, user: &UserId) -> Result<(), StoreError> {
        self.touch(Topic::Roles);
        self.touch(Topic::Users);
        self.execute(UNASSIGN_ALL, params![user]).await.map(drop)
    }
}
