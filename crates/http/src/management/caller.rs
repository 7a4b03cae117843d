//! Who may use the Management API: holders of an access token (RFC 6750) for its audience with the scope `all`.

use crate::error::ApiError;
use crate::state::TenantState;
use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use serde_json::{Map, Value, json};
use signet_core::error_code::ErrorCode;
use signet_core::scope::Scope;
use signet_oidc::bearer::{self, BearerError};
use signet_oidc::error::OAuthError;
use signet_oidc::jose::verify::TokenRejected;

const SCHEME: &str = "Bearer";
/// The one scope of the Management API.
const ALL: &str = "all";

/// Proof that the caller may use the Management API: only this extractor makes one. The first argument of a handler, so
/// that nothing else of a stranger's request is looked at.
#[derive(Debug)]
pub(crate) struct ManagementCaller {
    subject: String,
}

impl ManagementCaller {
    /// The `sub` of the token: an application, or a person.
    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }
}

impl FromRequestParts<TenantState> for ManagementCaller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &TenantState) -> Result<Self, ApiError> {
        let claims = claims_for(&parts.headers, state, &state.management_audience()).await?;
        Ok(Self { subject: claims.subject })
    }
}

/// What a token with the scope `all` says of its holder.
pub(crate) struct Holder {
    subject: String,
    client: String,
}

impl Holder {
    pub(crate) fn subject(&self) -> &str {
        &self.subject
    }

    /// Whether the token is an application's own.
    pub(crate) fn is_machine(&self) -> bool {
        self.subject == self.client
    }
}

/// The holder of a token for one of this server's APIs.
pub(crate) async fn claims_for(headers: &HeaderMap, state: &TenantState, audience: &str) -> Result<Holder, ApiError> {
    check(&claims_of(state, token_of(headers)?, audience).await?)
}

/// The token of the one `Authorization` header. Of two, a proxy may have read the other.
fn token_of(headers: &HeaderMap) -> Result<&str, ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(ErrorCode::AuthHeaderMissing)?;
    if values.next().is_some() {
        return Err(ErrorCode::AuthUnauthorized.into());
    }
    let text = value.to_str().unwrap_or_default();
    // Schemes are compared in any case (RFC 9110 §11.1).
    let scheme = text.get(..SCHEME.len()).filter(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    if scheme.is_none() {
        let supported = json!({"supportedTypes": [SCHEME]});
        return Err(ApiError::new(ErrorCode::AuthTokenTypeNotSupported).data(supported));
    }
    let token = text.get(SCHEME.len()..).and_then(|rest| rest.strip_prefix(' ')).map(str::trim);
    token.ok_or_else(|| ErrorCode::AuthUnauthorized.into())
}

/// The claims of a token of an issuer that this tenant trusts. Nothing of a token is read before its signature holds,
/// so each issuer is asked in turn whether the token is its own.
async fn claims_of(state: &TenantState, token: &str, audience: &str) -> Result<Map<String, Value>, ApiError> {
    let mut reason = TokenRejected::UnknownKey;
    for provider in &state.trusted {
        match bearer::verify(provider, token, audience).await {
            Ok(claims) => return Ok(claims),
            // Some other issuer's complaint about a key that it never had is not why the token was refused.
            Err(BearerError::Rejected(TokenRejected::UnknownKey)) => {}
            Err(BearerError::Rejected(rejected)) => reason = rejected,
            Err(BearerError::Failed(OAuthError::TemporarilyUnavailable(source))) => {
                return Err(ApiError::Unavailable(source));
            }
            Err(error @ BearerError::Failed(_)) => return Err(ApiError::internal(error)),
        }
    }
    Err(ApiError::new(ErrorCode::AuthUnauthorized).data(jose_error(reason)))
}

/// The reason under the names that clients of the reference know, which are its JOSE library's.
fn jose_error(reason: TokenRejected) -> Value {
    let (code, claim) = match reason {
        TokenRejected::Malformed(_) => ("ERR_JWS_INVALID", None),
        TokenRejected::UnknownKey => ("ERR_JWKS_NO_MATCHING_KEY", None),
        TokenRejected::Signature => ("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", None),
        TokenRejected::Type => ("ERR_JWT_CLAIM_VALIDATION_FAILED", Some("typ")),
        TokenRejected::Issuer => ("ERR_JWT_CLAIM_VALIDATION_FAILED", Some("iss")),
        TokenRejected::Audience => ("ERR_JWT_CLAIM_VALIDATION_FAILED", Some("aud")),
        TokenRejected::Expired => ("ERR_JWT_EXPIRED", Some("exp")),
        TokenRejected::NotYetValid => ("ERR_JWT_CLAIM_VALIDATION_FAILED", Some("nbf")),
    };
    let mut error = Map::from_iter([
        ("code".to_owned(), Value::from(code)),
        ("message".to_owned(), Value::from(reason.to_string())),
    ]);
    error.extend(claim.map(|claim| ("claim".to_owned(), Value::from(claim))));
    error.into()
}

fn check(claims: &Map<String, Value>) -> Result<Holder, ApiError> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
    if text("sub").is_empty() {
        return Err(ErrorCode::AuthJwtSubMissing.into());
    }
    if !Scope::parse(text("scope")).contains(ALL) {
        return Err(ErrorCode::AuthForbidden.into());
    }
    Ok(Holder { subject: text("sub").to_owned(), client: text("client_id").to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::refusal_of;

    fn headers(values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (AUTHORIZATION, value.parse().unwrap())).collect()
    }

    #[test]
    fn the_header_is_a_bearer_token() {
        for value in ["Bearer abc", "bearer abc", "Bearer  abc "] {
            assert_eq!(token_of(&headers(&[value])).unwrap(), "abc", "{value}");
        }
        for (values, code) in [
            (&[][..], "auth.authorization_header_missing"),
            (&["Basic abc"], "auth.authorization_token_type_not_supported"),
            (&["B"], "auth.authorization_token_type_not_supported"),
            (&[""], "auth.authorization_token_type_not_supported"),
            (&["Bearer"], "auth.unauthorized"),
            (&["Bearerabc"], "auth.unauthorized"),
            (&["Bearer abc", "Bearer def"], "auth.unauthorized"),
        ] {
            let refused = refusal_of(token_of(&headers(values)).unwrap_err());
            assert_eq!(refused["code"], code, "{values:?}");
        }
        let refused = refusal_of(token_of(&headers(&["Basic abc"])).unwrap_err());
        assert_eq!(refused["data"], json!({"supportedTypes": ["Bearer"]}));
    }

    #[test]
    fn attack_53_the_scope_is_a_whole_word() {
        let outcome = |claims: Value| {
            let Value::Object(claims) = claims else { return Value::Null };
            check(&claims).map_or_else(|error| refusal_of(error)["code"].clone(), |_| "ok".into())
        };
        for (claims, expected) in [
            (json!({"sub": "a", "scope": "all"}), "ok"),
            (json!({"sub": "a", "scope": "read all"}), "ok"),
            (json!({"sub": "a", "scope": "allow"}), "auth.forbidden"),
            (json!({"sub": "a", "scope": "ALL"}), "auth.forbidden"),
            (json!({"sub": "a", "scope": ["all"]}), "auth.forbidden"),
            (json!({"sub": "a"}), "auth.forbidden"),
            (json!({"scope": "all"}), "auth.jwt_sub_missing"),
            (json!({"sub": "", "scope": "all"}), "auth.jwt_sub_missing"),
        ] {
            assert_eq!(outcome(claims.clone()), expected, "{claims}");
        }
    }
}
