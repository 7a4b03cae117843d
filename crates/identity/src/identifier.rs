//! What a person signs in with: a username, an email address or a phone number. Each can only be made by its check.

use std::fmt;

/// Most characters of any identifier.
const LONGEST: usize = 128;

/// A text that breaks the grammar of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIdentifier {
    #[error("an email address is written like `name@example.com`")]
    Email,
    #[error("a phone number is the digits of country code and number")]
    Phone,
    #[error("a username does not start with a digit")]
    UsernameStartsWithDigit,
    #[error("a username holds letters, digits and underscores only")]
    UsernameCharacters,
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $check:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidIdentifier;

            fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
                $check(text).map(|()| Self(text.to_owned()))
            }
        }

        impl From<$name> for String {
            fn from(identifier: $name) -> Self {
                identifier.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier!(/// `^\S+@\S+\.\S+$`, as clients of the reference rely on it. Whether mail arrives, a code shows.
    Email, check_email);
identifier!(/// Digits of country code and number, without a plus sign: at most 15 (ITU-T E.164), and no code starts with 0.
    Phone, check_phone);
identifier!(/// `^[A-Z_a-z]\w*$`: what no tenant's policy can loosen.
    Username, check_username);

impl Email {
    /// What stands behind the last `@`, in lower case.
    pub fn domain(&self) -> String {
        self.0.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default()
    }

    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or(&self.0, |(local, _)| local)
    }
}

fn check_email(text: &str) -> Result<(), InvalidIdentifier> {
    let fits = text.chars().count() <= LONGEST && !text.chars().any(char::is_whitespace);
    // Some `@` with something before it, and behind it a dot with something around it.
    let has_form = text.char_indices().filter(|(_, letter)| *letter == '@').any(|(at, _)| {
        let behind = text.get(at + 1..).unwrap_or_default();
        at > 0 && behind.char_indices().any(|(dot, letter)| letter == '.' && dot > 0 && dot + 1 < behind.len())
    });
    if fits && has_form { Ok(()) } else { Err(InvalidIdentifier::Email) }
}

fn check_phone(text: &str) -> Result<(), InvalidIdentifier> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if is_number && (5..=15).contains(&text.len()) { Ok(()) } else { Err(InvalidIdentifier::Phone) }
}

fn check_username(text: &str) -> Result<(), InvalidIdentifier> {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(InvalidIdentifier::UsernameStartsWithDigit);
    }
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let fits = !text.is_empty() && text.len() <= LONGEST;
    if is_word && fits { Ok(()) } else { Err(InvalidIdentifier::UsernameCharacters) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn emails_have_their_form() {
        for text in ["a@b.c", "a.b+c@sub.example.com", "ü@exämple.de", "a@b@c.d", "a@b.c@d"] {
            assert!(text.parse::<Email>().is_ok(), "{text}");
        }
        for text in ["", "a", "a@b", "@b.c", "a@.c", "a@b.", "a b@c.d", "a@b.c\n", "a@b. c", "a\u{a0}b@c.d"] {
            assert_eq!(text.parse::<Email>(), Err(InvalidIdentifier::Email), "{text:?}");
        }
        assert!(format!("{}@b.c", "a".repeat(125)).parse::<Email>().is_err());
        assert_eq!("A.B@Example.COM".parse::<Email>().unwrap().domain(), "example.com");
    }

    #[test]
    fn phones_are_digits() {
        for text in ["12025550123", "8613800138000", "12345", "123456789012345"] {
            assert!(text.parse::<Phone>().is_ok(), "{text}");
        }
        for text in ["", "1234", "+12025550123", "0123456789", "1234567890123456", "12 34567", "١٢٣٤٥٦"] {
            assert_eq!(text.parse::<Phone>(), Err(InvalidIdentifier::Phone), "{text:?}");
        }
    }

    #[test]
    fn usernames_are_words() {
        for text in ["a", "_", "A_1", "admin", &"x".repeat(128)] {
            assert!(text.parse::<Username>().is_ok(), "{text}");
        }
        assert_eq!("1a".parse::<Username>(), Err(InvalidIdentifier::UsernameStartsWithDigit));
        for text in ["", "a-b", "a b", "ä", "a@b.c", &"x".repeat(129)] {
            assert_eq!(text.parse::<Username>(), Err(InvalidIdentifier::UsernameCharacters), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_parsed_or_refused(text in ".*") {
            let _ = (text.parse::<Email>(), text.parse::<Phone>(), text.parse::<Username>());
        }
    }
}
