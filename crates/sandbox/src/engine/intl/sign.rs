//! Plus and minus signs around and within numbers.

use super::parts::Part;

/// A sign as the locale writes it: in front, and behind.
#[derive(Clone, Copy)]
pub(super) struct Affixes<'a>(pub(super) &'a str, pub(super) &'a str);

impl<'a> Affixes<'a> {
    /// The sign as patterns contain it.
    pub(super) fn text(self) -> &'a str {
        self.0
    }
}

/// The sign of one number.
pub(super) enum Sign<'a> {
    None,
    Minus(Affixes<'a>),
    /// With the minus sign that it may stand in for.
    Plus(Affixes<'a>, Affixes<'a>),
}

impl Sign<'_> {
    pub(super) fn kind(&self) -> &'static str {
        if matches!(self, Self::Plus(..)) { "plusSign" } else { "minusSign" }
    }

    fn affixes(&self) -> Affixes<'_> {
        match self {
            Self::None => Affixes("", ""),
            Self::Minus(affixes) | Self::Plus(affixes, _) => *affixes,
        }
    }

    pub(super) fn around(&self, inner: Vec<Part>) -> Vec<Part> {
        let Affixes(before, after) = self.affixes();
        let sign = |text: &str| (!text.is_empty()).then(|| Part::new(self.kind(), text));
        sign(before).into_iter().chain(inner).chain(sign(after)).collect()
    }

    /// The literal of a pattern for negative numbers, with its minus sign as this one.
    pub(super) fn within(&self, literal: &str) -> Vec<Part> {
        let minus = match self {
            Self::None => None,
            Self::Minus(minus) | Self::Plus(_, minus) => literal.split_once(minus.text()),
        };
        let parts = match minus {
            Some((before, after)) => [("literal", before), (self.kind(), self.affixes().text()), ("literal", after)],
            None => [("literal", literal), ("literal", ""), ("literal", "")],
        };
        parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(kind, text)| Part::new(kind, text)).collect()
    }
}
