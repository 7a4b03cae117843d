//! Shapes made of other shapes.

use super::issue::{Issues, Noted, Segment};
use super::scalar::bound;
use super::{FromFields, Shape, read_object};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::marker::PhantomData;

/// A struct.
pub(crate) fn object<T: FromFields>() -> Object<T> {
    Object(PhantomData)
}

/// A JSON object of any content.
pub(crate) fn json_object() -> JsonObject {
    JsonObject
}

/// A JSON object whose members all have one shape.
pub(crate) fn record<S: Shape>(members: S) -> Record<S> {
    Record(members)
}

/// An array whose items all have one shape.
pub(crate) fn list<S: Shape>(items: S) -> List<S> {
    List { items, min: 0, max: usize::MAX }
}

/// A shape with a rule of its own.
pub(crate) fn checked<S: Shape>(shape: S, message: &'static str, accepts: fn(&S::Out) -> bool) -> Checked<S> {
    Checked { shape, message, accepts }
}

pub(crate) struct Object<T>(PhantomData<fn() -> T>);

impl<T: FromFields> Shape for Object<T> {
    type Out = T;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<T, Noted> {
        read_object(JsonObject.read(value, issues)?, issues)
    }
}

pub(crate) struct JsonObject;

impl Shape for JsonObject {
    type Out = Map<String, Value>;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Map<String, Value>, Noted> {
        if let Value::Object(members) = value {
            return Ok(members);
        }
        Err(issues.wrong_type("object", &value))
    }
}

pub(crate) struct Record<S>(S);

impl<S: Shape> Shape for Record<S> {
    type Out = Vec<(String, S::Out)>;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Self::Out, Noted> {
        let members = JsonObject.read(value, issues)?;
        let read = |(name, value): (String, Value)| {
            let member = issues.within(Segment::key(&name), |issues| self.0.read(value, issues));
            member.map(|member| (name, member))
        };
        all(members.into_iter().map(read))
    }
}

pub(crate) struct List<S> {
    items: S,
    min: usize,
    max: usize,
}

impl<S> List<S> {
    pub(crate) fn min(self, min: usize) -> Self {
        Self { min, ..self }
    }

    pub(crate) fn max(self, max: usize) -> Self {
        Self { max, ..self }
    }
}

impl<S: Shape> Shape for List<S> {
    type Out = Vec<S::Out>;

    fn expected(&self) -> Cow<'static, str> {
        "array".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Vec<S::Out>, Noted> {
        let Value::Array(items) = value else {
            return Err(issues.wrong_type("array", &value));
        };
        if items.len() < self.min {
            let message = format!("Array must contain at least {} element(s)", self.min);
            return Err(issues.too_small("array", bound(self.min), &message));
        }
        if items.len() > self.max {
            let message = format!("Array must contain at most {} element(s)", self.max);
            return Err(issues.too_big("array", bound(self.max), &message));
        }
        let read = |(index, item)| issues.within(Segment::Index(index), |issues| self.items.read(item, issues));
        all(items.into_iter().enumerate().map(read))
    }
}

/// Collects what was read. Goes through all of it even after a failure, so that each item notes its issues.
fn all<T>(read: impl Iterator<Item = Result<T, Noted>>) -> Result<Vec<T>, Noted> {
    let mut whole = Ok(Vec::new());
    for item in read {
        match (item, &mut whole) {
            (Ok(item), Ok(items)) => items.push(item),
            (Ok(_), Err(_)) => {}
            (Err(noted), _) => whole = Err(noted),
        }
    }
    whole
}

pub(crate) struct Checked<S: Shape> {
    shape: S,
    message: &'static str,
    accepts: fn(&S::Out) -> bool,
}

impl<S: Shape> Shape for Checked<S> {
    type Out = S::Out;

    fn expected(&self) -> Cow<'static, str> {
        self.shape.expected()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<S::Out, Noted> {
        let read = self.shape.read(value, issues)?;
        if (self.accepts)(&read) {
            return Ok(read);
        }
        Err(issues.custom(self.message))
    }
}
