//! Somebody who has signed in: put into the database as the authorization endpoint does, because a browser is not what is
//! measured here.

use crate::database::Database;
use anyhow::Result;
use serde_json::json;
use signet_core::grant::{Grant, Rejected};
use signet_core::id::{ApplicationId, GrantId, SessionUid, TenantId, UserId};
use signet_core::random::SystemRng;
use signet_core::scope::Scope;
use signet_core::secret::ValueHash;
use signet_core::session::Session;
use signet_core::time::{Clock as _, SystemClock, Timestamp};
use signet_core::token::{AuthorizationCode, RefreshToken, SignInFacts};
use signet_storage::{PoolSettings, Store, StoreDeps, StoreSettings, TenantStore, Vault};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Longer than anything that is measured.
const LIFE: Duration = Duration::from_hours(24);

/// What a person allowed a client to ask for.
pub(crate) struct SignIn<'s> {
    pub(crate) user: &'s str,
    pub(crate) client: &'s str,
    /// Scopes of OpenID Connect.
    pub(crate) openid: &'s str,
    pub(crate) resource: &'s str,
    pub(crate) scopes: &'s [&'s str],
}

/// The database of a server that is not running.
pub(crate) struct People(TenantStore);

impl People {
    pub(crate) async fn of(database: &Database) -> Result<Self> {
        let settings = StoreSettings { database: database.address(), pool: PoolSettings::default() };
        // Nothing that is written here is sealed.
        let vault = Vault::new(&[7; 32], Arc::new(SystemRng))?;
        let store = Store::open(&settings, StoreDeps { clock: Arc::new(SystemClock), vault }).await?;
        Ok(Self(store.tenant(TenantId::default_tenant())))
    }

    pub(crate) fn store(&self) -> &TenantStore {
        &self.0
    }

    /// A refresh token, and as many codes as there are values.
    pub(crate) async fn sign_in(&self, sign_in: &SignIn<'_>, refresh: &str, codes: &[String]) -> Result<()> {
        let (user, client): (UserId, ApplicationId) = (sign_in.user.parse()?, sign_in.client.parse()?);
        let now = SystemClock.now();
        let session = session(&user, now);
        let tx = self.0.write().await?;
        tx.insert_session(&session).await?;
        let grant = grant((&user, &client), sign_in, now);
        tx.insert_grant(&grant).await?;
        tx.insert_refresh_token(&RefreshToken {
            hash: ValueHash::of(refresh),
            grant_id: grant.id.clone(),
            user_id: user.clone(),
            client_id: client.clone(),
            session_uid: Some(session.uid.clone()),
            expires_with_session: false,
            facts: facts(sign_in, now),
            rotations: 0,
            chain_started_at: now,
            created_at: now,
            expires_at: now.plus(LIFE),
            consumed_at: None,
        })
        .await?;
        for value in codes {
            // A grant for each: a replay revokes it.
            let grant = self::grant((&user, &client), sign_in, now);
            tx.insert_grant(&grant).await?;
            tx.insert_authorization_code(&AuthorizationCode {
                hash: ValueHash::of(value),
                grant_id: grant.id,
                user_id: user.clone(),
                client_id: client.clone(),
                session_uid: Some(session.uid.clone()),
                redirect_uri: None,
                code_challenge: None,
                facts: facts(sign_in, now),
                created_at: now,
                expires_at: now.plus(LIFE),
                consumed_at: None,
            })
            .await?;
        }
        Ok(tx.commit().await?)
    }
}

fn session(user: &UserId, now: Timestamp) -> Session {
    let uid = SessionUid::random(&SystemRng);
    Session {
        cookie: ValueHash::of(uid.as_str()),
        uid,
        user_id: user.clone(),
        login_at: now,
        client_id: None,
        last_submission: Some(json!({"interactionEvent": "SignIn", "userId": user, "verificationRecords": [{
            "type": "Password", "id": "v1", "verified": true, "identifier": {"type": "username", "value": "ada"}}],
            "signInContext": {"ip": "203.0.113.7", "userAgent": "bench"}})),
        created_at: now,
        expires_at: now.plus(LIFE),
    }
}

fn grant((user, client): (&UserId, &ApplicationId), sign_in: &SignIn<'_>, now: Timestamp) -> Grant {
    Grant {
        id: GrantId::random(&SystemRng),
        user_id: user.clone(),
        client_id: client.clone(),
        openid: Scope::parse(sign_in.openid),
        resources: BTreeMap::from([(sign_in.resource.to_owned(), sign_in.scopes.iter().copied().collect())]),
        rejected: Rejected::default(),
        created_at: now,
        expires_at: now.plus(LIFE),
    }
}

fn facts(sign_in: &SignIn<'_>, now: Timestamp) -> SignInFacts {
    let openid = Scope::parse(sign_in.openid);
    SignInFacts {
        scope: openid.union(&sign_in.scopes.iter().copied().collect()),
        resources: vec![sign_in.resource.to_owned()],
        auth_time: Some(now.seconds()),
        gty: "authorization_code".to_owned(),
        ..SignInFacts::default()
    }
}
