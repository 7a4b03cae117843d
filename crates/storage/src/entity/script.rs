//! Claims scripts. The environment variables are sealed as one text.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, TenantStore, Tx};
use crate::value::params;
use serde_json::{Map, Value as Json};
use signet_core::script::{ClaimsScript, TokenType};
use signet_core::secret::{Plain, Sealed};

statements! {
    FIND = "SELECT script, environment_variables, context_sample, token_sample, block_issuance_on_error, store_logs FROM claims_scripts WHERE tenant_id = $1 AND token_type = $2";
    UPSERT = "INSERT INTO claims_scripts (tenant_id, token_type, script, environment_variables, context_sample, token_sample, block_issuance_on_error, store_logs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, token_type) DO UPDATE SET script = excluded.script, environment_variables = excluded.environment_variables, context_sample = excluded.context_sample, token_sample = excluded.token_sample, block_issuance_on_error = excluded.block_issuance_on_error, store_logs = excluded.store_logs";
    DELETE = "DELETE FROM claims_scripts WHERE tenant_id = $1 AND token_type = $2";
}

impl FromRow for ClaimsScript {
    const TABLE: &'static str = "claims_scripts";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            source: row.take()?,
            environment_variables: row.take()?,
            context_sample: row.take()?,
            token_sample: row.take()?,
            block_issuance_on_error: row.take()?,
            store_logs: row.take()?,
        })
    }
}

fn place(kind: TokenType) -> String {
    format!("claims_scripts/{}/environment_variables", kind.as_key())
}

fn text(sample: Option<&Map<String, Json>>) -> Option<String> {
    // A JSON map of JSON values always has a text.
    sample.map(|sample| serde_json::to_string(sample).unwrap_or_default())
}

impl Reader {
    pub async fn claims_script(&self, kind: TokenType) -> Result<Option<ClaimsScript>, StoreError> {
        self.one(FIND, params![kind.as_key()]).await
    }

    /// Seals a JSON object of strings.
    pub fn seal_environment(&self, kind: TokenType, json: &str) -> Result<Sealed, StoreError> {
        self.seal(&place(kind), json)
    }
}

impl TenantStore {
    /// The environment variables of a script, as the JSON object that was sealed.
    pub fn open_environment(&self, kind: TokenType, sealed: &Sealed) -> Result<Plain, StoreError> {
        self.open(&place(kind), sealed)
    }
}

impl Tx {
    pub async fn put_claims_script(&mut self, kind: TokenType, script: &ClaimsScript) -> Result<(), StoreError> {
        self.touch(Topic::Scripts);
        let values = params![
            kind.as_key(),
            &script.source,
            script.environment_variables.as_ref(),
            text(script.context_sample.as_ref()),
            text(script.token_sample.as_ref()),
            script.block_issuance_on_error,
            script.store_logs
        ];
        self.execute(UPSERT, values).await.map(drop)
    }

    /// Whether there was one.
    pub async fn delete_claims_script(&mut self, kind: TokenType) -> Result<bool, StoreError> {
        self.touch(Topic::Scripts);
        Ok(self.execute(DELETE, params![kind.as_key()]).await? == 1)
    }
}
