//! Which redirect URIs an application may register.
//!
//! A web URL; the same with `*` in its host or path; or a URI of a scheme of a native application. A scheme that runs
//! or shows what the URI itself says is none (OAuth 2.0 Security BCP, RFC 9700 §4.1).

use url::{Host, Url};

/// Schemes whose URIs are content.
const CONTENT_SCHEMES: [&str; 6] = ["about", "blob", "data", "file", "javascript", "vbscript"];

pub(super) fn is_redirect_uri(text: &str) -> bool {
    // Parsers drop some of these, so that what is compared is not what was registered.
    if text.contains(|character: char| character.is_ascii_control() || character == ' ') {
        return false;
    }
    match text.split_once(':') {
        Some((scheme, rest)) if is_web(scheme) => is_web_uri(text, rest),
        Some((scheme, _)) => is_native_scheme(scheme) && Url::parse(text).is_ok(),
        None => false,
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// `[a-z][a-z0-9+-]*`, and more of the kind after dots.
fn is_native_scheme(scheme: &str) -> bool {
    // Parsers of URIs compare schemes in any case.
    let scheme = scheme.to_ascii_lowercase();
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-".contains(&byte);
    let labels = scheme.split('.').all(|label| !label.is_empty() && label.bytes().all(letter));
    labels && scheme.starts_with(|first: char| first.is_ascii_lowercase()) && !CONTENT_SCHEMES.contains(&&*scheme)
}

fn is_web_uri(text: &str, rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (place, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let (authority, path) = place.split_once(['/', '\\']).unwrap_or((place, ""));
    if authority.is_empty() || tail.contains('*') || path.split(['/', '\\']).any(is_dot_segment) {
        return false;
    }
    // A host with `*` is none to the parser, so it sees a letter in each place.
    let Ok(url) = Url::parse(&text.replace('*', "x")) else { return false };
    !authority.contains('*') || matches!(url.host(), Some(Host::Domain(_))) && is_wildcard_host(authority)
}

/// `.` and `..`, however they are written: the browser removes them, and the URL leads elsewhere.
fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// Without credentials, with a literal port, and with two literal labels at the end: whoever registers
/// `https://*.example` must own `example`, not a top-level domain.
fn is_wildcard_host(authority: &str) -> bool {
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let mut labels = host.rsplit('.');
    let literal = |label: Option<&str>| label.is_some_and(|label| !label.is_empty() && !label.contains('*'));
    !authority.contains('@') && !port.contains('*') && literal(labels.next()) && literal(labels.next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn web_and_native_uris_are_accepted() {
        for uri in [
            "https://client.example/callback",
            "https://client.example",
            "http://localhost:3000/callback?x=1",
            "http://127.0.0.1/cb",
            "http://[::1]:8080/cb",
            "https://*.client.example/cb",
            "https://pr-*-app.client.example:8443/cb",
            "https://client.example/*/callback",
            "io.acceptance.app://callback",
            "com.example.app:/callback",
            "my-app+x://cb",
        ] {
            assert!(is_redirect_uri(uri), "{uri}");
        }
    }

    #[test]
    fn attack_28_uris_that_lead_elsewhere_are_refused() {
        for uri in [
            "",
            "callback",
            "/callback",
            "https:",
            "https://",
            "https:client.example/cb",
            "https:///*.client.example",
            "https://client.example/a b",
            "https://cli\tent.example/",
            "https://client.example/a/../b",
            "https://client.example/a/%2e%2E/b",
            "https://client.example/a\\..\\b",
            "https://client.example/.",
            "https://client.example/cb?x=*",
            "https://client.example/cb#*",
            "https://client.example:*/cb",
            "https://*@client.example/cb",
            "https://*/cb",
            "https://*.example/cb",
            "https://client.*/cb",
            "https://[::*]/cb",
            "h*ps://client.example/cb",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "1app://cb",
            "app..x://cb",
        ] {
            assert!(!is_redirect_uri(uri), "{uri}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_decided(text in "(https?:|[a-z]{0,3})[/@:.*?#\\[\\]%a2e\\\\]{0,12}") {
            if is_redirect_uri(&text) {
                prop_assert!(Url::parse(&text.replace('*', "x")).is_ok());
            }
        }
    }
}
