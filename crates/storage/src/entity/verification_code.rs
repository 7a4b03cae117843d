//! Codes that were sent to people.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::params;
use signet_core::id::InteractionUid;
use signet_core::secret::{Plain, Sealed};
use signet_core::time::Timestamp;
use signet_core::verification::{Channel, TemplateType, VerificationCode};

statements! {
    FIND = "SELECT id, interaction_uid, purpose, recipient_type, recipient, code, tries, created_at, expires_at, consumed_at FROM verification_codes WHERE tenant_id = $1 AND id = $2";
    FIND_LATEST_OF_INTERACTION = "SELECT id, interaction_uid, purpose, recipient_type, recipient, code, tries, created_at, expires_at, consumed_at FROM verification_codes WHERE tenant_id = $1 AND interaction_uid = $2 AND purpose = $3 AND recipient_type = $4 ORDER BY created_at DESC, id DESC LIMIT 1";
    FIND_LATEST_OF_NOBODY = "SELECT id, interaction_uid, purpose, recipient_type, recipient, code, tries, created_at, expires_at, consumed_at FROM verification_codes WHERE tenant_id = $1 AND interaction_uid IS NULL AND recipient = $2 AND purpose = $3 AND recipient_type = $4 ORDER BY created_at DESC, id DESC LIMIT 1";
    COUNT_SINCE = "SELECT COUNT(*) FROM verification_codes WHERE tenant_id = $1 AND recipient = $2 AND created_at > $3";
    INSERT = "INSERT INTO verification_codes (tenant_id, id, interaction_uid, purpose, recipient_type, recipient, code, tries, created_at, expires_at, consumed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Of many guesses at once, no more than `$3` get a look at the code.
    TRY = "UPDATE verification_codes SET tries = tries + 1 WHERE tenant_id = $1 AND id = $2 AND tries < $3 AND consumed_at IS NULL";
    CONSUME = "UPDATE verification_codes SET consumed_at = $3 WHERE tenant_id = $1 AND id = $2 AND consumed_at IS NULL";
    SUPERSEDE_OF_INTERACTION = "UPDATE verification_codes SET consumed_at = $5 WHERE tenant_id = $1 AND interaction_uid = $2 AND purpose = $3 AND recipient_type = $4 AND consumed_at IS NULL";
    SUPERSEDE_OF_NOBODY = "UPDATE verification_codes SET consumed_at = $5 WHERE tenant_id = $1 AND interaction_uid IS NULL AND recipient = $2 AND purpose = $3 AND recipient_type = $4 AND consumed_at IS NULL";
    DELETE_EXPIRED = "DELETE FROM verification_codes WHERE tenant_id = $1 AND id IN (SELECT id FROM verification_codes WHERE tenant_id = $1 AND expires_at <= $2 ORDER BY expires_at LIMIT 200)";
}

impl FromRow for VerificationCode {
    const TABLE: &'static str = "verification_codes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.take()?,
            interaction: row.parse_optional(str::parse)?,
            purpose: row.known(TemplateType::parse)?,
            channel: row.known(Channel::parse)?,
            recipient: row.take()?,
            code: row.take()?,
            tries: row.take()?,
            created_at: row.take()?,
            expires_at: row.take()?,
            consumed_at: row.take()?,
        })
    }
}

struct Count(i64);

impl FromRow for Count {
    const TABLE: &'static str = "verification_codes";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        row.take().map(Self)
    }
}

fn place(id: &str) -> String {
    format!("verification_codes/{id}")
}

impl Reader {
    pub async fn verification_code(&self, id: &str) -> Result<Option<VerificationCode>, StoreError> {
        self.one(FIND, params![id]).await
    }

    /// The newest code of an interaction, or of the programs that ask for a recipient.
    pub async fn latest_verification_code(
        &self,
        interaction: Option<&InteractionUid>,
        (channel, recipient): (Channel, &str),
        purpose: TemplateType,
    ) -> Result<Option<VerificationCode>, StoreError> {
        let (purpose, channel) = (purpose.as_str(), channel.as_str());
        match interaction {
            Some(uid) => self.one(FIND_LATEST_OF_INTERACTION, params![uid, purpose, channel]).await,
            None => self.one(FIND_LATEST_OF_NOBODY, params![recipient, purpose, channel]).await,
        }
    }

    /// Codes that were made for a recipient after `since`.
    pub async fn count_verification_codes(&self, recipient: &str, since: Timestamp) -> Result<i64, StoreError> {
        Ok(self.one::<Count>(COUNT_SINCE, params![recipient, since]).await?.map_or(0, |count| count.0))
    }

    pub fn seal_verification_code(&self, id: &str, code: &str) -> Result<Sealed, StoreError> {
        self.seal(&place(id), code)
    }

    pub fn open_verification_code(&self, code: &VerificationCode) -> Result<Plain, StoreError> {
        self.open(&place(&code.id), &code.code)
    }
}

impl Tx {
    pub async fn insert_verification_code(&self, code: &VerificationCode) -> Result<(), StoreError> {
        let values = params![
            &code.id,
            code.interaction.as_ref(),
            code.purpose.as_str(),
            code.channel.as_str(),
            &code.recipient,
            &code.code,
            code.tries,
            code.created_at,
            code.expires_at,
            code.consumed_at
        ];
        self.execute(INSERT, values).await.map(drop)
    }

    /// Counts a guess. `false`: there were too many, or the code is no longer good.
    pub async fn try_verification_code(&self, id: &str, most: i64) -> Result<bool, StoreError> {
        Ok(self.execute(TRY, params![id, most]).await? == 1)
    }

    /// `false`: somebody else used it first.
    pub async fn consume_verification_code(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(CONSUME, params![id, now]).await? == 1)
    }

    /// Ends the earlier codes that `code` takes the place of.
    pub async fn supersede_verification_codes(&self, code: &VerificationCode) -> Result<(), StoreError> {
        let (purpose, channel, now) = (code.purpose.as_str(), code.channel.as_str(), code.created_at);
        let superseded = match &code.interaction {
            Some(uid) => self.execute(SUPERSEDE_OF_INTERACTION, params![uid, purpose, channel, now]).await,
            None => self.execute(SUPERSEDE_OF_NOBODY, params![&code.recipient, purpose, channel, now]).await,
        };
        superseded.map(drop)
    }

    /// Up to 200.
    pub async fn delete_expired_verification_codes(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.execute(DELETE_EXPIRED, params![before]).await
    }
}
