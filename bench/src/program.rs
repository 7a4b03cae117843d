//! Where the server program comes from, and PostgreSQL.

use crate::say;
use anyhow::{Context as _, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// Builds the server of this tree beside this program, with the same settings.
pub(crate) fn build() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let release = this.parent().context("the program has no directory")?;
    let target = release.parent().context("the program is not in a target directory")?;
    say(format_args!("building the server"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--package", "signet", "--target-dir"])
        .arg(target)
        .current_dir(root()?)
        .status()
        .context("cargo does not start")?;
    ensure!(status.success(), "the server could not be built");
    Ok(target.join("release").join("signet"))
}

/// Runs this program beside a PostgreSQL server that waits for the disk, as one in production does.
pub(crate) fn again_with_postgres() -> Result<()> {
    let status = Command::new(root()?.join("scripts/with-postgres"))
        .arg("--durable")
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .status()
        .context("scripts/with-postgres does not start")?;
    ensure!(ExitStatus::success(&status), "the measurement did not finish");
    Ok(())
}

/// The repository.
pub(crate) fn root() -> Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_owned).context("the harness has no parent directory")
}
