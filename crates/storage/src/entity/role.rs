//! Global roles, their scopes, and the applications that hold them.

use crate::cache::Topic;
use crate::dialect::TextMatch;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::application::ApplicationType;
use signet_core::id::{ApplicationId, RoleId, ScopeId, UserId};
use signet_core::role::{Role, RoleType};
use signet_core::search::Search;
use std::collections::HashMap;

statements! {
    FIND = "SELECT id, name, description, type, is_default FROM roles WHERE tenant_id = $1 AND id = $2";
    FIND_BY_NAME = "SELECT id, name, description, type, is_default FROM roles WHERE tenant_id = $1 AND name = $2";
    INSERT = "INSERT INTO roles (tenant_id, id, name, description, type, is_default) VALUES ($1, $2, $3, $4, $5, $6)";
    UPDATE = "UPDATE roles SET name = $3, description = $4, is_default = $5 WHERE tenant_id = $1 AND id = $2";
    DELETE = "DELETE FROM roles WHERE tenant_id = $1 AND id = $2";
    ADD_SCOPE = "INSERT INTO roles_scopes (tenant_id, role_id, scope_id) VALUES ($1, $2, $3)";
    REMOVE_SCOPE = "DELETE FROM roles_scopes WHERE tenant_id = $1 AND role_id = $2 AND scope_id = $3";
    HELD_SCOPES = "SELECT scope_id FROM roles_scopes WHERE tenant_id = $1 AND role_id = $2";
    /// An assignment that exists already is left alone; the count says so.
    ASSIGN = "INSERT INTO applications_roles (tenant_id, application_id, role_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    UNASSIGN = "DELETE FROM applications_roles WHERE tenant_id = $1 AND application_id = $2 AND role_id = $3";
    UNASSIGN_ALL = "DELETE FROM applications_roles WHERE tenant_id = $1 AND application_id = $2";
}

const COLUMNS: &str = "id, name, description, type, is_default";

impl FromRow for Role {
    const TABLE: &'static str = "roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            name: row.take()?,
            description: row.take()?,
            kind: row.known(RoleType::parse)?,
            is_default: row.take()?,
        })
    }
}

struct HeldScope(ScopeId);

impl FromRow for HeldScope {
    const TABLE: &'static str = "roles_scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

/// Which roles to list.
#[derive(Debug, Clone, Default)]
pub struct RoleFilter {
    pub kind: Option<RoleType>,
    pub held_by_application: Option<ApplicationId>,
    pub not_held_by_application: Option<ApplicationId>,
    pub held_by_user: Option<UserId>,
    pub not_held_by_user: Option<UserId>,
    /// Leaves out the server's own roles.
    pub without_internal: bool,
    pub search: Option<Search>,
}

/// Which machines hold a role: how many, and the newest three.
#[derive(Debug, Clone, Default)]
pub struct RoleUsage {
    pub applications: i64,
    pub featured_applications: Vec<RoleHolder>,
}

/// An application that holds a role.
#[derive(Debug, Clone)]
pub struct RoleHolder {
    pub id: ApplicationId,
    pub name: String,
    pub kind: ApplicationType,
}

const HOLDERS_COLUMNS: &str = "role_id, id, name, type, holders";
/// The holders of every role, numbered from the newest, each with how many its role has.
const HOLDERS: &str = "(SELECT held.tenant_id AS tenant_id, held.role_id AS role_id, applications.id AS id, applications.name AS name, applications.type AS type, COUNT(*) OVER (PARTITION BY held.role_id) AS holders, ROW_NUMBER() OVER (PARTITION BY held.role_id ORDER BY applications.created_at DESC, applications.id) AS place FROM applications_roles AS held JOIN applications ON applications.tenant_id = $1 AND applications.id = held.application_id WHERE held.tenant_id = $1) AS ranked WHERE tenant_id = $1";
const FEATURED: i64 = 3;
/// Beyond this many roles it is cheaper to read the holders of all of them.
const NAMED_ROLES: usize = 100;

struct HolderRow {
    role: RoleId,
    holder: RoleHolder,
    holders: i64,
}

impl FromRow for HolderRow {
    const TABLE: &'static str = "applications_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let role = row.parse(str::parse)?;
        let (id, name, kind) = (row.parse(str::parse)?, row.take()?, row.known(ApplicationType::parse)?);
        Ok(Self { role, holder: RoleHolder { id, name, kind }, holders: row.take()? })
    }
}

fn column(field: &str) -> Option<&'static str> {
    match field {
        "id" => Some("id"),
        "name" => Some("name"),
        "description" => Some("description"),
        _ => None,
    }
}

impl Reader {
    pub async fn roles(&self, filter: &RoleFilter, page: Option<Page>) -> Result<Listed<Role>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "roles WHERE tenant_id = $1", "name, id");
        if let Some(kind) = filter.kind {
            select.and("type = ?", kind.as_str());
        }
        if let Some(application) = &filter.held_by_application {
            select.and(
                "id IN (SELECT role_id FROM applications_roles WHERE tenant_id = $1 AND application_id = ?)",
                application,
            );
        }
        if let Some(application) = &filter.not_held_by_application {
            select.and(
                "id NOT IN (SELECT role_id FROM applications_roles WHERE tenant_id = $1 AND application_id = ?)",
                application,
            );
        }
        if let Some(user) = &filter.held_by_user {
            select.and("id IN (SELECT role_id FROM users_roles WHERE tenant_id = $1 AND user_id = ?)", user);
        }
        if let Some(user) = &filter.not_held_by_user {
            select.and("id NOT IN (SELECT role_id FROM users_roles WHERE tenant_id = $1 AND user_id = ?)", user);
        }
        if filter.without_internal {
            let is_internal = self.dialect().matches(TextMatch::Like, "name", "?");
            select.and(&format!("NOT {is_internal}"), "#internal:%");
        }
        select.search(filter.search.as_ref(), column);
        select.run(self, page).await
    }

    pub async fn role(&self, id: &RoleId) -> Result<Option<Role>, StoreError> {
        self.one(FIND, params![id]).await
    }

    pub async fn role_by_name(&self, name: &str) -> Result<Option<Role>, StoreError> {
        self.one(FIND_BY_NAME, params![name]).await
    }

    /// Those of `ids` that exist.
    pub async fn roles_by_ids(&self, ids: &[RoleId]) -> Result<Vec<Role>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "roles WHERE tenant_id = $1", "name, id");
        select.and_in("id", ids.iter().map(RoleId::as_str));
        Ok(select.run(self, None).await?.items)
    }

    pub async fn scope_ids_of_role(&self, role: &RoleId) -> Result<Vec<ScopeId>, StoreError> {
        let held: Vec<HeldScope> = self.all(HELD_SCOPES, params![role]).await?;
        Ok(held.into_iter().map(|held| held.0).collect())
    }

    /// Who holds each of these roles. Roles that nobody holds are not in the answer.
    pub async fn role_usages(&self, roles: &[RoleId]) -> Result<HashMap<RoleId, RoleUsage>, StoreError> {
        let mut select = Select::new(self.dialect(), HOLDERS_COLUMNS, HOLDERS, "role_id, place");
        select.and("place <= ?", FEATURED);
        if roles.len() <= NAMED_ROLES {
            select.and_in("role_id", roles.iter().map(RoleId::as_str));
        }
        let mut usages: HashMap<RoleId, RoleUsage> = HashMap::new();
        for row in select.run::<HolderRow>(self, None).await?.items {
            let usage = usages.entry(row.role).or_default();
            usage.applications = row.holders;
            usage.featured_applications.push(row.holder);
        }
        Ok(usages)
    }
}

impl Tx {
    pub async fn insert_role(&mut self, role: &Role) -> Result<(), StoreError> {
        self.touch(Topic::Roles);
        let values = params![&role.id, &role.name, &role.description, role.kind.as_str(), role.is_default];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes everything but the type, which never changes.
    pub async fn update_role(&mut self, role: &Role) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        Ok(self.execute(UPDATE, params![&role.id, &role.name, &role.description, role.is_default]).await? == 1)
    }

    pub async fn delete_role(&mut self, id: &RoleId) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }

    /// A scope that the role holds already is a conflict.
    pub async fn add_scope_to_role(&mut self, role: &RoleId, scope: &ScopeId) -> Result<(), StoreError> {
        self.touch(Topic::Roles);
        self.execute(ADD_SCOPE, params![role, scope]).await.map(drop)
    }

    pub async fn remove_scope_from_role(&mut self, role: &RoleId, scope: &ScopeId) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        Ok(self.execute(REMOVE_SCOPE, params![role, scope]).await? == 1)
    }

    /// Whether the assignment is new.
    pub async fn assign_role_to_application(
        &mut self,
        application: &ApplicationId,
        role: &RoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        Ok(self.execute(ASSIGN, params![application, role]).await? == 1)
    }

    pub async fn remove_role_from_application(
        &mut self,
        application: &ApplicationId,
        role: &RoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Roles);
        Ok(self.execute(UNASSIGN, params![application, role]).await? == 1)
    }

    pub async fn remove_roles_from_application(&mut self, application: &ApplicationId) -> Result<(), StoreError> {
        self.touch(Topic::Roles);
        self.execute(UNASSIGN_ALL, params![application]).await.map(drop)
    }
}
