//! What third-party applications may ask people for.

use crate::cache::Topic;
use crate::entity::{organization_scope, scope};
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::Select;
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{ApplicationId, OrganizationScopeId, ScopeId};
use signet_core::resource::ApiScope;
use signet_core::third_party::{ConsentScopes, Level};

statements! {
    USER = "SELECT scope FROM application_user_scopes WHERE tenant_id = $1 AND application_id = $2 ORDER BY scope";
    /// What is there already stays.
    ADD_USER = "INSERT INTO application_user_scopes (tenant_id, application_id, scope) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    ADD_API = "INSERT INTO application_api_scopes (tenant_id, application_id, level, scope_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    ADD_ORGANIZATION = "INSERT INTO application_organization_scopes (tenant_id, application_id, scope_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    REMOVE_USER = "DELETE FROM application_user_scopes WHERE tenant_id = $1 AND application_id = $2 AND scope = $3";
    REMOVE_API = "DELETE FROM application_api_scopes WHERE tenant_id = $1 AND application_id = $2 AND level = $3 AND scope_id = $4";
    REMOVE_ORGANIZATION = "DELETE FROM application_organization_scopes WHERE tenant_id = $1 AND application_id = $2 AND scope_id = $3";
}

struct Name(String);

impl FromRow for Name {
    const TABLE: &'static str = "application_user_scopes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    pub async fn consent_scopes(&self, application: &ApplicationId) -> Result<ConsentScopes, StoreError> {
        let user: Vec<Name> = self.all(USER, params![application]).await?;
        let mut organization = Select::new(
            self.dialect(),
            organization_scope::COLUMNS,
            organization_scope::FROM,
            organization_scope::ORDER,
        );
        organization.and(
            "id IN (SELECT scope_id FROM application_organization_scopes WHERE tenant_id = $1 AND application_id = ?)",
            application,
        );
        Ok(ConsentScopes {
            user: user.into_iter().map(|Name(name)| name).collect(),
            apis: self.consent_apis(application, Level::Person).await?,
            organization_apis: self.consent_apis(application, Level::Organization).await?,
            organization: organization.run(self, None).await?.items,
        })
    }

    async fn consent_apis(&self, application: &ApplicationId, level: Level) -> Result<Vec<ApiScope>, StoreError> {
        let mut select = Select::new(self.dialect(), scope::COLUMNS, "scopes WHERE tenant_id = $1", scope::ORDER);
        let configured = "id IN (SELECT scope_id FROM application_api_scopes WHERE tenant_id = $1 AND application_id = ? AND level = ?)";
        select.and_each(configured, [application.as_str(), level.as_str()]);
        Ok(select.run(self, None).await?.items)
    }
}

impl Tx {
    pub async fn allow_user_scope(&mut self, application: &ApplicationId, name: &str) -> Result<(), StoreError> {
        self.touch(Topic::Applications);
        self.execute(ADD_USER, params![application, name]).await.map(drop)
    }

    pub async fn allow_api_scope(
        &mut self,
        application: &ApplicationId,
        level: Level,
        scope: &ScopeId,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Applications);
        self.execute(ADD_API, params![application, level.as_str(), scope]).await.map(drop)
    }

    pub async fn allow_organization_scope(
        &mut self,
        application: &ApplicationId,
        scope: &OrganizationScopeId,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Applications);
        self.execute(ADD_ORGANIZATION, params![application, scope]).await.map(drop)
    }

    /// Whether it was allowed.
    pub async fn disallow_user_scope(&mut self, application: &ApplicationId, name: &str) -> Result<bool, StoreError> {
        self.touch(Topic::Applications);
        Ok(self.execute(REMOVE_USER, params![application, name]).await? == 1)
    }

    pub async fn disallow_api_scope(
        &mut self,
        application: &ApplicationId,
        level: Level,
        scope: &ScopeId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Applications);
        Ok(self.execute(REMOVE_API, params![application, level.as_str(), scope]).await? == 1)
    }

    pub async fn disallow_organization_scope(
        &mut self,
        application: &ApplicationId,
        scope: &OrganizationScopeId,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Applications);
        Ok(self.execute(REMOVE_ORGANIZATION, params![application, scope]).await? == 1)
    }
}
