//! What callers ask for, and what they get.

use crate::error::EgressError;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use std::fmt;
use url::Url;

/// What happens when the response is a redirect, as the Fetch standard has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Redirect {
    #[default]
    Follow,
    /// It is an error.
    Error,
    /// It is the response.
    Manual,
}

/// `Debug` shows where it goes: the rest of the URL, headers and body may hold what opens something.
#[derive(Clone)]
pub struct Request {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) redirect: Redirect,
    pub(crate) body_limit: usize,
}

/// `Debug` shows how it was answered, and not with what.
#[derive(Clone)]
pub struct Response {
    pub status: StatusCode,
    /// As the server wrote it; HTTP/2 has none.
    pub status_text: String,
    pub headers: HeaderMap,
    /// The URL that answered, without fragment.
    pub url: Url,
    pub redirected: bool,
    pub body: Bytes,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} {})", self.method, self.url.host_str().unwrap_or_default())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({} of {})", self.status, self.url.host_str().unwrap_or_default())
    }
}

impl Request {
    pub fn new(method: &str, url: &str) -> Result<Self, EgressError> {
        // A method of a tunnel or a trace would make the answering server a proxy or an echo of credentials.
        let is_forbidden = ["CONNECT", "TRACE", "TRACK"].iter().any(|name| name.eq_ignore_ascii_case(method));
        let parsed = Method::from_bytes(method.as_bytes()).ok().filter(|_| !is_forbidden);
        let method = parsed.ok_or_else(|| EgressError::Method(method.chars().take(32).collect()))?;
        let url = Url::parse(url).map_err(|_| EgressError::InvalidUrl)?;
        let body = None;
        Ok(Self { method, url, headers: HeaderMap::new(), body, redirect: Redirect::Follow, body_limit: usize::MAX })
    }

    pub fn get(url: &str) -> Result<Self, EgressError> {
        Self::new("GET", url)
    }

    /// Adds a header. Ones that frame the message, or that only a client may set, are left out when the request is sent.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, EgressError> {
        let invalid = || EgressError::InvalidHeader(name.chars().filter(char::is_ascii_graphic).take(64).collect());
        let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
        // Header values are bytes, one per character (Fetch standard, §2.2.2). A line break is none.
        let bytes: Option<Vec<u8>> = value.chars().map(|c| u8::try_from(c).ok()).collect();
        let value = bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok()).ok_or_else(invalid)?;
        self.headers.append(parsed, value);
        Ok(self)
    }

    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    #[must_use]
    pub fn redirect(mut self, redirect: Redirect) -> Self {
        self.redirect = redirect;
        self
    }

    /// Lowers the limit of the response's body.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_22_a_header_cannot_bring_another_line() {
        for (name, value) in
            [("x", "a\r\nhost: evil"), ("x", "a\nb"), ("x", "a\0b"), ("x\r\ny", "a"), ("x", "ā"), ("", "a")]
        {
            let request = Request::get("https://api.example/").unwrap();
            assert!(matches!(request.header(name, value), Err(EgressError::InvalidHeader(_))), "{name:?} {value:?}");
        }
        let request = Request::get("https://api.example/").unwrap().header("X-Name", "Grüße").unwrap();
        assert_eq!(request.headers["x-name"].as_bytes(), b"Gr\xfc\xdfe");
    }

    #[test]
    fn attack_19_a_request_cannot_be_a_tunnel() {
        for method in ["CONNECT", "connect", "TRACE", "Track", "GE T", ""] {
            assert!(matches!(Request::new(method, "https://api.example/"), Err(EgressError::Method(_))), "{method}");
        }
    }

    #[test]
    fn debug_shows_nothing_that_was_sent() {
        let request = Request::new("POST", "https://a.example/hunter2?key=hunter2").unwrap();
        let request = request.header("authorization", "hunter2").unwrap().body("hunter2");
        assert_eq!(format!("{request:?}"), "Request(POST a.example)");
    }
}
