//! The organizations that people let third-party applications into. A consent goes with the membership.

use crate::entity::organization;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{ApplicationId, OrganizationId, ResourceId, UserId};
use signet_core::organization::Organization;

statements! {
    IDS = "SELECT organization_id FROM consented_organizations WHERE tenant_id = $1 AND application_id = $2 AND user_id = $3 ORDER BY organization_id";
    IS_CONSENTED = "SELECT organization_id FROM consented_organizations WHERE tenant_id = $1 AND application_id = $2 AND user_id = $3 AND organization_id = $4";
    API_SCOPES = "SELECT name FROM scopes WHERE tenant_id = $1 AND resource_id = $4 AND id IN (SELECT organization_roles_resource_scopes.scope_id FROM consented_organizations JOIN organization_user_roles ON organization_user_roles.tenant_id = $1 AND organization_user_roles.organization_id = consented_organizations.organization_id AND organization_user_roles.user_id = consented_organizations.user_id JOIN organization_roles_resource_scopes ON organization_roles_resource_scopes.tenant_id = $1 AND organization_roles_resource_scopes.role_id = organization_user_roles.role_id WHERE consented_organizations.tenant_id = $1 AND consented_organizations.application_id = $2 AND consented_organizations.user_id = $3) ORDER BY name";
    /// What was agreed to before stays.
    ADD = "INSERT INTO consented_organizations (tenant_id, application_id, user_id, organization_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    REMOVE = "DELETE FROM consented_organizations WHERE tenant_id = $1 AND application_id = $2 AND user_id = $3 AND organization_id = $4";
    REMOVE_ALL = "DELETE FROM consented_organizations WHERE tenant_id = $1 AND application_id = $2 AND user_id = $3";
}

struct Id(OrganizationId);

impl FromRow for Id {
    const TABLE: &'static str = "consented_organizations";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.parse(str::parse).map(Self)
    }
}

struct Name(String);

impl FromRow for Name {
    const TABLE: &'static str = "scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    /// Newest first.
    pub async fn consented_organizations(
        &self,
        application: &ApplicationId,
        user: &UserId,
        page: Option<Page>,
    ) -> Result<Listed<Organization>, StoreError> {
        let mut select = Select::new(self.dialect(), organization::COLUMNS, organization::FROM, organization::ORDER);
        let consented = "id IN (SELECT organization_id FROM consented_organizations WHERE tenant_id = $1 AND application_id = ? AND user_id = ?)";
        select.and_each(consented, [application.as_str(), user.as_str()]);
        select.run(self, page).await
    }

    pub async fn consented_organization_ids(
        &self,
        application: &ApplicationId,
        user: &UserId,
    ) -> Result<Vec<OrganizationId>, StoreError> {
        let ids: Vec<Id> = self.all(IDS, params![application, user]).await?;
        Ok(ids.into_iter().map(|Id(id)| id).collect())
    }

    /// The scopes of a resource that the person has through roles in organizations that the application was let into.
    pub async fn scopes_in_consented_organizations(
        &self,
        (application, user): (&ApplicationId, &UserId),
        resource: &ResourceId,
    ) -> Result<Vec<String>, StoreError> {
        let names: Vec<Name> = self.all(API_SCOPES, params![application, user, resource]).await?;
        Ok(names.into_iter().map(|Name(name)| name).collect())
    }

    pub async fn is_consented_organization(
        &self,
        (application, user): (&ApplicationId, &UserId),
        organization: &OrganizationId,
    ) -> Result<bool, StoreError> {
        Ok(self.one::<Id>(IS_CONSENTED, params![application, user, organization]).await?.is_some())
    }
}

impl Tx {
    /// Whoever is no member gets [`StoreError::MissingReference`].
    pub async fn consent_to_organization(
        &self,
        (application, user): (&ApplicationId, &UserId),
        organization: &OrganizationId,
    ) -> Result<(), StoreError> {
        self.execute(ADD, params![application, user, organization]).await.map(drop)
    }

    /// Whether there was a consent.
    pub async fn withdraw_organization(
        &self,
        (application, user): (&ApplicationId, &UserId),
        organization: &OrganizationId,
    ) -> Result<bool, StoreError> {
        Ok(self.execute(REMOVE, params![application, user, organization]).await? == 1)
    }

    pub async fn withdraw_organizations(&self, application: &ApplicationId, user: &UserId) -> Result<(), StoreError> {
        self.execute(REMOVE_ALL, params![application, user]).await.map(drop)
    }
}
