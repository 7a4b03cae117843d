//! Descriptions in the words of TypeScript.

use super::notation::{Declaration, Member, Type};

pub(super) fn written(declaration: &Declaration) -> String {
    let Declaration { name, doc, kind } = declaration;
    format!("/** {doc} */\ndeclare type {name} = {};\n", of(kind, 0))
}

fn of(kind: &Type, depth: usize) -> String {
    match kind {
        Type::Text => "string".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Object => "Record<string, any>".to_owned(),
        Type::Literals(options) => options.iter().map(|option| format!("'{option}'")).collect::<Vec<_>>().join(" | "),
        Type::Nullable(inner) => format!("{} | null", of(inner, depth)),
        Type::List(item) if matches!(**item, Type::Literals(_) | Type::Nullable(_) | Type::OneOf(_)) => {
            format!("({})[]", of(item, depth))
        }
        Type::List(item) => format!("{}[]", of(item, depth)),
        Type::Record(inner) => format!("Record<string, {}>", of(inner, depth)),
        Type::OneOf(kinds) => kinds.iter().map(|kind| of(kind, depth)).collect::<Vec<_>>().join(" | "),
        Type::Members(members) => members_of(members, depth),
        Type::Named(name) => (*name).to_owned(),
        Type::Variables => "EnvironmentVariables".to_owned(),
        Type::Function(signature) => (*signature).to_owned(),
    }
}

fn members_of(members: &[Member], depth: usize) -> String {
    let indent = "  ".repeat(depth + 1);
    let mut text = "{\n".to_owned();
    for Member { name, doc, is_optional, kind } in members {
        if !doc.is_empty() {
            text += &[&indent, "/** ", doc, " */\n"].concat();
        }
        let mark = if *is_optional { "?" } else { "" };
        text += &[&indent, *name, mark, ": ", &of(kind, depth + 1), ";\n"].concat();
    }
    text.push_str(&"  ".repeat(depth));
    text.push('}');
    text
}
