//! Cookies on the wire (RFC 6265 §4): reading a request's, writing an answer's.

use super::keys::CookieKeys;
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use std::time::Duration;

/// Cookies of a request that are looked at. A browser sends a few dozen at most.
const MOST: usize = 100;

/// What a browser sent.
pub(crate) struct Presented(Vec<(String, String)>);

impl Presented {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let texts = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        let pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
        Self(pairs.take(MOST).map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The value of a cookie that we signed. A name may be there several times, for several paths or hosts, planted
    /// ones among them; the first whose signature holds counts.
    pub(crate) fn signed(&self, name: &str, keys: &CookieKeys) -> Option<&str> {
        let signatures: Vec<&str> = self.all(&format!("{name}.sig")).collect();
        let holds = |value: &&str| {
            !value.is_empty() && signatures.iter().any(|signature| keys.verifies((name, value), signature))
        };
        self.all(name).find(holds)
    }

    /// The value of a cookie without a signature: what it says is checked where it is used.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.all(name).find(|value| !value.is_empty())
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// How a browser keeps a cookie. Never for other sites: `SameSite=Lax` lets it come along when a person follows a link
/// from an application to us, and not when a page of somebody else posts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attributes<'a> {
    pub(crate) path: &'a str,
    /// `None`: until the browser is closed.
    pub(crate) max_age: Option<Duration>,
    /// By scripts of our pages.
    pub(crate) readable: bool,
    pub(crate) secure: bool,
}

impl Default for Attributes<'_> {
    fn default() -> Self {
        Self { path: "/", max_age: None, readable: false, secure: false }
    }
}

/// A `Set-Cookie` line.
pub(crate) fn line(name: &str, value: &str, attributes: &Attributes<'_>) -> String {
    let mut line = format!("{name}={value}; Path={}; SameSite=Lax", attributes.path);
    if let Some(max_age) = attributes.max_age {
        line.push_str("; Max-Age=");
        line.push_str(&max_age.as_secs().to_string());
    }
    if !attributes.readable {
        line.push_str("; HttpOnly");
    }
    if attributes.secure {
        line.push_str("; Secure");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn presented(text: &str) -> Presented {
        Presented::of(&HeaderMap::from_iter([(COOKIE, text.parse().unwrap())]))
    }

    #[test]
    fn attack_37_only_signed_cookies_count_also_beside_planted_ones() {
        let keys = CookieKeys::of(&["key"]);
        let signature = keys.sign("_session", "mine");

        for (text, expected) in [
            (format!("_session=mine; _session.sig={signature}"), Some("mine")),
            (format!("a=b; _session=planted; _session.sig=x; _session=mine; _session.sig={signature}"), Some("mine")),
            (format!("_session=planted; _session.sig={signature}"), None),
            ("_session=mine".to_owned(), None),
            (format!("_session.sig={signature}"), None),
            (format!("__session=mine; __session.sig={signature}"), None),
            (String::new(), None),
        ] {
            assert_eq!(presented(&text).signed("_session", &keys), expected, "{text}");
        }
    }

    #[test]
    fn attack_60_cookies_are_kept_from_scripts_other_sites_and_open_connections() {
        let attributes = Attributes { max_age: Some(Duration::from_mins(1)), secure: true, ..Attributes::default() };
        assert_eq!(line("a", "b", &attributes), "a=b; Path=/; SameSite=Lax; Max-Age=60; HttpOnly; Secure");
        let readable = Attributes { readable: true, path: "/device", ..Attributes::default() };
        assert_eq!(line("a", "b", &readable), "a=b; Path=/device; SameSite=Lax");
    }
}
