//! How what scripts see is described.

use serde_json::{Map, Value};

#[derive(Debug, Clone)]
pub(super) enum Type {
    Text,
    Number,
    Boolean,
    /// Any object: its members are somebody else's.
    Object,
    /// One of these texts.
    Literals(&'static [&'static str]),
    Nullable(Box<Type>),
    List(Box<Type>),
    /// An object whose members all have one type.
    Record(Box<Type>),
    OneOf(Vec<Type>),
    Members(Vec<Member>),
    Named(&'static str),
    /// `environmentVariables`, whose names the editor knows.
    Variables,
    /// Something to call; no value of JSON.
    Function(&'static str),
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) is_optional: bool,
    pub(super) kind: Type,
}

/// A type with a name.
#[derive(Debug, Clone)]
pub(super) struct Declaration {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) kind: Type,
}

/// A member that is always there.
pub(super) fn always(name: &'static str, kind: Type, doc: &'static str) -> Member {
    Member { name, doc, is_optional: false, kind }
}

/// A member that may be absent.
pub(super) fn maybe(name: &'static str, kind: Type, doc: &'static str) -> Member {
    Member { name, doc, is_optional: true, kind }
}

pub(super) fn nullable(kind: Type) -> Type {
    Type::Nullable(Box::new(kind))
}

pub(super) fn list(kind: Type) -> Type {
    Type::List(Box::new(kind))
}

pub(super) fn record(kind: Type) -> Type {
    Type::Record(Box::new(kind))
}

/// Whether a value is of a type. The text says where not, and why.
pub(super) fn check(all: &[Declaration], kind: &Type, value: &Value, place: &str) -> Result<(), String> {
    let fits = match (kind, value) {
        (Type::Text, Value::String(_))
        | (Type::Number, Value::Number(_))
        | (Type::Boolean, Value::Bool(_))
        | (Type::Object, Value::Object(_))
        | (Type::Nullable(_), Value::Null) => true,
        (Type::Literals(options), Value::String(text)) => options.contains(&text.as_str()),
        (Type::Nullable(inner), value) => return check(all, inner, value, place),
        (Type::List(item), Value::Array(items)) => {
            return items
                .iter()
                .enumerate()
                .try_for_each(|(at, value)| check(all, item, value, &format!("{place}[{at}]")));
        }
        (Type::Record(of), Value::Object(members)) => return each(all, of, members, place),
        (Type::Variables, Value::Object(members)) => return each(all, &Type::Text, members, place),
        (Type::OneOf(kinds), value) => kinds.iter().any(|kind| check(all, kind, value, place).is_ok()),
        (Type::Members(members), Value::Object(found)) => return check_members(all, members, found, place),
        (Type::Named(name), value) => {
            let declaration = all.iter().find(|declaration| declaration.name == *name);
            let declaration = declaration.ok_or_else(|| format!("{place}: `{name}` is not declared"))?;
            return check(all, &declaration.kind, value, place);
        }
        (_, _) => false,
    };
    if fits { Ok(()) } else { Err(format!("{place}: {value} is not as declared")) }
}

fn each(all: &[Declaration], kind: &Type, members: &Map<String, Value>, place: &str) -> Result<(), String> {
    members.iter().try_for_each(|(name, value)| check(all, kind, value, &format!("{place}.{name}")))
}

fn check_members(
    all: &[Declaration],
    members: &[Member],
    found: &Map<String, Value>,
    place: &str,
) -> Result<(), String> {
    for member in members {
        let place = format!("{place}.{}", member.name);
        match found.get(member.name) {
            Some(value) => check(all, &member.kind, value, &place)?,
            None if member.is_optional
                || matches!(member.kind, Type::Function(_) | Type::Named("CustomJwtApiContext")) => {}
            None => return Err(format!("{place}: is missing")),
        }
    }
    let unknown = found.keys().find(|name| !members.iter().any(|member| member.name == name.as_str()));
    unknown.map_or(Ok(()), |name| Err(format!("{place}.{name}: is not declared")))
}

/// Every name that a type refers to.
#[cfg(test)]
pub(super) fn names(all: &[Declaration]) -> Vec<&'static str> {
    fn of(kind: &Type) -> Vec<&'static str> {
        match kind {
            Type::Named(name) => vec![name],
            Type::Nullable(inner) | Type::List(inner) | Type::Record(inner) => of(inner),
            Type::OneOf(kinds) => kinds.iter().flat_map(of).collect(),
            Type::Members(members) => members.iter().flat_map(|member| of(&member.kind)).collect(),
            _ => Vec::new(),
        }
    }
    all.iter().flat_map(|declaration| of(&declaration.kind)).collect()
}
