//! Where requests of one kind may go. Decides, and does nothing.

use crate::address::judge;
use crate::allow::AllowList;
use crate::error::EgressError;
use crate::port;
use crate::target::Target;
use std::net::IpAddr;
use url::Url;

#[derive(Debug, Clone, Default)]
pub struct Policy {
    allow: AllowList,
    own: Vec<Target>,
    opens_own_networks: bool,
}

impl Policy {
    /// Public addresses, and what the list opens.
    pub fn new(allow: AllowList) -> Self {
        Self { allow, ..Self::default() }
    }

    /// Refuses these servers, whatever their names resolve to: their answers may depend on who asks. Only an entry with
    /// host and port opens them.
    #[must_use]
    pub fn without<'u>(mut self, servers: impl IntoIterator<Item = &'u Url>) -> Self {
        self.own.extend(servers.into_iter().filter_map(Target::of));
        self
    }

    /// Opens loopback, private and shared networks, as a whole.
    #[must_use]
    pub fn with_own_networks(mut self) -> Self {
        self.opens_own_networks = true;
        self
    }

    /// Whether the operator named this host, or the address that stands for it.
    pub(crate) fn is_allow_listed(&self, target: &Target) -> bool {
        self.allow.names(target)
    }

    /// What can be said of a target before its name is resolved.
    pub(crate) fn admit(&self, target: &Target) -> Result<(), EgressError> {
        if let Some(address) = target.address {
            return self.admit_address(target, address);
        }
        let may_be_named = self.allow.may_name_port(target);
        if self.own.contains(target) && !may_be_named {
            return Err(EgressError::OwnServer { host: target.host.clone() });
        }
        if !port::is_open(target.port) && !may_be_named {
            return Err(closed_port(target));
        }
        Ok(())
    }

    /// Whether a connection for this target may go to this address.
    pub(crate) fn admit_address(&self, target: &Target, address: IpAddr) -> Result<(), EgressError> {
        if self.allow.names_port(target, address) {
            return Ok(());
        }
        if self.own.contains(target) {
            return Err(EgressError::OwnServer { host: target.host.clone() });
        }
        if !port::is_open(target.port) {
            return Err(closed_port(target));
        }
        if self.allow.names_place(target, address) {
            return Ok(());
        }
        match judge(address) {
            Err(range) if !(self.opens_own_networks && range.kind.is_own_network()) => {
                Err(EgressError::Address { host: target.host.clone(), range })
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

fn closed_port(target: &Target) -> EgressError {
    EgressError::Port { host: target.host.clone(), port: target.port }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(entries: &[&str]) -> Policy {
        Policy::new(AllowList::new(entries.iter().map(|entry| entry.parse().unwrap())))
    }

    fn decision(policy: &Policy, url: &str, address: &str) -> String {
        let target = Target::of(&Url::parse(url).unwrap()).unwrap();
        let outcome = policy.admit(&target).and_then(|()| policy.admit_address(&target, address.parse().unwrap()));
        outcome.map_or_else(|error| error.to_string(), |()| "fine".to_owned())
    }

    #[test]
    fn a_name_is_judged_by_its_address() {
        let policy = policy(&[]);
        assert_eq!(decision(&policy, "https://api.example", "93.184.215.14"), "fine");
        assert_eq!(
            decision(&policy, "https://api.example", "10.0.0.7"),
            "the address of `api.example` is private (10.0.0.0/8), which is not allowed"
        );
        assert_eq!(
            decision(&policy, "https://api.example:25", "93.184.215.14"),
            "the port 25 of `api.example` is not allowed"
        );
    }

    #[test]
    fn an_entry_opens_an_address_and_with_a_port_the_port_too() {
        let policy = policy(&["billing.internal", "10.1.0.0/16:25", "cache.internal:6379"]);
        assert_eq!(decision(&policy, "http://billing.internal:8080", "10.0.0.7"), "fine");
        assert!(decision(&policy, "http://billing.internal:22", "10.0.0.7").contains("port 22"));
        assert_eq!(decision(&policy, "http://mail.internal:25", "10.1.0.7"), "fine");
        assert!(decision(&policy, "http://mail.internal:25", "10.2.0.7").contains("port 25"));
        assert!(decision(&policy, "http://mail.internal:80", "10.1.0.7").contains("private"));
        assert_eq!(decision(&policy, "http://cache.internal:6379", "10.0.0.7"), "fine");
        assert!(decision(&policy, "http://cache.internal:80", "10.0.0.7").contains("private"));
    }

    #[test]
    fn attack_23_the_server_itself_is_refused_wherever_it_is() {
        let own = [Url::parse("https://id.example").unwrap(), Url::parse("http://localhost:3002/base").unwrap()];
        let closed = policy(&["localhost"]).without(&own);
        for (url, address) in [
            ("https://ID.example./oidc/token", "93.184.215.14"),
            ("https://id.example:443/", "93.184.215.14"),
            ("http://localhost:3002/oidc/token", "127.0.0.1"),
        ] {
            assert!(decision(&closed, url, address).contains("this server itself"), "{url}");
        }
        assert_eq!(decision(&closed, "https://id.example:8443/", "93.184.215.14"), "fine");
        assert_eq!(decision(&closed, "http://localhost:3003/", "127.0.0.1"), "fine");

        let open = policy(&["id.example:443"]).without(&own);
        assert_eq!(decision(&open, "https://id.example/api/users", "93.184.215.14"), "fine");
    }

    #[test]
    fn own_networks_can_be_opened_but_never_metadata() {
        let open = policy(&[]).with_own_networks();
        for address in ["127.0.0.1", "10.0.0.1", "100.64.0.1", "fd00::1", "::1"] {
            assert_eq!(decision(&open, "http://keys.internal", address), "fine", "{address}");
        }
        for address in ["169.254.169.254", "fd00:ec2::254", "224.0.0.1", "0.0.0.0", "::ffff:127.0.0.1"] {
            assert!(decision(&open, "http://keys.internal", address).contains("not allowed"), "{address}");
        }
    }
}
