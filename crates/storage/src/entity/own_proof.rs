//! What somebody proved about their own account a moment ago: the password they have, an address that they can read.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::UserId;
use signet_core::time::Timestamp;

statements! {
    FIND = "SELECT subject, proved_at FROM own_proofs WHERE tenant_id = $1 AND user_id = $2 AND kind = $3";
    PUT = "INSERT INTO own_proofs (tenant_id, user_id, kind, subject, proved_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, user_id, kind) DO UPDATE SET subject = excluded.subject, proved_at = excluded.proved_at";
    DELETE = "DELETE FROM own_proofs WHERE tenant_id = $1 AND user_id = $2 AND kind = $3";
    DELETE_OLD = "DELETE FROM own_proofs WHERE tenant_id = $1 AND proved_at <= $2";
}

/// What was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofKind {
    Password,
    Email,
}

impl ProofKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Email => "email",
        }
    }
}

/// When it was proved, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnProof {
    /// The address; empty for a password.
    pub subject: String,
    pub proved_at: Timestamp,
}

impl FromRow for OwnProof {
    const TABLE: &'static str = "own_proofs";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self { subject: row.take()?, proved_at: row.take()? })
    }
}

impl Reader {
    pub async fn own_proof(&self, user: &UserId, kind: ProofKind) -> Result<Option<OwnProof>, StoreError> {
        self.one(FIND, params![user, kind.as_str()]).await
    }
}

impl Tx {
    /// Takes the place of an earlier one.
    pub async fn put_own_proof(&self, user: &UserId, kind: ProofKind, proof: &OwnProof) -> Result<(), StoreError> {
        self.execute(PUT, params![user, kind.as_str(), &proof.subject, proof.proved_at]).await.map(drop)
    }

    /// Whether there was one: it allows one change.
    pub async fn use_own_proof(&self, user: &UserId, kind: ProofKind) -> Result<bool, StoreError> {
        Ok(self.execute(DELETE, params![user, kind.as_str()]).await? == 1)
    }

    pub async fn delete_old_proofs(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_OLD, params![before]).await
    }
}
