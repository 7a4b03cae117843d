//! Shapes of single values.

use super::Shape;
use super::issue::{Issues, Noted, either};
use serde_json::{Number, Value};
use std::borrow::Cow;
use url::Url;

/// Text, within bounds of length that are counted like JavaScript counts them: in UTF-16 units.
pub(crate) fn text() -> Text {
    Text { min: 0, max: usize::MAX, check: None }
}

/// Text that is an absolute URL.
pub(crate) fn url() -> Text {
    text().matching("url", "Invalid url", |text| Url::parse(text).is_ok())
}

/// `true` or `false`.
pub(crate) fn boolean() -> Boolean {
    Boolean
}

/// A whole number.
pub(crate) fn integer() -> Integer {
    Integer { min: i64::MIN, max: i64::MAX }
}

/// Any number.
pub(crate) fn number() -> AnyNumber {
    AnyNumber
}

/// One of a closed set of names.
pub(crate) fn one_of<T: Copy + 'static>(all: &'static [T], name: fn(T) -> &'static str) -> OneOf<T> {
    OneOf { all, name }
}

/// Whatever it is.
pub(crate) fn anything() -> Anything {
    Anything
}

/// A query parameter that switches something on. Everything but the affirmative spellings means no.
pub(crate) fn flag() -> Flag {
    Flag
}

/// A query parameter that is a whole number, not below zero.
pub(crate) fn digits() -> Digits {
    Digits
}

pub(crate) struct Text {
    min: usize,
    max: usize,
    check: Option<Check>,
}

#[derive(Clone, Copy)]
struct Check {
    name: &'static str,
    message: &'static str,
    accepts: fn(&str) -> bool,
}

impl Text {
    pub(crate) fn min(self, min: usize) -> Self {
        Self { min, ..self }
    }

    pub(crate) fn max(self, max: usize) -> Self {
        Self { max, ..self }
    }

    /// A grammar: how an issue names it, what it says, and the test.
    pub(crate) fn matching(self, name: &'static str, message: &'static str, accepts: fn(&str) -> bool) -> Self {
        Self { check: Some(Check { name, message, accepts }), ..self }
    }

    fn check(&self, text: &str, issues: &mut Issues) -> Result<(), Noted> {
        let length = text.encode_utf16().count();
        if length < self.min {
            let message = format!("String must contain at least {} character(s)", self.min);
            return Err(issues.too_small("string", bound(self.min), &message));
        }
        if length > self.max {
            let message = format!("String must contain at most {} character(s)", self.max);
            return Err(issues.too_big("string", bound(self.max), &message));
        }
        match self.check.filter(|check| !(check.accepts)(text)) {
            Some(check) => Err(issues.invalid_text(check.name, check.message)),
            None => Ok(()),
        }
    }
}

/// Bounds are constants of ours, far below the limit.
pub(super) fn bound(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

impl Shape for Text {
    type Out = String;

    fn expected(&self) -> Cow<'static, str> {
        "string".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<String, Noted> {
        let Value::String(text) = value else {
            return Err(issues.wrong_type("string", &value));
        };
        self.check(&text, issues).map(|()| text)
    }
}

pub(crate) struct Boolean;

impl Shape for Boolean {
    type Out = bool;

    fn expected(&self) -> Cow<'static, str> {
        "boolean".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<bool, Noted> {
        if let Value::Bool(boolean) = value {
            return Ok(boolean);
        }
        Err(issues.wrong_type("boolean", &value))
    }
}

pub(crate) struct Integer {
    min: i64,
    max: i64,
}

impl Integer {
    pub(crate) fn min(self, min: i64) -> Self {
        Self { min, ..self }
    }

    pub(crate) fn max(self, max: i64) -> Self {
        Self { max, ..self }
    }
}

impl Shape for Integer {
    type Out = i64;

    fn expected(&self) -> Cow<'static, str> {
        "number".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<i64, Noted> {
        let Value::Number(number) = value else {
            return Err(issues.wrong_type("number", &value));
        };
        let Some(integer) = whole(&number) else {
            return Err(issues.wrong_type_named("integer", "float", "Expected integer, received float"));
        };
        if integer < self.min {
            let message = format!("Number must be greater than or equal to {}", self.min);
            return Err(issues.too_small("number", self.min, &message));
        }
        if integer > self.max {
            let message = format!("Number must be less than or equal to {}", self.max);
            return Err(issues.too_big("number", self.max, &message));
        }
        Ok(integer)
    }
}

/// JSON does not tell `3` from `3.0`. Beyond 2^53 a double is no longer exact, so that it is no integer.
fn whole(number: &Number) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(integer) = number.as_i64() {
        return Some(integer);
    }
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
    format!("{float:.0}").parse().ok()
}

pub(crate) struct AnyNumber;

impl Shape for AnyNumber {
    type Out = Number;

    fn expected(&self) -> Cow<'static, str> {
        "number".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Number, Noted> {
        if let Value::Number(number) = value {
            return Ok(number);
        }
        Err(issues.wrong_type("number", &value))
    }
}

pub(crate) struct OneOf<T: 'static> {
    all: &'static [T],
    name: fn(T) -> &'static str,
}

impl<T: Copy> OneOf<T> {
    fn names(&self) -> Vec<&'static str> {
        self.all.iter().map(|member| (self.name)(*member)).collect()
    }
}

impl<T: Copy> Shape for OneOf<T> {
    type Out = T;

    fn expected(&self) -> Cow<'static, str> {
        either(&self.names()).into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<T, Noted> {
        let Value::String(text) = value else {
            return Err(issues.wrong_type(&self.expected(), &value));
        };
        let found = self.all.iter().copied().find(|member| (self.name)(*member) == text);
        found.ok_or_else(|| issues.not_one_of(&self.names(), &text))
    }
}

pub(crate) struct Anything;

impl Shape for Anything {
    type Out = Value;

    fn expected(&self) -> Cow<'static, str> {
        "any".into()
    }

    fn read(&self, value: Value, _: &mut Issues) -> Result<Value, Noted> {
        Ok(value)
    }
}

pub(crate) struct Flag;

impl Shape for Flag {
    type Out = bool;

    fn expected(&self) -> Cow<'static, str> {
        "string".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<bool, Noted> {
        text().read(value, issues).map(|text| is_affirmative(&text))
    }
}

/// The spellings of yes in query strings.
pub(crate) fn is_affirmative(text: &str) -> bool {
    ["1", "true", "y", "yes", "yep", "yeah"].iter().any(|yes| yes.eq_ignore_ascii_case(text))
}

pub(crate) struct Digits;

impl Shape for Digits {
    type Out = i64;

    fn expected(&self) -> Cow<'static, str> {
        "string".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<i64, Noted> {
        let text = text().read(value, issues)?;
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = is_number.then(|| text.parse().ok()).flatten();
        number.ok_or_else(|| issues.invalid_text("regex", "Invalid"))
    }
}
