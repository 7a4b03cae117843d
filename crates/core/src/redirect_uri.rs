//! Redirect URIs of requests, and whether an application registered them (RFC 6749 §3.1.2, RFC 9700 §2.1).
//!
//! A request names a place; a registration names a place or, with `*`, a family of places. What is compared is what a
//! browser would make of both, so that no spelling leads to a place that was not meant: texts that parsers read in
//! different ways are refused before anything is compared.

use std::fmt;
use std::str::FromStr;
use url::{Host, Url};

/// Schemes whose URIs are content, not places: a redirect to one would run or show what the request says.
const CONTENT_SCHEMES: [&str; 7] = ["about", "blob", "data", "file", "filesystem", "javascript", "vbscript"];

/// A place that a browser can be sent to. Parsing says only that the text is safe to compare; whether anybody
/// registered it, [`RedirectUri::is_registered_as`] says.
///
/// ```
/// use signet_core::redirect_uri::{LoopbackPort, RedirectUri};
/// let uri: RedirectUri = "https://client.example/callback".parse()?;
/// assert!(uri.is_registered_as("https://CLIENT.example:443/callback", LoopbackPort::AsRegistered));
/// assert!("javascript:alert(1)".parse::<RedirectUri>().is_err());
/// # Ok::<(), signet_core::redirect_uri::UnsafeUri>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectUri(Url);

/// A text that could lead somewhere else than it seems to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the redirect URI has a form that leads to no certain place")]
pub struct UnsafeUri;

/// RFC 8252 §7.3: a native application takes whatever loopback port the system gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopbackPort {
    Any,
    AsRegistered,
}

impl FromStr for RedirectUri {
    type Err = UnsafeUri;

    fn from_str(text: &str) -> Result<Self, UnsafeUri> {
        // Parsers drop control characters and blanks, and read a backslash as a slash. `*` means something else in a
        // registration, and a fragment would swallow the answer (RFC 6749 §3.1.2).
        if text.contains(|c: char| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '*' | '#')) {
            return Err(UnsafeUri);
        }
        let url = Url::parse(text).map_err(|_| UnsafeUri)?;
        let has_credentials = !url.username().is_empty() || url.password().is_some() || authority(text).contains('@');
        // `https:client.example` and `https:///client.example` parse, but only because browsers forgive them.
        let after_scheme = text.get(url.scheme().len()..).unwrap_or_default();
        let is_forgiven = url.is_special() && (!after_scheme.starts_with("://") || authority(text).is_empty());
        if has_credentials || is_forgiven || CONTENT_SCHEMES.contains(&url.scheme()) {
            return Err(UnsafeUri);
        }
        Ok(Self(url))
    }
}

/// What stands between `//` and the path, as it was written.
fn authority(text: &str) -> &str {
    let after = text.split_once("//").map_or("", |(_, after)| after);
    after.split(['/', '?']).next().unwrap_or_default()
}

impl RedirectUri {
    /// The URI as browsers write it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether `registered`, which may have `*` in its host labels and its path, names this place.
    pub fn is_registered_as(&self, registered: &str, ports: LoopbackPort) -> bool {
        if registered.contains('*') {
            return Pattern::parse(registered).is_some_and(|pattern| pattern.covers(&self.0));
        }
        let Ok(registered) = registered.parse::<Self>() else { return false };
        self == &registered || ports == LoopbackPort::Any && self.differs_in_loopback_port(&registered)
    }

    fn differs_in_loopback_port(&self, registered: &Self) -> bool {
        let without_port = |url: &Url| {
            let mut url = url.clone();
            url.set_port(None).ok().map(|()| url)
        };
        is_loopback(&self.0) && without_port(&self.0) == without_port(&registered.0)
    }
}

/// `http` to the machine itself: nothing leaves it, so it needs no TLS.
fn is_loopback(url: &Url) -> bool {
    let host_is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && host_is_loopback
}

/// Whether pages of `origin` belong to a registered URI, whose host may have `*`.
pub fn has_origin(registered: &str, origin: &str) -> bool {
    let Ok(origin) = Url::parse(origin) else { return false };
    if !matches!(origin.scheme(), "http" | "https") || origin.path() != "/" || origin.query().is_some() {
        return false;
    }
    if registered.contains('*') {
        return Pattern::parse(registered).is_some_and(|pattern| pattern.covers_origin(&origin));
    }
    Url::parse(registered).is_ok_and(|registered| registered.origin() == origin.origin())
}

/// A registration with `*`: web URLs only, literal in everything but host labels and path.
struct Pattern {
    scheme: String,
    host: String,
    port: Option<u16>,
    path: String,
    query: Option<String>,
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        // A letter in the place of each `*` lets the parser see the rest; it cannot be part of a name that exists,
        // because the text was searched for it.
        const PLACEHOLDER: &str = "zqwildcardqz";
        if text.to_ascii_lowercase().contains(PLACEHOLDER) {
            return None;
        }
        let url = text.replace('*', PLACEHOLDER).parse::<RedirectUri>().ok()?.0;
        let host = url.host_str()?.replace(PLACEHOLDER, "*");
        let query = url.query().map(str::to_owned);
        let is_literal = |text: &str| !text.contains(PLACEHOLDER);
        let is_web = matches!(url.scheme(), "http" | "https");
        if !is_web || !query.as_deref().is_none_or(is_literal) || !is_pattern_host(&host) {
            return None;
        }
        let path = url.path().replace(PLACEHOLDER, "*");
        Some(Self { scheme: url.scheme().to_owned(), host, port: url.port_or_known_default(), path, query })
    }

    fn covers(&self, url: &Url) -> bool {
        // `*` in a path stands for what nobody has seen, so it must not hold a separator in disguise.
        let path_is_plain = !self.path.contains('*') || !has_disguised_separator(url.path());
        self.covers_origin(url)
            && path_is_plain
            && matches(&self.path, url.path(), 0)
            && self.query.as_deref() == url.query()
    }

    fn covers_origin(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let same_length = host.split('.').count() == self.host.split('.').count();
        let labels = host.split('.').zip(self.host.split('.'));
        self.scheme == url.scheme()
            && self.port == url.port_or_known_default()
            && same_length
            && labels.into_iter().all(|(label, pattern)| matches(pattern, label, 1))
    }
}

/// A host with a dot whose last two labels are literal: whoever registers `*.client.example` owns `client.example`.
fn is_pattern_host(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    let literal = |label: Option<&str>| label.is_some_and(|label| !label.is_empty() && !label.contains('*'));
    literal(labels.next()) && literal(labels.next())
}

/// `%2f`, `%5c` and `%2e`: servers that decode them see another path than the one that was compared.
fn has_disguised_separator(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["%2f", "%5c", "%2e", "%25"].iter().any(|hidden| path.contains(hidden))
}

/// Whether `text` is `pattern` with at least `fewest` bytes in the place of each `*`. Each part is looked for once, from
/// the left, so that no pattern makes this slow.
fn matches(pattern: &str, text: &str, fewest: usize) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(searched) = rest.get(fewest..) else { return false };
        let Some((_, after)) = searched.split_once(part) else { return false };
        rest = after;
    }
    rest.strip_suffix(last).is_some_and(|held| held.len() >= fewest)
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedirectUri({self})")
    }
}

#[cfg(test)]
#[path = "redirect_uri_tests.rs"]
mod tests;
