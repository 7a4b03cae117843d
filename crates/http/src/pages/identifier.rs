//! The one field for usernames, email addresses and phone numbers, and what was typed into it.

use super::again::Again;
use super::form::Field;
use super::frame::Frame;
use signet_identity::experience::identifier::{Identifier as Named, IdentifierType as Identifier};

/// The name of the field in forms.
pub(super) const FIELD: &str = "identifier";

/// Its name where it labels a field.
fn label_key(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::Username => "input.username",
        Identifier::Email => "input.email",
        Identifier::Phone => "input.phone_number",
    }
}

/// Its name inside a sentence.
fn noun_key(identifier: Identifier) -> &'static str {
    match identifier {
        Identifier::Username => "description.username",
        Identifier::Email => "description.email",
        Identifier::Phone => "description.phone_number",
    }
}

/// The field that takes any of `identifiers`.
pub(super) fn field(frame: &Frame, identifiers: &[Identifier], again: &Again) -> Field {
    let label = identifiers.iter().map(|identifier| frame.t(label_key(*identifier))).collect::<Vec<_>>().join(" / ");
    let field = match identifiers {
        [Identifier::Email] => Field::email(FIELD, &label),
        [Identifier::Phone] => Field::phone(FIELD, &label),
        _ => Field::text(FIELD, &label, "username"),
    };
    field.with_value(again.value_of(FIELD)).with_wrong(again.wrong_in(FIELD))
}

/// "email, phone number or username".
pub(super) fn nouns(frame: &Frame, identifiers: &[Identifier]) -> String {
    let nouns: Vec<_> = identifiers.iter().map(|identifier| frame.t(noun_key(*identifier))).collect();
    frame.wording.one_of(&nouns)
}

/// What to say when none of `identifiers` was typed.
pub(super) fn not_one_of(frame: &Frame, identifiers: &[Identifier]) -> String {
    match identifiers {
        [Identifier::Email] => frame.t("error.invalid_email").to_owned(),
        [Identifier::Phone] => frame.t("error.invalid_phone").to_owned(),
        [Identifier::Username] => frame.t("error.username_invalid_charset").to_owned(),
        several => frame.wording.fill("error.invalid_identifier", &[("types", &nouns(frame, several))]),
    }
}

/// What was typed, as the kind of identifier that it looks like. `None` if it is none of those that are taken.
pub(super) fn parse(typed: &str, taken: &[Identifier]) -> Option<Named> {
    let typed = typed.trim();
    let number = phone_digits(typed).filter(|_| taken.contains(&Identifier::Phone));
    let (kind, value) = match &number {
        _ if typed.contains('@') => (Identifier::Email, typed),
        Some(digits) => (Identifier::Phone, digits.as_str()),
        None => (Identifier::Username, typed),
    };
    Named::parse(kind, value).ok().filter(|_| taken.contains(&kind))
}

/// Stored are digits with the country code; people also type a plus, spaces, dashes and parentheses.
fn phone_digits(typed: &str) -> Option<String> {
    let is_written_so = |letter: char| letter.is_ascii_digit() || " -().".contains(letter);
    let number = typed.strip_prefix('+').unwrap_or(typed);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (number.chars().all(is_written_so) && (5..=15).contains(&digits.len())).then_some(digits)
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
            let parsed = parse(typed, &all);
            let parsed = parsed.as_ref().map(|named| (named.kind(), named.as_str()));
            assert_eq!(parsed, expected, "{typed}");
        }
    }

    #[test]
    fn only_what_is_taken_counts() {
        assert_eq!(parse("alice", &[Identifier::Email]), None);
        assert_eq!(parse("8613800138000", &[Identifier::Username]), None);
    }
}
