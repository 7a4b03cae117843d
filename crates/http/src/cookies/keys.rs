//! The keys that sign a tenant's cookies: the current one signs, all verify, so that a rotation signs nobody out.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use signet_core::signing_key::{KeyStatus, KeyUse};
use signet_oidc::error::OAuthError;
use signet_storage::TenantStore;

pub(crate) struct CookieKeys {
    current: hmac::Key,
    others: Vec<hmac::Key>,
}

impl CookieKeys {
    pub(crate) async fn load(store: &TenantStore) -> Result<Self, OAuthError> {
        let mut stored = store.read().await?.signing_keys(KeyUse::Cookie).await?;
        stored.sort_by_key(|key| key.status != KeyStatus::Current);
        let mut keys = Vec::with_capacity(stored.len());
        for key in &stored {
            keys.push(hmac::Key::new(hmac::HMAC_SHA256, store.open_key(key)?.expose().as_bytes()));
        }
        let mut keys = keys.into_iter();
        let current = keys
            .next()
            .ok_or_else(|| OAuthError::Internal(format!("tenant `{}` has no cookie key", store.id()).into()))?;
        Ok(Self { current, others: keys.collect() })
    }

    /// The name is signed too: the value of one cookie must not pass for another's.
    pub(super) fn sign(&self, name: &str, value: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.current, message(name, value).as_bytes()))
    }

    pub(super) fn verifies(&self, (name, value): (&str, &str), signature: &str) -> bool {
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        let message = message(name, value);
        let signed_by = |key: &hmac::Key| hmac::verify(key, message.as_bytes(), &signature).is_ok();
        signed_by(&self.current) || self.others.iter().any(signed_by)
    }
}

/// What the token of a form is the signature of. No cookie has this name.
const FORM: &str = "form of";

impl CookieKeys {
    /// What a page's form carries, to show that it was made for the browser of this interaction.
    pub(crate) fn form_token(&self, interaction: &str) -> String {
        self.sign(FORM, interaction)
    }

    pub(crate) fn verifies_form(&self, interaction: &str, token: &str) -> bool {
        self.verifies((FORM, interaction), token)
    }
}

fn message(name: &str, value: &str) -> String {
    format!("{name}={value}")
}

#[cfg(test)]
impl CookieKeys {
    /// Keys of these texts, the first of which signs.
    pub(super) fn of(texts: &[&str]) -> Self {
        let mut keys = texts.iter().map(|text| hmac::Key::new(hmac::HMAC_SHA256, text.as_bytes()));
        Self { current: keys.next().unwrap(), others: keys.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_for_one_name_one_value_and_one_key() {
        let keys = CookieKeys::of(&["new", "old"]);
        let signature = keys.sign("_session", "value");

        assert!(keys.verifies(("_session", "value"), &signature));
        assert!(!keys.verifies(("_session", "valve"), &signature));
        assert!(!keys.verifies(("_interaction", "value"), &signature));
        assert!(!keys.verifies(("_session=v", "alue"), &signature));
        assert!(!CookieKeys::of(&["other"]).verifies(("_session", "value"), &signature));
        for broken in ["", "AAAA", &format!("{signature}="), &signature.to_lowercase()] {
            assert!(!keys.verifies(("_session", "value"), broken), "{broken}");
        }
    }

    #[test]
    fn attack_36_a_form_is_of_one_interaction() {
        let keys = CookieKeys::of(&["new", "old"]);
        let token = CookieKeys::of(&["old"]).form_token("mine");

        assert!(keys.verifies_form("mine", &token));
        assert!(!keys.verifies_form("yours", &token) && !keys.verifies_form("mine", ""));
        assert!(!keys.verifies(("_interaction", "mine"), &token));
    }

    #[test]
    fn a_rotated_key_still_verifies() {
        let signature = CookieKeys::of(&["old"]).sign("_session", "value");
        assert!(CookieKeys::of(&["new", "old"]).verifies(("_session", "value"), &signature));
    }
}
