//! What an entry may look like, and what it covers.

use super::*;
use proptest::prelude::*;

fn entry(text: &str) -> AllowEntry {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn covers(text: &str, host: &str, port: u16, address: &str) -> bool {
    let list = AllowList::new([entry(text)]);
    let (target, address) = (Target::new(host, port).unwrap(), address.parse().unwrap());
    list.names_port(&target, address) || list.names_place(&target, address)
}

#[test]
fn an_entry_is_a_host_an_address_or_a_network_with_or_without_a_port() {
    for (text, shown) in [
        ("billing.internal", "billing.internal"),
        (" Billing.Internal.:8443 ", "billing.internal:8443"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("10.0.0.7", "10.0.0.7/32"),
        ("127.0.0.1:4000", "[127.0.0.1/32]:4000"),
        ("::1", "::1/128"),
        ("[::1]", "::1/128"),
        ("[::1]:4000", "[::1/128]:4000"),
        ("fd00::/8", "fd00::/8"),
        ("[fd00::/8]:443", "[fd00::/8]:443"),
        ("fd00::/8:443", "[fd00::/8]:443"),
        ("10.1.0.0/16:8080", "[10.1.0.0/16]:8080"),
    ] {
        assert_eq!(entry(text).to_string(), shown, "{text}");
    }
}

#[test]
fn what_is_no_entry_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", "an entry is empty"),
        ("http://billing.internal", "`http://billing.internal` is a URL; name only the host, as `host` or `host:port`"),
        ("billing.internal:0", "`0` is no port of `billing.internal:0`; use 1 to 65535"),
        ("billing.internal:", "`` is no port of `billing.internal:`; use 1 to 65535"),
        ("[::1]4000", "`[::1]4000` is neither a host name nor an address"),
        (
            "10.0.0.1/8",
            "`10.0.0.1/8` is no network; write it like `10.1.0.0/16`, with zeros where the bits do not count",
        ),
        (
            "billing.internal/path",
            "`billing.internal/path` is no network; write it like `10.1.0.0/16`, with zeros where the bits do not count",
        ),
        ("*.internal", "`*.internal` is neither a host name nor an address"),
        ("a b", "`a b` is neither a host name nor an address"),
    ] {
        assert_eq!(text.parse::<AllowEntry>().map_err(|error| error.to_string()), Err(reason.to_owned()), "{text}");
    }
}

#[test]
fn an_entry_covers_its_place_and_its_port_only() {
    assert!(covers("billing.internal", "BILLING.internal.", 8080, "10.0.0.7"));
    assert!(!covers("billing.internal", "x.billing.internal", 80, "10.0.0.7"));
    assert!(covers("billing.internal:8443", "billing.internal", 8443, "10.0.0.7"));
    assert!(!covers("billing.internal:8443", "billing.internal", 80, "10.0.0.7"));
    assert!(covers("10.0.0.0/8:80", "billing.internal", 80, "10.0.0.7"));
    assert!(!covers("10.0.0.0/8:80", "billing.internal", 81, "10.0.0.7"));
    assert!(!covers("10.0.0.0/8", "billing.internal", 80, "192.168.0.1"));
    assert!(!covers("127.0.0.1", "[::ffff:127.0.0.1]", 80, "::ffff:127.0.0.1"));
}

proptest! {
    #[test]
    fn any_text_is_an_entry_or_refused(text in "\\PC{0,40}") {
        if let Ok(entry) = text.parse::<AllowEntry>() {
            prop_assert_eq!(entry.to_string().parse(), Ok(entry));
        }
    }
}
