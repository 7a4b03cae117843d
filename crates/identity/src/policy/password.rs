//! The tenant's rules for new passwords. Checking says everything that is wrong at once.

use super::breach::{BreachedPasswords, is_breached};
use super::phrases::Phrases;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// As the sign-in experience holds it. What is left out has its default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PasswordPolicy {
    pub length: Length,
    pub character_types: CharacterTypes,
    pub rejects: Rejects,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Length {
    pub min: usize,
    pub max: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CharacterTypes {
    /// How many of: lower case, upper case, digits, symbols.
    pub min: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Rejects {
    pub pwned: bool,
    pub repetition_and_sequence: bool,
    pub user_info: bool,
    pub words: Vec<String>,
}

/// Longest password that any policy allows.
pub const LONGEST: usize = 256;

impl Default for Length {
    fn default() -> Self {
        Self { min: 8, max: LONGEST }
    }
}

impl Default for CharacterTypes {
    fn default() -> Self {
        Self { min: 1 }
    }
}

impl Default for Rejects {
    fn default() -> Self {
        Self { pwned: true, repetition_and_sequence: true, user_info: true, words: Vec::new() }
    }
}

/// What is known of the user, and so no secret.
#[derive(Debug, Clone, Copy, Default)]
pub struct UserInfo<'a> {
    pub name: Option<&'a str>,
    pub username: Option<&'a str>,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
}

/// A rule that a password breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    TooShort,
    TooLong,
    CharacterTypes,
    UnsupportedCharacters,
    Pwned,
    Repetition,
    Sequence,
    UserInfo,
    Words,
}

impl Issue {
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "password_rejected.too_short",
            Self::TooLong => "password_rejected.too_long",
            Self::CharacterTypes => "password_rejected.character_types",
            Self::UnsupportedCharacters => "password_rejected.unsupported_characters",
            Self::Pwned => "password_rejected.pwned",
            Self::Repetition => "password_rejected.restricted.repetition",
            Self::Sequence => "password_rejected.restricted.sequence",
            Self::UserInfo => "password_rejected.restricted.user_info",
            Self::Words => "password_rejected.restricted.words",
        }
    }
}

impl PasswordPolicy {
    /// Everything that is wrong with a password.
    pub async fn check(&self, password: &str, user: &UserInfo<'_>, known: &dyn BreachedPasswords) -> Vec<Issue> {
        let mut issues = self.form_issues(password);
        if self.rejects.pwned && is_breached(known, password).await {
            issues.push(Issue::Pwned);
        }
        issues.extend(self.phrase_issues(password, user));
        issues
    }

    /// The issues as clients of the reference read them: codes with the numbers that their texts need.
    pub fn describe(&self, issues: &[Issue]) -> Value {
        let described = issues.iter().map(|issue| match issue {
            Issue::TooShort => json!({"code": issue.code(), "interpolation": {"min": self.length.min}}),
            Issue::TooLong => json!({"code": issue.code(), "interpolation": {"max": self.length.max}}),
            Issue::CharacterTypes => json!({"code": issue.code(), "interpolation": {"min": self.character_types.min}}),
            Issue::Words => {
                let words = self.rejects.words.join("\n");
                json!({"code": issue.code(), "interpolation": {"words": words, "count": self.rejects.words.len()}})
            }
            _ => json!({"code": issue.code()}),
        });
        described.collect()
    }

    /// Length and characters.
    fn form_issues(&self, password: &str) -> Vec<Issue> {
        let length = password.chars().count();
        let mut issues = Vec::new();
        if length < self.length.min {
            issues.push(Issue::TooShort);
        } else if length > self.length.max.min(LONGEST) {
            issues.push(Issue::TooLong);
        }
        if !password.chars().all(|letter| letter.is_ascii_graphic() || letter == ' ') {
            issues.push(Issue::UnsupportedCharacters);
        } else if kinds(password) < self.character_types.min {
            issues.push(Issue::CharacterTypes);
        }
        issues
    }

    fn phrase_issues(&self, password: &str, user: &UserInfo<'_>) -> Vec<Issue> {
        // The search takes the square of the length.
        if password.chars().count() > LONGEST {
            return Vec::new();
        }
        let mut phrases = Phrases::new(&self.rejects.words, self.rejects.user_info.then_some(user));
        phrases.repetitions_and_sequences = self.rejects.repetition_and_sequence;
        phrases.issues(password)
    }
}

fn kinds(password: &str) -> usize {
    let kinds: [fn(&u8) -> bool; 4] =
        [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, |byte| !byte.is_ascii_alphanumeric()];
    kinds.iter().filter(|is_kind| password.bytes().any(|byte| is_kind(&byte))).count()
}

#[cfg(test)]
mod tests {
    use super::super::breach::NoBreachedPasswords;
    use super::*;
    use proptest::prelude::*;

    const ALICE: UserInfo<'_> = UserInfo {
        name: Some("Alice Liddell"),
        username: Some("alice_l"),
        email: Some("wonder@example.com"),
        phone: Some("12025550123"),
    };

    async fn codes(policy: &str, password: &str) -> String {
        let policy: PasswordPolicy = serde_json::from_str(policy).unwrap();
        let issues = policy.check(password, &ALICE, &NoBreachedPasswords).await;
        let codes: Vec<&str> = issues.iter().map(|issue| &issue.code()["password_rejected.".len()..]).collect();
        codes.join(" ")
    }

    #[tokio::test]
    async fn passwords_are_refused_for_what_is_wrong_with_them() {
        let strict = r#"{"length": {"min": 6, "max": 12}, "characterTypes": {"min": 3}}"#;
        let worded = r#"{"rejects": {"words": ["signet", "Crown"]}}"#;
        for (policy, password, expected) in [
            ("{}", "correct horse", ""),
            ("{}", "Tr0ub4dor&3", ""),
            ("{}", "fo2kL", "too_short"),
            ("{}", "", "too_short character_types"),
            ("{}", "pässwörter", "unsupported_characters"),
            ("{}", "tab\tseparated", "unsupported_characters"),
            (strict, "fox7kL", ""),
            (strict, "foxxkl", "character_types"),
            (strict, "fox7kLfox7kLf", "too_long"),
            ("{}", "aaaaaaaa", "restricted.repetition"),
            ("{}", "12345678", "restricted.sequence"),
            ("{}", "aaaa1234", "restricted.repetition restricted.sequence"),
            ("{}", "87654321", "restricted.sequence"),
            ("{}", "QWERTYUI", "restricted.sequence"),
            ("{}", "1qaz2wsx", "restricted.sequence"),
            // Three characters that say something are enough.
            ("{}", "12345kx7", ""),
            ("{}", "123456k7", "restricted.sequence"),
            ("{}", "aabbaabb", ""),
            ("{}", "alice_l!", "restricted.user_info"),
            ("{}", "ALICELIDDELL1", "restricted.user_info"),
            ("{}", "liddellx", "restricted.user_info"),
            ("{}", "wonder12", "restricted.user_info"),
            ("{}", "12025550123", "restricted.user_info restricted.repetition restricted.sequence"),
            ("{}", "alice7kx", ""),
            (worded, "signetcrown", "restricted.words"),
            (worded, "signet of the crown", ""),
            (r#"{"rejects": {"repetitionAndSequence": false, "userInfo": false}}"#, "alice_l12345678", ""),
        ] {
            assert_eq!(codes(policy, password).await, expected, "{policy} {password}");
        }
    }

    #[tokio::test]
    async fn a_password_that_the_world_knows_is_refused() {
        struct Known;
        impl BreachedPasswords for Known {
            fn range(&self, _: &str) -> super::super::breach::Range<'_> {
                Box::pin(async { Ok("1E4C9B93F3F0682250B6CF8331B7EE68FD8:3861493".to_owned()) })
            }
        }
        let policy = PasswordPolicy::default();
        assert_eq!(policy.check("password", &ALICE, &Known).await, [Issue::Pwned]);
        assert_eq!(policy.check("correct horse", &ALICE, &Known).await, []);
        let unasked: PasswordPolicy = serde_json::from_str(r#"{"rejects": {"pwned": false}}"#).unwrap();
        assert_eq!(unasked.check("password", &ALICE, &Known).await, []);
    }

    #[test]
    fn issues_tell_the_numbers_of_their_rules() {
        let policy: PasswordPolicy = serde_json::from_str(r#"{"rejects": {"words": ["a", "b"]}}"#).unwrap();
        let described = policy.describe(&[Issue::TooShort, Issue::Pwned, Issue::Words]);
        let expected = json!([
            {"code": "password_rejected.too_short", "interpolation": {"min": 8}},
            {"code": "password_rejected.pwned"},
            {"code": "password_rejected.restricted.words", "interpolation": {"words": "a\nb", "count": 2}},
        ]);
        assert_eq!(described, expected);
    }

    proptest! {
        #[test]
        fn any_password_is_checked(password in ".{0,300}", name in ".*") {
            let user = UserInfo { name: Some(&name), ..UserInfo::default() };
            let policy = PasswordPolicy::default();
            let _ = (policy.form_issues(&password), policy.phrase_issues(&password, &user));
        }
    }
}
