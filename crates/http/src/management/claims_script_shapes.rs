//! Shapes of what a claims script can be given: mock tokens and mock contexts, saved as samples or sent to the test.
//!
//! They follow what a script sees when a token is issued. A token refuses members that no script sees; a context drops
//! them.

use super::application_metadata::{PROTECTED_APP_SCOPES, custom_client_metadata, oidc_client_metadata};
use super::claims_interaction_shapes::interaction;
use crate::error::ApiError;
use crate::extract::shape::Shape;
use crate::extract::shape::compound::json_object;
use crate::extract::shape::issue::{Issues, Noted};
use crate::extract::shape::kept::{KeptShape, Members, RecordOf, list_of, literal, members, record_of, text_or_texts};
use crate::extract::shape::scalar::{anything, boolean, number, text};
use serde_json::{Map, Value};
use signet_core::script::TokenType;
use std::borrow::Cow;

/// Longest script, in UTF-16 units.
const MAX_SCRIPT: usize = 256 * 1024;

pub(super) fn script() -> impl Shape<Out = String> {
    text().max(MAX_SCRIPT)
}

/// Variables by name. One that is `null` keeps its stored value.
pub(super) fn variables() -> RecordOf {
    record_of(TextOrNull)
}

struct TextOrNull;

impl KeptShape for TextOrNull {
    fn type_name(&self) -> Cow<'static, str> {
        text().expected()
    }

    fn keep(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted> {
        if value.is_null() { Ok(value) } else { text().keep(value, issues) }
    }
}

/// A variable was to keep its value, and has none.
pub(super) fn nothing_stored(name: &str) -> ApiError {
    ApiError::invalid_request(format!("there is no stored value of the variable `{name}`"))
}

/// `token`. No member has to be there.
pub(super) fn token(kind: TokenType) -> Members {
    let token = members().optionals(&["jti", "scope", "clientId"], text).optional("aud", text_or_texts()).strict();
    match kind {
        TokenType::AccessToken => token
            .optionals(&["accountId", "grantId", "gty", "sessionUid", "sid"], text)
            .optional("expiresWithSession", boolean())
            .optional("kind", literal(&["AccessToken"])),
        TokenType::ClientCredentials => token.optional("kind", literal(&["ClientCredentials"])),
    }
}

/// `context`. A person's has a user, though of that no member has to be there.
pub(super) fn context(kind: TokenType) -> Members {
    match kind {
        TokenType::AccessToken => members()
            .required("user", user().partial())
            .optional("grant", grant())
            .optional("interaction", interaction().partial())
            .optional("application", application().partial())
            .optional("organization", organization().partial())
            .optional("organizationRoles", list_of(role_in_organization())),
        TokenType::ClientCredentials => members()
            .optional("application", application().partial())
            .optional("organization", organization().partial())
            .optional("organizationRoles", list_of(role_in_organization())),
    }
}

fn user() -> Members {
    members()
        .required("id", text().min(1).max(12))
        .nullable("username", text().max(128))
        .nullable("primaryEmail", text().max(128))
        .nullable("primaryPhone", text().max(128))
        .nullable("name", text().max(128))
        .nullable("avatar", text().max(2048))
        .required("customData", json_object())
        .required("identities", record_of(members().required("userId", text()).optional("details", json_object())))
        .nullable("lastSignInAt", number())
        .required("createdAt", number())
        .required("updatedAt", number())
        .required("profile", profile())
        .nullable("applicationId", text().max(21))
        .nullable("cimdClientId", text().max(2048))
        .required("isSuspended", boolean())
        .required("hasPassword", boolean())
        .required("ssoIdentities", list_of(sso_identity()))
        .required("mfaVerificationFactors", list_of(literal(&MFA_FACTORS)))
        .required("roles", list_of(role()))
        .required("organizations", list_of(organization_summary()))
        .required("organizationRoles", list_of(organization_role()))
}

const MFA_FACTORS: [&str; 5] = ["Totp", "WebAuthn", "BackupCode", "EmailVerificationCode", "PhoneVerificationCode"];

fn profile() -> Members {
    let address =
        members().optionals(&["formatted", "streetAddress", "locality", "region", "postalCode", "country"], text);
    members()
        .optionals(
            &["familyName", "givenName", "middleName", "nickname", "preferredUsername", "profile", "website"],
            text,
        )
        .optionals(&["gender", "birthdate", "zoneinfo", "locale"], text)
        .optional("address", address)
}

fn sso_identity() -> Members {
    members()
        .required("issuer", text().min(1).max(256))
        .required("identityId", text().min(1).max(128))
        .required("detail", json_object())
}

fn role() -> Members {
    members()
        .required("id", text().min(1).max(21))
        .required("name", text().min(1).max(128))
        .required("description", text().min(1).max(128))
        .required("scopes", list_of(resource_scope()))
}

fn resource_scope() -> Members {
    let resource = members()
        .required("tenantId", text().max(21))
        .required("id", text().min(1).max(21))
        .required("name", text().min(1))
        .required("indicator", text().min(1))
        .required("isDefault", boolean())
        .required("accessTokenTtl", number());
    members()
        .required("id", text().min(1).max(21))
        .required("name", text().min(1).max(256))
        .nullable("description", text())
        .required("resourceId", text().min(1).max(21))
        .required("resource", resource)
}

fn organization_summary() -> Members {
    members()
        .required("id", text().min(1).max(21))
        .required("name", text().min(1).max(128))
        .nullable("description", text().max(256))
}

fn organization() -> Members {
    organization_summary().required("customData", json_object())
}

fn organization_role() -> Members {
    members().required("organizationId", text()).required("roleId", text()).required("roleName", text())
}

/// What the subject has in the organization of the token.
fn role_in_organization() -> Members {
    let scope = members()
        .required("id", text().min(1).max(21))
        .required("name", text().min(1).max(128))
        .nullable("description", text().max(256));
    members()
        .required("id", text().min(1).max(21))
        .required("name", text().min(1).max(128))
        .required("scopes", list_of(scope))
        .required("resourceScopes", list_of(resource_scope()))
}

fn grant() -> Members {
    members()
        .optional("type", literal(&["urn:ietf:params:oauth:grant-type:token-exchange"]))
        .optional("subjectTokenContext", json_object())
}

fn application() -> Members {
    members()
        .required("tenantId", text().max(21))
        .required("id", text().min(1).max(21))
        .required("name", text().min(1).max(256))
        .nullable("description", text())
        .required("type", literal(&["Native", "SPA", "Traditional", "MachineToMachine", "Protected", "SAML"]))
        .required("oidcClientMetadata", oidc_client_metadata())
        .required("customClientMetadata", custom_client_metadata())
        .nullable("protectedAppMetadata", protected_app_metadata())
        .required("customData", json_object())
        .required("isThirdParty", boolean())
        .required("appLevelAccessControlEnabled", boolean())
        .required("createdAt", number())
}

fn protected_app_metadata() -> Members {
    members()
        .required("host", text())
        .required("origin", text())
        .required("sessionDuration", number())
        .required("pageRules", list_of(members().required("path", text())))
        .optional("additionalScopes", list_of(literal(&PROTECTED_APP_SCOPES)))
        // What a provider of domains says is its own; here it is only a sample.
        .optional("customDomains", list_of(anything()))
}

/// The script's argument: what was given and nothing else.
pub(super) fn argument(
    token: Map<String, Value>,
    context: Map<String, Value>,
    environment: Option<Map<String, Value>>,
) -> Map<String, Value> {
    let members = [("token", Some(token)), ("context", Some(context)), ("environmentVariables", environment)];
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
}
