//! Headers that are not the caller's to set, and those that stay behind when a redirect leaves the origin.

use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONNECTION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH,
    CONTENT_LOCATION, CONTENT_TYPE, EXPECT, HOST, RANGE, TE, TRAILER, TRANSFER_ENCODING, UPGRADE, USER_AGENT, VIA,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// They frame the message or steer the connection; the client writes them itself (RFC 9110 §7.6.1, Fetch standard
/// "forbidden request-header"). A `Host` of the caller's would ask one server for another's answer.
const RESERVED: [HeaderName; 11] = [
    ACCEPT_ENCODING,
    CONNECTION,
    CONTENT_LENGTH,
    EXPECT,
    HOST,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    VIA,
    HeaderName::from_static("keep-alive"),
];
/// `proxy-authorization` is for a proxy, `sec-*` for browsers, `signet-*` for us, and a server that is asked to upgrade
/// to HTTP/2 would stop speaking what the client understands.
const RESERVED_BEGINNINGS: [&str; 4] = ["proxy-", "sec-", "signet-", "http2-"];

/// Across origins everything else stays behind, not only `authorization` and `cookie`: keys travel in headers of any
/// name, and the new origin was chosen by the old one.
const KEPT_ACROSS_ORIGINS: [HeaderName; 6] =
    [ACCEPT, ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE, RANGE, USER_AGENT];

/// They describe a body (Fetch standard "request-body-header name").
const OF_BODIES: [HeaderName; 4] = [CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE];

/// The caller's headers without those that are not theirs, and with the defaults they did not set.
pub(crate) fn prepared(headers: &HeaderMap) -> HeaderMap {
    let mut prepared = kept(headers, |name| {
        !RESERVED.contains(name) && !RESERVED_BEGINNINGS.iter().any(|beginning| name.as_str().starts_with(beginning))
    });
    prepared.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
    prepared.entry(USER_AGENT).or_insert(HeaderValue::from_static("Signet"));
    prepared
}

pub(crate) fn across_origins(headers: &HeaderMap) -> HeaderMap {
    kept(headers, |name| KEPT_ACROSS_ORIGINS.contains(name))
}

pub(crate) fn without_body(headers: &HeaderMap) -> HeaderMap {
    kept(headers, |name| !OF_BODIES.contains(name))
}

fn kept(headers: &HeaderMap, keeps: impl Fn(&HeaderName) -> bool) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| keeps(name)) {
        kept.append(name, value.clone());
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> HeaderMap {
        let pairs = names.iter().map(|name| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_static("1")));
        pairs.collect()
    }

    #[test]
    fn attack_22_headers_that_frame_or_steer_are_left_out() {
        let reserved = [
            "Host",
            "Transfer-Encoding",
            "Content-Length",
            "Connection",
            "Keep-Alive",
            "Upgrade",
            "TE",
            "Trailer",
            "Expect",
            "Proxy-Authorization",
            "Proxy-Connection",
            "Sec-Fetch-Mode",
            "Signet-Script-Depth",
            "HTTP2-Settings",
            "Accept-Encoding",
        ];
        let prepared = prepared(&of(&[&reserved[..], &["authorization", "cookie", "x-custom"]].concat()));

        let mut names: Vec<&str> = prepared.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "authorization", "cookie", "user-agent", "x-custom"]);
    }

    #[test]
    fn attack_18_credentials_stay_in_their_origin() {
        let across = across_origins(&of(&["authorization", "cookie", "x-api-key", "accept", "content-type"]));
        assert_eq!(across.len(), 2);
        assert!(across.contains_key("accept") && across.contains_key("content-type"));
    }
}
