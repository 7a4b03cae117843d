//! One hop of an exchange, and the next one (Fetch standard, "HTTP-redirect fetch").

use crate::error::EgressError;
use crate::headers::{across_origins, prepared, without_body};
use crate::request::{Redirect, Request};
use crate::target::Target;
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use std::fmt;
use url::Url;

#[derive(Clone)]
pub(crate) struct Hop {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) target: Target,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    redirect: Redirect,
}

impl fmt::Debug for Hop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hop({} {})", self.method, self.target.host)
    }
}

impl Hop {
    pub(crate) fn first(request: Request) -> Result<Self, EgressError> {
        let Request { method, url, headers, body, redirect, body_limit: _ } = request;
        let (url, target) = checked(url)?;
        Ok(Self { method, url, target, headers: prepared(&headers), body, redirect })
    }

    /// Where the response sends us; `None` when it is the answer.
    pub(crate) fn next(&self, status: StatusCode, headers: &HeaderMap) -> Result<Option<Self>, EgressError> {
        if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        match self.redirect {
            Redirect::Manual => return Ok(None),
            Redirect::Error => return Err(EgressError::Redirected),
            Redirect::Follow => {}
        }
        let Some(location) = headers.get(LOCATION) else { return Ok(None) };
        // A location that is not ASCII is read as UTF-8, as browsers do.
        let location = std::str::from_utf8(location.as_bytes()).map_err(|_| EgressError::InvalidUrl)?;
        let (url, target) = checked(self.url.join(location).map_err(|_| EgressError::InvalidUrl)?)?;
        if self.url.scheme() == "https" && url.scheme() == "http" {
            return Err(EgressError::Downgrade);
        }
        let mut next = Self { url, target, ..self.clone() };
        if next.url.origin() != self.url.origin() {
            next.headers = across_origins(&self.headers);
        }
        if becomes_get(status, &self.method) {
            next.headers = without_body(&next.headers);
            (next.method, next.body) = (Method::GET, None);
        }
        Ok(Some(next))
    }
}

/// A URL that may be asked at all. Checked again for each hop.
fn checked(mut url: Url) -> Result<(Url, Target), EgressError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(EgressError::Scheme(url.scheme().chars().take(32).collect()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EgressError::UrlCredentials);
    }
    url.set_fragment(None);
    let target = Target::of(&url).ok_or(EgressError::InvalidUrl)?;
    Ok((url, target))
}

fn becomes_get(status: StatusCode, method: &Method) -> bool {
    match status.as_u16() {
        301 | 302 => method == Method::POST,
        303 => method != Method::GET && method != Method::HEAD,
        _ => false,
    }
}

#[cfg(test)]
#[path = "redirect_tests.rs"]
mod tests;
