//! Just-in-time provisioning: who joins an organization without being asked, and with which roles.

use crate::cache::Topic;
use crate::entity::organization_role;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{OrganizationId, OrganizationRoleId, UserId};
use signet_core::organization::OrganizationRole;
use signet_core::role::RoleType;

statements! {
    OF_DOMAIN = "SELECT organization_id FROM organization_jit_email_domains WHERE tenant_id = $1 AND domain_key = $2 ORDER BY organization_id";
    ADD_DOMAIN = "INSERT INTO organization_jit_email_domains (tenant_id, organization_id, email_domain, domain_key) VALUES ($1, $2, $3, $4)";
    REMOVE_DOMAIN = "DELETE FROM organization_jit_email_domains WHERE tenant_id = $1 AND organization_id = $2 AND domain_key = $3";
    REMOVE_ALL_DOMAINS = "DELETE FROM organization_jit_email_domains WHERE tenant_id = $1 AND organization_id = $2";
    ADD_ROLE = "INSERT INTO organization_jit_roles (tenant_id, organization_id, role_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REMOVE_ROLE = "DELETE FROM organization_jit_roles WHERE tenant_id = $1 AND organization_id = $2 AND role_id = $3";
    REMOVE_ALL_ROLES = "DELETE FROM organization_jit_roles WHERE tenant_id = $1 AND organization_id = $2";
}

struct EmailDomain(String);

impl FromRow for EmailDomain {
    const TABLE: &'static str = "organization_jit_email_domains";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

struct Joined(OrganizationId);

impl FromRow for Joined {
    const TABLE: &'static str = "organization_jit_email_domains";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

impl Reader {
    /// As they were written.
    pub async fn jit_email_domains(
        &self,
        organization: &OrganizationId,
        page: Option<Page>,
    ) -> Result<Listed<String>, StoreError> {
        let from = "organization_jit_email_domains WHERE tenant_id = $1";
        let mut select = Select::new(self.dialect(), "email_domain", from, "domain_key");
        select.and("organization_id = ?", organization);
        let found = select.run::<EmailDomain>(self, page).await?;
        Ok(Listed { items: found.items.into_iter().map(|domain| domain.0).collect(), total: found.total })
    }

    pub async fn jit_roles(
        &self,
        organization: &OrganizationId,
        page: Option<Page>,
    ) -> Result<Listed<OrganizationRole>, StoreError> {
        let mut select =
            Select::new(self.dialect(), organization_role::COLUMNS, organization_role::FROM, organization_role::ORDER);
        let chosen = "id IN (SELECT role_id FROM organization_jit_roles WHERE tenant_id = $1 AND organization_id = ?)";
        select.and(chosen, organization);
        select.run(self, page).await
    }

    /// The organizations that whoever registers with an address of this domain joins. Case does not count.
    pub async fn organizations_of_email_domain(&self, domain: &str) -> Result<Vec<OrganizationId>, StoreError> {
        let found: Vec<Joined> = self.all(OF_DOMAIN, params![domain.to_lowercase()]).await?;
        Ok(found.into_iter().map(|joined| joined.0).collect())
    }
}

impl Tx {
    /// A domain that is there already, in whatever case, is a conflict.
    pub async fn add_jit_email_domain(
        &mut self,
        organization: &OrganizationId,
        domain: &str,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(ADD_DOMAIN, params![organization, domain, domain.to_lowercase()]).await.map(drop)
    }

    pub async fn remove_jit_email_domain(
        &mut self,
        organization: &OrganizationId,
        domain: &str,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(REMOVE_DOMAIN, params![organization, domain.to_lowercase()]).await? == 1)
    }

    pub async fn remove_jit_email_domains(&mut self, organization: &OrganizationId) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(REMOVE_ALL_DOMAINS, params![organization]).await.map(drop)
    }

    pub async fn add_jit_role(
        &mut self,
        organization: &OrganizationId,
        role: &OrganizationRoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ADD_ROLE, params![organization, role]).await? == 1)
    }

    pub async fn remove_jit_role(
        &mut self,
        organization: &OrganizationId,
        role: &OrganizationRoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(REMOVE_ROLE, params![organization, role]).await? == 1)
    }

    pub async fn remove_jit_roles(&mut self, organization: &OrganizationId) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(REMOVE_ALL_ROLES, params![organization]).await.map(drop)
    }

    /// Makes somebody a member with the roles that newcomers get. For a member nothing happens.
    pub async fn provision_organization_user(
        &mut self,
        organization: &OrganizationId,
        user: &UserId,
    ) -> Result<bool, StoreError> {
        if !self.add_organization_user(organization, user).await? {
            return Ok(false);
        }
        for role in self.jit_roles(organization, None).await?.items {
            // The type of a role may have changed since it was chosen.
            if role.kind == RoleType::User {
                self.assign_role_to_organization_user(organization, user, &role.id).await?;
            }
        }
        Ok(true)
    }
}
