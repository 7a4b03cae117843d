//! What an operator opens: hosts and networks, for all ports that are open anyway or for one port.

use crate::cidr::Cidr;
use crate::target::Target;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// `host`, `host:port`, `address`, `address:port`, `network/bits`, `network/bits:port`; an IPv6 address or network
/// with a port stands in brackets.
///
/// ```
/// use signet_egress::AllowEntry;
///
/// assert!("billing.internal:8443".parse::<AllowEntry>().is_ok());
/// assert!("10.1.0.0/16".parse::<AllowEntry>().is_ok());
/// assert!("http://billing.internal".parse::<AllowEntry>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowEntry {
    place: Place,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Name(String),
    Network(Cidr),
}

/// Why a text is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEntry {
    #[error("an entry is empty")]
    Empty,
    #[error("`{0}` is a URL; name only the host, as `host` or `host:port`")]
    Url(String),
    #[error("`{0}` is no port of `{1}`; use 1 to 65535")]
    Port(String, String),
    #[error("`{0}` is no network; write it like `10.1.0.0/16`, with zeros where the bits do not count")]
    Network(String),
    #[error("`{0}` is neither a host name nor an address")]
    Host(String),
}

impl FromStr for AllowEntry {
    type Err = InvalidEntry;

    fn from_str(text: &str) -> Result<Self, InvalidEntry> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidEntry::Empty);
        }
        if text.contains("://") {
            return Err(InvalidEntry::Url(text.to_owned()));
        }
        let (place, port) = split_port(text);
        let invalid_port = |port: &str| InvalidEntry::Port(port.to_owned(), text.to_owned());
        let port = port.map(|port| port.parse().ok().filter(|port| *port > 0).ok_or_else(|| invalid_port(port)));
        Ok(Self { place: Place::parse(place)?, port: port.transpose()? })
    }
}

/// The place without brackets, and the port if there is one.
fn split_port(text: &str) -> (&str, Option<&str>) {
    if let Some((place, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return match rest.strip_prefix(':') {
            Some(port) => (place, Some(port)),
            None if rest.is_empty() => (place, None),
            None => (text, None),
        };
    }
    // Colons before the slash belong to an IPv6 network.
    let start = text.find('/').unwrap_or(0);
    match text.split_at(start).1.split_once(':') {
        Some((rest, port)) if text.parse::<Ipv6Addr>().is_err() => {
            (text.get(..start + rest.len()).unwrap_or(text), Some(port))
        }
        _ => (text, None),
    }
}

impl Place {
    fn parse(text: &str) -> Result<Self, InvalidEntry> {
        if let Some((network, bits)) = text.split_once('/') {
            let cidr = network.parse().ok().zip(bits.parse().ok()).and_then(|(network, bits)| Cidr::new(network, bits));
            return cidr.map(Self::Network).ok_or_else(|| InvalidEntry::Network(text.to_owned()));
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Network(Cidr::of(address)));
        }
        // The URL standard lets more into a host, `*` for instance, which here would look like a pattern and be none.
        let is_plain = |host: &str| host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        let target = Target::new(text, 0).filter(|target| target.address.is_some() || is_plain(&target.host));
        let target = target.ok_or_else(|| InvalidEntry::Host(text.to_owned()))?;
        Ok(target.address.map_or(Self::Name(target.host), |address| Self::Network(Cidr::of(address))))
    }
}

impl AllowEntry {
    fn covers(&self, target: &Target, address: IpAddr) -> bool {
        match &self.place {
            Place::Name(name) => *name == target.host,
            Place::Network(network) => network.contains(address),
        }
    }

    /// Whether it could cover the target, whose addresses are not known yet.
    fn may_cover(&self, target: &Target) -> bool {
        match (&self.place, target.address) {
            (Place::Name(name), _) => *name == target.host,
            (Place::Network(network), Some(address)) => network.contains(address),
            (Place::Network(_), None) => true,
        }
    }
}

impl fmt::Display for AllowEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.place, self.port) {
            (Place::Name(name), None) => f.write_str(name),
            (Place::Name(name), Some(port)) => write!(f, "{name}:{port}"),
            (Place::Network(network), None) => write!(f, "{network}"),
            (Place::Network(network), Some(port)) => write!(f, "[{network}]:{port}"),
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowList(Vec<AllowEntry>);

impl AllowList {
    pub fn new(entries: impl IntoIterator<Item = AllowEntry>) -> Self {
        Self(entries.into_iter().collect())
    }

    /// Whether an entry names this place and this port.
    pub(crate) fn names_port(&self, target: &Target, address: IpAddr) -> bool {
        self.0.iter().any(|entry| entry.port == Some(target.port) && entry.covers(target, address))
    }

    /// Whether an entry names this place for every port.
    pub(crate) fn names_place(&self, target: &Target, address: IpAddr) -> bool {
        self.0.iter().any(|entry| entry.port.is_none() && entry.covers(target, address))
    }

    /// Whether an entry names the target itself, and not only a network that its name may lead to.
    pub(crate) fn names(&self, target: &Target) -> bool {
        let names = |entry: &AllowEntry| match (&entry.place, target.address) {
            (Place::Network(_), None) => false,
            (Place::Network(_), Some(_)) | (Place::Name(_), _) => entry.may_cover(target),
        };
        self.0.iter().any(|entry| entry.port.is_none_or(|port| port == target.port) && names(entry))
    }

    /// Whether an entry with this port may turn out to cover the target.
    pub(crate) fn may_name_port(&self, target: &Target) -> bool {
        self.0.iter().any(|entry| entry.port == Some(target.port) && entry.may_cover(target))
    }
}

#[cfg(test)]
#[path = "allow_tests.rs"]
mod tests;
