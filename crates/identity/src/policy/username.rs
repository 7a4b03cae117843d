//! The tenant's rules for usernames, on top of the grammar that holds everywhere.

use crate::identifier::{InvalidIdentifier, Username};
use serde::{Deserialize, Serialize};
use signet_core::error_code::ErrorCode;

/// As the sign-in experience holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UsernamePolicy {
    /// Whether `Alice` and `alice` are two people.
    pub case_sensitive: bool,
    pub min_length: u32,
    pub max_length: u32,
    pub allowed_chars: AllowedCharacters,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "four switches of the tenant, independent of each other")]
pub struct AllowedCharacters {
    pub lowercase: bool,
    pub uppercase: bool,
    pub numbers: bool,
    pub underscore: bool,
}

impl Default for UsernamePolicy {
    fn default() -> Self {
        Self { case_sensitive: true, min_length: 1, max_length: 128, allowed_chars: AllowedCharacters::default() }
    }
}

impl Default for AllowedCharacters {
    fn default() -> Self {
        Self { lowercase: true, uppercase: true, numbers: true, underscore: true }
    }
}

impl UsernamePolicy {
    /// The first rule that a name breaks. The hard ones come first.
    pub fn check(&self, name: &str) -> Result<Username, ErrorCode> {
        let username: Username = name.parse().map_err(|error| match error {
            InvalidIdentifier::UsernameStartsWithDigit => ErrorCode::UserUsernameStartsWithNumber,
            _ => ErrorCode::UserUsernameInvalidCharset,
        })?;
        let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
        let has = |is_kind: fn(&char) -> bool| name.chars().any(|letter| is_kind(&letter));
        let allowed = &self.allowed_chars;
        for (is_broken, code) in [
            (length < self.min_length, ErrorCode::UserUsernameTooShort),
            (length > self.max_length, ErrorCode::UserUsernameTooLong),
            (!allowed.uppercase && has(char::is_ascii_uppercase), ErrorCode::UserUsernameUppercase),
            (!allowed.lowercase && has(char::is_ascii_lowercase), ErrorCode::UserUsernameLowercase),
            (!allowed.numbers && has(char::is_ascii_digit), ErrorCode::UserUsernameNumbers),
            (!allowed.underscore && has(|letter| *letter == '_'), ErrorCode::UserUsernameUnderscore),
        ] {
            if is_broken {
                return Err(code);
            }
        }
        Ok(username)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(policy: &str, name: &str) -> Option<ErrorCode> {
        serde_json::from_str::<UsernamePolicy>(policy).unwrap().check(name).err()
    }

    #[test]
    fn names_break_the_first_rule_they_break() {
        for (policy, name, expected) in [
            ("{}", "Alice_1", None),
            ("{}", "1alice", Some(ErrorCode::UserUsernameStartsWithNumber)),
            ("{}", "", Some(ErrorCode::UserUsernameInvalidCharset)),
            ("{}", "al-ice", Some(ErrorCode::UserUsernameInvalidCharset)),
            (r#"{"minLength": 3}"#, "al", Some(ErrorCode::UserUsernameTooShort)),
            (r#"{"minLength": 3}"#, "ali", None),
            (r#"{"maxLength": 3}"#, "alic", Some(ErrorCode::UserUsernameTooLong)),
            (r#"{"allowedChars": {"uppercase": false}}"#, "Alice", Some(ErrorCode::UserUsernameUppercase)),
            (r#"{"allowedChars": {"lowercase": false}}"#, "Alice", Some(ErrorCode::UserUsernameLowercase)),
            (r#"{"allowedChars": {"numbers": false}}"#, "alice1", Some(ErrorCode::UserUsernameNumbers)),
            (r#"{"allowedChars": {"underscore": false}}"#, "al_ice", Some(ErrorCode::UserUsernameUnderscore)),
            (r#"{"minLength": 9, "allowedChars": {"numbers": false}}"#, "a1", Some(ErrorCode::UserUsernameTooShort)),
        ] {
            assert_eq!(refusal(policy, name), expected, "{policy} {name}");
        }
    }
}
