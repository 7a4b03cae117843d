//! The vault key: from `SECRET_VAULT_KEK`, else from a file that only its owner can read.

use super::StorageArgs;
use anyhow::{Context as _, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use signet_core::random::Rng;
use signet_storage::Vault;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of a key.
const LENGTH: usize = 32;

/// Where the key file of a data directory is.
pub fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("vault.key")
}

/// Opens the vault; at first start without a configured key, makes one.
pub fn open(settings: &StorageArgs, rng: Arc<dyn Rng>) -> Result<Vault> {
    let text = match &settings.secret_vault_kek {
        Some(text) => text.clone(),
        None => from_file(&path(&settings.data_dir), &*rng)?,
    };
    let key = STANDARD.decode(text.trim()).context("the vault key is not base64")?;
    ensure!(key.len() == LENGTH, "the vault key has {} bytes instead of {LENGTH}", key.len());
    Ok(Vault::new(&key, rng)?)
}

fn from_file(path: &Path, rng: &dyn Rng) -> Result<String> {
    if path.exists() {
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            bail!("others can read the vault key `{}`; run `chmod 600` on it", path.display());
        }
        return std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the vault key `{}`", path.display()));
    }
    let mut key = [0_u8; LENGTH];
    rng.fill(&mut key);
    let text = STANDARD.encode(key);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot make the vault key `{}`", path.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use signet_core::random::SystemRng;

    #[test]
    fn a_key_file_is_made_once_and_read_by_its_owner_only() {
        let directory = tempfile::tempdir().unwrap();
        let path = path(directory.path());

        let first = from_file(&path, &SystemRng).unwrap();
        assert_eq!(from_file(&path, &SystemRng).unwrap(), first);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(from_file(&path, &SystemRng).unwrap_err().to_string().contains("others can read"));
    }
}
