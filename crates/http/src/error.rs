//! Failures of the Management API and the one table that gives each its status.
//!
//! A refusal is told to the client: `{code, message, data?, details?}`. A failure of ours is logged once, here, and
//! told to nobody.

use crate::phrases;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use serde::Serialize;
use serde_json::Value;
use signet_core::error_code::ErrorCode;
use signet_oidc::error::OAuthError;
use std::error::Error as StdError;
use std::sync::Arc;

/// Why a request of the Management API was not done.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// The caller can do something about it.
    Refused(Box<Refusal>),
    /// The body is not JSON. Answered without a code, with the parser's own words.
    Malformed(String),
    /// The database or the script sandbox cannot be reached. Asking again may help.
    Unavailable(Box<dyn StdError + Send + Sync>),
    /// A fault of ours.
    Internal(Box<dyn StdError + Send + Sync>),
}

/// A refusal with what its code needs.
#[derive(Debug)]
pub(crate) struct Refusal {
    code: ErrorCode,
    status: StatusCode,
    values: Vec<(&'static str, String)>,
    data: Option<Value>,
    details: Option<String>,
}

/// The code of a refused request, left in the response's extensions for the request log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefusedWith(pub(crate) ErrorCode);

/// A refusal that was told in English, left in the response's extensions for who knows the caller's language.
#[derive(Debug, Clone)]
pub(crate) struct Told(Arc<Refusal>);

impl Told {
    /// The body in a language.
    pub(crate) fn body_in(&self, language: &str) -> Vec<u8> {
        bytes_of(&self.0.body(language))
    }
}

impl ApiError {
    pub(crate) fn new(code: ErrorCode) -> Self {
        Self::Refused(Box::new(Refusal { code, status: status(code), values: Vec::new(), data: None, details: None }))
    }

    /// 404 for a thing that was asked for by its id.
    pub(crate) fn not_exists(entity: &str, id: &str) -> Self {
        Self::new(ErrorCode::EntityNotExistsWithId).with("name", entity).with("id", id)
    }

    /// 400 `request.invalid_input` with the reason in its message and in `details`.
    pub(crate) fn invalid_request(details: impl Into<String>) -> Self {
        let details = details.into();
        Self::new(ErrorCode::RequestInvalidInput).with("details", &details).details(details)
    }

    pub(crate) fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// A value for a placeholder of the message.
    #[must_use]
    pub(crate) fn with(self, name: &'static str, value: &str) -> Self {
        self.change(|refusal| refusal.values.push((name, value.to_owned())))
    }

    #[must_use]
    pub(crate) fn data(self, data: Value) -> Self {
        self.change(|refusal| refusal.data = Some(data))
    }

    #[must_use]
    pub(crate) fn details(self, details: String) -> Self {
        self.change(|refusal| refusal.details = Some(details))
    }

    /// For the few codes whose status depends on the route.
    #[must_use]
    pub(crate) fn status(self, status: StatusCode) -> Self {
        self.change(|refusal| refusal.status = status)
    }

    fn change(mut self, change: impl FnOnce(&mut Refusal)) -> Self {
        if let Self::Refused(refusal) = &mut self {
            change(refusal);
        }
        self
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

/// What the protocol's side could not do for a route of the API. It refuses nothing here: callers are known by now.
impl From<OAuthError> for ApiError {
    fn from(error: OAuthError) -> Self {
        match error {
            OAuthError::TemporarilyUnavailable(source) => Self::Unavailable(source),
            error => Self::Internal(Box::new(error)),
        }
    }
}

/// The status a code is answered with.
#[expect(clippy::too_many_lines, reason = "one table, which is easier to read whole")]
fn status(code: ErrorCode) -> StatusCode {
    use ErrorCode as Code;
    match code {
        Code::OneTimeTokenCannotReactivate
        | Code::OneTimeTokenConsumed
        | Code::OneTimeTokenEmailMismatch
        | Code::OneTimeTokenEventMismatch
        | Code::OneTimeTokenExpired
        | Code::OneTimeTokenRevoked
        | Code::SessionBlocked
        | Code::SessionEmailInvalid
        | Code::SessionInvalidInteractionType
        | Code::SessionNotFound
        | Code::SessionNotSupportedForForgotPassword
        | Code::SessionVerificationFailed
        | Code::SignInCodeRequired
        | Code::SignInConnectorNotFound
        | Code::SignInDuplicatedSignUpIdentifiers
        | Code::SignInForgotPasswordRequiresConnector
        | Code::SignInInvalidBlocklist
        | Code::SignInMissingSignUpIdentifiers
        | Code::SignInNoFactor
        | Code::SignInPasswordlessRequiresVerify
        | Code::SignInUnsupportedLanguage
        | Code::VerificationCodeEmailMismatch
        | Code::VerificationCodeExceedMaxTry
        | Code::VerificationCodeExpired
        | Code::VerificationCodeMismatch
        | Code::VerificationCodeNotFound
        | Code::VerificationCodePhoneMismatch
        | Code::ApplicationInvalidThirdPartyType
        | Code::ApplicationNoLegacySecret
        | Code::ApplicationProtectedMetadataRequired
        | Code::ApplicationProtectedOnly
        | Code::ApplicationSamlUseSamlApi
        | Code::GuardInvalidInput
        | Code::GuardInvalidPagination
        | Code::LogInvalidTimeWindow
        | Code::PasswordInvalidLegacyFormat
        | Code::PasswordUnsupportedMethod
        | Code::PasswordUnsupportedLegacyAlgorithm
        | Code::RequestInvalidInput
        | Code::ResourceCannotDeleteManagementApi
        | Code::ResourceCannotModifyManagementApi
        | Code::RoleManagementScopesNotForUsers
        | Code::ScopeNameWithSpace
        | Code::SignInPasswordExpirationNotEnabled
        | Code::UserCannotDeleteSelf
        | Code::UserPasswordAlgorithmRequired
        | Code::UserPasswordAndDigest => StatusCode::BAD_REQUEST,
        Code::UserSuspended
        | Code::AuthHeaderMissing
        | Code::AuthTokenTypeNotSupported
        | Code::AuthJwtSubMissing
        | Code::AuthUnauthorized => StatusCode::UNAUTHORIZED,
        Code::AuthForbidden | Code::RoleInternalViolation => StatusCode::FORBIDDEN,
        Code::OneTimeTokenNotFound
        | Code::SessionIdentifierNotFound
        | Code::SessionInteractionNotFound
        | Code::SessionVerificationNotFound
        | Code::UserNotExist
        | Code::EntityNotExists
        | Code::EntityNotExistsWithId
        | Code::EntityNotFound
        | Code::EntityForeignKeyNotFound
        | Code::OidcInvalidGrant
        | Code::OidcInvalidSessionAccount
        | Code::OidcKeyNotFound
        | Code::OidcSessionNotFound
        | Code::RequestRouteNotFound
        | Code::UserIdentityNotExist => StatusCode::NOT_FOUND,
        Code::LocalizationDefaultLanguage
        | Code::SessionIdentityConflict
        | Code::SessionOvertaken
        | Code::SignInUsernameConflicts => StatusCode::CONFLICT,
        Code::RequestMessageRateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::RequestMethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::RequestBodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::RequestUriTooLong => StatusCode::URI_TOO_LONG,
        Code::RequestUnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::RequestHeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        Code::ConnectorNotFound | Code::ApplicationProtectedNotConfigured => StatusCode::NOT_IMPLEMENTED,
        Code::LocalizationInvalidTranslation
        | Code::PasswordExpired
        | Code::PasswordRejected
        | Code::SessionEmailNotAllowed
        | Code::SessionEmailSubaddressing
        | Code::SignInPasswordExpirationPeriod
        | Code::SignInPasswordExpirationRequiresReset
        | Code::UserEmailExistsInProfile
        | Code::UserMissingProfile
        | Code::UserNewPasswordRequired
        | Code::UserPasswordExistsInProfile
        | Code::UserPhoneExistsInProfile
        | Code::UserSamePassword
        | Code::UserSignInMethodNotEnabled
        | Code::UserUsernameExistsInProfile
        | Code::ApplicationDeviceFlowNativeOnly
        | Code::ApplicationDeviceFlowNotChangeable
        | Code::ApplicationInvalidRoleType
        | Code::ApplicationInvalidType
        | Code::ApplicationProtectedSubdomainExists
        | Code::ApplicationRoleExists
        | Code::ApplicationSecretNameExists
        | Code::ApplicationDeleteCustomDomainsFirst
        | Code::ApplicationConsentManagementApi
        | Code::ApplicationConsentScopesNotFound
        | Code::ApplicationThirdPartyOnly
        | Code::ApplicationThirdPartyTokenExchange
        | Code::EntityCreateFailed
        | Code::EntityConstraintViolated
        | Code::EntityInvalidInput
        | Code::EntityUniqueViolation
        | Code::EntityValueTooLong
        | Code::JwtCustomizerAdminTenant
        | Code::JwtCustomizerGeneral
        | Code::OidcInvalidRequest
        | Code::OidcKeyRequired
        | Code::OidcOnlyPreviousKeyDeletable
        | Code::OrganizationRequireMembership
        | Code::OrganizationRoleNamesNotFound
        | Code::RequestFeatureNotSupported
        | Code::ResourceIdentifierInUse
        | Code::RoleApplicationExists
        | Code::RoleNameInUse
        | Code::RoleScopeExists
        | Code::RoleUserExists
        | Code::ScopeNameExists
        | Code::SessionInvalidCredentials
        | Code::UserEmailInUse
        | Code::UserIdentityInUse
        | Code::UserInvalidPhone
        | Code::UserInvalidRoleType
        | Code::UserTokenNameExists
        | Code::UserPhoneInUse
        | Code::UserRoleExists
        | Code::UserUsernameInUse
        | Code::UserUsernameInvalidCharset
        | Code::UserUsernameLowercase
        | Code::UserUsernameNumbers
        | Code::UserUsernameStartsWithNumber
        | Code::UserUsernameTooLong
        | Code::UserUsernameTooShort
        | Code::UserUsernameUnderscore
        | Code::UserUsernameUppercase => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The body of every refusal and failure.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct ErrorBody {
    /// Absent when the body was not JSON and when the server failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    code: Option<&'static str>,
    message: String,
    /// What the code needs to be understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    details: Option<String>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => refusal.into_response(),
            Self::Malformed(message) => answer(StatusCode::BAD_REQUEST, &ErrorBody::only(message)),
            Self::Unavailable(error) => {
                tracing::error!(error = &*error as &dyn StdError, "a part of the server cannot be reached");
                let mut response = answer(StatusCode::SERVICE_UNAVAILABLE, &ErrorBody::only("Service unavailable."));
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
                response
            }
            Self::Internal(error) => {
                tracing::error!(error = &*error as &dyn StdError, "a request failed");
                failure()
            }
        }
    }
}

/// The answer to every fault of ours, which says nothing about it.
pub(crate) fn failure() -> Response {
    answer(StatusCode::INTERNAL_SERVER_ERROR, &ErrorBody::only("Internal server error."))
}

impl Refusal {
    fn into_response(self) -> Response {
        let mut response = answer(self.status, &self.body(phrases::ENGLISH));
        response.extensions_mut().insert(RefusedWith(self.code));
        if self.status == StatusCode::UNAUTHORIZED {
            // RFC 9110 §11.6.1: a 401 names the scheme.
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Told(Arc::new(self)));
        response
    }

    fn body(&self, language: &str) -> ErrorBody {
        ErrorBody {
            code: Some(self.code.as_str()),
            message: phrases::message(language, self.code, &self.values),
            data: self.data.clone(),
            details: self.details.clone(),
        }
    }
}

impl ErrorBody {
    fn only(message: impl Into<String>) -> Self {
        Self { code: None, message: message.into(), data: None, details: None }
    }
}

/// The media type of every JSON answer.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

fn answer(status: StatusCode, body: &ErrorBody) -> Response {
    (status, [(CONTENT_TYPE, JSON)], bytes_of(body)).into_response()
}

fn bytes_of(body: &ErrorBody) -> Vec<u8> {
    // Text and checked JSON always serialize; an empty body is the worst that can happen.
    serde_json::to_vec(body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::body_of;
    use serde_json::json;

    #[tokio::test]
    async fn refusals_carry_their_code_and_what_was_attached() {
        let error = ApiError::new(ErrorCode::RoleNameInUse).with("name", "admin").data(json!({"a": 1}));
        let response = error.into_response();

        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8");
        assert_eq!(
            body_of(response).await,
            json!({"code": "role.name_in_use", "message": "The role name `admin` is already in use.", "data": {"a": 1}})
        );
    }

    #[tokio::test]
    async fn failures_tell_nothing() {
        let response = ApiError::internal("connection to 10.0.0.7 refused").into_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(body_of(response).await, json!({"message": "Internal server error."}));

        let response = ApiError::Unavailable("connection to 10.0.0.7 refused".into()).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "1");
        assert_eq!(body_of(response).await, json!({"message": "Service unavailable."}));
    }

    #[tokio::test]
    async fn malformed_bodies_have_no_code() {
        let response = ApiError::Malformed("expected value at line 1 column 1".to_owned()).into_response();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert_eq!(body_of(response).await, json!({"message": "expected value at line 1 column 1"}));
    }

    #[test]
    fn every_code_is_a_client_error_or_a_missing_feature() {
        for code in ErrorCode::ALL {
            let status = status(*code);
            assert!(status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED, "{code:?} {status}");
        }
    }

    #[test]
    fn a_route_may_choose_another_status() {
        let error = ApiError::new(ErrorCode::JwtCustomizerGeneral).status(StatusCode::FORBIDDEN);
        assert_eq!(error.into_response().status(), StatusCode::FORBIDDEN);
        let unauthorized = ApiError::from(ErrorCode::AuthUnauthorized).into_response();
        assert_eq!(unauthorized.headers()["www-authenticate"], "Bearer");
    }
}
