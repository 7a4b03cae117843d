//! Where a request wants to go: a host in one spelling, and a port.

use std::net::IpAddr;
use url::{Host, Url};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// A name in lower case without a final dot, or an address.
    pub(crate) host: String,
    /// When the host is an address. The URL standard reads `2130706433`, `0x7f.1` and `0177.0.0.1` as addresses too.
    pub(crate) address: Option<IpAddr>,
    pub(crate) port: u16,
}

impl Target {
    /// `host` as it stands in a URL: an IPv6 address has brackets.
    pub(crate) fn new(host: &str, port: u16) -> Option<Self> {
        let address = match Host::parse(host).ok()? {
            Host::Ipv4(address) => IpAddr::V4(address),
            Host::Ipv6(address) => IpAddr::V6(address),
            Host::Domain(name) => {
                return Some(Self { host: spelled(&name), address: None, port })
                    .filter(|target| !target.host.is_empty());
            }
        };
        Some(Self { host: address.to_string(), address: Some(address), port })
    }

    pub(crate) fn of(url: &Url) -> Option<Self> {
        Self::new(url.host_str()?, url.port_or_known_default()?)
    }
}

/// Names differ neither by case nor by the dot that ends an absolute one.
fn spelled(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_16_every_spelling_of_an_address_is_that_address() {
        for spelling in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://127.0.0.1./",
            "http://①②⑦.0.0.1/",
            "http://example.com@127.0.0.1/",
            "http:\\\\127.0.0.1\\@example.com/",
        ] {
            let target = Target::of(&Url::parse(spelling).unwrap()).unwrap();
            assert_eq!(target.address, Some("127.0.0.1".parse().unwrap()), "{spelling}");
            assert_eq!(target.port, 80);
        }
        let mapped = Target::of(&Url::parse("https://[::FFFF:127.0.0.1]:8443/").unwrap()).unwrap();
        assert_eq!((mapped.address, mapped.port), (Some("::ffff:127.0.0.1".parse().unwrap()), 8443));
    }

    #[test]
    fn a_name_has_one_spelling() {
        for spelling in ["http://LOCALHOST.:81/", "http://localhost:81/"] {
            let target = Target::of(&Url::parse(spelling).unwrap()).unwrap();
            assert_eq!((target.host.as_str(), target.address, target.port), ("localhost", None, 81));
        }
    }
}
