//! From a worker's word to an outcome. A worker may have been taken over by its script, so nothing is believed.

use crate::engine::{MAX_MESSAGE, MAX_STACK};
use crate::limits::Limits;
use crate::outcome::{LogLine, Outcome};
use crate::wire::Verdict;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

/// The outcome, or `None` when an honest worker cannot have said this.
pub(super) fn outcome(verdict: Verdict, logs: &[LogLine], entry: &Arc<str>, limits: &Limits) -> Option<Outcome> {
    if !is_bounded(&verdict) || !within_budget(logs, limits) {
        return None;
    }
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

/// Whether its texts are as short as a worker cuts them.
fn is_bounded(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Denied(message) | Verdict::Syntax { message, .. } | Verdict::Type(message) => {
            message.len() <= MAX_MESSAGE
        }
        Verdict::Runtime { name, message, stack, .. } => {
            name.len().max(message.len()) <= MAX_MESSAGE && stack.as_ref().is_none_or(|stack| stack.len() <= MAX_STACK)
        }
        // A result has its own limit.
        Verdict::Returned(_)
        | Verdict::MissingFunction
        | Verdict::TimedOut(_)
        | Verdict::OutOfMemory
        | Verdict::Refused => true,
    }
}

/// Whether a worker that counts would have kept these lines; each costs its text and at least one byte.
fn within_budget(logs: &[LogLine], limits: &Limits) -> bool {
    let text: usize = logs.iter().map(|line| line.text.len()).sum();
    text.max(logs.len()) <= limits.log_bytes
}

fn returned(json: String, limits: &Limits) -> Option<Outcome> {
    if json.len() > limits.output_bytes || !json.starts_with('{') {
        return None;
    }
    if let Err(error) = serde_json::from_str::<Wellformed>(&json) {
        // What readers of JSON do not accept, although it is JSON, is the script's doing.
        let reason = error.to_string();
        let message = if reason.starts_with("recursion limit exceeded") {
            "The script return value is nested too deeply."
        } else if reason.starts_with("number out of range") {
            "The script return value has a number that is out of range."
        } else {
            return None;
        };
        return Some(Outcome::Type { message: message.to_owned() });
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
    use crate::outcome::LogLevel;

    fn check(json: &str) -> Option<Outcome> {
        outcome(Verdict::Returned(json.to_owned()), &[], &"f".into(), &Limits::default())
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
    fn depth_and_huge_numbers_are_the_fault_of_the_script() {
        let deep = format!("{}1{}", r#"{"a":"#.repeat(500), "}".repeat(500));
        for json in [&deep, r#"{"a":1e999}"#] {
            assert!(matches!(check(json), Some(Outcome::Type { .. })));
        }
    }

    #[test]
    fn texts_and_logs_that_a_worker_would_have_cut_are_no_outcome() {
        let (entry, limits) = ("f".into(), Limits { log_bytes: 10, ..Limits::default() });
        let line = |text: &str| LogLine { level: LogLevel::Log, text: text.to_owned() };
        let long = || "x".repeat(MAX_MESSAGE + 1);
        let runtime = |name: String, stack: String| {
            let message = String::new();
            Verdict::Runtime { name, message, stack: Some(stack), line: None, column: None }
        };
        for (verdict, logs) in [
            (Verdict::Denied(long()), Vec::new()),
            (Verdict::Type(long()), Vec::new()),
            (runtime(long(), String::new()), Vec::new()),
            (runtime(String::new(), "x".repeat(MAX_STACK + 1)), Vec::new()),
            (Verdict::OutOfMemory, vec![line("123456"), line("12345")]),
            (Verdict::OutOfMemory, vec![line(""); 11]),
        ] {
            assert!(outcome(verdict, &logs, &entry, &limits).is_none());
        }
        assert!(outcome(Verdict::Denied(String::new()), &[line("12345"), line("12345")], &entry, &limits).is_some());
    }
}
