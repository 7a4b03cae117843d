//! One-time tokens: made for a program that sends them in a link, used once by whoever holds the link.

use crate::experience::refusal::{ExperienceError, Refusal, TokenRefusal};
use crate::identifier::Email;
use crate::identity::Identity;
use signet_core::id::OrganizationId;
use signet_core::one_time_token::{OneTimeToken, OneTimeTokenContext, OneTimeTokenStatus};
use signet_core::secret::{Plain, ValueHash};
use signet_core::time::Timestamp;
use signet_storage::{Reader, StoreError, Tx};
use std::time::Duration;

impl Identity {
    /// Makes a token. Only now its value is known. The organizations that it leads to must exist.
    pub async fn make_one_time_token(
        &self,
        email: &Email,
        context: OneTimeTokenContext,
        lifetime: Duration,
    ) -> Result<(OneTimeToken, Plain), ExperienceError> {
        let (value, now) = (Plain::new(self.deps.rng.secret()), self.now());
        let token = OneTimeToken {
            id: self.deps.rng.id(21),
            email: email.as_str().to_owned(),
            token: ValueHash::of(value.expose()),
            context,
            status: OneTimeTokenStatus::Active,
            created_at: now,
            expires_at: now.plus(lifetime),
        };
        let tx = self.store.write().await?;
        if !exist(&tx, token.context.jit_organization_ids.as_deref()).await? {
            return Err(Refusal::from(TokenRefusal::UnknownOrganization).into());
        }
        tx.insert_one_time_token(&token).await?;
        tx.commit().await?;
        Ok((token, value))
    }

    /// Uses a token up, for a program that checks it itself.
    pub async fn use_one_time_token(&self, value: &Plain, email: &Email) -> Result<OneTimeToken, ExperienceError> {
        let tx = self.store.write().await?;
        let token = consume(&tx, value, email, self.now()).await?.map_err(Refusal::from)?;
        tx.commit().await?;
        Ok(token)
    }

    /// Ends a token early. `None`: there is none.
    pub async fn set_one_time_token_status(
        &self,
        id: &str,
        status: OneTimeTokenStatus,
    ) -> Result<Option<OneTimeToken>, ExperienceError> {
        if status == OneTimeTokenStatus::Active {
            return Err(Refusal::from(TokenRefusal::CannotReactivate).into());
        }
        let tx = self.store.write().await?;
        tx.set_one_time_token_status(id, status).await?;
        let token = tx.one_time_token(id).await?;
        tx.commit().await?;
        Ok(token.map(|token| token.at(self.now())))
    }
}

/// Whether there are all of these organizations.
async fn exist(reader: &Reader, organizations: Option<&[String]>) -> Result<bool, StoreError> {
    let mut ids: Vec<OrganizationId> = Vec::new();
    for text in organizations.unwrap_or_default() {
        // A text that is no id belongs to nothing.
        let Ok(id) = text.parse() else { return Ok(false) };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(reader.organizations_by_ids(&ids).await?.len() == ids.len())
}

/// A token that can be used for an address, or why there is none.
async fn usable(
    reader: &Reader,
    value: &Plain,
    email: &Email,
    now: Timestamp,
) -> Result<Result<OneTimeToken, TokenRefusal>, StoreError> {
    let Some(token) = reader.one_time_token_by_value(&ValueHash::of(value.expose())).await? else {
        return Ok(Err(TokenRefusal::NotFound));
    };
    // Email addresses do not tell upper from lower case.
    if token.email.to_lowercase() != email.as_str().to_lowercase() {
        return Ok(Err(TokenRefusal::OtherEmail));
    }
    let token = token.at(now);
    Ok(match token.status {
        OneTimeTokenStatus::Active => Ok(token),
        OneTimeTokenStatus::Consumed => Err(TokenRefusal::Consumed),
        OneTimeTokenStatus::Revoked => Err(TokenRefusal::Revoked),
        OneTimeTokenStatus::Expired => Err(TokenRefusal::Expired),
    })
}

/// Uses a token up within a transaction.
pub(crate) async fn consume(
    tx: &Tx,
    value: &Plain,
    email: &Email,
    now: Timestamp,
) -> Result<Result<OneTimeToken, TokenRefusal>, StoreError> {
    let mut token = match usable(tx, value, email, now).await? {
        Ok(token) => token,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if !tx.consume_one_time_token(&token.id, now).await? {
        return Ok(Err(TokenRefusal::Consumed));
    }
    token.status = OneTimeTokenStatus::Consumed;
    Ok(Ok(token))
}
