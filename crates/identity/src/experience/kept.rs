//! A hashed password between two requests, before somebody has it.

use serde::{Deserialize, Serialize};
use signet_core::user::{PasswordHash, PasswordMethod};
use std::fmt;

/// See the module. `Debug` does not show the hash.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct KeptPassword(PasswordHash);

#[derive(Serialize, Deserialize)]
struct Wire {
    method: String,
    digest: String,
}

impl KeptPassword {
    pub fn hash(&self) -> &PasswordHash {
        &self.0
    }
}

impl From<PasswordHash> for KeptPassword {
    fn from(hash: PasswordHash) -> Self {
        Self(hash)
    }
}

impl TryFrom<Wire> for KeptPassword {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, &'static str> {
        let method = PasswordMethod::parse(&wire.method).ok_or("unknown password method")?;
        Ok(Self(PasswordHash { method, digest: wire.digest }))
    }
}

impl From<KeptPassword> for Wire {
    fn from(kept: KeptPassword) -> Self {
        Self { method: kept.0.method.as_str().to_owned(), digest: kept.0.digest }
    }
}

impl fmt::Debug for KeptPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptPassword")
    }
}
