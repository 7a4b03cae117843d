//! Small settings of a tenant, each a JSON value under a key.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use serde_json::Value as Json;
use signet_core::session::DEFAULT_SESSION_TTL;
use std::time::Duration;

statements! {
    FIND = "SELECT value FROM configs WHERE tenant_id = $1 AND key = $2";
    UPSERT = "INSERT INTO configs (tenant_id, key, value) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, key) DO UPDATE SET value = excluded.value";
}

struct Config(Json);

impl FromRow for Config {
    const TABLE: &'static str = "configs";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

impl Reader {
    pub async fn config(&self, key: &str) -> Result<Option<Json>, StoreError> {
        Ok(self.one::<Config>(FIND, params![key]).await?.map(|config| config.0))
    }
}

/// The key of the session settings.
const SESSION: &str = "oidc.session";

impl Reader {
    /// How long a browser session lasts from its last use.
    pub async fn session_ttl(&self) -> Result<Duration, StoreError> {
        let stored = self.config(SESSION).await?;
        let seconds = stored.and_then(|settings| settings.get("ttl").and_then(Json::as_i64));
        Ok(Duration::from_secs(seconds.unwrap_or(DEFAULT_SESSION_TTL).unsigned_abs()))
    }
}

impl Tx {
    pub async fn put_session_ttl(&mut self, ttl: Duration) -> Result<(), StoreError> {
        self.put_config(SESSION, &serde_json::json!({"ttl": ttl.as_secs()})).await
    }

    pub async fn put_config(&mut self, key: &str, value: &Json) -> Result<(), StoreError> {
        self.touch(Topic::Configs);
        self.execute(UPSERT, params![key, value.to_string()]).await.map(drop)
    }
}
