//! Phrases of the hosted pages in a tenant's own words.

use crate::cache::Topic;
use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use serde_json::{Map, Value as Json};

statements! {
    LIST = "SELECT language_tag, translation FROM custom_phrases WHERE tenant_id = $1 ORDER BY language_tag";
    FIND = "SELECT language_tag, translation FROM custom_phrases WHERE tenant_id = $1 AND language_tag = $2";
    UPSERT = "INSERT INTO custom_phrases (tenant_id, language_tag, translation) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, language_tag) DO UPDATE SET translation = excluded.translation";
    DELETE = "DELETE FROM custom_phrases WHERE tenant_id = $1 AND language_tag = $2";
}

/// A language in a tenant's own words, where they differ from the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomPhrases {
    pub language_tag: String,
    pub translation: Map<String, Json>,
}

impl FromRow for CustomPhrases {
    const TABLE: &'static str = "custom_phrases";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { language_tag: row.take()?, translation: row.take()? })
    }
}

impl Reader {
    /// By language tag.
    pub async fn all_custom_phrases(&self) -> Result<Vec<CustomPhrases>, StoreError> {
        self.all(LIST, &[]).await
    }

    pub async fn custom_phrases(&self, language_tag: &str) -> Result<Option<CustomPhrases>, StoreError> {
        self.one(FIND, params![language_tag]).await
    }
}

impl Tx {
    pub async fn put_custom_phrases(&mut self, phrases: &CustomPhrases) -> Result<(), StoreError> {
        self.touch(Topic::Configs);
        self.execute(UPSERT, params![&phrases.language_tag, json(&phrases.translation)]).await.map(drop)
    }

    pub async fn delete_custom_phrases(&mut self, language_tag: &str) -> Result<bool, StoreError> {
        self.touch(Topic::Configs);
        Ok(self.execute(DELETE, params![language_tag]).await? == 1)
    }
}
