//! Answers of OAuth endpoints. Headers that a specification demands are set here and nowhere else.

use crate::state::TenantState;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use signet_oidc::authorize::Refused;
use signet_oidc::error::{AuthorizeError, BodyForm, ErrorBody, ErrorHeader, OAuthError};

/// How one request is to be answered.
pub(crate) struct OAuthAnswer<'s> {
    issuer: &'s str,
    form: BodyForm,
}

impl<'s> OAuthAnswer<'s> {
    /// `?parse_error=false` asks for the plain OAuth members.
    pub(crate) fn new(state: &'s TenantState, query: Option<&str>) -> Self {
        let raw = query.is_some_and(|query| query.split('&').any(|pair| pair == "parse_error=false"));
        let form = if raw { BodyForm::Raw } else { BodyForm::Extended };
        Self { issuer: state.provider.issuer(), form }
    }

    pub(crate) fn refuse(&self, error: &OAuthError) -> Response {
        self.refuse_with(error, |body| body)
    }

    /// A refusal of an authorization request that cannot be sent to the client says what it would have carried there.
    pub(crate) fn refuse_authorization(&self, refused: &Refused) -> Response {
        let Refused { error, state } = refused;
        if !matches!(error, OAuthError::Authorize(AuthorizeError::RedirectUriNotRegistered)) {
            return self.refuse(error);
        }
        let iss = Some(self.issuer.to_owned());
        self.refuse_with(error, |body| ErrorBody { state: state.clone(), iss, ..body })
    }

    fn refuse_with(&self, error: &OAuthError, complete: impl FnOnce(ErrorBody) -> ErrorBody) -> Response {
        log(error);
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, uncached(&complete(error.body(self.form)))).into_response();
        let header = match error.header(self.issuer) {
            Some(ErrorHeader::Challenge(text)) => {
                HeaderValue::try_from(text).ok().map(|value| (WWW_AUTHENTICATE, value))
            }
            Some(ErrorHeader::RetryAfter(seconds)) => Some((RETRY_AFTER, HeaderValue::from(seconds))),
            None => None,
        };
        response.headers_mut().extend(header);
        response
    }

    pub(crate) fn of(&self, outcome: Result<Response, OAuthError>) -> Response {
        outcome.unwrap_or_else(|error| self.refuse(&error))
    }
}

/// A JSON body that no cache keeps (RFC 6749 §5.1).
pub(crate) fn uncached(body: &impl Serialize) -> Response {
    json(body, HeaderValue::from_static("application/json; charset=utf-8"), HeaderValue::from_static("no-store"))
}

pub(crate) fn json(body: &impl Serialize, content_type: HeaderValue, cache: HeaderValue) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, content_type);
            if cache == "no-store" {
                // RFC 6749 §5.1 asks for both.
                headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
            }
            headers.insert(CACHE_CONTROL, cache);
            response
        }
        Err(error) => {
            tracing::error!(?error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Refusals are the client's business and are in the audit log; failures of ours are someone's to mend.
fn log(error: &OAuthError) {
    match error {
        OAuthError::Internal(source) => tracing::error!(error = %source, source = ?source, "a request failed"),
        OAuthError::TemporarilyUnavailable(source) => {
            tracing::warn!(error = %source, source = ?source, "a request was put off");
        }
        refusal => tracing::debug!(error = ?refusal, "a request was refused"),
    }
}
