//! What a script says must not carry its secrets away: the values of environment variables are taken out of messages
//! and console output before anybody but the script's author could read them.

use signet_core::secret::Plain;
use std::borrow::Cow;
use std::collections::HashMap;

/// Stands for a value.
const MASK: &str = "******";
/// Shorter values are no secrets, and words like `true` stand everywhere.
const SHORTEST: usize = 6;

/// The values of a script's environment variables.
pub struct Secrets<'e>(Vec<Cow<'e, str>>);

impl<'e> Secrets<'e> {
    /// `environment` is a JSON object of strings.
    pub fn of(environment: Option<&'e Plain>) -> Self {
        let read = |plain: &'e Plain| serde_json::from_str::<HashMap<Cow<'e, str>, Cow<'e, str>>>(plain.expose());
        let variables = environment.and_then(|plain| read(plain).ok()).unwrap_or_default();
        let mut values: Vec<_> = variables.into_values().filter(|value| value.len() >= SHORTEST).collect();
        let escaped: Vec<_> = values.iter().filter_map(|value| in_json(value)).collect();
        values.extend(escaped);
        // One value may hold another.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Self(values)
    }

    pub fn redact(&self, text: String) -> String {
        self.0.iter().fold(
            text,
            |text, value| {
                if text.contains(&**value) { text.replace(&**value, MASK) } else { text }
            },
        )
    }
}

/// How a value stands in JSON, if otherwise: the console writes objects so, and keys have several lines.
fn in_json(value: &str) -> Option<Cow<'static, str>> {
    let json = serde_json::to_string(value).ok()?;
    let escaped = json.get(1..json.len().saturating_sub(1))?;
    (escaped != value).then(|| escaped.to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_15_the_values_of_variables_are_taken_out() {
        let environment = Plain::new(
            r#"{"KEY":"s3cr3t-key","LONG":"s3cr3t-key-2","QUOTED":"a\"bcdef","PEM":"BEGIN\nQUJD\nEND","ON":"true"}"#
                .to_owned(),
        );
        let secrets = Secrets::of(Some(&environment));
        for (text, expected) in [
            ("key s3cr3t-key, s3cr3t-key-2!", "key ******, ******!"),
            ("it is true that a\"bcdef leaks", "it is true that ****** leaks"),
            (r#"{"q":"a\"bcdef","pem":"BEGIN\nQUJD\nEND"}"#, r#"{"q":"******","pem":"******"}"#),
            ("BEGIN\nQUJD\nEND", "******"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(secrets.redact(text.to_owned()), expected);
        }
        assert_eq!(Secrets::of(None).redact("s3cr3t-key".to_owned()), "s3cr3t-key");
    }
}
