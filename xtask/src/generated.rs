//! Files of the console that the server's own types decide. Each is written by a command of the server itself, so this
//! only puts it in its place, or says that what is there is stale.

use anyhow::{Context as _, Result, bail, ensure};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is done about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// What every script finds in its world.
const WEB_TYPES: &str = "crates/sandbox/src/engine/prelude/web.d.ts";

/// Where the editor has its declarations.
const DECLARATIONS: &str = "console/src/features/scripts/generated";

/// The declarations that the editor of claims scripts completes from, one file per kind of token, and one for
/// what both find.
pub(crate) fn declarations(root: &Path, mode: Mode) -> Result<()> {
    let web = std::fs::read_to_string(root.join(WEB_TYPES)).with_context(|| format!("cannot read {WEB_TYPES}"))?;
    settle(root, &format!("{DECLARATIONS}/web.d.ts"), &web, mode, "codegen")?;
    for kind in ["access-token", "client-credentials"] {
        let path = format!("{DECLARATIONS}/{kind}.d.ts");
        let whole = said(root, &["script", "types", kind])?;
        let own =
            whole.strip_suffix(&web).with_context(|| format!("`script types {kind}` does not end as {WEB_TYPES}"))?;
        settle(root, &path, &format!("{}\n", own.trim_end()), mode, "codegen")?;
    }
    Ok(())
}

/// The document that the console's client is made from.
pub(crate) fn openapi(root: &Path, mode: Mode) -> Result<()> {
    settle(root, "console/openapi.json", &said(root, &["openapi"])?, mode, "openapi")
}

/// What a command of the server writes.
fn said(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--package", "signet", "--"])
        .args(arguments)
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("cargo did not start")?;
    ensure!(output.status.success(), "`signet {}` failed", arguments.join(" "));
    Ok(String::from_utf8(output.stdout)?)
}

fn settle(root: &Path, path: &str, wanted: &str, mode: Mode, task: &str) -> Result<()> {
    let place = root.join(path);
    let is_fresh = std::fs::read_to_string(&place).is_ok_and(|found| found == wanted);
    match mode {
        _ if is_fresh => println!("{path} is up to date"),
        Mode::Check => bail!("{path} is stale; run: cargo xtask {task}"),
        Mode::Write => {
            if let Some(directory) = place.parent() {
                std::fs::create_dir_all(directory)?;
            }
            std::fs::write(&place, wanted).with_context(|| format!("cannot write {path}"))?;
            println!("wrote {path}");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_file_is_told_and_put_right() {
        let root = tempfile::tempdir().unwrap();
        let settled = |mode| settle(root.path(), "a/b.d.ts", "new", mode, "codegen");

        assert!(settled(Mode::Check).unwrap_err().to_string().contains("cargo xtask codegen"));
        settled(Mode::Write).unwrap();
        settled(Mode::Check).unwrap();

        assert_eq!(std::fs::read_to_string(root.path().join("a/b.d.ts")).unwrap(), "new");
    }
}
