//! What a script would be given for somebody who is there, to try a script with. It is put together as for a token, and
//! then masked as the audit log does it: whoever tries a script need not learn secrets.

use super::context::machine_context;
use super::person_context::{Seen, assemble};
use crate::error::OAuthError;
use crate::mask::mask;
use crate::member::Member;
use crate::provider::{Client, Provider, internal};
use serde_json::{Value, json};
use signet_core::id::UserId;
use std::sync::Arc;

/// `token` and `context` of a script.
#[derive(Debug)]
pub struct Sample {
    pub token: Value,
    pub context: Value,
}

/// Why there is none.
#[derive(Debug)]
pub enum NoSample {
    User,
    Application,
    /// The subject is no member of it, or it does not exist: there would be no token.
    Membership,
    Failed(OAuthError),
}

impl<E: Into<OAuthError>> From<E> for NoSample {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Provider {
    /// For a token of a person, for one of the applications or none.
    pub async fn sample_of_person(
        &self,
        user: &UserId,
        application: Option<&str>,
        organization: Option<&str>,
    ) -> Result<Sample, NoSample> {
        self.person(user).await?.ok_or(NoSample::User)?;
        let client = match application {
            Some(id) => Some(self.client(id).await?.ok_or(NoSample::Application)?),
            None => None,
        };
        let member = match organization {
            Some(id) => Some(self.member(user, id).await?.ok_or(NoSample::Membership)?),
            None => None,
        };
        let submission = self.last_submission(user).await?;
        let person = self.person_view(user).await?;
        let seen = Seen {
            user: &person,
            grant: None,
            interaction: submission.as_deref(),
            application: client.as_deref().map(|client| &**client.script_view(self.tenant())),
            organization: member.as_deref().map(|member| &**member.script_view(self.tenant())),
        };
        let mut token = json!({
            "jti": self.deps.rng.opaque(21),
            "kind": "AccessToken",
            "accountId": user,
            "grantId": self.deps.rng.opaque(21),
            "gty": "authorization_code",
            "scope": "openid",
        });
        add(&mut token, client.as_deref(), member.as_ref());
        sample(token, |text| assemble(text, &seen))
    }

    /// For a token of a machine.
    pub async fn sample_of_machine(&self, application: &str, organization: Option<&str>) -> Result<Sample, NoSample> {
        let client = self.client(application).await?.ok_or(NoSample::Application)?;
        let member = match organization {
            Some(id) => {
                let found = self.machine_member(&client.application.id, id).await?;
                Some(found.ok_or(NoSample::Membership)?)
            }
            None => None,
        };
        let aud = self.default_resource().await?.map(|resource| resource.indicator.clone());
        let mut token = json!({
            "jti": self.deps.rng.opaque(21),
            "kind": "ClientCredentials",
            "aud": aud.unwrap_or_else(|| signet_core::resource::management_api_indicator(self.tenant())),
            "scope": "",
        });
        add(&mut token, Some(&*client), member.as_ref());
        sample(token, |text| machine_context(text, self.tenant(), &client, member.as_deref()))
    }

    /// How the person signed in last, when a session of theirs is open.
    async fn last_submission(&self, user: &UserId) -> Result<Option<String>, OAuthError> {
        let sessions = self.store.read().await?.sessions_of_user(user, self.now()).await?;
        Ok(sessions.into_iter().find_map(|session| session.last_submission).map(|submission| submission.to_string()))
    }
}

fn add(token: &mut Value, client: Option<&Client>, member: Option<&Arc<Member>>) {
    if let Some(client) = client {
        token["clientId"] = client.application.id.as_str().into();
    }
    if let Some(member) = member {
        token["aud"] = member.audience.as_str().into();
    }
}

fn sample(token: Value, write_context: impl FnOnce(&mut Vec<u8>)) -> Result<Sample, NoSample> {
    let mut text = Vec::new();
    write_context(&mut text);
    let mut context: Value = serde_json::from_slice(&text).map_err(internal)?;
    mask(&mut context);
    Ok(Sample { token, context })
}
