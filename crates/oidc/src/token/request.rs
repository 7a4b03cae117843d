//! A token request, parsed (RFC 6749 §3.2): who asks, and for which grant.
//!
//! [`GrantRequest`] has a variant per grant that holds only that grant's parameters, so no grant can read another's.

use crate::error::OAuthError;
use crate::form::{Form, FormInput};
use crate::token::credentials::ClientCredential;
use signet_core::scope::Scope;
use signet_core::secret::Plain;

/// The token endpoint's path below `/oidc`.
pub const TOKEN_PATH: &str = "/token";

#[derive(Debug)]
pub struct TokenRequest {
    pub credential: ClientCredential,
    /// Kept as a result: who asks is answered before what is asked, so a stranger learns nothing about grants.
    pub grant: Result<GrantRequest, OAuthError>,
}

impl TokenRequest {
    /// `authorization` is the value of the header, of which the caller has made sure that there is at most one.
    pub fn parse(authorization: Option<&[u8]>, input: FormInput<'_>) -> Result<Self, OAuthError> {
        let form = Form::parse(input)?;
        let credential = ClientCredential::parse(authorization, &form)?;
        Ok(Self { credential, grant: GrantRequest::parse(&form) })
    }
}

/// The grants that discovery names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantType {
    AuthorizationCode,
    RefreshToken,
    ClientCredentials,
    DeviceCode,
    TokenExchange,
    /// Named by discovery because Logto's names it; no application can use it (RFC 9700 §2.1.2).
    Implicit,
}

impl GrantType {
    /// In the order of Logto's `grant_types_supported`.
    pub const ALL: [Self; 6] = [
        Self::Implicit,
        Self::AuthorizationCode,
        Self::RefreshToken,
        Self::ClientCredentials,
        Self::DeviceCode,
        Self::TokenExchange,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
            Self::ClientCredentials => "client_credentials",
            Self::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
            Self::TokenExchange => "urn:ietf:params:oauth:grant-type:token-exchange",
            Self::Implicit => "implicit",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grant| grant.as_str() == text)
    }
}

/// Values are as they were sent; the grant decides what they name, and which of them it needs: whether the client may
/// use the grant at all is answered first.
#[derive(Debug, Clone)]
pub enum GrantRequest {
    /// RFC 6749 §4.1.3, RFC 7636 §4.5.
    AuthorizationCode {
        code: Option<Plain>,
        redirect_uri: Option<String>,
        code_verifier: Option<Plain>,
        resources: Vec<String>,
    },
    /// RFC 6749 §6.
    RefreshToken {
        refresh_token: Option<Plain>,
        scope: Option<Scope>,
        resources: Vec<String>,
        organization_id: Option<String>,
    },
    /// RFC 6749 §4.4.
    ClientCredentials { scope: Option<Scope>, resources: Vec<String>, organization_id: Option<String> },
    /// RFC 8628 §3.4.
    DeviceCode { device_code: Option<Plain>, resources: Vec<String> },
    /// RFC 8693 §2.1.
    TokenExchange(Box<ExchangeRequest>),
    /// A known grant that no client is offered: whoever asks is not allowed to use it.
    NotOffered(GrantType),
}

/// The parameters of a token exchange.
#[derive(Debug, Clone)]
pub struct ExchangeRequest {
    pub subject_token: Option<Plain>,
    pub subject_token_type: Option<String>,
    pub actor_token: Option<Plain>,
    pub actor_token_type: Option<String>,
    pub scope: Option<Scope>,
    pub resources: Vec<String>,
    pub organization_id: Option<String>,
}

impl ExchangeRequest {
    fn parse(form: &Form) -> Self {
        let secret = |name| form.get(name).map(|value| Plain::new(value.to_owned()));
        let text = |name| form.get(name).map(str::to_owned);
        Self {
            subject_token: secret("subject_token"),
            subject_token_type: text("subject_token_type"),
            actor_token: secret("actor_token"),
            actor_token_type: text("actor_token_type"),
            scope: form.get("scope").map(Scope::parse),
            resources: form.all("resource").map(str::to_owned).collect(),
            organization_id: text("organization_id"),
        }
    }
}

impl GrantRequest {
    fn parse(form: &Form) -> Result<Self, OAuthError> {
        let grant = GrantType::parse(form.required("grant_type")?).ok_or(OAuthError::UnsupportedGrantType)?;
        let secret = |name| form.get(name).map(|value| Plain::new(value.to_owned()));
        let resources = || form.all("resource").map(str::to_owned).collect();
        let scope = || form.get("scope").map(Scope::parse);
        let organization_id = || form.get("organization_id").map(str::to_owned);
        Ok(match grant {
            GrantType::AuthorizationCode => Self::AuthorizationCode {
                code: secret("code"),
                redirect_uri: form.get("redirect_uri").map(str::to_owned),
                code_verifier: secret("code_verifier"),
                resources: resources(),
            },
            GrantType::RefreshToken => Self::RefreshToken {
                refresh_token: secret("refresh_token"),
                scope: scope(),
                resources: resources(),
                organization_id: organization_id(),
            },
            GrantType::ClientCredentials => {
                Self::ClientCredentials { scope: scope(), resources: resources(), organization_id: organization_id() }
            }
            GrantType::DeviceCode => Self::DeviceCode { device_code: secret("device_code"), resources: resources() },
            GrantType::TokenExchange => Self::TokenExchange(Box::new(ExchangeRequest::parse(form))),
            GrantType::Implicit => Self::NotOffered(grant),
        })
    }

    pub fn grant_type(&self) -> GrantType {
        match self {
            Self::AuthorizationCode { .. } => GrantType::AuthorizationCode,
            Self::RefreshToken { .. } => GrantType::RefreshToken,
            Self::ClientCredentials { .. } => GrantType::ClientCredentials,
            Self::DeviceCode { .. } => GrantType::DeviceCode,
            Self::TokenExchange(_) => GrantType::TokenExchange,
            Self::NotOffered(grant) => *grant,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grant(body: &str) -> Result<GrantRequest, OAuthError> {
        let body = format!("client_id=app&{body}");
        let content_type = Some("application/x-www-form-urlencoded");
        let input = FormInput { path: TOKEN_PATH, content_type, query: None, body: body.as_bytes() };
        TokenRequest::parse(None, input).unwrap().grant
    }

    #[test]
    fn client_credentials_hold_their_parameters() {
        for (form, expected) in [
            ("scope=a+b&resource=x&resource=y&organization_id=o&code=z", (Some("a b"), vec!["x", "y"], Some("o"))),
            ("scope=&resource=&organization_id=", (None, vec![], None)),
        ] {
            let GrantRequest::ClientCredentials { scope, resources, organization_id } =
                grant(&format!("grant_type=client_credentials&{form}")).unwrap()
            else {
                panic!("another grant")
            };
            assert_eq!((scope, organization_id.as_deref()), (expected.0.map(Scope::parse), expected.2));
            assert_eq!(resources, expected.1);
        }
    }

    #[test]
    fn debug_shows_no_code_and_no_token() {
        for form in [
            "grant_type=authorization_code&code=hunter2&code_verifier=hunter2",
            "grant_type=refresh_token&refresh_token=hunter2",
            "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=hunter2",
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=hunter2&actor_token=hunter2",
        ] {
            assert!(!format!("{:?}", grant(form).unwrap()).contains("hunter2"));
        }
    }

    #[test]
    fn a_comma_in_a_body_does_not_split_resources() {
        let GrantRequest::ClientCredentials { resources, .. } =
            grant("grant_type=client_credentials&resource=a,b").unwrap()
        else {
            panic!("another grant")
        };
        assert_eq!(resources, ["a,b"]);
    }

    #[test]
    fn unknown_grants_are_unsupported_and_known_ones_are_named() {
        assert!(matches!(grant(""), Err(OAuthError::MissingParameter("grant_type"))));
        for name in ["password", "Client_Credentials", "client_credentials ", "urn:x"] {
            let name = name.replace(' ', "+");
            assert!(matches!(grant(&format!("grant_type={name}")), Err(OAuthError::UnsupportedGrantType)), "{name}");
        }
        for known in GrantType::ALL {
            assert_eq!(grant(&format!("grant_type={}", known.as_str())).unwrap().grant_type(), known);
        }
    }

    #[test]
    fn who_asks_comes_before_what_is_asked() {
        let input = FormInput { path: TOKEN_PATH, content_type: None, query: None, body: b"" };
        assert!(matches!(TokenRequest::parse(None, input), Err(OAuthError::NoClientAuthentication)));
    }

    proptest! {
        #[test]
        fn any_request_parses_or_is_refused(authorization: Option<Vec<u8>>, body in "[a-z_=&%0-9+]{0,60}") {
            let content_type = Some("application/x-www-form-urlencoded");
            let input = FormInput { path: TOKEN_PATH, content_type, query: None, body: body.as_bytes() };
            if let Err(error) = TokenRequest::parse(authorization.as_deref(), input) {
                prop_assert_eq!(error.status(), 400);
            }
        }
    }
}
