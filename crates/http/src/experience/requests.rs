//! What requests of a sign-in hold.

use crate::extract::shape::issue::Noted;
use crate::extract::shape::scalar::{one_of, text};
use crate::extract::shape::{Fields, FromFields};
use signet_core::interaction::InteractionEvent;
use signet_core::secret::Plain;
use signet_identity::experience::identifier::{Identifier, IdentifierType, Recipient};

/// Longest code, id or token that is looked at.
const LONGEST: usize = 256;
/// Longest password that is looked at: the longest that any policy allows, with room for imported ones.
const LONGEST_PASSWORD: usize = 4096;

pub(super) fn event(fields: &mut Fields<'_>, name: &str) -> Result<InteractionEvent, Noted> {
    fields.required(name, one_of(InteractionEvent::ALL, InteractionEvent::as_str))
}

pub(super) fn password(fields: &mut Fields<'_>) -> Result<Plain, Noted> {
    fields.required("password", text().min(1).max(LONGEST_PASSWORD)).map(Plain::new)
}

/// A code, an id or a token.
pub(super) fn short(fields: &mut Fields<'_>, name: &str) -> Result<String, Noted> {
    fields.required(name, text().min(1).max(LONGEST))
}

/// `{type, value}`.
pub(super) struct IdentifierBody(pub(super) Identifier);

impl FromFields for IdentifierBody {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let kind = fields.required("type", one_of(IdentifierType::ALL, IdentifierType::as_str));
        let value = short(fields, "value");
        let (kind, value) = (kind?, value?);
        Identifier::parse(kind, &value).map(Self).map_err(|error| fields.refuse("value", &error.to_string()))
    }
}

/// `{type, value}` of an address.
pub(super) struct RecipientBody(pub(super) Recipient);

impl FromFields for RecipientBody {
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted> {
        let IdentifierBody(identifier) = IdentifierBody::from_fields(fields)?;
        identifier.recipient().map(Self).ok_or_else(|| fields.refuse("type", "must be `email` or `phone`"))
    }
}
