//! Which interactions a browser takes part in: a map from client to interaction, so that the sign-ins of two clients
//! in two tabs do not end each other.

use super::Cookies;
use crate::oidc::answer::OAuthAnswer;
use crate::state::TenantState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::{Map, Value, json};
use signet_core::id::{ApplicationId, InteractionUid};
use signet_core::interaction::Interaction;
use signet_oidc::authorize::interaction::{self, Waiting};
use signet_oidc::error::{AuthorizeError, OAuthError};
use url::form_urlencoded;

/// The entry of the latest interaction, for pages that do not say which client they are about.
const LATEST: &str = "_legacy";
/// Clients in the map: a cookie is small, and nobody signs in to more at once.
const MOST: usize = 8;
/// Says which client a call of the Experience API is about.
const CLIENT_HEADER: &str = "logto-app-id";

fn read(cookie: Option<&str>) -> Map<String, Value> {
    let text = cookie.and_then(|cookie| percent_decode_str(cookie).decode_utf8().ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn encode(value: &Value) -> String {
    utf8_percent_encode(&value.to_string(), NON_ALPHANUMERIC).to_string()
}

/// The map with one interaction more. The oldest goes when there are too many.
pub(super) fn with(cookie: Option<&str>, client: &ApplicationId, uid: &InteractionUid) -> String {
    let mut map = read(cookie);
    map.shift_remove(LATEST);
    map.shift_remove(client.as_str());
    let excess = (map.len() + 1).saturating_sub(MOST);
    let mut map: Map<String, Value> = map.into_iter().skip(excess).collect();
    map.insert(client.to_string(), uid.as_str().into());
    map.insert(LATEST.to_owned(), uid.as_str().into());
    encode(&Value::Object(map))
}

/// The interaction of a client, else the latest.
pub(super) fn pick(cookie: &str, client: Option<&str>) -> Option<InteractionUid> {
    let map = read(Some(cookie));
    let of = |name: &str| map.get(name).and_then(Value::as_str)?.parse().ok();
    client.filter(|client| *client != LATEST).and_then(of).or_else(|| of(LATEST))
}

/// Which branding and which language the pages have.
pub(super) fn looks(waiting: &Waiting) -> String {
    let mut looks = json!({"appId": waiting.client_id});
    if let Some(members) = looks.as_object_mut() {
        for (name, value) in [("organizationId", &waiting.organization_id), ("uiLocales", &waiting.ui_locales)] {
            members.extend(value.as_deref().map(|value| (name.to_owned(), value.into())));
        }
    }
    encode(&looks)
}

/// The interaction of this browser that a page or an API call is about. Holding one means that the browser may take
/// part in it: who only knows the uid cannot make one.
pub(crate) struct PendingInteraction(pub(crate) Interaction);

impl PendingInteraction {
    /// The client is named by a header, by the query, or not at all.
    pub(crate) async fn of(state: &TenantState, parts: &Parts) -> Result<Self, OAuthError> {
        let cookies = Cookies::of(state, &parts.headers).await?;
        let header = parts.headers.get(CLIENT_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let query = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let named =
            header.or_else(|| query.into_iter().find(|(name, _)| name == "app_id").map(|(_, id)| id.into_owned()));
        let uid = cookies.interaction(named.as_deref()).ok_or(AuthorizeError::InteractionCookieMissing)?;
        Ok(Self(interaction::find(&state.provider, uid.as_str()).await?))
    }
}

impl FromRequestParts<TenantState> for PendingInteraction {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &TenantState) -> Result<Self, Response> {
        Self::of(state, parts).await.map_err(|error| OAuthAnswer::new(state, parts.uri.query()).refuse(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id<T: std::str::FromStr>(text: &str) -> T
    where
        T::Err: std::fmt::Debug,
    {
        text.parse().unwrap()
    }

    #[test]
    fn each_client_has_its_own_interaction_and_the_latest_is_everybodys() {
        let first = with(None, &id("one"), &id("a"));
        let both = with(Some(&first), &id("two"), &id("b"));

        assert_eq!(pick(&both, Some("one")), Some(id("a")));
        assert_eq!(pick(&both, Some("two")), Some(id("b")));
        assert_eq!(pick(&both, Some("three")), Some(id("b")));
        assert_eq!(pick(&both, None), Some(id("b")));
        assert_eq!(pick(&with(Some(&both), &id("one"), &id("c")), Some("one")), Some(id("c")));
    }

    #[test]
    fn the_oldest_interactions_leave_first() {
        let mut cookie = String::new();
        for number in 0..20 {
            cookie = with(Some(&cookie), &id(&format!("client{number}")), &id(&format!("uid{number}")));
        }
        assert_eq!(pick(&cookie, Some("client19")), Some(id("uid19")));
        assert_eq!(pick(&cookie, Some("client12")), Some(id("uid12")));
        assert_eq!(pick(&cookie, Some("client11")), Some(id("uid19")), "gone, so the latest");
        assert!(cookie.len() < 1000);
    }

    proptest! {
        #[test]
        fn any_cookie_is_read_and_what_is_written_is_one(text in "\\PC{0,40}", client in "[a-z]{1,8}") {
            let cookie = with(Some(&text), &id(&client), &id("uid"));
            prop_assert_eq!(pick(&cookie, Some(&client)), Some(id("uid")));
            prop_assert!(cookie.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'%'));
            let _ = pick(&text, Some(&client));
        }
    }
}
