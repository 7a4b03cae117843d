//! Codes of six digits: made, sent, and compared with what somebody types.

use crate::experience::identifier::Recipient;
use crate::experience::refusal::{CodeRefusal, ExperienceError, Refusal};
use crate::identity::Identity;
use crate::message::{Message, send_in_background};
use crate::sentinel::{Action, Attempt};
use crate::settings::Rules;
use signet_core::id::InteractionUid;
use signet_core::random::Rng;
use signet_core::secret::Plain;
use signet_core::time::Timestamp;
use signet_core::verification::{TemplateType, VerificationCode};
use signet_storage::{StoreError, Tx};
use std::time::Duration;
use subtle::ConstantTimeEq as _;

/// Messages to one recipient within [`MESSAGE_WINDOW`].
const MOST_MESSAGES: i64 = 10;
pub const MESSAGE_WINDOW: Duration = Duration::from_mins(10);

/// Somebody wants a code.
pub(crate) struct CodeRequest {
    pub(crate) interaction: Option<InteractionUid>,
    pub(crate) purpose: TemplateType,
    pub(crate) recipient: Recipient,
    pub(crate) locales: Option<String>,
    /// Whether it leaves the server. One that does not is made all the same, so that nobody can tell.
    pub(crate) is_sent: bool,
}

/// Somebody typed a code.
pub(crate) struct Guess<'a> {
    /// What failures are counted under.
    pub(crate) name: &'a str,
    pub(crate) stored: Option<VerificationCode>,
    pub(crate) code: &'a Plain,
}

impl Identity {
    /// Makes a code, which ends the earlier ones of its kind, and sends it. Returns its id.
    pub(crate) async fn issue_code(&self, request: CodeRequest) -> Result<String, ExperienceError> {
        let channel = request.recipient.channel();
        let senders = if request.interaction.is_some() { &self.deps.senders } else { &self.deps.for_programs };
        if !senders.has(channel) {
            return Err(Refusal::NoSender(channel).into());
        }
        let settings = self.settings().await?;
        let (id, code, now) = (self.deps.rng.id(21), six_digits(&*self.deps.rng), self.now());
        let tx = self.store.write().await?;
        let stored = VerificationCode {
            code: tx.seal_verification_code(&id, code.expose())?,
            id,
            interaction: request.interaction,
            purpose: request.purpose,
            channel,
            recipient: request.recipient.key(),
            tries: 0,
            created_at: now,
            expires_at: now.plus(settings.rules.verification_code_policy.lifetime()),
            consumed_at: None,
        };
        self.keep_code(tx, &stored).await?;
        let message = Message::with_code(request.purpose, code, request.locales);
        if request.is_sent
            && let Some(sending) = senders.send(request.recipient, message)
        {
            send_in_background(sending);
        }
        Ok(stored.id)
    }

    async fn keep_code(&self, tx: Tx, code: &VerificationCode) -> Result<(), ExperienceError> {
        may_get_another(&tx, &code.recipient, code.created_at).await?;
        tx.supersede_verification_codes(code).await?;
        tx.insert_verification_code(code).await?;
        Ok(tx.commit().await?)
    }

    /// The code is right: the transaction that used it up is handed on. Else every try counts, for this code and for
    /// the name.
    pub(crate) async fn right_code(&self, guess: Guess<'_>, rules: &Rules) -> Result<Tx, ExperienceError> {
        let attempt = Attempt::new(guess.name, Action::VerificationCode, &*self.deps.rng);
        let now = self.now();
        let tx = self.store.write().await?;
        if let Some(refusal) = attempt.begin(&tx, rules, now).await? {
            return Err(refusal.into());
        }
        let Err(refusal) = compare(&tx, &guess, rules, now).await? else {
            attempt.succeed(&tx).await?;
            return Ok(tx);
        };
        let blocked = attempt.fail(&tx, rules, now).await?;
        tx.commit().await?;
        Err(blocked.unwrap_or(Refusal::Code(refusal)).into())
    }
}

/// No recipient gets more messages than a person would ask for (attack: filling somebody's mailbox). Nobody else sends
/// to them before the transaction ends.
pub(crate) async fn may_get_another(tx: &Tx, recipient: &str, now: Timestamp) -> Result<(), ExperienceError> {
    tx.lock_name(recipient).await?;
    let since = now.minus(MESSAGE_WINDOW);
    let codes = tx.count_verification_codes(recipient, since).await?;
    if codes + tx.count_sent_messages(recipient, since).await? >= MOST_MESSAGES {
        return Err(Refusal::TooManyMessages.into());
    }
    Ok(())
}

async fn compare(
    tx: &Tx,
    guess: &Guess<'_>,
    rules: &Rules,
    now: Timestamp,
) -> Result<Result<(), CodeRefusal>, StoreError> {
    let Some(stored) = guess.stored.as_ref().filter(|stored| stored.consumed_at.is_none()) else {
        return Ok(Err(CodeRefusal::NotFound));
    };
    if stored.expires_at <= now {
        return Ok(Err(CodeRefusal::Expired));
    }
    // Counted first: of a thousand guesses at once, no more than allowed are compared.
    if !tx.try_verification_code(&stored.id, rules.verification_code_policy.most_tries()).await? {
        return Ok(Err(CodeRefusal::TooManyTries));
    }
    let right = tx.open_verification_code(stored)?;
    let is_right: bool = right.expose().as_bytes().ct_eq(guess.code.expose().as_bytes()).into();
    let is_first = is_right && tx.consume_verification_code(&stored.id, now).await?;
    Ok(if is_first { Ok(()) } else { Err(CodeRefusal::Mismatch) })
}

/// Evenly drawn: a million divides 2^64 but for one part in 10^13.
fn six_digits(rng: &dyn Rng) -> Plain {
    let mut bytes = [0; 8];
    rng.fill(&mut bytes);
    Plain::new(format!("{:06}", u64::from_be_bytes(bytes) % 1_000_000))
}

impl Identity {
    /// Sends a code on behalf of a program that checks it itself.
    pub async fn send_generic_code(&self, recipient: Recipient) -> Result<(), ExperienceError> {
        let purpose = TemplateType::Generic;
        let request = CodeRequest { interaction: None, purpose, recipient, locales: None, is_sent: true };
        self.issue_code(request).await.map(drop)
    }

    /// Checks such a code, once.
    pub async fn verify_generic_code(&self, recipient: &Recipient, code: &Plain) -> Result<(), ExperienceError> {
        let settings = self.settings().await?;
        let of = (recipient.channel(), &*recipient.key());
        let reader = self.store.read().await?;
        let stored = reader.latest_verification_code(None, of, TemplateType::Generic).await?;
        drop(reader);
        let tx = self.right_code(Guess { name: recipient.as_str(), stored, code }, &settings.rules).await?;
        Ok(tx.commit().await?)
    }
}
