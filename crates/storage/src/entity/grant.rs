//! Grants. Deleting one deletes its codes and tokens.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::grant::Grant;
use signet_core::id::{ApplicationId, GrantId, UserId};
use signet_core::scope::Scope;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT id, user_id, client_id, openid_scope, resources, rejected, created_at, expires_at FROM grants WHERE tenant_id = $1 AND id = $2 AND expires_at > $3";
    /// Newest first.
    LIST_OF_USER = "SELECT id, user_id, client_id, openid_scope, resources, rejected, created_at, expires_at FROM grants WHERE tenant_id = $1 AND user_id = $2 AND expires_at > $3 ORDER BY created_at DESC, id";
    LIST_OF_USER_AND_CLIENT = "SELECT id, user_id, client_id, openid_scope, resources, rejected, created_at, expires_at FROM grants WHERE tenant_id = $1 AND user_id = $2 AND client_id = $3 AND expires_at > $4 ORDER BY created_at DESC, id";
    INSERT = "INSERT INTO grants (tenant_id, id, user_id, client_id, openid_scope, resources, rejected, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE = "UPDATE grants SET openid_scope = $3, resources = $4, rejected = $5, expires_at = $6 WHERE tenant_id = $1 AND id = $2";
    EXTEND = "UPDATE grants SET expires_at = $3 WHERE tenant_id = $1 AND id = $2 AND expires_at < $3";
    DELETE = "DELETE FROM grants WHERE tenant_id = $1 AND id = $2";
    DELETE_OF_CLIENT = "DELETE FROM grants WHERE tenant_id = $1 AND client_id = $2";
    /// A session that has expired takes the grants with it that were made for it alone.
    DELETE_OF_EXPIRED_SESSIONS = "DELETE FROM grants WHERE tenant_id = $1 AND id IN (SELECT session_clients.grant_id FROM session_clients JOIN sessions ON sessions.tenant_id = $1 AND sessions.uid = session_clients.session_uid WHERE session_clients.tenant_id = $1 AND session_clients.grant_id IN (SELECT grants.id FROM grants WHERE grants.tenant_id = $1) AND session_clients.persists_logout = $3 AND sessions.expires_at <= $2 LIMIT 200)";
    DELETE_EXPIRED = "DELETE FROM grants WHERE tenant_id = $1 AND id IN (SELECT id FROM grants WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for Grant {
    const TABLE: &'static str = "grants";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            user_id: row.parse(str::parse)?,
            client_id: row.parse(str::parse)?,
            openid: Scope::parse(&row.take::<String>()?),
            resources: row.json()?,
            rejected: row.json()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl Reader {
    /// A grant that has not expired.
    pub async fn grant(&self, id: &GrantId, now: Timestamp) -> Result<Option<Grant>, StoreError> {
        self.one(FIND, params![id, now]).await
    }

    pub async fn grants_of_user(&self, user: &UserId, now: Timestamp) -> Result<Vec<Grant>, StoreError> {
        self.all(LIST_OF_USER, params![user, now]).await
    }

    pub async fn grants_of_user_to(
        &self,
        user: &UserId,
        client: &ApplicationId,
        now: Timestamp,
    ) -> Result<Vec<Grant>, StoreError> {
        self.all(LIST_OF_USER_AND_CLIENT, params![user, client, now]).await
    }
}

impl Tx {
    pub async fn insert_grant(&self, grant: &Grant) -> Result<(), StoreError> {
        let values = params![
            &grant.id,
            &grant.user_id,
            &grant.client_id,
            grant.openid.to_string(),
            json(&grant.resources),
            json(&grant.rejected),
            grant.created_at,
            grant.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes what is allowed and until when.
    pub async fn update_grant(&self, grant: &Grant) -> Result<bool, StoreError> {
        let values = params![
            &grant.id,
            grant.openid.to_string(),
            json(&grant.resources),
            json(&grant.rejected),
            grant.expires_at
        ];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// A grant lives at least as long as the refresh token that hangs on it.
    pub async fn extend_grant(&self, id: &GrantId, until: Timestamp) -> Result<(), StoreError> {
        self.execute(EXTEND, params![id, until]).await.map(drop)
    }

    /// With its codes and tokens.
    pub async fn delete_grant(&self, id: &GrantId) -> Result<bool, StoreError> {
        self.forget_grant_in_sessions(id).await?;
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }

    pub async fn delete_grants_of_client(&self, client: &ApplicationId) -> Result<u64, StoreError> {
        self.execute(DELETE_OF_CLIENT, params![client]).await
    }

    /// Up to 200. To be called before the sessions themselves are deleted.
    pub async fn delete_grants_of_expired_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_OF_EXPIRED_SESSIONS, params![now, false]).await
    }

    /// Up to 200.
    pub async fn delete_expired_grants(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }
}
