//! Formatted text in parts, named as `formatToParts` names them.

use std::fmt;
use writeable::PartsWrite;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Part {
    pub(in super::super) kind: &'static str,
    pub(in super::super) text: String,
}

impl Part {
    pub(super) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }
}

/// What `format` returns where `formatToParts` returns `parts`.
pub(in super::super) fn joined(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

/// Text beside a number: its spaces are literals, the rest is of `kind`.
pub(super) fn beside(kind: &'static str, text: &str) -> Vec<Part> {
    let inner = text.trim();
    let (before, after) = text.split_once(inner).unwrap_or((text, ""));
    let parts = [("literal", before), (kind, inner), ("literal", after)];
    parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(kind, text)| Part::new(kind, text)).collect()
}

/// Collects what ICU4X writes.
pub(super) struct Sink {
    parts: Vec<Part>,
    kind: &'static str,
    name: Name,
}

/// The kind of a part within one of another kind.
type Name = fn(&'static str, writeable::Part) -> &'static str;

impl Sink {
    pub(super) fn new(name: Name) -> Self {
        Self { parts: Vec::new(), kind: "literal", name }
    }

    pub(super) fn parts(self) -> Vec<Part> {
        self.parts
    }
}

impl fmt::Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == self.kind => last.text.push_str(text),
            _ => self.parts.push(Part::new(self.kind, text)),
        }
        Ok(())
    }
}

impl PartsWrite for Sink {
    type SubPartsWrite = Self;

    fn with_part(
        &mut self,
        part: writeable::Part,
        mut write: impl FnMut(&mut Self::SubPartsWrite) -> fmt::Result,
    ) -> fmt::Result {
        let outer = self.kind;
        self.kind = (self.name)(outer, part);
        let result = write(self);
        self.kind = outer;
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_beside_a_number_are_literals() {
        for (text, expected) in [
            ("\u{a0}%", vec![Part::new("literal", "\u{a0}"), Part::new("percentSign", "%")]),
            ("%", vec![Part::new("percentSign", "%")]),
            (" ", vec![Part::new("literal", " ")]),
            ("", vec![]),
        ] {
            assert_eq!(beside("percentSign", text), expected, "{text:?}");
        }
    }
}
