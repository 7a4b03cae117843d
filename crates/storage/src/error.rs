//! What can go wrong with a database, said so that a caller can decide.

use crate::constraint::Constraint;
use crate::vault::VaultError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique constraint refused the write.
    #[error("`{0:?}` is already taken")]
    Conflict(Constraint),
    /// A row that the write refers to does not exist.
    #[error("a referenced row does not exist")]
    MissingReference,
    /// The database cannot be reached or did not answer in time. Worth another try.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row does not hold what it should.
    #[error("a row of `{table}` cannot be read: {reason}")]
    Corrupt { table: &'static str, reason: String },
    #[error("a stored secret cannot be opened")]
    Vault(#[from] VaultError),
    /// A search pattern that is not a regular expression.
    #[error("a search pattern cannot be used: {0}")]
    Pattern(String),
    /// The schema is not the one this program was built for.
    #[error("the database schema does not fit: {0}")]
    Schema(String),
    #[error("the database refused a statement")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    pub(crate) fn corrupt(table: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Corrupt { table, reason: reason.to_string() }
    }
}
