//! Settings of existing deployments that Signet does not act on yet. Ignoring one would run a server that is not the
//! one its operator configured, so each is refused by name.

use clap::Args;

#[derive(Debug, Clone, Default, Args)]
pub struct NotBuilt {
    #[arg(long, global = true, env = "REDIS_URL", hide = true, hide_env_values = true)]
    redis_url: Option<String>,
    #[arg(long, global = true, env = "CASE_SENSITIVE_USERNAME", hide = true)]
    case_sensitive_username: Option<String>,
    #[arg(long, global = true, env = "INJECTED_HEADER_MAPPING_JSON", hide = true)]
    injected_header_mapping_json: Option<String>,
    #[arg(long, global = true, env = "DISABLE_LOCALHOST", hide = true)]
    disable_localhost: Option<String>,
}

/// A setting that is set but not supported.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is set, but this version of Signet does not support it: {reason}")]
pub struct NotSupported {
    name: &'static str,
    reason: &'static str,
}

impl NotBuilt {
    pub fn refuse(&self) -> Result<(), NotSupported> {
        let table = [
            ("REDIS_URL", &self.redis_url, "several nodes keep their caches in step through PostgreSQL; unset it"),
            (
                "CASE_SENSITIVE_USERNAME",
                &self.case_sensitive_username,
                "set `usernamePolicy.caseSensitive` of the sign-in experience",
            ),
            (
                "INJECTED_HEADER_MAPPING_JSON",
                &self.injected_header_mapping_json,
                "the sign-in context holds address and user agent only",
            ),
            ("DISABLE_LOCALHOST", &self.disable_localhost, "set SIGNET_LISTEN to choose where to listen"),
        ];
        match table.into_iter().find(|(_, value, _)| value.as_deref().is_some_and(|value| !value.is_empty())) {
            Some((name, _, reason)) => Err(NotSupported { name, reason }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_built_is_refused_by_name() {
        assert_eq!(NotBuilt::default().refuse(), Ok(()));
        let set = NotBuilt { redis_url: Some("redis://localhost".to_owned()), ..NotBuilt::default() };
        assert!(set.refuse().unwrap_err().to_string().starts_with("`REDIS_URL` is set"));
    }
}
