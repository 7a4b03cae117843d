//! `signet backup` and `signet restore`, for the embedded database. PostgreSQL has `pg_dump`.
//!
//! A backup is a directory with the database, and the vault key when it came from a file: without the key the secrets
//! in the database cannot be opened. Keep it as safe as the server itself.

use super::say;
use crate::app::open_store;
use crate::config::{Settings, vault_key};
use crate::deps::Deps;
use anyhow::{Context as _, Result, bail, ensure};
use signet_storage::DatabaseUrl;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const DATABASE: &str = "signet.db";
const KEY: &str = "vault.key";

pub(super) async fn backup(settings: &Settings, deps: &Deps, target: &Path) -> Result<ExitCode> {
    let database = database(settings)?;
    ensure!(database.exists(), "there is no database at `{}`", database.display());
    let store = open_store(settings, deps).await?;
    DirBuilder::new().mode(0o700).create(target).with_context(|| format!("cannot make `{}`", target.display()))?;
    store.backup_sqlite(&target.join(DATABASE)).context("the database could not be copied")?;
    let key = vault_key::path(&settings.storage.data_dir);
    let copied = settings.storage.secret_vault_kek.is_none() && key.exists();
    if copied {
        fs::copy(&key, target.join(KEY)).context("the vault key could not be copied")?;
        say(format_args!("backed up the database and its vault key to {}; guard both", target.display()))?;
    } else {
        say(format_args!(
            "backed up the database to {}; its vault key is SECRET_VAULT_KEK, keep it too",
            target.display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn restore(settings: &Settings, source: &Path, force: bool) -> Result<ExitCode> {
    let database = database(settings)?;
    let copy = source.join(DATABASE);
    ensure!(copy.exists(), "`{}` is not a backup: it holds no {DATABASE}", source.display());
    ensure!(force || !database.exists(), "`{}` exists; `--force` replaces it", database.display());
    fs::create_dir_all(&settings.storage.data_dir)?;
    // The new file takes its place in one step; a log of the old one must not be replayed into it.
    let staged = database.with_extension("restoring");
    fs::copy(&copy, &staged).context("the database could not be copied")?;
    for suffix in ["-wal", "-shm"] {
        let mut log = database.clone().into_os_string();
        log.push(suffix);
        let log = PathBuf::from(log);
        if log.exists() {
            fs::remove_file(log)?;
        }
    }
    fs::rename(&staged, &database)?;
    let key = source.join(KEY);
    if key.exists() {
        fs::copy(&key, vault_key::path(&settings.storage.data_dir)).context("the vault key could not be copied")?;
    }
    say(format_args!("restored {}", database.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn database(settings: &Settings) -> Result<PathBuf> {
    match settings.storage.database() {
        DatabaseUrl::Sqlite(path) => Ok(path),
        DatabaseUrl::Postgres(_) => bail!("use `pg_dump` and `pg_restore` for PostgreSQL, and keep the vault key"),
    }
}
