//! Every row to its edges, and no disguise helps.

use super::*;
use proptest::prelude::*;

fn kind(address: &str) -> Option<Kind> {
    judge(address.parse().unwrap()).err().map(|range| range.kind)
}

#[test]
fn attack_16_every_special_range_is_refused_to_its_edges() {
    for (first, last, expected) in [
        ("0.0.0.0", "0.255.255.255", Kind::Unspecified),
        ("10.0.0.0", "10.255.255.255", Kind::Private),
        ("100.64.0.0", "100.127.255.255", Kind::Shared),
        ("127.0.0.0", "127.255.255.255", Kind::Loopback),
        ("169.254.0.0", "169.254.255.255", Kind::LinkLocal),
        ("169.254.169.254", "169.254.169.254", Kind::Metadata),
        ("100.100.100.200", "100.100.100.200", Kind::Metadata),
        ("168.63.129.16", "168.63.129.16", Kind::Metadata),
        ("172.16.0.0", "172.31.255.255", Kind::Private),
        ("192.0.0.0", "192.0.0.255", Kind::Reserved),
        ("192.0.2.0", "192.0.2.255", Kind::Documentation),
        ("192.88.99.0", "192.88.99.255", Kind::Reserved),
        ("192.168.0.0", "192.168.255.255", Kind::Private),
        ("198.18.0.0", "198.19.255.255", Kind::Benchmarking),
        ("198.51.100.0", "198.51.100.255", Kind::Documentation),
        ("203.0.113.0", "203.0.113.255", Kind::Documentation),
        ("224.0.0.0", "239.255.255.255", Kind::Multicast),
        ("240.0.0.0", "255.255.255.254", Kind::Reserved),
        ("255.255.255.255", "255.255.255.255", Kind::Broadcast),
        ("::", "::", Kind::Unspecified),
        ("::1", "::1", Kind::Loopback),
        ("::2", "::255.255.255.255", Kind::EmbeddedIpv4),
        ("::ffff:0.0.0.0", "::ffff:255.255.255.255", Kind::EmbeddedIpv4),
        ("::ffff:0:0.0.0.0", "::ffff:0:255.255.255.255", Kind::EmbeddedIpv4),
        ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", Kind::EmbeddedIpv4),
        ("100::", "100::ffff:ffff:ffff:ffff", Kind::Reserved),
        ("2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", Kind::EmbeddedIpv4),
        ("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", Kind::Benchmarking),
        ("2001:10::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::Reserved),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", Kind::Documentation),
        ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::EmbeddedIpv4),
        ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::Documentation),
        ("4000::", "5fff::1", Kind::Reserved),
        ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::Private),
        ("fd00:ec2::254", "fd00:ec2::254", Kind::Metadata),
        ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::LinkLocal),
        ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::Private),
        ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Kind::Multicast),
    ] {
        assert_eq!(kind(first), Some(expected), "{first}");
        assert_eq!(kind(last), Some(expected), "{last}");
    }
}

#[test]
fn public_addresses_are_let_through() {
    for address in [
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "223.255.255.255",
        "2001:200::",
        "2606:4700:4700::1111",
        "2a00:1450:4001:82a::200e",
        "64:ff9b::1.1.1.1",
    ] {
        assert_eq!(kind(address), None, "{address}");
    }
}

#[test]
fn a_refusal_names_the_kind_and_the_range() {
    assert_eq!(judge("10.1.2.3".parse().unwrap()).unwrap_err().to_string(), "private (10.0.0.0/8)");
}

proptest! {
    #[test]
    fn attack_16_no_clothes_hide_a_refused_ipv4_address(bits: u32, prefix: u64, tail: u64) {
        let inner = Ipv4Addr::from_bits(bits);
        let refused = judge(inner.into()).is_err();
        let low = u128::from(bits);
        let nat64 = Ipv6Addr::from_bits((0x0064_ff9b_u128 << 96) | low);
        let isatap = [0x0000_5efe_u128, 0x0200_5efe].map(|id| Ipv6Addr::from_bits((u128::from(prefix) << 64) | (id << 32) | low));
        let always = [
            inner.to_ipv6_mapped(),
            Ipv6Addr::from_bits(low),
            Ipv6Addr::from_bits((0xffff_u128 << 48) | low),
            Ipv6Addr::from_bits((0x2002_u128 << 112) | (low << 80) | u128::from(tail)),
            Ipv6Addr::from_bits((0x0064_ff9b_0001_u128 << 80) | low),
            // Teredo stores the client's address inverted, and the server's as it is.
            Ipv6Addr::from_bits((0x2001_0000_u128 << 96) | u128::from(!bits)),
            Ipv6Addr::from_bits((0x2001_0000_u128 << 96) | (low << 64) | u128::from(tail)),
        ];

        for address in always {
            prop_assert!(judge(address.into()).is_err(), "{address}");
        }
        prop_assert_eq!(judge(nat64.into()).is_err(), refused, "{}", nat64);
        for address in isatap {
            prop_assert!(!refused || judge(address.into()).is_err(), "{address}");
        }
    }

    #[test]
    fn nothing_outside_of_the_public_range_is_let_through(bits: u128) {
        let address = Ipv6Addr::from_bits(bits);
        let is_public = GLOBAL_UNICAST.contains(address.into()) || NAT64.contains(address.into());
        prop_assert!(is_public || judge(address.into()).is_err(), "{address}");
    }
}
