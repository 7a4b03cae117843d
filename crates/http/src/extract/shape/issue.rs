//! What is wrong with a request, in the form that existing clients parse: codes, paths and one line per issue.

use super::type_of;
use crate::error::ApiError;
use serde_json::{Map, Value, json};
use signet_core::error_code::ErrorCode;
use std::fmt::Write;

/// More issues than this help nobody, and a large body must not grow into a larger answer.
const MAX_ISSUES: usize = 50;
/// Characters of a refused value or key that an answer repeats.
const MAX_ECHO: usize = 64;

/// A step of a path into a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Segment {
    Key(String),
    Index(usize),
}

impl Segment {
    pub(crate) fn key(name: &str) -> Self {
        Self::Key(shortened(name))
    }
}

/// Proof that an issue was noted: whoever cannot give a value has said why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noted(());

/// The issues of one request part, and the path that is being read.
#[derive(Debug, Default)]
pub(crate) struct Issues {
    list: Vec<Value>,
    lines: Vec<String>,
    path: Vec<Segment>,
}

impl Issues {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// Reads a part of the value: issues inside get `segment` in their path.
    pub(crate) fn within<T>(&mut self, segment: Segment, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(segment);
        let read = read(self);
        self.path.pop();
        read
    }

    pub(super) fn missing(&mut self, expected: &str) -> Noted {
        self.wrong_type_named(expected, "undefined", "Required")
    }

    pub(super) fn wrong_type(&mut self, expected: &str, value: &Value) -> Noted {
        let received = type_of(value);
        self.wrong_type_named(expected, received, &format!("Expected {expected}, received {received}"))
    }

    pub(super) fn wrong_type_named(&mut self, expected: &str, received: &str, message: &str) -> Noted {
        let line = format!("Expected {expected} but received {received}.");
        self.add("invalid_type", message, Some(&line), json!({"expected": expected, "received": received}))
    }

    pub(super) fn not_one_of(&mut self, options: &[&'static str], received: &str) -> Noted {
        let message = format!("Invalid enum value. Expected {}, received '{}'", either(options), shortened(received));
        let facts = json!({"received": shortened(received), "options": options});
        self.add("invalid_enum_value", &message, None, facts)
    }

    pub(super) fn invalid_text(&mut self, validation: &str, message: &str) -> Noted {
        self.add("invalid_string", message, None, json!({"validation": validation}))
    }

    pub(super) fn too_small(&mut self, kind: &str, minimum: i64, message: &str) -> Noted {
        let facts = json!({"minimum": minimum, "type": kind, "inclusive": true, "exact": false});
        self.add("too_small", message, None, facts)
    }

    pub(super) fn too_big(&mut self, kind: &str, maximum: i64, message: &str) -> Noted {
        let facts = json!({"maximum": maximum, "type": kind, "inclusive": true, "exact": false});
        self.add("too_big", message, None, facts)
    }

    pub(super) fn unrecognized<'k>(&mut self, keys: impl Iterator<Item = &'k String>) -> Noted {
        let keys: Vec<String> = keys.take(MAX_ISSUES).map(|key| shortened(key)).collect();
        let quoted: Vec<String> = keys.iter().map(|key| format!("'{key}'")).collect();
        let message = format!("Unrecognized key(s) in object: {}", quoted.join(", "));
        self.add("unrecognized_keys", &message, None, json!({"keys": keys}))
    }

    pub(crate) fn custom(&mut self, message: &str) -> Noted {
        self.add("custom", message, None, json!({}))
    }

    /// U+0000 is text to JSON and to URLs, but PostgreSQL cannot store it.
    pub(super) fn refuse_nul(&mut self, value: &Value) {
        match value {
            Value::String(text) if text.contains('\0') => {
                self.custom("must not contain U+0000");
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.within(Segment::Index(index), |issues| issues.refuse_nul(item));
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.within(Segment::key(name), |issues| {
                        if name.contains('\0') {
                            issues.custom("a name must not contain U+0000");
                        }
                        issues.refuse_nul(member);
                    });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn add(&mut self, code: &'static str, message: &str, line: Option<&str>, facts: Value) -> Noted {
        if self.list.len() == MAX_ISSUES {
            return Noted(());
        }
        let mut issue = Map::new();
        issue.insert("code".to_owned(), code.into());
        if let Value::Object(facts) = facts {
            issue.extend(facts);
        }
        issue.insert("path".to_owned(), self.path.iter().map(Segment::to_json).collect());
        issue.insert("message".to_owned(), message.into());
        self.list.push(issue.into());
        let told = line.unwrap_or(message);
        self.lines.push(format!("Error in key path \"{}\": ({code}) {told}", self.dotted_path()));
        Noted(())
    }

    fn dotted_path(&self) -> String {
        let mut dotted = String::new();
        for (position, segment) in self.path.iter().enumerate() {
            let dot = if position > 0 { "." } else { "" };
            // Writing to a string does not fail.
            let _ = match segment {
                Segment::Key(name) => write!(dotted, "{dot}{name}"),
                Segment::Index(index) => write!(dotted, "{dot}{index}"),
            };
        }
        dotted
    }
}

impl Segment {
    fn to_json(&self) -> Value {
        match self {
            Self::Key(name) => name.as_str().into(),
            Self::Index(index) => (*index).into(),
        }
    }
}

/// 400 `guard.invalid_input` for one part of a request: `body`, `query` or `params`.
pub(crate) fn invalid_input(part: &str, issues: &Issues) -> ApiError {
    ApiError::new(ErrorCode::GuardInvalidInput)
        .with("type", part)
        .details(issues.lines.join("\n"))
        .data(json!({"issues": issues.list, "name": "ZodError"}))
}

/// `'a' | 'b'`
pub(super) fn either(options: &[&'static str]) -> String {
    let quoted: Vec<String> = options.iter().map(|option| format!("'{option}'")).collect();
    quoted.join(" | ")
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_ECHO) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
