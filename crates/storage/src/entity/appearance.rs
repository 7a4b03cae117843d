//! How applications look on the page that asks for consent.

use crate::error::StoreError;
use crate::row::{FromRow, Row};
use crate::statement::statements;
use crate::store::{Reader, Tx};
use crate::value::{json, params};
use signet_core::id::ApplicationId;
use signet_core::third_party::Appearance;

statements! {
    FIND = "SELECT color, branding, custom_css, terms_of_use_url, privacy_policy_url, display_name FROM application_sign_in_experiences WHERE tenant_id = $1 AND application_id = $2";
    PUT = "INSERT INTO application_sign_in_experiences (tenant_id, application_id, color, branding, custom_css, terms_of_use_url, privacy_policy_url, display_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, application_id) DO UPDATE SET color = excluded.color, branding = excluded.branding, custom_css = excluded.custom_css, terms_of_use_url = excluded.terms_of_use_url, privacy_policy_url = excluded.privacy_policy_url, display_name = excluded.display_name";
}

impl FromRow for Appearance {
    const TABLE: &'static str = "application_sign_in_experiences";

    fn from_row(row: &mut Row) -> Result<Self, StoreError> {
        Ok(Self {
            color: row.take()?,
            branding: row.take()?,
            custom_css: row.take()?,
            terms_of_use_url: row.take()?,
            privacy_policy_url: row.take()?,
            display_name: row.take()?,
        })
    }
}

impl Reader {
    /// `None`: nobody has said how it looks.
    pub async fn appearance(&self, application: &ApplicationId) -> Result<Option<Appearance>, StoreError> {
        self.one(FIND, params![application]).await
    }
}

impl Tx {
    pub async fn put_appearance(&self, application: &ApplicationId, look: &Appearance) -> Result<(), StoreError> {
        let values = params![
            application,
            json(&look.color),
            json(&look.branding),
            look.custom_css.as_deref(),
            look.terms_of_use_url.as_deref(),
            look.privacy_policy_url.as_deref(),
            look.display_name.as_deref()
        ];
        self.execute(PUT, values).await.map(drop)
    }
}
