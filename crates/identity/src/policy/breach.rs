//! Whether a password is known from a breach, asked without telling it: the service is given the first five digits of
//! its SHA-1 and answers with all the rest that it knows. Who asks the service stands behind [`BreachedPasswords`].

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use std::error::Error;
use std::fmt::Write as _;
use std::pin::Pin;

const PREFIX: usize = 5;

/// The answer of the service, or why there is none.
pub type Range<'a> = Pin<Box<dyn Future<Output = Result<String, Box<dyn Error + Send + Sync>>> + Send + 'a>>;

/// A service that knows breached passwords by ranges of their SHA-1.
pub trait BreachedPasswords: Send + Sync + 'static {
    /// Lines of `<rest of the digest>:<times seen>` for a prefix of five upper-case hexadecimal digits.
    fn range(&self, prefix: &str) -> Range<'_>;
}

/// Nobody is asked, and no password is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoBreachedPasswords;

impl BreachedPasswords for NoBreachedPasswords {
    fn range(&self, _: &str) -> Range<'_> {
        Box::pin(async { Ok(String::new()) })
    }
}

/// A service that does not answer does not keep anybody from choosing a password.
pub async fn is_breached(service: &dyn BreachedPasswords, password: &str) -> bool {
    let digest = sha1_hex(password);
    let Some((prefix, rest)) = digest.split_at_checked(PREFIX) else { return false };
    match service.range(prefix).await {
        Ok(lines) => is_listed(&lines, rest),
        Err(error) => {
            tracing::warn!(error = &*error as &dyn Error, "breached passwords could not be asked for; accepted unseen");
            false
        }
    }
}

/// Lines seen zero times are padding, by which the service hides how many there are.
fn is_listed(lines: &str, rest: &str) -> bool {
    lines.lines().filter_map(|line| line.trim().split_once(':')).any(|(listed, times)| {
        listed.eq_ignore_ascii_case(rest) && times.trim().parse::<u64>().is_ok_and(|times| times > 0)
    })
}

fn sha1_hex(password: &str) -> String {
    let mut hex = String::with_capacity(40);
    for byte in digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref() {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02X}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Service(Result<&'static str, &'static str>);

    impl BreachedPasswords for Service {
        fn range(&self, prefix: &str) -> Range<'_> {
            assert_eq!(prefix, "5BAA6");
            Box::pin(async { self.0.map(str::to_owned).map_err(Into::into) })
        }
    }

    #[tokio::test]
    async fn a_password_is_breached_when_the_service_lists_the_rest_of_its_digest() {
        for (answer, expected) in [
            (Ok("0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n1E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493\r\n"), true),
            (Ok("1e4c9b93f3f0682250b6cf8331b7ee68fd8:1"), true),
            (Ok("1E4C9B93F3F0682250B6CF8331B7EE68FD8:0"), false),
            (Ok("0018A45C4D1DEF81644B54AB7F969B88D65:1"), false),
            (Ok("nonsense"), false),
            (Ok(""), false),
            (Err("no route"), false),
        ] {
            assert_eq!(is_breached(&Service(answer), "password").await, expected, "{answer:?}");
        }
    }
}
