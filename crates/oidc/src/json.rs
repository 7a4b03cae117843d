//! JSON objects whose members are unique.
//!
//! Two readers of an object with a repeated member may each see another value (RFC 8259 §4), so requests and JOSE
//! objects that repeat one are refused (RFC 7515 §4, RFC 7519 §4).

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The members of an object in their order, repetitions included.
pub(crate) struct Members(pub(crate) Vec<(String, Value)>);

impl Members {
    /// `None` when `text` is anything but one object.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    /// `None` when a member occurs twice.
    pub(crate) fn unique(self) -> Option<Map<String, Value>> {
        let count = self.0.len();
        let map: Map<String, Value> = self.0.into_iter().collect();
        (map.len() == count).then_some(map)
    }
}

/// Parses an object whose members are unique. Objects inside it keep the last of repeated members.
pub(crate) fn unique_object(text: &[u8]) -> Option<Map<String, Value>> {
    Members::parse(text)?.unique()
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_object_with_unique_members_parses() {
        assert!(unique_object(br#"{"a":1,"b":{"a":2}}"#).is_some());
        for text in ["", "[]", "1", "null", r#"{"a":1}x"#, r#"{"a":1,"a":1}"#, r#"{"a":"\ud800"}"#, "\u{feff}{}"] {
            assert!(unique_object(text.as_bytes()).is_none(), "{text}");
        }
        assert!(unique_object("[".repeat(100_000).as_bytes()).is_none());
    }
}
