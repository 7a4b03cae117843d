//! Which requests a registration answers: tables of places, and properties of all of them.

use super::*;
use proptest::prelude::*;

fn reaches(registered: &str, requested: &str) -> bool {
    requested.parse::<RedirectUri>().is_ok_and(|uri| uri.is_registered_as(registered, LoopbackPort::AsRegistered))
}

fn reaches_natively(registered: &str, requested: &str) -> bool {
    requested.parse::<RedirectUri>().is_ok_and(|uri| uri.is_registered_as(registered, LoopbackPort::Any))
}

#[test]
fn a_request_reaches_what_was_registered_in_any_spelling_of_the_same_place() {
    for (registered, requested) in [
        ("https://client.example/callback", "https://client.example/callback"),
        ("https://client.example/callback", "https://CLIENT.EXAMPLE/callback"),
        ("https://client.example/callback", "HTTPS://client.example:443/callback"),
        ("https://client.example", "https://client.example/"),
        ("https://client.example/a/../callback", "https://client.example/callback"),
        ("https://client.example/cb?app=1", "https://client.example/cb?app=1"),
        ("https://bücher.example/cb", "https://xn--bcher-kva.example/cb"),
        ("http://[::1]:8080/cb", "http://[0:0:0:0:0:0:0:1]:8080/cb"),
        ("io.acceptance.app://callback", "io.acceptance.app://callback"),
        ("com.example.app:/callback", "com.example.app:/callback"),
    ] {
        assert!(reaches(registered, requested), "{registered} {requested}");
    }
}

#[test]
fn attack_28_no_other_place_is_reached() {
    let registered = "https://client.example/callback";
    for requested in [
        "",
        "callback",
        "//client.example/callback",
        "https:client.example/callback",
        "https:/client.example/callback",
        "https:///client.example/callback",
        "http://client.example/callback",
        "https://client.example/Callback",
        "https://client.example/callback/",
        "https://client.example/callback/..",
        "https://client.example/callback/%2e%2e",
        "https://client.example/callback%2f..",
        "https://client.example/callback%2F..%2Fcallback",
        "https://client.example/callback?",
        "https://client.example/callback?x=1",
        "https://client.example/callback#",
        "https://client.example/callback#part",
        "https://client.example/callback%23",
        "https://client.example:444/callback",
        "https://client.example:80/callback",
        "https://client.example./callback",
        "https://a.client.example/callback",
        "https://client.example.evil.example/callback",
        "https://client.example@evil.example/callback",
        "https://client.example@@evil.example/callback",
        "https://evil.example@client.example/callback",
        "https://@client.example/callback",
        "https://:@client.example/callback",
        "https://evil.example\\@client.example/callback",
        "https://evil.example\\.client.example/callback",
        "https:\\\\client.example\\callback",
        "https://client.example\\callback",
        "https://client.example/\tcallback",
        "https://client.example/call\nback",
        " https://client.example/callback",
        "https://client.example/callback ",
        "https://client.example/callback\u{0}",
        "https://client.example/callback\u{85}",
        "https://client.example/*",
        "https://*.example/callback",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "DATA:text/html,x",
        "vbscript:x",
        "blob:https://client.example/callback",
        "file:///callback",
        "about:blank",
    ] {
        assert!(!reaches(registered, requested), "{requested:?}");
        assert!(!reaches_natively(registered, requested), "{requested:?}");
    }
}

#[test]
fn attack_28_content_is_no_place_even_when_it_was_registered() {
    for registered in ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///a", "about:blank"] {
        assert!(!reaches(registered, registered), "{registered}");
    }
}

#[test]
fn a_star_stands_for_part_of_a_label_and_for_any_path() {
    for (registered, requested) in [
        ("https://*.client.example/cb", "https://a.client.example/cb"),
        ("https://pr-*-app.client.example/cb", "https://PR-17-app.client.example/cb"),
        ("https://*.*.client.example/cb", "https://a.b.client.example/cb"),
        ("https://client.example/*/cb", "https://client.example/a/cb"),
        ("https://client.example/*/cb", "https://client.example/a/b/cb"),
        ("https://client.example/cb*", "https://client.example/cb"),
        ("https://*.client.example:8443/*?x=1", "https://a.client.example:8443/b?x=1"),
    ] {
        assert!(reaches(registered, requested), "{registered} {requested}");
    }
}

#[test]
fn attack_28_a_star_covers_nothing_that_hides_a_separator_or_crosses_a_label() {
    for (registered, requested) in [
        ("https://*.client.example/cb", "https://client.example/cb"),
        ("https://*.client.example/cb", "https://.client.example/cb"),
        ("https://*.client.example/cb", "https://a.b.client.example/cb"),
        ("https://*.client.example/cb", "https://a.client.example.evil.example/cb"),
        ("https://*.client.example/cb", "https://evil.example/.client.example/cb"),
        ("https://*.client.example/cb", "https://evil.example#.client.example/cb"),
        ("https://*.client.example/cb", "https://evil.example?.client.example/cb"),
        ("https://*.client.example/cb", "https://evil.example%2f.client.example/cb"),
        ("https://*.client.example/cb", "https://a.client.example:444/cb"),
        ("https://*.client.example/cb", "http://a.client.example/cb"),
        ("https://*.client.example/cb", "https://a.client.example/cb?x"),
        ("https://*.client.example/cb", "https://*.client.example/cb"),
        ("https://client.example/*/cb", "https://client.example/a/../../cb"),
        ("https://client.example/*/cb", "https://client.example/a%2f../cb"),
        ("https://client.example/*/cb", "https://client.example/a%5C..%5C/cb"),
        ("https://client.example/*/cb", "https://client.example/%252e%252e/cb"),
        ("https://client.example/app/*", "https://client.example/app/../admin"),
        ("https://client.example/app/*", "https://client.example/app/%2e%2e/admin"),
        ("https://client.example/cb?x=*", "https://client.example/cb?x=1"),
        ("https://*/cb", "https://evil.example/cb"),
        ("https://*.example/cb", "https://evil.example/cb"),
        ("https://client.*/cb", "https://client.evil/cb"),
        ("https://client.example:*/cb", "https://client.example:1/cb"),
        ("*://client.example/cb", "https://client.example/cb"),
        ("https://*@client.example/cb", "https://a@client.example/cb"),
    ] {
        assert!(!reaches(registered, requested), "{registered} {requested}");
    }
}

#[test]
fn native_applications_reach_loopback_on_any_port() {
    for (registered, requested) in [
        ("http://localhost/cb", "http://localhost:49152/cb"),
        ("http://localhost:3000/cb", "http://localhost:49152/cb"),
        ("http://localhost:3000/cb", "http://localhost/cb"),
        ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb"),
        ("http://[::1]/cb", "http://[::1]:49152/cb"),
    ] {
        assert!(reaches_natively(registered, requested), "{registered} {requested}");
        assert!(!reaches(registered, requested), "{registered} {requested}");
    }
    for (registered, requested) in [
        ("http://localhost/cb", "http://localhost:49152/other"),
        ("http://localhost/cb", "http://127.0.0.1:49152/cb"),
        ("http://localhost/cb", "https://localhost:49152/cb"),
        ("https://localhost/cb", "https://localhost:49152/cb"),
        ("http://localhost/cb", "http://localhost:49152/cb?x"),
        ("http://localhost/cb", "http://localhost.evil.example:1/cb"),
        ("http://client.example/cb", "http://client.example:49152/cb"),
        ("http://192.168.0.1/cb", "http://192.168.0.1:49152/cb"),
    ] {
        assert!(!reaches_natively(registered, requested), "{registered} {requested}");
    }
}

#[test]
fn attack_60_pages_of_registered_places_only_share_their_origin() {
    for (registered, origin, expected) in [
        ("https://client.example/cb", "https://client.example", true),
        ("https://client.example:443/cb", "https://client.example", true),
        ("https://*.client.example/cb", "https://a.client.example", true),
        ("https://*.client.example/cb", "https://client.example", false),
        ("https://*.client.example/cb", "https://a.client.example.evil.example", false),
        ("https://client.example/*", "https://client.example", true),
        ("https://client.example/cb", "https://client.example:444", false),
        ("https://client.example/cb", "http://client.example", false),
        ("https://client.example/cb", "https://client.example/x", false),
        ("https://client.example/cb", "null", false),
        ("io.app://callback", "null", false),
        ("io.app://callback", "io.app://callback", false),
    ] {
        assert_eq!(has_origin(registered, origin), expected, "{registered} {origin}");
    }
}

/// Text that looks like a URI and is full of what parsers disagree about.
const HOSTILE: &str = "(https?:|javascript:|[a-z]{0,3}:)?[/\\\\@:.?#%\\[\\]*a-c2fe \\t]{0,24}";

proptest! {
    #[test]
    fn attack_28_a_literal_registration_reaches_one_place(requested in HOSTILE, tail in HOSTILE) {
        let registered = "https://client.example/callback";
        for text in [requested.clone(), format!("{registered}{tail}"), format!("https://client.example{tail}"), format!("https://{tail}client.example/callback")] {
            if reaches(registered, &text) {
                let url = Url::parse(&text).unwrap();
                prop_assert_eq!(url.as_str(), registered);
            }
        }
    }

    #[test]
    fn attack_28_a_star_in_the_host_stays_below_its_domain(requested in HOSTILE) {
        for text in [requested.clone(), format!("https://{requested}.client.example/cb"), format!("https://{requested}")] {
            if reaches("https://*.client.example/cb", &text) {
                let url = Url::parse(&text).unwrap();
                let host = url.host_str().unwrap();
                prop_assert!(host.ends_with(".client.example") && host.matches('.').count() == 2, "{}", text);
                prop_assert_eq!((url.scheme(), url.path(), url.port()), ("https", "/cb", None));
            }
        }
    }

    #[test]
    fn attack_28_a_star_in_the_path_stays_below_its_path(requested in HOSTILE) {
        let text = format!("https://client.example/app/{requested}");
        if reaches("https://client.example/app/*", &text) {
            let url = Url::parse(&text).unwrap();
            prop_assert_eq!(url.host_str(), Some("client.example"));
            prop_assert!(url.path().starts_with("/app/"), "{}", text);
        }
    }

    #[test]
    fn what_is_accepted_reads_the_same_to_every_parser(text in HOSTILE) {
        if let Ok(uri) = text.parse::<RedirectUri>() {
            prop_assert!(uri.as_str().parse::<RedirectUri>().is_ok_and(|again| again == uri));
            prop_assert!(uri.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }

    #[test]
    fn no_pattern_is_slow(stars in "(\\*a){0,40}", text in "a{0,200}") {
        let _ = matches(&format!("{stars}b"), &text, 1);
    }
}
