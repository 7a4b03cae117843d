//! Which addresses are nobody's business: everything that is not an ordinary public address.
//!
//! The table follows the IANA registries of special-purpose addresses (RFC 6890 and its updates), and adds the
//! addresses under which cloud providers hand out credentials. An address that carries an IPv4 address inside is
//! refused as a whole or judged by what it carries. One translation cannot be seen: a NAT64 gateway under a public
//! prefix of the operator's own (RFC 6052 §2.2) must itself refuse private addresses.

use crate::cidr::Cidr;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a special range is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Unspecified,
    Loopback,
    Private,
    /// Between a provider and its customers (RFC 6598).
    Shared,
    LinkLocal,
    /// Where a machine in a cloud learns who it is, and gets its credentials.
    Metadata,
    Documentation,
    Benchmarking,
    Multicast,
    Broadcast,
    /// Set aside for a protocol, or not assigned at all.
    Reserved,
    /// An IPv4 address in the clothes of an IPv6 address.
    EmbeddedIpv4,
}

impl Kind {
    /// Networks of one's own. An operator can open them all at once; the rest only address by address.
    pub fn is_own_network(self) -> bool {
        matches!(self, Self::Loopback | Self::Private | Self::Shared)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "unspecified",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::Shared => "shared by a provider's customers",
            Self::LinkLocal => "link-local",
            Self::Metadata => "for cloud metadata",
            Self::Documentation => "for documentation",
            Self::Benchmarking => "for benchmarks",
            Self::Multicast => "multicast",
            Self::Broadcast => "broadcast",
            Self::Reserved => "reserved",
            Self::EmbeddedIpv4 => "an embedded IPv4 address",
        })
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpecialRange {
    pub kind: Kind,
    pub cidr: Cidr,
}

impl fmt::Display for SpecialRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.kind, self.cidr)
    }
}

const fn v4(kind: Kind, octets: [u8; 4], bits: u8) -> SpecialRange {
    SpecialRange { kind, cidr: Cidr::v4(octets, bits) }
}

const fn v6(kind: Kind, segments: [u16; 8], bits: u8) -> SpecialRange {
    SpecialRange { kind, cidr: Cidr::v6(segments, bits) }
}

/// The first row that holds an address names it, so a narrow row stands above a wide one.
const RANGES: &[SpecialRange] = &[
    v4(Kind::Unspecified, [0, 0, 0, 0], 8),
    v4(Kind::Private, [10, 0, 0, 0], 8),
    v4(Kind::Metadata, [100, 100, 100, 200], 32),
    v4(Kind::Shared, [100, 64, 0, 0], 10),
    v4(Kind::Loopback, [127, 0, 0, 0], 8),
    // A public address, but only a virtual machine's host answers it.
    v4(Kind::Metadata, [168, 63, 129, 16], 32),
    v4(Kind::Metadata, [169, 254, 169, 254], 32),
    v4(Kind::LinkLocal, [169, 254, 0, 0], 16),
    v4(Kind::Private, [172, 16, 0, 0], 12),
    v4(Kind::Metadata, [192, 0, 0, 192], 32),
    v4(Kind::Reserved, [192, 0, 0, 0], 24),
    v4(Kind::Documentation, [192, 0, 2, 0], 24),
    v4(Kind::Reserved, [192, 31, 196, 0], 24),
    v4(Kind::Reserved, [192, 52, 193, 0], 24),
    v4(Kind::Reserved, [192, 88, 99, 0], 24),
    v4(Kind::Private, [192, 168, 0, 0], 16),
    v4(Kind::Reserved, [192, 175, 48, 0], 24),
    v4(Kind::Benchmarking, [198, 18, 0, 0], 15),
    v4(Kind::Documentation, [198, 51, 100, 0], 24),
    v4(Kind::Documentation, [203, 0, 113, 0], 24),
    v4(Kind::Multicast, [224, 0, 0, 0], 4),
    v4(Kind::Broadcast, [255, 255, 255, 255], 32),
    v4(Kind::Reserved, [240, 0, 0, 0], 4),
    v6(Kind::Unspecified, [0, 0, 0, 0, 0, 0, 0, 0], 128),
    v6(Kind::Loopback, [0, 0, 0, 0, 0, 0, 0, 1], 128),
    // Mapped, compatible and translated addresses (RFC 4291 §2.5.5, RFC 2765 §2.1).
    v6(Kind::EmbeddedIpv4, [0, 0, 0, 0, 0, 0xffff, 0, 0], 96),
    v6(Kind::EmbeddedIpv4, [0, 0, 0, 0, 0, 0, 0, 0], 96),
    v6(Kind::EmbeddedIpv4, [0, 0, 0, 0, 0xffff, 0, 0, 0], 96),
    // NAT64 for local use (RFC 8215): where it leads only the local network knows.
    v6(Kind::EmbeddedIpv4, [0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48),
    // Teredo and 6to4 (RFC 4380, RFC 3056): relays unpack what they carry.
    v6(Kind::EmbeddedIpv4, [0x2001, 0, 0, 0, 0, 0, 0, 0], 32),
    v6(Kind::EmbeddedIpv4, [0x2002, 0, 0, 0, 0, 0, 0, 0], 16),
    v6(Kind::Benchmarking, [0x2001, 2, 0, 0, 0, 0, 0, 0], 48),
    v6(Kind::Reserved, [0x2001, 0, 0, 0, 0, 0, 0, 0], 23),
    v6(Kind::Documentation, [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    v6(Kind::Reserved, [0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48),
    v6(Kind::Documentation, [0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
    v6(Kind::Metadata, [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254], 128),
    v6(Kind::Metadata, [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254], 128),
    v6(Kind::Private, [0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
    v6(Kind::LinkLocal, [0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
    v6(Kind::Private, [0xfec0, 0, 0, 0, 0, 0, 0, 0], 10),
    v6(Kind::Multicast, [0xff00, 0, 0, 0, 0, 0, 0, 0], 8),
];

/// The prefix that everybody's NAT64 uses (RFC 6052 §2.1).
const NAT64: Cidr = Cidr::v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);
/// All public IPv6 addresses that have ever been given out (RFC 4291 §2.4).
const GLOBAL_UNICAST: Cidr = Cidr::v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);
const NOT_GIVEN_OUT: SpecialRange = v6(Kind::Reserved, [0, 0, 0, 0, 0, 0, 0, 0], 0);

/// `Ok` for an ordinary public address, else the range that it belongs to.
pub fn judge(address: IpAddr) -> Result<(), SpecialRange> {
    if let Some(range) = RANGES.iter().find(|range| range.cidr.contains(address)) {
        return Err(*range);
    }
    let IpAddr::V6(v6) = address else { return Ok(()) };
    if let Some(carried) = carried(v6) {
        judge(carried.into())?;
    }
    if GLOBAL_UNICAST.contains(address) || NAT64.contains(address) { Ok(()) } else { Err(NOT_GIVEN_OUT) }
}

/// The IPv4 address at the end of a NAT64 address, or of an ISATAP interface identifier (RFC 5214 §6.1).
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., identifier, marker, _, _] = address.segments();
    let [.., a, b, c, d] = address.octets();
    let is_isatap = matches!(identifier, 0 | 0x200) && marker == 0x5efe;
    (is_isatap || NAT64.contains(address.into())).then_some(Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
#[path = "address_tests.rs"]
mod tests;
