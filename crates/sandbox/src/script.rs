//! A script: source text, the name of the function to call, and the key under which workers keep its bytecode.

use sha2::{Digest, Sha256};
use std::sync::Arc;

/// A script that can be run many times. Cloning is cheap.
#[derive(Clone)]
pub struct Script {
    inner: Arc<Inner>,
}

struct Inner {
    source: Arc<str>,
    entry: Arc<str>,
    key: [u8; 32],
}

impl Script {
    /// Hashes the script once; nothing is compiled here.
    pub fn new(source: impl Into<Arc<str>>, entry: &str) -> Self {
        let source = source.into();
        let mut hash = Sha256::new();
        hash.update(entry.len().to_le_bytes());
        hash.update(entry);
        hash.update(source.as_bytes());
        Self { inner: Arc::new(Inner { source, entry: entry.into(), key: hash.finalize().into() }) }
    }

    /// SHA-256 over entry name and source: equal keys mean the same script.
    pub fn key(&self) -> &[u8; 32] {
        &self.inner.key
    }

    pub fn source(&self) -> &str {
        &self.inner.source
    }

    /// The function that a run calls.
    pub fn entry(&self) -> &Arc<str> {
        &self.inner.entry
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Script").field("entry", &self.inner.entry).finish_non_exhaustive()
    }
}
