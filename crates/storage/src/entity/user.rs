//! People.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::select::{Listed, Page, Select};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::id::{ApplicationId, OrganizationId, OrganizationRoleId, RoleId, UserId};
use signet_core::search::Search;
use signet_core::time::Timestamp;
use signet_core::user::{PasswordHash, PasswordMethod, User};
use std::collections::HashMap;

statements! {
    FIND = "SELECT id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at FROM users WHERE tenant_id = $1 AND id = $2";
    FIND_BY_USERNAME = "SELECT id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at FROM users WHERE tenant_id = $1 AND username = $2";
    FIND_BY_USERNAME_ANY_CASE = "SELECT id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at FROM users WHERE tenant_id = $1 AND username_key = $2 ORDER BY created_at LIMIT 1";
    FIND_BY_EMAIL = "SELECT id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at FROM users WHERE tenant_id = $1 AND email_key = $2";
    FIND_BY_PHONE = "SELECT id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at FROM users WHERE tenant_id = $1 AND primary_phone = $2";
    FIND_PASSWORD = "SELECT password_method, password_digest FROM users WHERE tenant_id = $1 AND id = $2";
    /// Locks the row, so that of two changes the later one sees the earlier.
    TAKE = "UPDATE users SET updated_at = $3 WHERE tenant_id = $1 AND id = $2 RETURNING id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at";
    ANY = "SELECT 1 FROM users WHERE tenant_id = $1 LIMIT 1";
    CASE_CONFLICTS = "SELECT username_key, id FROM users WHERE tenant_id = $1 AND username_key IN (SELECT username_key FROM users WHERE tenant_id = $1 AND username_key IS NOT NULL GROUP BY username_key HAVING COUNT(*) > 1) ORDER BY username_key, id";
    COUNT_ACTIVE = "SELECT COUNT(*) FROM users WHERE tenant_id = $1 AND is_suspended = $2";
    INSERT = "INSERT INTO users (tenant_id, id, username, username_key, primary_email, email_key, primary_phone, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    UPDATE = "UPDATE users SET username = $3, username_key = $4, primary_email = $5, email_key = $6, primary_phone = $7, is_password_expired = $8, name = $9, avatar = $10, profile = $11, custom_data = $12, identities = $13, settings = $14, application_id = $15, is_suspended = $16, last_sign_in_at = $17, updated_at = $18 WHERE tenant_id = $1 AND id = $2";
    SET_PASSWORD = "UPDATE users SET password_method = $3, password_digest = $4, password_updated_at = $5, is_password_expired = $6, updated_at = $5 WHERE tenant_id = $1 AND id = $2";
    /// Of two sign-ins that upgrade the same hash one wins, and a password that was changed meanwhile stays.
    UPGRADE_PASSWORD = "UPDATE users SET password_method = $3, password_digest = $4 WHERE tenant_id = $1 AND id = $2 AND password_digest = $5";
    SET_SIGNED_IN = "UPDATE users SET last_sign_in_at = $3 WHERE tenant_id = $1 AND id = $2";
    /// The first consent wins.
    SET_FIRST_APPLICATION = "UPDATE users SET application_id = $3 WHERE tenant_id = $1 AND id = $2 AND application_id IS NULL";
    DELETE = "DELETE FROM users WHERE tenant_id = $1 AND id = $2";
    DELETE_SESSIONS = "DELETE FROM sessions WHERE tenant_id = $1 AND user_id = $2";
    DELETE_GRANTS = "DELETE FROM grants WHERE tenant_id = $1 AND user_id = $2";
    DELETE_DEVICE_CODES = "DELETE FROM device_codes WHERE tenant_id = $1 AND user_id = $2";
    DELETE_SUBJECT_TOKENS = "DELETE FROM subject_tokens WHERE tenant_id = $1 AND user_id = $2";
}

const COLUMNS: &str = "id, username, primary_email, primary_phone, password_method, password_updated_at, is_password_expired, name, avatar, profile, custom_data, identities, settings, application_id, is_suspended, last_sign_in_at, created_at, updated_at";

impl FromRow for User {
    const TABLE: &'static str = "users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse(str::parse)?,
            username: row.take()?,
            primary_email: row.take()?,
            primary_phone: row.take()?,
            has_password: row.take::<Option<String>>()?.is_some(),
            password_updated_at: row.take()?,
            is_password_expired: row.take()?,
            name: row.take()?,
            avatar: row.take()?,
            profile: row.take()?,
            custom_data: row.take()?,
            identities: row.take()?,
            settings: row.take()?,
            application_id: row.parse_optional(str::parse)?,
            is_suspended: row.take()?,
            last_sign_in_at: row.take()?,
            created_at: row.take()?,
            updated_at: row.take()?,
        })
    }
}

struct StoredPassword(Option<PasswordHash>);

impl FromRow for StoredPassword {
    const TABLE: &'static str = "users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        let (method, digest): (Option<String>, Option<String>) = (row.take()?, row.take()?);
        let (Some(method), Some(digest)) = (method, digest) else { return Ok(Self(None)) };
        let method = PasswordMethod::parse(&method).ok_or_else(|| row.corrupt("unknown password method"))?;
        Ok(Self(Some(PasswordHash { method, digest })))
    }
}

const PASSWORD_COLUMNS: &str = "id, password_method, password_digest";

struct PasswordOf(UserId, Option<PasswordHash>);

impl FromRow for PasswordOf {
    const TABLE: &'static str = "users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self(row.parse(str::parse)?, StoredPassword::from_row(row)?.0))
    }
}

/// Somebody who shares a username with somebody else, but for its case.
struct Namesake {
    key: String,
    id: UserId,
}

impl FromRow for Namesake {
    const TABLE: &'static str = "users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { key: row.take()?, id: row.parse(str::parse)? })
    }
}

struct Count(i64);

impl FromRow for Count {
    const TABLE: &'static str = "users";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

/// How an address or a name is compared when case does not count.
fn key(text: Option<&str>) -> Option<String> {
    text.map(str::to_lowercase)
}

/// Which people to list. Newest first.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Holds this role.
    pub role: Option<RoleId>,
    pub without_role: Option<RoleId>,
    /// A member of this organization, with this role there if one is named.
    pub organization: Option<(OrganizationId, Option<OrganizationRoleId>)>,
    pub without_organization: Option<OrganizationId>,
    pub search: Option<Search>,
}

fn column(field: &str) -> Option<&'static str> {
    match field {
        "id" => Some("id"),
        "username" => Some("username"),
        "primaryEmail" => Some("primary_email"),
        "primaryPhone" => Some("primary_phone"),
        "name" => Some("name"),
        _ => None,
    }
}

impl Reader {
    pub async fn users(&self, filter: &UserFilter, page: Option<Page>) -> Result<Listed<User>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "users WHERE tenant_id = $1", "created_at DESC, id DESC");
        if let Some(role) = &filter.role {
            select.and("id IN (SELECT user_id FROM users_roles WHERE tenant_id = $1 AND role_id = ?)", role);
        }
        if let Some(role) = &filter.without_role {
            select.and("id NOT IN (SELECT user_id FROM users_roles WHERE tenant_id = $1 AND role_id = ?)", role);
        }
        match &filter.organization {
            None => {}
            Some((organization, None)) => {
                select.and(
                    "id IN (SELECT user_id FROM organization_users WHERE tenant_id = $1 AND organization_id = ?)",
                    organization,
                );
            }
            Some((organization, Some(role))) => {
                let held = "id IN (SELECT user_id FROM organization_user_roles WHERE tenant_id = $1 AND organization_id = ? AND role_id = ?)";
                select.and_each(held, [organization.as_str(), role.as_str()]);
            }
        }
        if let Some(organization) = &filter.without_organization {
            select.and(
                "id NOT IN (SELECT user_id FROM organization_users WHERE tenant_id = $1 AND organization_id = ?)",
                organization,
            );
        }
        select.search(filter.search.as_ref(), column);
        select.run(self, page).await
    }

    pub async fn user(&self, id: &UserId) -> Result<Option<User>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// Those of `ids` that exist.
    pub async fn users_by_ids(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        let mut select = Select::new(self.dialect(), COLUMNS, "users WHERE tenant_id = $1", "created_at DESC, id DESC");
        select.and_in("id", ids.iter().map(UserId::as_str));
        Ok(select.run(self, None).await?.items)
    }

    pub async fn user_by_username(&self, username: &str) -> Result<Option<User>, StoreError> {
        self.one(FIND_BY_USERNAME, params![username]).await
    }

    /// The oldest of those whose names differ in case only.
    pub async fn user_by_username_any_case(&self, username: &str) -> Result<Option<User>, StoreError> {
        self.one(FIND_BY_USERNAME_ANY_CASE, params![username.to_lowercase()]).await
    }

    /// Case does not count.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>, StoreError> {
        self.one(FIND_BY_EMAIL, params![email.to_lowercase()]).await
    }

    pub async fn user_by_phone(&self, phone: &str) -> Result<Option<User>, StoreError> {
        self.one(FIND_BY_PHONE, params![phone]).await
    }

    pub async fn user_password(&self, id: &UserId) -> Result<Option<PasswordHash>, StoreError> {
        Ok(self.one::<StoredPassword>(FIND_PASSWORD, params![id]).await?.and_then(|stored| stored.0))
    }

    /// The hashes of those of `ids` who have a password.
    pub async fn user_passwords(&self, ids: &[UserId]) -> Result<HashMap<UserId, PasswordHash>, StoreError> {
        let mut select = Select::new(self.dialect(), PASSWORD_COLUMNS, "users WHERE tenant_id = $1", "id");
        select.and_in("id", ids.iter().map(UserId::as_str));
        let found = select.run::<PasswordOf>(self, None).await?.items.into_iter();
        Ok(found.filter_map(|PasswordOf(user, hash)| Some((user, hash?))).collect())
    }

    /// Whether anybody is there, suspended or not.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        Ok(self.one::<Count>(ANY, &[]).await?.is_some())
    }

    /// Usernames that differ in case only, in lower case, each with who has it.
    pub async fn username_case_conflicts(&self) -> Result<Vec<(String, Vec<UserId>)>, StoreError> {
        let rows: Vec<Namesake> = self.all(CASE_CONFLICTS, &[]).await?;
        let mut conflicts: Vec<(String, Vec<UserId>)> = Vec::new();
        for Namesake { key, id } in rows {
            match conflicts.last_mut() {
                Some((last, ids)) if *last == key => ids.push(id),
                _ => conflicts.push((key, vec![id])),
            }
        }
        Ok(conflicts)
    }

    /// People who are not suspended.
    pub async fn count_active_users(&self) -> Result<i64, StoreError> {
        Ok(self.one::<Count>(COUNT_ACTIVE, params![false]).await?.map_or(0, |count| count.0))
    }
}

impl Tx {
    /// A person whom this transaction is going to change: nobody else does before it ends. The change is noted as of now.
    pub async fn take_user(&mut self, id: &UserId, now: Timestamp) -> Result<Option<User>, StoreError> {
        self.touch(Topic::Users);
        self.one(TAKE, params![id, now]).await
    }

    /// The password is set apart: see [`Tx::set_user_password`].
    pub async fn insert_user(&mut self, user: &User) -> Result<(), StoreError> {
        self.touch(Topic::Users);
        let values = params![
            &user.id,
            user.username.as_deref(),
            key(user.username.as_deref()),
            user.primary_email.as_deref(),
            key(user.primary_email.as_deref()),
            user.primary_phone.as_deref(),
            user.password_updated_at,
            user.is_password_expired,
            user.name.as_deref(),
            user.avatar.as_deref(),
            json(&user.profile),
            json(&user.custom_data),
            json(&user.identities),
            json(&user.settings),
            user.application_id.as_ref(),
            user.is_suspended,
            user.last_sign_in_at,
            user.created_at,
            user.updated_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Writes everything but the password and the times of creation and password.
    pub async fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        self.touch(Topic::Users);
        let values = params![
            &user.id,
            user.username.as_deref(),
            key(user.username.as_deref()),
            user.primary_email.as_deref(),
            key(user.primary_email.as_deref()),
            user.primary_phone.as_deref(),
            user.is_password_expired,
            user.name.as_deref(),
            user.avatar.as_deref(),
            json(&user.profile),
            json(&user.custom_data),
            json(&user.identities),
            json(&user.settings),
            user.application_id.as_ref(),
            user.is_suspended,
            user.last_sign_in_at,
            user.updated_at
        ];
        Ok(self.execute(UPDATE, values).await? == 1)
    }

    /// A new password, which has not expired.
    pub async fn set_user_password(
        &mut self,
        id: &UserId,
        password: &PasswordHash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Users);
        let values = params![id, password.method.as_str(), &password.digest, now, false];
        Ok(self.execute(SET_PASSWORD, values).await? == 1)
    }

    /// The same password, hashed anew, unless the stored hash is no longer `from`.
    pub async fn upgrade_user_password(
        &mut self,
        id: &UserId,
        from: &PasswordHash,
        to: &PasswordHash,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Users);
        let values = params![id, to.method.as_str(), &to.digest, &from.digest];
        Ok(self.execute(UPGRADE_PASSWORD, values).await? == 1)
    }

    pub async fn set_user_signed_in(&mut self, id: &UserId, now: Timestamp) -> Result<(), StoreError> {
        self.touch(Topic::Users);
        self.execute(SET_SIGNED_IN, params![id, now]).await.map(drop)
    }

    /// Unless the person signed in to another application before.
    pub async fn set_user_first_application(
        &mut self,
        id: &UserId,
        application: &ApplicationId,
    ) -> Result<(), StoreError> {
        self.touch(Topic::Users);
        self.execute(SET_FIRST_APPLICATION, params![id, application]).await.map(drop)
    }

    /// Sessions, grants, memberships and all that hangs on them go too.
    pub async fn delete_user(&mut self, id: &UserId) -> Result<bool, StoreError> {
        self.touch(Topic::Users);
        self.touch(Topic::Organizations);
        Ok(self.execute(DELETE, params![id]).await? == 1)
    }

    /// Ends every session of a person and every grant, with the codes and tokens that hang on them.
    pub async fn revoke_everything_of_user(&mut self, id: &UserId) -> Result<(), StoreError> {
        self.touch(Topic::Users);
        for statement in [DELETE_SESSIONS, DELETE_GRANTS, DELETE_DEVICE_CODES, DELETE_SUBJECT_TOKENS] {
            self.execute(statement, params![id]).await?;
        }
        Ok(())
    }
}
