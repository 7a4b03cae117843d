//! A network: an address and how many of its bits count (RFC 4632, RFC 4291 §2.3).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cidr {
    network: IpAddr,
    bits: u8,
}

impl Cidr {
    /// `None` when there are more bits than the address has, or when bits are set that do not count: such a network is
    /// usually a slip, and the wider one that it would mean is not what its writer thought of.
    pub fn new(network: IpAddr, bits: u8) -> Option<Self> {
        let cidr = Self { network, bits };
        let is_whole = match network {
            IpAddr::V4(network) => bits <= 32 && network.to_bits() & !mask_v4(bits) == 0,
            IpAddr::V6(network) => bits <= 128 && network.to_bits() & !mask_v6(bits) == 0,
        };
        is_whole.then_some(cidr)
    }

    /// The network of one address.
    pub const fn of(address: IpAddr) -> Self {
        let bits = match address {
            IpAddr::V4(_) => 32,
            IpAddr::V6(_) => 128,
        };
        Self { network: address, bits }
    }

    /// For tables.
    pub(crate) const fn v4(octets: [u8; 4], bits: u8) -> Self {
        Self { network: IpAddr::V4(Ipv4Addr::from_octets(octets)), bits }
    }

    /// For tables.
    pub(crate) const fn v6(segments: [u16; 8], bits: u8) -> Self {
        Self { network: IpAddr::V6(Ipv6Addr::from_segments(segments)), bits }
    }

    /// IPv4 networks hold no IPv6 address, not even one that maps to it.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                (network.to_bits() ^ address.to_bits()) & mask_v4(self.bits) == 0
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                (network.to_bits() ^ address.to_bits()) & mask_v6(self.bits) == 0
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.bits)
    }
}

fn mask_v4(bits: u8) -> u32 {
    u32::MAX.checked_shl(32_u32.saturating_sub(bits.into())).unwrap_or(0)
}

fn mask_v6(bits: u8) -> u128 {
    u128::MAX.checked_shl(128_u32.saturating_sub(bits.into())).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_what_begins_with_its_bits() {
        let holds = |network: &str, bits, address: &str| {
            Cidr::new(network.parse().unwrap(), bits).unwrap().contains(address.parse().unwrap())
        };

        assert!(holds("10.0.0.0", 8, "10.255.0.1"));
        assert!(!holds("10.0.0.0", 8, "11.0.0.1"));
        assert!(holds("0.0.0.0", 0, "203.0.113.9"));
        assert!(holds("192.0.2.7", 32, "192.0.2.7") && !holds("192.0.2.7", 32, "192.0.2.6"));
        assert!(holds("fd00::", 8, "fdff::1") && !holds("fd00::", 8, "fe00::1"));
        assert!(holds("::", 0, "2001:db8::1"));
        assert!(!holds("10.0.0.0", 8, "::ffff:10.0.0.1"), "a mapped address is an IPv6 address");
    }

    #[test]
    fn bits_that_do_not_count_must_not_be_set() {
        for (network, bits) in [("10.0.0.1", 8), ("10.0.0.0", 33), ("fd00::1", 8), ("::", 129)] {
            assert_eq!(Cidr::new(network.parse().unwrap(), bits), None, "{network}/{bits}");
        }
    }
}
