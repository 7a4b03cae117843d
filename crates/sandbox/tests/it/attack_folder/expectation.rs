//! What a file of `attacks/` says must come of it.

use serde_json::Value;
use signet_sandbox::Outcome;
use std::str::FromStr;

/// `returns JSON`, or a kind of outcome with a name (`runtime RangeError`) and a piece of its text (`: stack`).
#[derive(Debug)]
pub(super) struct Expectation {
    kind: String,
    json: Option<Value>,
    name: Option<String>,
    text: Option<String>,
}

/// Each kind, and whether a name may follow it.
const KINDS: [(&str, bool); 9] = [
    ("returns", false),
    ("denied", false),
    ("timeout", false),
    ("out-of-memory", false),
    ("runtime", true),
    ("syntax", false),
    ("type", false),
    ("missing-function", false),
    ("crashed", false),
];

impl FromStr for Expectation {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let wrong = || format!("`{written}` is no outcome");
        if let Some(json) = written.strip_prefix("returns {") {
            let json = serde_json::from_str(&format!("{{{json}")).map_err(|_| wrong())?;
            return Ok(Self { kind: "returns".to_owned(), json: Some(json), name: None, text: None });
        }
        let (head, text) = written.split_once(':').map_or((written, None), |(head, text)| (head, Some(text.trim())));
        let (kind, name) = head.split_once(' ').map_or((head, None), |(kind, name)| (kind, Some(name)));
        if !KINDS.iter().any(|(known, takes_name)| *known == kind && (*takes_name || name.is_none())) {
            return Err(wrong());
        }
        Ok(Self { kind: kind.to_owned(), json: None, name: name.map(str::to_owned), text: text.map(str::to_owned) })
    }
}

impl Expectation {
    pub(super) fn is_met_by(&self, outcome: &Outcome) -> bool {
        let is_named = |name: &str| self.name.as_deref().is_none_or(|expected| expected == name);
        let kind = match outcome {
            Outcome::Returned(json) => {
                let json: Value = serde_json::from_str(json.get()).unwrap();
                return self.kind == "returns" && self.json.as_ref().is_none_or(|expected| *expected == json);
            }
            Outcome::Runtime { name, .. } if !is_named(name) => return false,
            Outcome::Runtime { .. } => "runtime",
            Outcome::Denied { .. } => "denied",
            Outcome::TimedOut { .. } => "timeout",
            Outcome::OutOfMemory => "out-of-memory",
            Outcome::Syntax { .. } => "syntax",
            Outcome::Type { .. } => "type",
            Outcome::MissingFunction { .. } => "missing-function",
            Outcome::Crashed => "crashed",
            Outcome::Shed | Outcome::CircuitOpen => return false,
        };
        self.kind == kind && self.text.as_ref().is_none_or(|text| outcome.message().contains(text))
    }
}
