//! Which email addresses may not be registered in a tenant.

use crate::identifier::Email;
use serde::{Deserialize, Serialize};

/// As the sign-in experience holds it. Entries are addresses, or domains written `@example.com`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EmailBlocklist {
    /// Refuses addresses with a `+`, by which one mailbox has many addresses.
    pub block_subaddressing: bool,
    /// Wins over everything else here.
    pub custom_allowlist: Vec<String>,
    pub custom_blocklist: Vec<String>,
}

/// Why an address may not be registered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlockedEmail {
    #[error("email addresses with a `+` are not accepted")]
    Subaddressing,
    #[error("the email address `{0}` is not accepted")]
    NotAllowed(String),
}

impl EmailBlocklist {
    pub fn check(&self, email: &Email) -> Result<(), BlockedEmail> {
        if covers(&self.custom_allowlist, email) {
            return Ok(());
        }
        if self.block_subaddressing && email.local_part().contains('+') {
            return Err(BlockedEmail::Subaddressing);
        }
        if covers(&self.custom_blocklist, email) {
            return Err(BlockedEmail::NotAllowed(email.to_string()));
        }
        Ok(())
    }
}

/// Whether an entry names the address or its domain, in any case.
fn covers(entries: &[String], email: &Email) -> bool {
    let (address, domain) = (email.as_str().to_lowercase(), format!("@{}", email.domain()));
    entries.iter().map(|entry| entry.to_lowercase()).any(|entry| entry == address || entry == domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_blocked_by_its_form_its_name_or_its_domain() {
        let list: EmailBlocklist = serde_json::from_str(
            r#"{"blockSubaddressing": true, "customAllowlist": ["good@bad.example", "a+b@ok.example"],
                "customBlocklist": ["@Bad.example", "eve@ok.example"]}"#,
        )
        .unwrap();
        for (address, expected) in [
            ("alice@ok.example", Ok(())),
            ("alice@sub.bad.example", Ok(())),
            ("alice+1@ok.example", Err(BlockedEmail::Subaddressing)),
            ("a+b@ok.example", Ok(())),
            ("eve@ok.example", Err(BlockedEmail::NotAllowed("eve@ok.example".to_owned()))),
            ("EVE@OK.example", Err(BlockedEmail::NotAllowed("EVE@OK.example".to_owned()))),
            ("x@bad.EXAMPLE", Err(BlockedEmail::NotAllowed("x@bad.EXAMPLE".to_owned()))),
            ("good@bad.example", Ok(())),
        ] {
            assert_eq!(list.check(&address.parse().unwrap()), expected, "{address}");
        }
        assert_eq!(EmailBlocklist::default().check(&"a+b@c.d".parse().unwrap()), Ok(()));
    }
}
