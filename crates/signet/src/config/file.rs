//! The configuration file: a flat TOML table whose keys are the names of flags. Its values stand below flags and
//! environment, so they become the arguments' defaults.

use super::Cli;
use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _};
use std::ffi::OsString;
use std::path::Path;

/// Parses arguments, with the file they or the environment name below them.
pub(super) fn parse(arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let first = command().try_get_matches_from(arguments)?;
    let cli = Cli::from_arg_matches(&first)?;
    match &cli.settings.config {
        None => Ok(cli),
        Some(path) => {
            let command = with_defaults(command(), path).map_err(|text| Cli::command().error(ErrorKind::Io, text))?;
            Cli::from_arg_matches(&command.try_get_matches_from(arguments)?)
        }
    }
}

/// The command line. A variable that is set to nothing counts as not set, as compose files leave them.
fn command() -> clap::Command {
    let command = Cli::command();
    let is_empty = |name: &std::ffi::OsStr| std::env::var_os(name).is_some_and(|value| value.is_empty());
    let empty: Vec<clap::Id> = command
        .get_arguments()
        .filter(|argument| argument.get_env().is_some_and(is_empty))
        .map(|argument| argument.get_id().clone())
        .collect();
    empty.into_iter().fold(command, |command, id| command.mut_arg(id, |argument| argument.env(None::<&str>)))
}

fn with_defaults(mut command: clap::Command, path: &Path) -> Result<clap::Command, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("`{}`: {error}", path.display()))?;
    for (key, value) in table {
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(_) | toml::Value::Boolean(_) | toml::Value::Float(_) => value.to_string(),
            toml::Value::Array(items) => items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(","),
            toml::Value::Datetime(_) | toml::Value::Table(_) => {
                return Err(format!("`{}`: `{key}` must be text, a number, a switch or a list", path.display()));
            }
        };
        let known = command.get_arguments().find(|argument| argument.get_long() == Some(&key));
        let id = known.map(|argument| argument.get_id().clone());
        let id = id.ok_or_else(|| format!("`{}`: there is no setting `{key}`", path.display()))?;
        command = command.mut_arg(id, |argument| argument.default_value(value));
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, flags: &[&str]) -> Result<Cli, clap::Error> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("signet.toml");
        std::fs::write(&path, file).unwrap();
        let mut arguments: Vec<OsString> = vec!["signet".into(), "serve".into(), "--config".into(), path.into()];
        arguments.extend(flags.iter().map(OsString::from));
        parse(&arguments)
    }

    #[test]
    fn the_file_stands_below_flags() {
        let file = "port = 4001\ntrust-proxy-header = true\nendpoint = \"https://id.example\"";

        let settings = load(file, &["--port", "5001"]).unwrap().settings;

        assert_eq!(settings.server.port, 5001);
        assert!(settings.server.trust_proxy_header);
        assert_eq!(settings.server.endpoint(), "https://id.example");
    }

    #[test]
    fn an_unknown_key_is_named() {
        let error = load("prot = 4001", &[]).unwrap_err().to_string();
        assert!(error.contains("there is no setting `prot`"), "{error}");
    }
}
