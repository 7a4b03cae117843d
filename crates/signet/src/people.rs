//! What the sign-in of a configuration uses: who is asked about passwords, and what sends messages.

use crate::breach::BreachService;
use crate::config::Settings;
use crate::deps::Deps;
use signet_egress::Egress;
use signet_identity::identity::{Identity, IdentityDeps};
use signet_identity::message::{Mailbox, Senders};
use signet_identity::password::Passwords;
use signet_identity::policy::breach::{BreachedPasswords, NoBreachedPasswords};
use signet_storage::TenantStore;
use std::sync::Arc;
use url::{Host, Url};

pub(crate) fn breached_passwords(settings: &Settings, egress: &Arc<Egress>) -> Arc<dyn BreachedPasswords> {
    let url = settings.people.breached_passwords_url.trim();
    if url.is_empty() {
        return Arc::new(NoBreachedPasswords);
    }
    Arc::new(BreachService { egress: egress.clone(), url: url.to_owned() })
}

/// The sign-in of one tenant, whose public URL is `endpoint`.
pub(crate) fn identity(
    settings: &Settings,
    deps: &Deps,
    store: TenantStore,
    (endpoint, passwords, breached): (&str, &Arc<Passwords>, &Arc<dyn BreachedPasswords>),
) -> Arc<Identity> {
    let is_development = is_development(settings, endpoint);
    let mailbox = is_development.then(|| Arc::new(Mailbox::new(deps.clock.clone())));
    let senders = match &mailbox {
        Some(mailbox) => Senders { email: Some(mailbox.clone()), sms: Some(mailbox.clone()) },
        None => Senders::default(),
    };
    // Whoever signs in on loopback looks into the mailbox. A program is told that nothing leaves, unless somebody said
    // that this is development.
    let for_programs = if settings.people.dev { senders.clone() } else { Senders::default() };
    let deps = IdentityDeps {
        clock: deps.clock.clone(),
        rng: deps.rng.clone(),
        passwords: passwords.clone(),
        breached: breached.clone(),
        senders,
        for_programs,
        mailbox,
    };
    Arc::new(Identity::new(store, deps))
}

/// Whether messages to people are kept, to be read by whoever develops.
pub(crate) fn is_development(settings: &Settings, endpoint: &str) -> bool {
    settings.people.dev || is_loopback(endpoint)
}

/// Whether nobody but this machine reaches an endpoint.
fn is_loopback(endpoint: &str) -> bool {
    let Ok(url) = Url::parse(endpoint) else { return false };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_endpoints_that_nobody_else_reaches_are_for_development() {
        for endpoint in ["http://localhost:3001", "http://127.0.0.1", "http://[::1]:3001/a", "http://a.localhost"] {
            assert!(is_loopback(endpoint), "{endpoint}");
        }
        for endpoint in ["https://id.example", "https://localhost.example", "http://10.0.0.1", "http://[::2]", "x"] {
            assert!(!is_loopback(endpoint), "{endpoint}");
        }
    }
}
