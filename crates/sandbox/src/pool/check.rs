//! From a worker's word to an outcome. A worker may have been taken over by its script, so nothing is believed.

use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::wire::Verdict;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

/// The outcome, or `None` when an honest worker cannot have said this.
pub(super) fn outcome(verdict: Verdict, entry: &Arc<str>, limits: &Limits) -> Option<Outcome> {
    Some(match verdict {
        Verdict::Returned(json) => return returned(json, limits),
        Verdict::Denied(message) => Outcome::Denied { message },
        Verdict::Syntax { message, line, column } => Outcome::Syntax { message, line, column },
        Verdict::MissingFunction => Outcome::MissingFunction { entry: Arc::clone(entry) },
        Verdict::Type(message) => Outcome::Type { message },
        Verdict::Runtime { name, message, stack, line, column } => {
            Outcome::Runtime { name, message, stack, line, column }
        }
        Verdict::TimedOut(limit) => Outcome::TimedOut { limit: limit.min(limits.wall) },
        Verdict::OutOfMemory => Outcome::OutOfMemory,
        Verdict::Refused => Outcome::Crashed,
    })
}

fn returned(json: String, limits: &Limits) -> Option<Outcome> {
    if json.len() > limits.output_bytes || !json.starts_with('{') {
        return None;
    }
    if let Err(error) = serde_json::from_str::<Wellformed>(&json) {
        // What goes deeper than readers of JSON accept is the script's doing; anything else is not JSON at all.
        let too_deep = error.to_string().starts_with("recursion limit exceeded");
        let message = "The script return value is nested too deeply.".to_owned();
        return too_deep.then_some(Outcome::Type { message });
    }
    RawValue::from_string(json).ok().map(Outcome::Returned)
}

/// Reads a whole document and keeps nothing. Unlike `IgnoredAny` it decodes strings and obeys the depth limit.
struct Wellformed;

impl<'de> Deserialize<'de> for Wellformed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Wellformed)
    }
}

impl<'de> Visitor<'de> for Wellformed {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str) -> Option<Outcome> {
        outcome(Verdict::Returned(json.to_owned()), &"f".into(), &Limits::default())
    }

    #[test]
    fn objects_pass_unchanged() {
        for json in [r"{}", r#"{"a":[1,-2.5,"é\u00e9\ud83d\ude00",null,true,{"b":{}}]}"#] {
            assert!(matches!(check(json), Some(Outcome::Returned(raw)) if raw.get() == json), "{json}");
        }
    }

    #[test]
    fn what_no_honest_worker_says_is_no_outcome() {
        for json in ["", "[]", "1", "{", "{}{}", r#"{"a":1,}"#, r#"{"a":"\ud800"}"#, "{\"a\":\"\u{1}\"}", " {}"] {
            assert!(check(json).is_none(), "{json}");
        }
        assert!(check(&format!(r#"{{"a":"{}"}}"#, "x".repeat(60_000))).is_none());
    }

    #[test]
    fn depth_is_the_fault_of_the_script() {
        let deep = format!("{}1{}", r#"{"a":"#.repeat(500), "}".repeat(500));
        assert!(matches!(check(&deep), Some(Outcome::Type { .. })));
    }
}
