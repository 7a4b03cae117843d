//! Secrets of applications. Values are sealed under the application's id and the secret's name.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, TenantStore, Tx};
use crate::value::params;
use signet_core::application::{ApplicationSecret, SecretDigest};
use signet_core::id::ApplicationId;
use signet_core::secret::{Plain, Sealed};

statements! {
    /// In the order of creation.
    LIST = "SELECT application_id, name, value, created_at, expires_at FROM application_secrets WHERE tenant_id = $1 AND application_id = $2 ORDER BY created_at, name";
    INSERT = "INSERT INTO application_secrets (tenant_id, application_id, name, value, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    RENAME = "UPDATE application_secrets SET name = $4, value = $5 WHERE tenant_id = $1 AND application_id = $2 AND name = $3";
    DELETE = "DELETE FROM application_secrets WHERE tenant_id = $1 AND application_id = $2 AND name = $3";
}

impl FromRow for ApplicationSecret {
    const TABLE: &'static str = "application_secrets";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            application_id: row.parse(str::parse)?,
            name: row.take()?,
            value: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
        })
    }
}

fn place(application: &ApplicationId, name: &str) -> String {
    format!("application_secrets/{application}/{name}")
}

impl Reader {
    pub async fn application_secrets(&self, application: &ApplicationId) -> Result<Vec<ApplicationSecret>, StoreError> {
        self.all(LIST, params![application]).await
    }

    pub fn seal_application_secret(
        &self,
        application: &ApplicationId,
        name: &str,
        value: &str,
    ) -> Result<Sealed, StoreError> {
        self.seal(&place(application, name), value)
    }

    pub fn open_application_secret(&self, secret: &ApplicationSecret) -> Result<Plain, StoreError> {
        self.open(&place(&secret.application_id, &secret.name), &secret.value)
    }

    /// The secrets of an application as its authentication needs them.
    pub async fn secret_digests(&self, application: &ApplicationId) -> Result<Vec<SecretDigest>, StoreError> {
        let secrets = self.application_secrets(application).await?;
        secrets
            .into_iter()
            .map(|secret| {
                let digest = self.open_application_secret(&secret)?.hashed();
                Ok(SecretDigest { digest, name: secret.name, sealed: secret.value, expires_at: secret.expires_at })
            })
            .collect()
    }
}

impl TenantStore {
    /// A secret in clear, for `client_secret_jwt`, whose key it is.
    pub fn open_secret(&self, application: &ApplicationId, secret: &SecretDigest) -> Result<Plain, StoreError> {
        self.open(&place(application, &secret.name), &secret.sealed)
    }
}

impl Tx {
    pub async fn insert_application_secret(&mut self, secret: &ApplicationSecret) -> Result<(), StoreError> {
        self.touch(Topic::Applications);
        let values = params![&secret.application_id, &secret.name, &secret.value, secret.created_at, secret.expires_at];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Renames a secret, which seals it anew.
    pub async fn rename_application_secret(
        &mut self,
        secret: &ApplicationSecret,
        name: &str,
    ) -> Result<ApplicationSecret, StoreError> {
        self.touch(Topic::Applications);
        let plain = self.open_application_secret(secret)?;
        let value = self.seal_application_secret(&secret.application_id, name, plain.expose())?;
        self.execute(RENAME, params![&secret.application_id, &secret.name, name, &value]).await?;
        Ok(ApplicationSecret { name: name.to_owned(), value, ..secret.clone() })
    }

    pub async fn delete_application_secret(
        &mut self,
        application: &ApplicationId,
        name: &str,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Applications);
        Ok(self.execute(DELETE, params![application, name]).await? == 1)
    }
}
