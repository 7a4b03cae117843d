//! Browser sessions and the clients that they signed in to.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::{ApplicationId, GrantId, SessionUid, UserId};
use signet_core::secret::ValueHash;
use signet_core::session::{Session, SessionClient};
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT uid, cookie_hash, user_id, login_at, client_id, last_submission, created_at, expires_at FROM sessions WHERE tenant_id = $1 AND uid = $2 AND expires_at > $3";
    FIND_BY_COOKIE = "SELECT uid, cookie_hash, user_id, login_at, client_id, last_submission, created_at, expires_at FROM sessions WHERE tenant_id = $1 AND cookie_hash = $2 AND expires_at > $3";
    LIST_OF_USER = "SELECT uid, cookie_hash, user_id, login_at, client_id, last_submission, created_at, expires_at FROM sessions WHERE tenant_id = $1 AND user_id = $2 AND expires_at > $3 ORDER BY created_at DESC, uid";
    CLIENTS = "SELECT client_id, sid, grant_id, persists_logout FROM session_clients WHERE tenant_id = $1 AND session_uid = $2 ORDER BY client_id";
    INSERT = "INSERT INTO sessions (tenant_id, uid, cookie_hash, user_id, login_at, client_id, last_submission, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE = "UPDATE sessions SET cookie_hash = $3, login_at = $4, client_id = $5, last_submission = $6, expires_at = $7 WHERE tenant_id = $1 AND uid = $2";
    /// Only while that value opens it: a sign-in in the next tab may have made a new one.
    EXTEND = "UPDATE sessions SET expires_at = $4 WHERE tenant_id = $1 AND uid = $2 AND cookie_hash = $3";
    DELETE = "DELETE FROM sessions WHERE tenant_id = $1 AND uid = $2";
    DELETE_EXPIRED = "DELETE FROM sessions WHERE tenant_id = $1 AND uid IN (SELECT uid FROM sessions WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
    PUT_CLIENT = "INSERT INTO session_clients (tenant_id, session_uid, client_id, sid, grant_id, persists_logout) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, session_uid, client_id) DO UPDATE SET sid = excluded.sid, grant_id = excluded.grant_id, persists_logout = excluded.persists_logout";
    DELETE_CLIENTS_OF_GRANT = "DELETE FROM session_clients WHERE tenant_id = $1 AND grant_id = $2";
}

impl FromRow for Session {
    const TABLE: &'static str = "sessions";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            uid: row.parse(str::parse)?,
            cookie: row.take()?,
            user_id: row.parse(str::parse)?,
            login_at: row.take()?,
            client_id: row.parse_optional(str::parse)?,
            last_submission: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

impl FromRow for SessionClient {
    const TABLE: &'static str = "session_clients";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            client_id: row.parse(str::parse)?,
            sid: row.take()?,
            grant_id: row.parse_optional(str::parse)?,
            persists_logout: row.take()?,
        })
    }
}

fn submission(session: &Session) -> Option<String> {
    session.last_submission.as_ref().map(ToString::to_string)
}

impl Reader {
    /// A session that has not expired.
    pub async fn session(&self, uid: &SessionUid, now: Timestamp) -> Result<Option<Session>, StoreError> {
        self.one(FIND, params![uid, now]).await
    }

    pub async fn session_by_cookie(&self, cookie: &ValueHash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        self.one(FIND_BY_COOKIE, params![cookie, now]).await
    }

    /// Newest first.
    pub async fn sessions_of_user(&self, user: &UserId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        self.all(LIST_OF_USER, params![user, now]).await
    }

    pub async fn session_clients(&self, session: &SessionUid) -> Result<Vec<SessionClient>, StoreError> {
        self.all(CLIENTS, params![session]).await
    }
}

impl Tx {
    pub async fn insert_session(&self, session: &Session) -> Result<(), StoreError> {
        let values = params![
            &session.uid,
            &session.cookie,
            &session.user_id,
            session.login_at,
            session.client_id.as_ref(),
            submission(session),
            session.created_at,
            session.expires_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes everything but whose session it is and when it began.
    pub async fn update_session(&self, session: &Session) -> Result<bool, StoreError> {
        let values = params![
            &session.uid,
            &session.cookie,
            session.login_at,
            session.client_id.as_ref(),
            submission(session),
            session.expires_at
        ];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// Lets a session last longer. `false`: it has ended, or is opened by another value by now.
    pub async fn extend_session(&self, session: &Session, until: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(EXTEND, params![&session.uid, &session.cookie, until]).await? == 1)
    }

    /// Its clients go with it.
    pub async fn delete_session(&self, uid: &SessionUid) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![uid]).await? == 1)
    }

    /// Up to 200.
    pub async fn delete_expired_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![now]).await
    }

    pub async fn put_session_client(&self, session: &SessionUid, client: &SessionClient) -> Result<(), StoreError> {
        let SessionClient { client_id, sid, grant_id, persists_logout } = client;
        let (client_id, grant_id): (&ApplicationId, Option<&GrantId>) = (client_id, grant_id.as_ref());
        self.execute(PUT_CLIENT, params![session, client_id, sid, grant_id, *persists_logout]).await.map(drop)
    }

    /// A revoked grant is no longer a session's.
    pub async fn forget_grant_in_sessions(&self, grant: &GrantId) -> Result<(), StoreError> {
        self.execute(DELETE_CLIENTS_OF_GRANT, params![grant]).await.map(drop)
    }
}
