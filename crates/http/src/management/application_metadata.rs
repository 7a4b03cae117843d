//! Shapes of an application's metadata. What passes is stored as it is, without members that nobody knows.

use super::redirect_uri::is_redirect_uri;
use crate::extract::shape::Shape;
use crate::extract::shape::compound::{checked, json_object};
use crate::extract::shape::kept::{Members, list_of, literal, members};
use crate::extract::shape::scalar::{Text, boolean, integer, number, text, url};
use serde_json::{Map, Value, json};
use signet_core::application::AUTH_METHODS;

type Json = Map<String, Value>;

/// Most keys of a client's set. Each is tried on an assertion that names none.
const MAX_KEYS: usize = 16;
/// Members of private and of symmetric keys (RFC 7518 §6.2.2, §6.3.2, §6.4).
const SECRET_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// `oidcClientMetadata`: Logto's members, and `idTokenSignedResponseAlg`, `tokenEndpointAuthMethod`, `jwks` and
/// `jwksUri` (RFC 7591 §2, OIDC Registration §2).
pub(super) fn oidc_client_metadata() -> Members {
    members()
        .required("redirectUris", list_of(redirect_uri()))
        .required("postLogoutRedirectUris", list_of(redirect_uri()))
        .optional("backchannelLogoutUri", url())
        .optional("backchannelLogoutSessionRequired", boolean())
        .optional("logoUri", text())
        .optional("idTokenSignedResponseAlg", literal(&ID_TOKEN_ALGORITHMS))
        .optional("tokenEndpointAuthMethod", literal(&AUTH_METHODS))
        .optional("jwks", jwks())
        .optional("jwksUri", url())
}

/// What our keys can sign with. Whether this tenant has such a key is checked where the tenant is known.
const ID_TOKEN_ALGORITHMS: [&str; 4] = ["ES256", "ES384", "ES512", "RS256"];

/// What is wrong with the keys of a client: it registers a set or names where the set is, and a client that signs
/// assertions has one of both (RFC 7591 §2).
pub(super) fn wrong_keys(metadata: &Json) -> Option<&'static str> {
    let uses_keys = metadata.get("tokenEndpointAuthMethod").is_some_and(|method| method == "private_key_jwt");
    match (metadata.contains_key("jwks"), metadata.contains_key("jwksUri")) {
        (true, true) => Some("`jwks` and `jwksUri` exclude each other"),
        (false, false) if uses_keys => Some("`private_key_jwt` needs `jwks` or `jwksUri`"),
        _ => None,
    }
}

/// `oidcClientMetadata` of an application that was made without.
pub(super) fn default_oidc_client_metadata() -> Json {
    let none = || json!([]);
    Map::from_iter([("redirectUris".to_owned(), none()), ("postLogoutRedirectUris".to_owned(), none())])
}

pub(super) fn custom_client_metadata() -> Members {
    members()
        .optional("corsAllowedOrigins", list_of(text().min(1)))
        .optional("idTokenTtl", number())
        .optional("refreshTokenTtl", number())
        .optional("refreshTokenTtlInDays", integer().min(1).max(180))
        .optional("tenantId", text())
        .optionals(&["alwaysIssueRefreshToken", "rotateRefreshToken", "allowTokenExchange", "isDeviceFlow"], boolean)
        .optional("maxAllowedGrants", integer().min(1))
}

/// What may change of a protected application.
pub(super) fn protected_app_changes() -> Members {
    members()
        .optional("origin", text())
        .optional("sessionDuration", number())
        .optional("pageRules", list_of(members().required("path", text())))
        .optional("additionalScopes", list_of(literal(&PROTECTED_APP_SCOPES)))
}

pub(super) const PROTECTED_APP_SCOPES: [&str; 5] =
    ["custom_data", "identities", "roles", "urn:logto:scope:organizations", "urn:logto:scope:organization_roles"];

fn redirect_uri() -> Text {
    text().matching("url", "Invalid redirect URI", is_redirect_uri)
}

/// A set of public keys (RFC 7517 §5). Nobody who holds it can be the client, and a database that leaks it leaks
/// nothing.
fn jwks() -> impl Shape<Out = Json> {
    let keys = checked(json_object(), "`keys` must be an array of 1 to 16 JSON Web Keys", |set| {
        keys(set).is_some_and(|keys| (1..=MAX_KEYS).contains(&keys.len()))
    });
    let public = checked(keys, "a key must not have private members", |set| all_keys(set, has_no_secret));
    checked(public, "a key must be of type `EC`, `RSA` or `OKP` with its public members", |set| {
        all_keys(set, has_public_members)
    })
}

fn keys(set: &Json) -> Option<&Vec<Value>> {
    set.get("keys").and_then(Value::as_array)
}

fn all_keys(set: &Json, accepts: fn(&Json) -> bool) -> bool {
    keys(set).into_iter().flatten().all(|key| key.as_object().is_some_and(accepts))
}

fn has_no_secret(key: &Json) -> bool {
    !SECRET_MEMBERS.iter().any(|name| key.contains_key(*name))
}

fn has_public_members(key: &Json) -> bool {
    let text = |name: &str| key.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let needed: &[&str] = match text("kty") {
        Some("EC") => &["crv", "x", "y"],
        Some("RSA") => &["n", "e"],
        Some("OKP") => &["crv", "x"],
        _ => return false,
    };
    needed.iter().all(|name| text(name).is_some())
}
