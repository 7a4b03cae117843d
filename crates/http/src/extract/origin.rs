//! Where a request comes from: the peer's address, or what a trusted proxy says, the `User-Agent`, and whether a claims
//! script sent it.

use crate::state::TenantState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use moka::sync::Cache;
use serde_json::value::RawValue;
use signet_egress::SCRIPT_DEPTH;
use signet_oidc::audit::{Origin, UserAgent};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};

/// Longer ones are cut: nobody reads them, and they are stored with every entry.
const MAX_USER_AGENT: usize = 512;

/// For the audit log, and to end what would go in circles.
#[derive(Debug)]
pub(crate) struct RequestOrigin(pub(crate) Origin);

impl FromRequestParts<TenantState> for RequestOrigin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &TenantState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let ip = client_ip(&parts.headers, state.settings.trusted_proxies, peer);
        let user_agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(parsed);
        let is_script = parts.headers.contains_key(SCRIPT_DEPTH);
        Ok(Self(Origin { ip: ip.map(|ip| ip.to_string()), user_agent, is_script }))
    }
}

/// Each trusted proxy appends the address it saw, so the client's is that many places from the end; whatever stands
/// before it the client may have made up.
fn client_ip(headers: &HeaderMap, proxies: Option<usize>, peer: Option<IpAddr>) -> Option<IpAddr> {
    let Some(proxies) = proxies.filter(|proxies| *proxies > 0) else { return peer };
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let addresses: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let claimed = addresses.len().checked_sub(proxies).or((!addresses.is_empty()).then_some(0));
    claimed.and_then(|place| addresses.get(place)).and_then(|text| text.parse().ok()).or(peer)
}

/// Parsing costs more than the rest of the request's bookkeeping, and there are few distinct ones.
static PARSED: LazyLock<Cache<String, UserAgent>> = LazyLock::new(|| Cache::new(1000));

fn parsed(raw: &str) -> UserAgent {
    let raw: String = raw.chars().take(MAX_USER_AGENT).collect();
    PARSED.get_with_by_ref(&raw, || {
        let value = describe(&raw);
        let parsed = serde_json::value::to_raw_value(&value).unwrap_or_else(|_| RawValue::NULL.to_owned());
        UserAgent { raw: raw.as_str().into(), parsed: Arc::from(parsed) }
    })
}

fn describe(raw: &str) -> serde_json::Value {
    let known = woothee::parser::Parser::new().parse(raw);
    let (mut browser, mut os, mut device) = (serde_json::json!({}), serde_json::json!({}), serde_json::json!({}));
    if let Some(found) = known {
        // Programs are one class to the parser; their own words say more.
        let own = raw.split(' ').next().and_then(|product| product.split_once('/'));
        let (name, version) = own.filter(|_| found.name == "HTTP Library").unwrap_or((found.name, found.version));
        let major = version.split('.').next().unwrap_or_default();
        browser = serde_json::json!({"name": name, "version": version, "major": major});
        os = serde_json::json!({"name": found.os, "version": found.os_version});
        device = serde_json::json!({"type": found.category});
    }
    serde_json::json!({"ua": raw, "browser": browser, "engine": {}, "os": os, "device": device, "cpu": {}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let peer: Option<IpAddr> = Some("10.0.0.9".parse().unwrap());
        for (header, proxies, expected) in [
            (Some("203.0.113.7"), None, "10.0.0.9"),
            (Some("203.0.113.7"), Some(1), "203.0.113.7"),
            (Some("6.6.6.6, 203.0.113.7"), Some(1), "203.0.113.7"),
            (Some("6.6.6.6, 203.0.113.7, 192.0.2.1"), Some(2), "203.0.113.7"),
            (Some("nonsense"), Some(1), "10.0.0.9"),
            (None, Some(1), "10.0.0.9"),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert("x-forwarded-for", header.parse().unwrap());
            }
            assert_eq!(client_ip(&headers, proxies, peer), Some(expected.parse().unwrap()), "{header:?} {proxies:?}");
        }
    }

    #[test]
    fn a_user_agent_is_described_once() {
        let text =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";
        let first = parsed(text);
        let value: serde_json::Value = serde_json::from_str(first.parsed.get()).unwrap();

        assert_eq!(value["browser"]["name"], "Chrome");
        assert_eq!(value["os"]["name"], "Linux");
        assert!(Arc::ptr_eq(&first.parsed, &parsed(text).parsed));
    }
}
