//! Codes and tokens with the grant and the session that they hang on, in one round trip: a token request reads no more
//! to know whether what it presents still holds.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::Reader;
use crate::value::params;
use signet_core::device::DeviceCode;
use signet_core::scope::Scope;
use signet_core::secret::ValueHash;
use signet_core::time::Timestamp;
use signet_core::token::{AuthorizationCode, Backed, BackingGrant, BackingSession, OpaqueToken, RefreshToken};

statements! {
    CODE = "SELECT authorization_codes.hash, authorization_codes.grant_id, authorization_codes.user_id, authorization_codes.client_id, authorization_codes.session_uid, authorization_codes.redirect_uri, authorization_codes.code_challenge, authorization_codes.facts, authorization_codes.created_at, authorization_codes.expires_at, authorization_codes.consumed_at, grants.openid_scope, grants.resources, grants.expires_at, sessions.user_id, sessions.last_submission FROM authorization_codes JOIN grants ON grants.tenant_id = $1 AND grants.id = authorization_codes.grant_id LEFT JOIN sessions ON sessions.tenant_id = $1 AND sessions.uid = authorization_codes.session_uid AND sessions.expires_at > $3 WHERE authorization_codes.tenant_id = $1 AND authorization_codes.hash = $2";
    REFRESH_TOKEN = "SELECT refresh_tokens.hash, refresh_tokens.grant_id, refresh_tokens.user_id, refresh_tokens.client_id, refresh_tokens.session_uid, refresh_tokens.expires_with_session, refresh_tokens.facts, refresh_tokens.rotations, refresh_tokens.chain_started_at, refresh_tokens.created_at, refresh_tokens.expires_at, refresh_tokens.consumed_at, grants.openid_scope, grants.resources, grants.expires_at, sessions.user_id, sessions.last_submission FROM refresh_tokens JOIN grants ON grants.tenant_id = $1 AND grants.id = refresh_tokens.grant_id LEFT JOIN sessions ON sessions.tenant_id = $1 AND sessions.uid = refresh_tokens.session_uid AND sessions.expires_at > $3 WHERE refresh_tokens.tenant_id = $1 AND refresh_tokens.hash = $2";
    ACCESS_TOKEN = "SELECT access_tokens.hash, access_tokens.grant_id, access_tokens.user_id, access_tokens.client_id, access_tokens.session_uid, access_tokens.expires_with_session, access_tokens.scope, access_tokens.claims, access_tokens.created_at, access_tokens.expires_at, grants.openid_scope, grants.resources, grants.expires_at, sessions.user_id, sessions.last_submission FROM access_tokens JOIN grants ON grants.tenant_id = $1 AND grants.id = access_tokens.grant_id LEFT JOIN sessions ON sessions.tenant_id = $1 AND sessions.uid = access_tokens.session_uid AND sessions.expires_at > $3 WHERE access_tokens.tenant_id = $1 AND access_tokens.hash = $2 AND access_tokens.expires_at > $3";
    DEVICE_CODE = "SELECT device_codes.hash, device_codes.user_code, device_codes.client_id, device_codes.params, device_codes.status, device_codes.grant_id, device_codes.user_id, device_codes.session_uid, device_codes.facts, device_codes.created_at, device_codes.expires_at, grants.openid_scope, grants.resources, grants.expires_at, sessions.user_id, sessions.last_submission FROM device_codes JOIN grants ON grants.tenant_id = $1 AND grants.id = device_codes.grant_id LEFT JOIN sessions ON sessions.tenant_id = $1 AND sessions.uid = device_codes.session_uid AND sessions.expires_at > $3 WHERE device_codes.tenant_id = $1 AND device_codes.hash = $2";
}

impl<T: FromRow> FromRow for Backed<T> {
    const TABLE: &'static str = T::TABLE;

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let token = T::from_row(row)?;
        let grant = BackingGrant {
            openid: Scope::parse(&row.take::<String>()?),
            resources: row.json()?,
            expires_at: row.take()?,
        };
        let user_id = row.parse_optional(str::parse)?;
        let last_submission = row.take()?;
        let session = user_id.map(|user_id| BackingSession { user_id, last_submission });
        Ok(Self { token, grant, session })
    }
}

impl Reader {
    /// Also a code that was consumed or has expired: reuse of a code revokes its grant (RFC 6749 §4.1.2).
    pub async fn backed_code(
        &self,
        hash: &ValueHash,
        now: Timestamp,
    ) -> Result<Option<Backed<AuthorizationCode>>, StoreError> {
        self.one(CODE, params![hash, now]).await
    }

    /// Also a token that was consumed or has expired.
    pub async fn backed_refresh_token(
        &self,
        hash: &ValueHash,
        now: Timestamp,
    ) -> Result<Option<Backed<RefreshToken>>, StoreError> {
        self.one(REFRESH_TOKEN, params![hash, now]).await
    }

    /// A token that has not expired.
    pub async fn backed_access_token(
        &self,
        hash: &ValueHash,
        now: Timestamp,
    ) -> Result<Option<Backed<OpaqueToken>>, StoreError> {
        self.one(ACCESS_TOKEN, params![hash, now]).await
    }

    /// A device code that somebody has allowed: others have no grant.
    pub async fn backed_device_code(
        &self,
        hash: &ValueHash,
        now: Timestamp,
    ) -> Result<Option<Backed<DeviceCode>>, StoreError> {
        self.one(DEVICE_CODE, params![hash, now]).await
    }
}
