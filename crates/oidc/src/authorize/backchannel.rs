//! Telling clients that a session has ended (OIDC Back-Channel Logout §2.5).
//!
//! Nobody waits for them: a client whose server is away must not keep a person signed in elsewhere. Each is told up to
//! three times, through the egress guard, because its owner chose the URL.

use crate::error::OAuthError;
use crate::provider::{Client, Provider, internal};
use serde_json::json;
use signet_core::session::{Session, SessionClient};
use signet_egress::{Egress, EgressError, Purpose, Redirect, Request};
use std::sync::Arc;
use std::time::Duration;
use url::form_urlencoded;

/// A logout token is for now, not for later.
const LIFETIME: Duration = Duration::from_mins(2);
/// Waits between attempts.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(20)];
/// Nothing in the answer matters.
const ANSWER_LIMIT: usize = 4 << 10;

/// Tells the clients of a session that has ended, in the background.
pub(super) async fn tell(provider: &Provider, session: &Session, clients: &[SessionClient]) -> Result<(), OAuthError> {
    for told in clients {
        let Some(client) = provider.client(told.client_id.as_str()).await? else { continue };
        let Some(url) = client.application.backchannel_logout_uri() else { continue };
        let notice = Notice {
            egress: provider.deps.egress.clone(),
            client_id: told.client_id.to_string(),
            url: url.to_owned(),
            token: logout_token(provider, session, (told, &client)).await?,
        };
        tokio::spawn(notice.deliver());
    }
    Ok(())
}

/// OIDC Back-Channel Logout §2.4. Never a `nonce`: an ID token must not pass for it, nor it for one.
async fn logout_token(
    provider: &Provider,
    session: &Session,
    (told, client): (&SessionClient, &Client),
) -> Result<String, OAuthError> {
    let now = provider.now();
    let mut claims = json!({
        "iss": provider.issuer(),
        "sub": session.user_id,
        "aud": told.client_id,
        "iat": now.seconds(),
        "exp": now.plus(LIFETIME).seconds(),
        "jti": provider.deps.rng.opaque(21),
        "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
    });
    if let Some(claims) = claims.as_object_mut().filter(|_| client.application.wants_sid()) {
        claims.insert("sid".to_owned(), told.sid.clone().into());
    }
    let ring = provider.key_ring().await?;
    // §2.6: the algorithm that the client expects of its ID tokens.
    let algorithm = client.application.id_token_algorithm();
    let key = ring.for_id_token(algorithm, now).ok_or_else(|| internal("no key signs now"))?;
    key.sign_jwt(Some("logout+jwt"), claims.to_string().as_bytes()).map_err(internal)
}

/// One client's notice.
struct Notice {
    egress: Arc<Egress>,
    client_id: String,
    url: String,
    token: String,
}

#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error(transparent)]
    Refused(#[from] EgressError),
    #[error("the client answered {0}")]
    Status(u16),
}

impl Notice {
    async fn deliver(self) {
        for pause in PAUSES.into_iter().map(Some).chain([None]) {
            let Err(error) = self.send().await else { return };
            let Some(pause) = pause else {
                tracing::warn!(client.id = self.client_id, %error, "a client could not be told of a logout");
                return;
            };
            tracing::debug!(client.id = self.client_id, %error, "a client is told of a logout again");
            tokio::time::sleep(pause).await;
        }
    }

    async fn send(&self) -> Result<(), Undelivered> {
        let body = form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &self.token).finish();
        let request = Request::new("POST", &self.url)?
            .header("content-type", "application/x-www-form-urlencoded")?
            .redirect(Redirect::Error)
            .body_limit(ANSWER_LIMIT)
            .body(body);
        let response = self.egress.send(Purpose::Provider, request).await?;
        if response.status.is_success() { Ok(()) } else { Err(Undelivered::Status(response.status.as_u16())) }
    }
}
