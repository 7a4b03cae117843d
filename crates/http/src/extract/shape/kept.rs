//! Shapes of JSON that is checked and then kept as JSON: members in the order of their description, of others none.

use super::compound::JsonObject;
use super::issue::{Issues, Noted, Segment};
use super::{Shape, compound, scalar};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A shape whose value stays JSON.
pub(crate) trait KeptShape {
    fn type_name(&self) -> Cow<'static, str>;
    fn keep(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted>;
}

impl<S: Shape> KeptShape for S
where
    S::Out: Into<Value>,
{
    fn type_name(&self) -> Cow<'static, str> {
        self.expected()
    }

    fn keep(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted> {
        self.read(value, issues).map(Into::into)
    }
}

/// An object of described members.
pub(crate) fn members() -> Members {
    Members { list: Vec::new(), strict: false, partial: false }
}

/// An array whose items all have one shape.
pub(crate) fn list_of(items: impl KeptShape + 'static) -> impl Shape<Out = Vec<Value>> {
    compound::list(Kept(Box::new(items)))
}

/// An object whose members all have one shape.
pub(crate) fn record_of(shape: impl KeptShape + 'static) -> RecordOf {
    RecordOf(compound::record(Kept(Box::new(shape))))
}

/// Objects that a member of theirs tells apart.
pub(crate) fn tagged(tag: &'static str, variants: Vec<(&'static str, Members)>) -> Tagged {
    Tagged { tag, variants }
}

/// One of a closed set of texts.
pub(crate) fn literal(options: &'static [&'static str]) -> impl Shape<Out = &'static str> {
    scalar::one_of(options, |option| option)
}

/// A text or an array of texts, kept in the form in which it came.
pub(crate) fn text_or_texts() -> TextOrTexts {
    TextOrTexts
}

struct Kept(Box<dyn KeptShape>);

impl Shape for Kept {
    type Out = Value;

    fn expected(&self) -> Cow<'static, str> {
        self.0.type_name()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted> {
        self.0.keep(value, issues)
    }
}

/// See [`members`].
pub(crate) struct Members {
    list: Vec<Member>,
    strict: bool,
    partial: bool,
}

struct Member {
    name: &'static str,
    shape: Kept,
    required: bool,
    nullable: bool,
}

impl Members {
    /// Members that are not described are refused, not dropped.
    pub(crate) fn strict(self) -> Self {
        Self { strict: true, ..self }
    }

    /// No member has to be there.
    pub(crate) fn partial(self) -> Self {
        Self { partial: true, ..self }
    }

    pub(crate) fn required(self, name: &'static str, shape: impl KeptShape + 'static) -> Self {
        self.with(name, shape, true, false)
    }

    pub(crate) fn optional(self, name: &'static str, shape: impl KeptShape + 'static) -> Self {
        self.with(name, shape, false, false)
    }

    /// Must be there, but may be `null`.
    pub(crate) fn nullable(self, name: &'static str, shape: impl KeptShape + 'static) -> Self {
        self.with(name, shape, true, true)
    }

    /// The same shape for several members that may be absent.
    pub(crate) fn optionals<S: KeptShape + 'static>(self, names: &[&'static str], shape: fn() -> S) -> Self {
        names.iter().fold(self, |members, name| members.optional(name, shape()))
    }

    fn with(mut self, name: &'static str, shape: impl KeptShape + 'static, required: bool, nullable: bool) -> Self {
        self.list.push(Member { name, shape: Kept(Box::new(shape)), required, nullable });
        self
    }
}

impl Member {
    fn read(&self, value: Option<Value>, partial: bool, issues: &mut Issues) -> Result<Option<Value>, Noted> {
        match value {
            Some(Value::Null) if self.nullable => Ok(Some(Value::Null)),
            Some(value) => self.shape.read(value, issues).map(Some),
            None if self.required && !partial => Err(issues.missing(&self.shape.expected())),
            None => Ok(None),
        }
    }
}

impl Shape for Members {
    type Out = Map<String, Value>;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Map<String, Value>, Noted> {
        let mut given = JsonObject.read(value, issues)?;
        let mut kept = Ok(Map::new());
        for member in &self.list {
            let value = given.remove(member.name);
            let read = issues.within(Segment::key(member.name), |issues| member.read(value, self.partial, issues));
            match (read, &mut kept) {
                (Ok(Some(value)), Ok(kept)) => drop(kept.insert(member.name.to_owned(), value)),
                (Ok(_), _) => {}
                (Err(noted), _) => kept = Err(noted),
            }
        }
        if self.strict && !given.is_empty() {
            return Err(issues.unrecognized(given.keys()));
        }
        kept
    }
}

/// See [`record_of`].
pub(crate) struct RecordOf(compound::Record<Kept>);

impl Shape for RecordOf {
    type Out = Map<String, Value>;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Map<String, Value>, Noted> {
        self.0.read(value, issues).map(Map::from_iter)
    }
}

/// See [`tagged`].
pub(crate) struct Tagged {
    tag: &'static str,
    variants: Vec<(&'static str, Members)>,
}

impl Shape for Tagged {
    type Out = Map<String, Value>;

    fn expected(&self) -> Cow<'static, str> {
        "object".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Map<String, Value>, Noted> {
        let given = JsonObject.read(value, issues)?;
        let tag = given.get(self.tag).and_then(Value::as_str).unwrap_or_default().to_owned();
        let Some((name, members)) = self.variants.iter().find(|(name, _)| *name == tag) else {
            let names: Vec<&'static str> = self.variants.iter().map(|(name, _)| *name).collect();
            return Err(issues.within(Segment::key(self.tag), |issues| issues.not_one_of(&names, &tag)));
        };
        let mut kept = members.read(given.into(), issues)?;
        kept.insert(self.tag.to_owned(), (*name).into());
        Ok(kept)
    }
}

/// See [`text_or_texts`].
pub(crate) struct TextOrTexts;

impl Shape for TextOrTexts {
    type Out = Value;

    fn expected(&self) -> Cow<'static, str> {
        "string".into()
    }

    fn read(&self, value: Value, issues: &mut Issues) -> Result<Value, Noted> {
        if value.is_array() { list_of(scalar::text()).keep(value, issues) } else { scalar::text().keep(value, issues) }
    }
}

#[cfg(test)]
#[path = "kept_tests.rs"]
mod tests;
