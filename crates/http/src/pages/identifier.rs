//! The one field for usernames, email addresses and phone numbers, and what was typed into it.

use super::again::Again;
use super::experience::Identifier;
use super::form::Field;
use super::frame::Frame;

/// The name of the field in forms.
pub(super) const FIELD: &str = "identifier";

impl Identifier {
    /// Its name where it labels a field.
    pub(super) fn label_key(self) -> &'static str {
        match self {
            Self::Username => "input.username",
            Self::Email => "input.email",
            Self::Phone => "input.phone_number",
        }
    }

    /// Its name inside a sentence.
    pub(super) fn noun_key(self) -> &'static str {
        match self {
            Self::Username => "description.username",
            Self::Email => "description.email",
            Self::Phone => "description.phone_number",
        }
    }
}

/// The field that takes any of `identifiers`.
pub(super) fn field(frame: &Frame, identifiers: &[Identifier], again: &Again) -> Field {
    let label = identifiers.iter().map(|identifier| frame.t(identifier.label_key())).collect::<Vec<_>>().join(" / ");
    let field = match identifiers {
        [Identifier::Email] => Field::email(FIELD, &label),
        [Identifier::Phone] => Field::phone(FIELD, &label),
        _ => Field::text(FIELD, &label, "username"),
    };
    field.with_value(again.value_of(FIELD)).with_wrong(again.wrong_in(FIELD))
}

/// "email, phone number or username".
pub(super) fn nouns(frame: &Frame, identifiers: &[Identifier]) -> String {
    let nouns: Vec<_> = identifiers.iter().map(|identifier| frame.t(identifier.noun_key())).collect();
    frame.wording.one_of(&nouns)
}

/// What was typed, as the kind of identifier that it looks like, in the form that is stored. `None` if it is none of
/// those that are taken.
pub(crate) fn parse(typed: &str, taken: &[Identifier]) -> Option<(Identifier, String)> {
    let typed = typed.trim();
    let (kind, value) = if typed.contains('@') {
        (Identifier::Email, email(typed)?)
    } else if let Some(digits) = phone(typed).filter(|_| taken.contains(&Identifier::Phone)) {
        (Identifier::Phone, digits)
    } else {
        (Identifier::Username, username(typed)?)
    };
    taken.contains(&kind).then_some((kind, value))
}

/// The same loose rule as that of the API: something, an at sign, something with a dot.
fn email(typed: &str) -> Option<String> {
    let (local, domain) = typed.rsplit_once('@')?;
    let (host, top) = domain.rsplit_once('.')?;
    let is_whole = !local.is_empty() && !host.is_empty() && !top.is_empty();
    (is_whole && !typed.contains(char::is_whitespace)).then(|| typed.to_owned())
}

/// Digits with their country code; people also type a plus, spaces, dashes and parentheses.
fn phone(typed: &str) -> Option<String> {
    let is_written_so = |letter: char| letter.is_ascii_digit() || " -().".contains(letter);
    let number = typed.strip_prefix('+').unwrap_or(typed);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (number.chars().all(is_written_so) && (5..=15).contains(&digits.len())).then_some(digits)
}

fn username(typed: &str) -> Option<String> {
    let mut letters = typed.chars();
    let is_begun = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    (is_begun && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')).then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_tells_what_it_is() {
        let all = [Identifier::Username, Identifier::Email, Identifier::Phone];
        for (typed, expected) in [
            ("alice", Some((Identifier::Username, "alice"))),
            (" _a1 ", Some((Identifier::Username, "_a1"))),
            ("alice@shop.example", Some((Identifier::Email, "alice@shop.example"))),
            ("+86 138-0013 8000", Some((Identifier::Phone, "8613800138000"))),
            ("(1) 555.0100", Some((Identifier::Phone, "15550100"))),
            ("1alice", None),
            ("alice@", None),
            ("@shop.example", None),
            ("a lice@shop.example", None),
            ("alice smith", None),
            ("", None),
            ("123", None),
        ] {
            let expected = expected.map(|(kind, value)| (kind, value.to_owned()));
            assert_eq!(parse(typed, &all), expected, "{typed}");
        }
    }

    #[test]
    fn only_what_is_taken_counts() {
        assert_eq!(parse("alice", &[Identifier::Email]), None);
        assert_eq!(parse("8613800138000", &[Identifier::Username]), None);
    }
}
