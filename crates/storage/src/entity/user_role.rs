//! Which people hold which global roles.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{Value, params};
use signet_core::id::{ResourceId, RoleId, UserId};
use signet_core::role::{Role, RoleType};
use std::collections::HashMap;

statements! {
    ROLES = "SELECT roles.id, roles.name, roles.description, roles.type, roles.is_default FROM users_roles JOIN roles ON roles.tenant_id = $1 AND roles.id = users_roles.role_id WHERE users_roles.tenant_id = $1 AND users_roles.user_id = $2 ORDER BY roles.name, roles.id";
    HELD_SCOPES = "SELECT name FROM scopes WHERE tenant_id = $1 AND resource_id = $3 AND id IN (SELECT scope_id FROM roles_scopes WHERE tenant_id = $1 AND role_id IN (SELECT role_id FROM users_roles WHERE tenant_id = $1 AND user_id = $2)) ORDER BY name";
    DEFAULTS = "SELECT id, name, description, type, is_default FROM roles WHERE tenant_id = $1 AND type = $2 AND is_default = $3 ORDER BY name, id";
    COUNTS = "SELECT role_id, COUNT(*) FROM users_roles WHERE tenant_id = $1 GROUP BY role_id";
    ASSIGN = "INSERT INTO users_roles (tenant_id, user_id, role_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    UNASSIGN = "DELETE FROM users_roles WHERE tenant_id = $1 AND user_id = $2 AND role_id = $3";
    UNASSIGN_ALL = "DELETE FROM users_roles WHERE tenant_id = $1 AND user_id = $2";
}

/// Which people hold a role: how many, and a few of them.
#[derive(Debug, Clone, Default)]
pub struct RolePeople {
    pub count: i64,
    pub featured: Vec<RolePerson>,
}

#[derive(Debug, Clone)]
pub struct RolePerson {
    pub id: UserId,
    pub name: Option<String>,
    pub avatar: Option<String>,
}

/// Any three: looking for the newest would read all who hold the role, and that may be everybody.
const FEATURED: &str = "SELECT held.role_id, users.id, users.name, users.avatar FROM users_roles AS held JOIN users ON users.tenant_id = $1 AND users.id = held.user_id WHERE held.tenant_id = $1 AND held.role_id = ? LIMIT 3";
/// Most roles of one statement: SQLite joins five hundred at most.
const ROLES_AT_ONCE: usize = 100;

struct CountRow(RoleId, i64);

impl FromRow for CountRow {
    const TABLE: &'static str = "users_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, row.take()?))
    }
}

struct PersonRow(RoleId, RolePerson);

impl FromRow for PersonRow {
    const TABLE: &'static str = "users_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let role = row.parse(str::parse)?;
        Ok(Self(role, RolePerson { id: row.parse(str::parse)?, name: row.take()?, avatar: row.take()? }))
    }
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

    /// The roles that every new person gets.
    pub async fn default_user_roles(&self) -> Result<Vec<Role>, StoreError> {
        self.all(DEFAULTS, params![RoleType::User.as_str(), true]).await
    }

    /// Which people hold each of these roles. Roles that nobody holds are not in the answer.
    pub async fn people_of_roles(&self, roles: &[RoleId]) -> Result<HashMap<RoleId, RolePeople>, StoreError> {
        let mut people: HashMap<RoleId, RolePeople> = HashMap::new();
        for CountRow(role, count) in self.all(COUNTS, params![]).await? {
            if roles.contains(&role) {
                people.insert(role, RolePeople { count, featured: Vec::new() });
            }
        }
        let held: Vec<&RoleId> = people.keys().collect();
        for PersonRow(role, person) in self.featured_people(&held).await? {
            people.entry(role).or_default().featured.push(person);
        }
        for held in people.values_mut() {
            held.featured.sort_by(|one, other| one.id.cmp(&other.id));
        }
        Ok(people)
    }

    async fn featured_people(&self, roles: &[&RoleId]) -> Result<Vec<PersonRow>, StoreError> {
        let mut rows = Vec::new();
        for some in roles.chunks(ROLES_AT_ONCE) {
            let values: Vec<Value<'_>> = some.iter().map(|role| Value::from(*role)).collect();
            let of_role =
                |place: usize| format!("SELECT * FROM ({}) AS r{place}", FEATURED.replace('?', &format!("${place}")));
            let selects: Vec<String> = (2..values.len() + 2).map(of_role).collect();
            rows.extend(self.all_text::<PersonRow>(&selects.join(" UNION ALL "), &values).await?);
        }
        Ok(rows)
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
