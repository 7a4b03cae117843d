//! Which people are members of which organizations, and the roles that they have there.

use crate::cache::Topic;
use crate::entity::{organization, organization_role};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{Value, params};
use signet_core::id::{OrganizationId, OrganizationRoleId, UserId};
use signet_core::organization::{Organization, OrganizationRole, OrganizationScope};
use std::collections::HashMap;

statements! {
    IS_MEMBER = "SELECT user_id FROM organization_users WHERE tenant_id = $1 AND organization_id = $2 AND user_id = $3";
    /// Locks the row, so that of two replacements of roles the later one wins whole.
    TAKE = "UPDATE organization_users SET user_id = user_id WHERE tenant_id = $1 AND organization_id = $2 AND user_id = $3 RETURNING user_id";
    ROLES_EVERYWHERE = "SELECT organization_user_roles.organization_id, organization_roles.id, organization_roles.name, organization_roles.description, organization_roles.type FROM organization_user_roles JOIN organization_roles ON organization_roles.tenant_id = $1 AND organization_roles.id = organization_user_roles.role_id WHERE organization_user_roles.tenant_id = $1 AND organization_user_roles.user_id = $2 ORDER BY organization_roles.name, organization_roles.id";
    SCOPES = "SELECT id, name, description FROM organization_scopes WHERE tenant_id = $1 AND id IN (SELECT organization_roles_scopes.scope_id FROM organization_user_roles JOIN organization_roles_scopes ON organization_roles_scopes.tenant_id = $1 AND organization_roles_scopes.role_id = organization_user_roles.role_id WHERE organization_user_roles.tenant_id = $1 AND organization_user_roles.organization_id = $2 AND organization_user_roles.user_id = $3) ORDER BY name, id";
    /// A member stays one; the count says whether somebody joined.
    ADD = "INSERT INTO organization_users (tenant_id, organization_id, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM organization_users WHERE tenant_id = $1 AND organization_id = $2 AND user_id = $3";
    MEMBERS = "SELECT user_id FROM organization_users WHERE tenant_id = $1 AND organization_id = $2";
    ASSIGN = "INSERT INTO organization_user_roles (tenant_id, organization_id, user_id, role_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    UNASSIGN = "DELETE FROM organization_user_roles WHERE tenant_id = $1 AND organization_id = $2 AND user_id = $3 AND role_id = $4";
    UNASSIGN_ALL = "DELETE FROM organization_user_roles WHERE tenant_id = $1 AND organization_id = $2 AND user_id = $3";
}

/// Who belongs to an organization: how many people, and a few of them.
#[derive(Debug, Clone, Default)]
pub struct OrganizationPeople {
    pub count: i64,
    pub featured: Vec<OrganizationPerson>,
}

#[derive(Debug, Clone)]
pub struct OrganizationPerson {
    pub id: UserId,
    pub name: Option<String>,
    pub avatar: Option<String>,
}

const COUNT: &str =
    "SELECT organization_id, COUNT(*) FROM organization_users WHERE tenant_id = $1 AND organization_id = ?";
/// Any three: looking for the newest would read all members.
const FEATURED: &str = "SELECT members.organization_id, users.id, users.name, users.avatar FROM organization_users AS members JOIN users ON users.tenant_id = $1 AND users.id = members.user_id WHERE members.tenant_id = $1 AND members.organization_id = ? LIMIT 3";
const HELD: &str = "(SELECT held.tenant_id AS tenant_id, held.organization_id AS organization_id, held.user_id AS user_id, roles.id AS id, roles.name AS name, roles.description AS description, roles.type AS type FROM organization_user_roles AS held JOIN organization_roles AS roles ON roles.tenant_id = $1 AND roles.id = held.role_id WHERE held.tenant_id = $1) AS held WHERE tenant_id = $1";

struct CountRow(OrganizationId, i64);

impl FromRow for CountRow {
    const TABLE: &'static str = "organization_users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, row.take()?))
    }
}

struct PersonRow(OrganizationId, OrganizationPerson);

impl FromRow for PersonRow {
    const TABLE: &'static str = "organization_users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let organization = row.parse(str::parse)?;
        let id = row.parse(str::parse)?;
        Ok(Self(organization, OrganizationPerson { id, name: row.take()?, avatar: row.take()? }))
    }
}

struct MemberId(UserId);

impl FromRow for MemberId {
    const TABLE: &'static str = "organization_users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

struct RoleOfMember(UserId, OrganizationRole);

impl FromRow for RoleOfMember {
    const TABLE: &'static str = "organization_user_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, OrganizationRole::from_row(row)?))
    }
}

struct RoleSomewhere(OrganizationId, OrganizationRole);

impl FromRow for RoleSomewhere {
    const TABLE: &'static str = "organization_user_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, OrganizationRole::from_row(row)?))
    }
}

impl Reader {
    pub async fn is_organization_user(&self, organization: &OrganizationId, user: &UserId) -> Result<bool, StoreError> {
        Ok(self.one::<MemberId>(IS_MEMBER, params![organization, user]).await?.is_some())
    }

    /// Newest first.
    pub async fn organizations_of_user(&self, user: &UserId) -> Result<Vec<Organization>, StoreError> {
        let mut select = Select::new(self.dialect(), organization::COLUMNS, organization::FROM, organization::ORDER);
        select.and("id IN (SELECT organization_id FROM organization_users WHERE tenant_id = $1 AND user_id = ?)", user);
        Ok(select.run(self, None).await?.items)
    }

    /// The roles of a person in each organization where there are any.
    pub async fn organization_roles_of_user(
        &self,
        user: &UserId,
    ) -> Result<HashMap<OrganizationId, Vec<OrganizationRole>>, StoreError> {
        let mut held: HashMap<OrganizationId, Vec<OrganizationRole>> = HashMap::new();
        for RoleSomewhere(organization, role) in self.all(ROLES_EVERYWHERE, params![user]).await? {
            held.entry(organization).or_default().push(role);
        }
        Ok(held)
    }

    /// The roles of one member. Nobody else has any.
    pub async fn roles_of_organization_user(
        &self,
        organization: &OrganizationId,
        user: &UserId,
        page: Option<Page>,
    ) -> Result<Listed<OrganizationRole>, StoreError> {
        let mut select =
            Select::new(self.dialect(), organization_role::COLUMNS, organization_role::FROM, organization_role::ORDER);
        let held = "id IN (SELECT role_id FROM organization_user_roles WHERE tenant_id = $1 AND organization_id = ? AND user_id = ?)";
        select.and_each(held, [organization.as_str(), user.as_str()]);
        select.run(self, page).await
    }

    /// The roles of several members at once. Those who have none are not in the answer.
    pub async fn roles_of_organization_users(
        &self,
        organization: &OrganizationId,
        users: &[UserId],
    ) -> Result<HashMap<UserId, Vec<OrganizationRole>>, StoreError> {
        let mut select = Select::new(self.dialect(), "user_id, id, name, description, type", HELD, "name, id");
        select.and("organization_id = ?", organization).and_in("user_id", users.iter().map(UserId::as_str));
        let mut held: HashMap<UserId, Vec<OrganizationRole>> = HashMap::new();
        for RoleOfMember(user, role) in select.run::<RoleOfMember>(self, None).await?.items {
            held.entry(user).or_default().push(role);
        }
        Ok(held)
    }

    /// The permissions of a person in an organization, each once.
    pub async fn scopes_of_organization_user(
        &self,
        organization: &OrganizationId,
        user: &UserId,
    ) -> Result<Vec<OrganizationScope>, StoreError> {
        self.all(SCOPES, params![organization, user]).await
    }

    /// Who belongs to each of these organizations, of which there are a page at most.
    pub async fn people_of_organizations(
        &self,
        organizations: &[OrganizationId],
    ) -> Result<HashMap<OrganizationId, OrganizationPeople>, StoreError> {
        let mut people: HashMap<OrganizationId, OrganizationPeople> = HashMap::new();
        if organizations.is_empty() {
            return Ok(people);
        }
        let values: Vec<Value<'_>> = organizations.iter().map(Value::from).collect();
        let of_each = |select: &str| {
            let of_one =
                |place: usize| format!("SELECT * FROM ({}) AS o{place}", select.replace('?', &format!("${place}")));
            (2..values.len() + 2).map(of_one).collect::<Vec<_>>().join(" UNION ALL ")
        };
        let counts = of_each(&format!("{COUNT} GROUP BY organization_id"));
        for CountRow(organization, count) in self.all_text(&counts, &values).await? {
            people.insert(organization, OrganizationPeople { count, featured: Vec::new() });
        }
        for PersonRow(organization, person) in self.all_text(&of_each(FEATURED), &values).await? {
            people.entry(organization).or_default().featured.push(person);
        }
        Ok(people)
    }
}

impl Tx {
    /// Whether there is this member, whose roles this transaction is going to change: nobody else does before it ends.
    pub async fn take_organization_user(
        &self,
        organization: &OrganizationId,
        user: &UserId,
    ) -> Result<bool, StoreError> {
        Ok(self.one::<MemberId>(TAKE, params![organization, user]).await?.is_some())
    }

    /// Whether the person was no member before.
    pub async fn add_organization_user(
        &mut self,
        organization: &OrganizationId,
        user: &UserId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ADD, params![organization, user]).await? == 1)
    }

    /// Whether the person was a member. Roles and consents there go with the membership.
    pub async fn remove_organization_user(
        &mut self,
        organization: &OrganizationId,
        user: &UserId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(REMOVE, params![organization, user]).await? == 1)
    }

    /// Makes these people the only members. Who stays keeps the roles.
    pub async fn replace_organization_users(
        &mut self,
        organization: &OrganizationId,
        users: &[UserId],
    ) -> Result<(), StoreError> {
        let members: Vec<MemberId> = self.all(MEMBERS, params![organization]).await?;
        for MemberId(member) in members {
            if !users.contains(&member) {
                self.remove_organization_user(organization, &member).await?;
            }
        }
        for user in users {
            self.add_organization_user(organization, user).await?;
        }
        Ok(())
    }

    /// Whether the assignment is new. Somebody who is no member is a missing reference.
    pub async fn assign_role_to_organization_user(
        &mut self,
        organization: &OrganizationId,
        user: &UserId,
        role: &OrganizationRoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ASSIGN, params![organization, user, role]).await? == 1)
    }

    pub async fn remove_role_from_organization_user(
        &mut self,
        organization: &OrganizationId,
        user: &UserId,
        role: &OrganizationRoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(UNASSIGN, params![organization, user, role]).await? == 1)
    }

    pub async fn remove_roles_from_organization_user(
        &mut self,
        organization: &OrganizationId,
        user: &UserId,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(UNASSIGN_ALL, params![organization, user]).await.map(drop)
    }
}
