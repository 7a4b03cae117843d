//! Why there is no response. The texts name the rule, and go to authors of scripts: no resolved address is in them, no
//! path or query, and of a failure nothing but its kind.

use crate::address::SpecialRange;
use std::error::Error;
use std::io;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    #[error("the URL is not valid")]
    InvalidUrl,
    #[error("the scheme `{0}` is not allowed; use `http` or `https`")]
    Scheme(String),
    #[error("a URL with a user name or password is not allowed")]
    UrlCredentials,
    #[error("the method `{0}` is not allowed")]
    Method(String),
    #[error("the header `{0}` is not valid")]
    InvalidHeader(String),

    #[error("`{host}` is this server itself, which is not allowed")]
    OwnServer { host: String },
    #[error("the port {port} of `{host}` is not allowed")]
    Port { host: String, port: u16 },
    #[error("the address of `{host}` is {range}, which is not allowed")]
    Address { host: String, range: SpecialRange },

    #[error("the name `{host}` has no address")]
    Unresolved { host: String },
    #[error("there is no connection to `{host}`: {kind}")]
    Connect { host: String, kind: io::ErrorKind },
    #[error("there is no secure connection to `{host}`: {reason}")]
    Tls { host: String, reason: String },
    #[error("there was no connection to `{host}` within {} ms", limit.as_millis())]
    ConnectTimeout { host: String, limit: Duration },
    #[error("the response was not complete within {} ms", limit.as_millis())]
    Timeout { limit: Duration },

    #[error("the response is a redirect, which the request does not allow")]
    Redirected,
    #[error("more than {0} redirects are not allowed")]
    TooManyRedirects(usize),
    #[error("a redirect from https to http is not allowed")]
    Downgrade,

    #[error("the headers of the response are larger than {0} bytes, which is not allowed")]
    HeaderSize(usize),
    #[error("the body of the response is larger than {0} bytes, which is not allowed")]
    BodySize(usize),
    #[error("the response of `{host}` is not valid, or broke off")]
    Broken { host: String },
}

/// The first error of a type in a chain. An `io::Error` hides what it wraps from `source`, so it is opened.
pub(crate) fn find<'e, T: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}
