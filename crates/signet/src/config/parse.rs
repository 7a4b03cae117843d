//! Values as operators write them.

use super::StatementTimeout;
use std::time::Duration;

/// The spellings of yes that existing deployments use; everything else is no.
#[expect(clippy::unnecessary_wraps, reason = "the argument parser calls it")]
pub(super) fn boolean(text: &str) -> Result<bool, String> {
    Ok(["1", "true", "y", "yes", "yep", "yeah"].iter().any(|yes| text.eq_ignore_ascii_case(yes)))
}

pub(super) fn milliseconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().map_err(|_| format!("`{text}` is not a number of milliseconds"))?;
    Ok(Duration::from_millis(number))
}

pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().map_err(|_| format!("`{text}` is not a number of seconds"))?;
    Ok(Duration::from_secs(number))
}

pub(super) fn statement_timeout(text: &str) -> Result<StatementTimeout, String> {
    if text == "DISABLE_TIMEOUT" {
        return Ok(StatementTimeout::Disabled);
    }
    milliseconds(text).map(StatementTimeout::After)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_has_many_spellings() {
        for yes in ["1", "true", "Y", "yes", "YEP", "yeah"] {
            assert_eq!(boolean(yes), Ok(true), "{yes}");
        }
        for no in ["", "0", "false", "no", "on", "2"] {
            assert_eq!(boolean(no), Ok(false), "{no}");
        }
    }
}
