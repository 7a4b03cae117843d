//! `/console/config.json`: what the page has to know before it can sign anybody in.

use super::ConsoleFacts;
use serde_json::json;
use signet_core::console::CLIENT_ID;
use signet_core::id::TenantId;
use signet_core::resource::{ME_API, management_api_indicator};

pub(super) fn text(facts: &ConsoleFacts) -> String {
    let ConsoleFacts { endpoint, admin_endpoint, version, is_development } = facts;
    let config = json!({
        "endpoint": endpoint,
        "adminEndpoint": admin_endpoint,
        "issuer": format!("{admin_endpoint}/oidc"),
        "clientId": CLIENT_ID,
        "managementApi": management_api_indicator(&TenantId::default_tenant()),
        "meApi": ME_API,
        "version": version,
        "isDevelopment": is_development,
    });
    config.to_string()
}
