//! Reading a request's values. A [`Shape`] turns a JSON value into a typed one or says what is wrong with it; a struct
//! of a request reads its members through [`Fields`].
//!
//! Every issue of a request is collected, so that a client sees all of them at once.

pub(crate) mod compound;
pub(crate) mod issue;
pub(crate) mod kept;
pub(crate) mod scalar;

use compound::object;
use issue::{Issues, Noted, Segment};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What a value must look like, and what comes of it.
pub(crate) trait Shape {
    type Out;

    /// The type as an issue names it.
    fn expected(&self) -> Cow<'static, str>;

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Self::Out, Noted>;
}

/// A struct that is read from the members of a JSON object.
///
/// Members that nobody asks for are dropped, or refused when the struct is strict.
pub(crate) trait FromFields: Sized {
    const STRICT: bool = false;

    /// Reads every member first and builds the struct last, so that no issue hides another.
    fn from_fields(fields: &mut Fields<'_>) -> Result<Self, Noted>;
}

/// What a request does to a member that can be `null`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Patch<T> {
    Keep,
    Clear,
    Set(T),
}

impl<T> Patch<T> {
    pub(crate) fn apply(self, to: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *to = None,
            Self::Set(value) => *to = Some(value),
        }
    }
}

/// The members of an object that is being read.
pub(crate) struct Fields<'a> {
    members: Map<String, Value>,
    issues: &'a mut Issues,
}

#[expect(clippy::needless_pass_by_value, reason = "a shape is written where it is used")]
impl Fields<'_> {
    /// A member that must be there.
    pub(crate) fn required<S: Shape>(&mut self, name: &str, shape: S) -> Result<S::Out, Noted> {
        match self.members.remove(name) {
            Some(value) => self.read(name, value, &shape),
            None => self.issues.within(Segment::key(name), |issues| Err(issues.missing(&shape.expected()))),
        }
    }

    /// A member that may be absent. `null` is not absent.
    pub(crate) fn optional<S: Shape>(&mut self, name: &str, shape: S) -> Result<Option<S::Out>, Noted> {
        match self.members.remove(name) {
            Some(value) => self.read(name, value, &shape).map(Some),
            None => Ok(None),
        }
    }

    /// A member that may be absent or `null`, which mean the same.
    pub(crate) fn nullish<S: Shape>(&mut self, name: &str, shape: S) -> Result<Option<S::Out>, Noted> {
        match self.members.remove(name) {
            Some(Value::Null) | None => Ok(None),
            Some(value) => self.read(name, value, &shape).map(Some),
        }
    }

    /// A member of a partial update: absent keeps what is stored, `null` clears it.
    pub(crate) fn patch<S: Shape>(&mut self, name: &str, shape: S) -> Result<Patch<S::Out>, Noted> {
        match self.members.remove(name) {
            None => Ok(Patch::Keep),
            Some(Value::Null) => Ok(Patch::Clear),
            Some(value) => self.read(name, value, &shape).map(Patch::Set),
        }
    }

    /// Every member that was not read yet, whatever it is.
    pub(crate) fn rest(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.members)
    }

    /// A rule that two members break together.
    pub(crate) fn refuse(&mut self, name: &str, message: &str) -> Noted {
        self.issues.within(Segment::key(name), |issues| issues.custom(message))
    }

    fn read<S: Shape>(&mut self, name: &str, value: Value, shape: &S) -> Result<S::Out, Noted> {
        self.issues.within(Segment::key(name), |issues| shape.read(value, issues))
    }
}

/// Reads `T` from the members of one object.
fn read_object<T: FromFields>(members: Map<String, Value>, issues: &mut Issues) -> Result<T, Noted> {
    let mut fields = Fields { members, issues };
    let read = T::from_fields(&mut fields);
    if T::STRICT && !fields.members.is_empty() {
        return Err(fields.issues.unrecognized(fields.members.keys()));
    }
    read
}

/// Reads a whole request part.
pub(crate) fn read<T: FromFields>(value: Value) -> Result<T, Issues> {
    let mut issues = Issues::default();
    issues.refuse_nul(&value);
    match object::<T>().read(value, &mut issues) {
        Ok(read) if issues.is_empty() => Ok(read),
        Ok(_) | Err(Noted { .. }) => Err(issues),
    }
}

/// The name of a value's type in an issue.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests;
