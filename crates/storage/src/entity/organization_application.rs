//! Which machines are members of which organizations, and the roles that they have there.

use crate::cache::Topic;
use crate::entity::{organization, organization_role};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId};
use signet_core::organization::{Organization, OrganizationRole};
use std::collections::HashMap;

statements! {
    IS_MEMBER = "SELECT application_id FROM organization_applications WHERE tenant_id = $1 AND organization_id = $2 AND application_id = $3";
    /// Locks the row, so that of two replacements of roles the later one wins whole.
    TAKE = "UPDATE organization_applications SET application_id = application_id WHERE tenant_id = $1 AND organization_id = $2 AND application_id = $3 RETURNING application_id";
    ROLES_EVERYWHERE = "SELECT organization_application_roles.organization_id, organization_roles.id, organization_roles.name, organization_roles.description, organization_roles.type FROM organization_application_roles JOIN organization_roles ON organization_roles.tenant_id = $1 AND organization_roles.id = organization_application_roles.role_id WHERE organization_application_roles.tenant_id = $1 AND organization_application_roles.application_id = $2 ORDER BY organization_roles.name, organization_roles.id";
    /// A member stays one; the count says whether it joined.
    ADD = "INSERT INTO organization_applications (tenant_id, organization_id, application_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM organization_applications WHERE tenant_id = $1 AND organization_id = $2 AND application_id = $3";
    MEMBERS = "SELECT application_id FROM organization_applications WHERE tenant_id = $1 AND organization_id = $2";
    ASSIGN = "INSERT INTO organization_application_roles (tenant_id, organization_id, application_id, role_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    UNASSIGN = "DELETE FROM organization_application_roles WHERE tenant_id = $1 AND organization_id = $2 AND application_id = $3 AND role_id = $4";
    UNASSIGN_ALL = "DELETE FROM organization_application_roles WHERE tenant_id = $1 AND organization_id = $2 AND application_id = $3";
}

const HELD: &str = "(SELECT held.tenant_id AS tenant_id, held.organization_id AS organization_id, held.application_id AS application_id, roles.id AS id, roles.name AS name, roles.description AS description, roles.type AS type FROM organization_application_roles AS held JOIN organization_roles AS roles ON roles.tenant_id = $1 AND roles.id = held.role_id WHERE held.tenant_id = $1) AS held WHERE tenant_id = $1";

struct MemberId(ApplicationId);

impl FromRow for MemberId {
    const TABLE: &'static str = "organization_applications";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

struct RoleOfMember(ApplicationId, OrganizationRole);

impl FromRow for RoleOfMember {
    const TABLE: &'static str = "organization_application_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, OrganizationRole::from_row(row)?))
    }
}

struct RoleSomewhere(OrganizationId, OrganizationRole);

impl FromRow for RoleSomewhere {
    const TABLE: &'static str = "organization_application_roles";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, OrganizationRole::from_row(row)?))
    }
}

impl Reader {
    pub async fn is_organization_application(
        &self,
        organization: &OrganizationId,
        application: &ApplicationId,
    ) -> Result<bool, StoreError> {
        Ok(self.one::<MemberId>(IS_MEMBER, params![organization, application]).await?.is_some())
    }

    /// Newest first.
    pub async fn organizations_of_application(
        &self,
        application: &ApplicationId,
        page: Option<Page>,
    ) -> Result<Listed<Organization>, StoreError> {
        let mut select = Select::new(self.dialect(), organization::COLUMNS, organization::FROM, organization::ORDER);
        let joined =
            "id IN (SELECT organization_id FROM organization_applications WHERE tenant_id = $1 AND application_id = ?)";
        select.and(joined, application);
        select.run(self, page).await
    }

    /// The roles of a machine in each organization where there are any.
    pub async fn organization_roles_of_application(
        &self,
        application: &ApplicationId,
    ) -> Result<HashMap<OrganizationId, Vec<OrganizationRole>>, StoreError> {
        let mut held: HashMap<OrganizationId, Vec<OrganizationRole>> = HashMap::new();
        for RoleSomewhere(organization, role) in self.all(ROLES_EVERYWHERE, params![application]).await? {
            held.entry(organization).or_default().push(role);
        }
        Ok(held)
    }

    /// The roles of one member. No other machine has any.
    pub async fn roles_of_organization_application(
        &self,
        organization: &OrganizationId,
        application: &ApplicationId,
        page: Option<Page>,
    ) -> Result<Listed<OrganizationRole>, StoreError> {
        let mut select =
            Select::new(self.dialect(), organization_role::COLUMNS, organization_role::FROM, organization_role::ORDER);
        let held = "id IN (SELECT role_id FROM organization_application_roles WHERE tenant_id = $1 AND organization_id = ? AND application_id = ?)";
        select.and_each(held, [organization.as_str(), application.as_str()]);
        select.run(self, page).await
    }

    /// The roles of several members at once. Those that have none are not in the answer.
    pub async fn roles_of_organization_applications(
        &self,
        organization: &OrganizationId,
        applications: &[ApplicationId],
    ) -> Result<HashMap<ApplicationId, Vec<OrganizationRole>>, StoreError> {
        let mut select = Select::new(self.dialect(), "application_id, id, name, description, type", HELD, "name, id");
        let of_these = applications.iter().map(ApplicationId::as_str);
        select.and("organization_id = ?", organization).and_in("application_id", of_these);
        let mut held: HashMap<ApplicationId, Vec<OrganizationRole>> = HashMap::new();
        for RoleOfMember(application, role) in select.run::<RoleOfMember>(self, None).await?.items {
            held.entry(application).or_default().push(role);
        }
        Ok(held)
    }
}

impl Tx {
    /// Whether there is this member, whose roles this transaction is going to change: nobody else does before it ends.
    pub async fn take_organization_application(
        &self,
        organization: &OrganizationId,
        application: &ApplicationId,
    ) -> Result<bool, StoreError> {
        Ok(self.one::<MemberId>(TAKE, params![organization, application]).await?.is_some())
    }

    /// Whether the machine was no member before.
    pub async fn add_organization_application(
        &mut self,
        organization: &OrganizationId,
        application: &ApplicationId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ADD, params![organization, application]).await? == 1)
    }

    /// Whether the machine was a member. Its roles there go with the membership.
    pub async fn remove_organization_application(
        &mut self,
        organization: &OrganizationId,
        application: &ApplicationId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(REMOVE, params![organization, application]).await? == 1)
    }

    /// Makes these machines the only members. Those that stay keep their roles.
    pub async fn replace_organization_applications(
        &mut self,
        organization: &OrganizationId,
        applications: &[ApplicationId],
    ) -> Result<(), StoreError> {
        let members: Vec<MemberId> = self.all(MEMBERS, params![organization]).await?;
        for MemberId(member) in members {
            if !applications.contains(&member) {
                self.remove_organization_application(organization, &member).await?;
            }
        }
        for application in applications {
            self.add_organization_application(organization, application).await?;
        }
        Ok(())
    }

    /// Whether the assignment is new. A machine that is no member is a missing reference.
    pub async fn assign_role_to_organization_application(
        &mut self,
        organization: &OrganizationId,
        application: &ApplicationId,
        role: &OrganizationRoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(ASSIGN, params![organization, application, role]).await? == 1)
    }

    pub async fn remove_role_from_organization_application(
        &mut self,
        organization: &OrganizationId,
        application: &ApplicationId,
        role: &OrganizationRoleId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Organizations);
        Ok(self.execute(UNASSIGN, params![organization, application, role]).await? == 1)
    }

    pub async fn remove_roles_from_organization_application(
        &mut self,
        organization: &OrganizationId,
        application: &ApplicationId,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Organizations);
        self.execute(UNASSIGN_ALL, params![organization, application]).await.map(drop)
    }
}
