//! `signet script remove`: the way back in when a claims script refuses every token, the administrator's included.

use super::say;
use crate::app::open_store;
use crate::config::{ScriptTokenType, Settings};
use crate::deps::Deps;
use anyhow::Result;
use signet_core::id::TenantId;
use signet_core::script::TokenType;
use std::process::ExitCode;

pub(super) async fn remove(settings: &Settings, deps: &Deps, token_type: ScriptTokenType) -> Result<ExitCode> {
    settings.not_built.refuse()?;
    let kind = match token_type {
        ScriptTokenType::AccessToken => TokenType::AccessToken,
        ScriptTokenType::ClientCredentials => TokenType::ClientCredentials,
    };
    let store = open_store(settings, deps).await?;
    let mut tx = store.tenant(TenantId::default_tenant()).write().await?;
    let removed = tx.delete_claims_script(kind).await?;
    tx.commit().await?;
    if !removed {
        say(format_args!("there is no script for `{}`", kind.as_path()))?;
        return Ok(ExitCode::FAILURE);
    }
    say(format_args!("removed the script for `{}`", kind.as_path()))?;
    if !store.is_postgres() {
        say("restart the server if it runs: it keeps scripts in memory")?;
    }
    Ok(ExitCode::SUCCESS)
}
