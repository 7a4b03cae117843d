//! What must not be kept of data that the log shows: members whose names say that they hold secrets.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// Stands for a value that must not be kept.
pub(crate) const MASK: &str = "******";

const SECRET_PARTS: [&str; 6] = ["secret", "password", "apikey", "privatekey", "credential", "cookie"];

/// Whether a member of this name may hold a secret. Letters only, in any case.
fn is_secret(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    // Claims and custom data have many names, and hardly ever a long one.
    let (mut short, mut length, long) = ([0; 48], 0, &mut Vec::new());
    let name = if name.len() <= short.len() {
        short.iter_mut().zip(letters).for_each(|(place, letter)| {
            *place = letter;
            length += 1;
        });
        short.get(..length).unwrap_or_default()
    } else {
        long.extend(letters);
        long.as_slice()
    };
    let mut ends = (0..name.len()).filter_map(|start| name.get(start..));
    ends.any(|end| SECRET_PARTS.iter().any(|part| end.starts_with(part.as_bytes())))
        // An ID token says who somebody is, and its signature proves it to others.
        || [&b"authorization"[..], b"xfunctionskey", b"idtokenhint"].contains(&name)
        || name.ends_with(b"token")
}

/// Masks the members of `value` whose name says that they hold a secret, at any depth. Booleans stay.
pub(crate) fn mask(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if is_secret(name) && !member.is_boolean() { *member = MASK.into() } else { mask(member) }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// An object that is masked while it is written.
pub(crate) struct Masked<'r>(pub(crate) &'r Map<String, Value>);

impl Serialize for Masked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| {
            let hidden = is_secret(name) && !value.is_boolean();
            (name, if hidden { MaskedValue::Hidden } else { MaskedValue::Shown(value) })
        }))
    }
}

enum MaskedValue<'r> {
    Hidden,
    Shown(&'r Value),
}

impl Serialize for MaskedValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Hidden => MASK.serialize(serializer),
            Self::Shown(Value::Object(members)) => Masked(members).serialize(serializer),
            Self::Shown(Value::Array(items)) => serializer.collect_seq(items.iter().map(MaskedValue::Shown)),
            // PostgreSQL cannot store a NUL, and nobody can read one.
            Self::Shown(Value::String(text)) if text.contains('\0') => text.replace('\0', "").serialize(serializer),
            Self::Shown(value) => value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn attack_59_members_named_like_secrets_are_masked() {
        let mut value = json!({
            "customData": {"apiKey": "k", "api_key": "k", "nested": [{"refreshToken": "t"}], "hasPassword": true},
            "name": "kept", "tokenType": "kept", "Authorization": "Bearer x"
        });
        mask(&mut value);

        assert_eq!(
            value,
            json!({
                "customData": {"apiKey": MASK, "api_key": MASK, "nested": [{"refreshToken": MASK}], "hasPassword": true},
                "name": "kept", "tokenType": "kept", "Authorization": MASK
            })
        );
    }

    #[test]
    fn names_are_folded_whatever_their_length() {
        let long = "x".repeat(100);
        for name in ["Client-Secret", "X-Functions-Key", "my_Token", &format!("{long}password{long}"), "ѕ secret"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["", "tokens", "secre", "pass-work", &long, "authorizations"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn masking_while_writing_hides_the_same_members() {
        let original = json!({"a": {"clientSecret": "x", "b": [{"cookie": 1}]}, "text": "a\u{0}b"});
        let Value::Object(members) = original else { panic!() };

        let written = serde_json::to_value(Masked(&members)).unwrap();

        assert_eq!(written, json!({"a": {"clientSecret": MASK, "b": [{"cookie": MASK}]}, "text": "ab"}));
    }
}
