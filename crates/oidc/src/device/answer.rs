//! The code that a person typed, and what they say to it (RFC 8628 §3.3).

use crate::audit::Origin;
use crate::authorize::Outcome;
use crate::authorize::begin_for_device;
use crate::error::OAuthError;
use crate::provider::{Client, Provider};
use signet_core::device::{DeviceCode, DeviceStatus, normalized_user_code};
use std::sync::Arc;

/// What a person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Only the code so far: they are shown what asks before they say yes.
    Code,
    Confirm,
    Abort,
}

/// What comes next.
#[derive(Debug)]
pub enum Answered {
    /// The code is good; now they are asked whether they meant it.
    AskConfirmation { user_code: String },
    /// They said yes: who are they, and what do they allow.
    Go(Outcome),
    /// They said no.
    Aborted,
    /// Why not, by the name that the page knows.
    Refused(&'static str),
}

/// `session` is what the browser kept.
pub async fn answer(
    provider: &Provider,
    (typed, answer): (&str, Answer),
    session: Option<&str>,
    origin: &Origin,
) -> Result<Answered, OAuthError> {
    let code = match find(provider, typed, origin).await? {
        Ok(code) => code,
        Err(refusal) => return Ok(Answered::Refused(refusal)),
    };
    match answer {
        Answer::Code => Ok(Answered::AskConfirmation { user_code: code.user_code }),
        Answer::Confirm => Ok(Answered::Go(begin_for_device(provider, &code, session).await?)),
        Answer::Abort => {
            let tx = provider.store.write().await?;
            tx.deny_device_code(&code.hash).await?;
            tx.commit().await?;
            Ok(Answered::Aborted)
        }
    }
}

/// What asks with a code, so that the page can show it: who was lured into typing somebody else's code can still tell
/// (RFC 8628 §5.4). `None`: the code is none that waits.
pub async fn pending(
    provider: &Provider,
    typed: &str,
    origin: &Origin,
) -> Result<Option<(DeviceCode, Arc<Client>)>, OAuthError> {
    let Ok(code) = find(provider, typed, origin).await? else { return Ok(None) };
    let client = provider.client(code.client_id.as_str()).await?;
    Ok(client.map(|client| (code, client)))
}

/// A code that waits, or the name of the refusal.
async fn find(
    provider: &Provider,
    typed: &str,
    origin: &Origin,
) -> Result<Result<DeviceCode, &'static str>, OAuthError> {
    if typed.trim().is_empty() {
        return Ok(Err("NoCodeError"));
    }
    let (ip, now) = (origin.ip.as_deref(), provider.now());
    if !provider.device_attempts.begin(ip, now) {
        return Ok(Err("TooManyAttemptsError"));
    }
    let found = match normalized_user_code(typed) {
        Some(user_code) => provider.store.read().await?.device_code_by_user_code(&user_code).await?,
        None => None,
    };
    let Some(code) = found else { return Ok(Err("NotFoundError")) };
    provider.device_attempts.was_right(ip);
    Ok(match code.status {
        DeviceStatus::Pending if code.expires_at <= now => Err("ExpiredError"),
        DeviceStatus::Pending => Ok(code),
        DeviceStatus::Approved | DeviceStatus::Denied | DeviceStatus::Consumed => Err("AlreadyUsedError"),
    })
}
