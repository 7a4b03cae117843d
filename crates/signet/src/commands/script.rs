//! `signet script`: what scripts see, for editors; and the way back in when a script refuses every token, the
//! administrator's included.

use super::say;
use crate::app::open_store;
use crate::config::{ScriptTokenType, Settings};
use crate::deps::Deps;
use anyhow::Result;
use signet_core::id::TenantId;
use signet_core::script::TokenType;
use signet_oidc::token::claims::declared::declaration_file;
use std::process::ExitCode;

/// `signet script types`: for editors.
pub(super) fn types(token_type: ScriptTokenType) -> Result<ExitCode> {
    say(declaration_file(kind(token_type)).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

fn kind(token_type: ScriptTokenType) -> TokenType {
    match token_type {
        ScriptTokenType::AccessToken => TokenType::AccessToken,
        ScriptTokenType::ClientCredentials => TokenType::ClientCredentials,
    }
}

pub(super) async fn remove(settings: &Settings, deps: &Deps, token_type: ScriptTokenType) -> Result<ExitCode> {
    settings.not_built.refuse()?;
    let kind = kind(token_type);
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
