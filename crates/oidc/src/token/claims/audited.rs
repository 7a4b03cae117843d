//! What the audit log keeps of a script's context: the same text with what looks like a secret masked.
//!
//! Many entries have the same context, and masking it costs more than the rest of an entry; so it is masked once per
//! distinct text.

use crate::mask::mask;
use moka::sync::Cache;
use serde_json::Value;
use sha2::{Digest, Sha256};
use signet_core::audit::AuditContext;
use std::sync::Arc;

/// By the digest of the text as the script got it: nobody can make two texts share one.
pub(crate) struct AuditContexts(Cache<[u8; 32], Arc<AuditContext>>);

impl AuditContexts {
    pub(crate) fn new(capacity: u64) -> Self {
        Self(Cache::new(capacity))
    }

    /// `context` is a JSON object.
    pub(crate) fn of(&self, context: &[u8]) -> Arc<AuditContext> {
        let digest: [u8; 32] = Sha256::digest(context).into();
        self.0.get_with(digest, || {
            // What was just written is JSON.
            let mut view: Value = serde_json::from_slice(context).unwrap_or_default();
            mask(&mut view);
            Arc::new(AuditContext::new(view.to_string()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_59_a_context_is_kept_without_secrets_and_once() {
        let contexts = AuditContexts::new(8);
        let context = br#"{"user":{"customData":{"apiKey":"k","plan":"gold"}}}"#;

        let (first, second) = (contexts.of(context), contexts.of(context));

        assert_eq!(&*first.content, r#"{"user":{"customData":{"apiKey":"******","plan":"gold"}}}"#);
        assert!(Arc::ptr_eq(&first, &second));
    }
}
