//! SQL is written in `crates/storage` and nowhere else.

use super::{File, Problem, source};
use regex::Regex;
use std::sync::LazyLock;

const HOMES: &[&str] = &["crates/storage/", "xtask/src/tidy/sql.rs"];

static STATEMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b(SELECT\b[\s\S]*\bFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|ALTER|DROP)\s+(TABLE|INDEX)|PRAGMA)\b",
    )
    .ok()
});

pub(super) fn check(file: &File) -> Vec<Problem> {
    if HOMES.iter().any(|home| file.path.starts_with(home)) {
        return Vec::new();
    }
    let literals = source::literals(&file.text).into_iter();
    literals
        .filter(|literal| STATEMENT.as_ref().is_none_or(|statement| statement.is_match(&literal.text)))
        .map(|literal| Problem::new(&file.path, literal.line, "SQL belongs in crates/storage"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn statements_outside_storage_are_found() {
        for text in [
            "\"SELECT id FROM users\"",
            "\n\"SELECT id\n FROM users\"",
            "r#\"INSERT INTO users\"#",
            "\"UPDATE users SET name = 1\"",
            "\"DELETE FROM users\"",
            "\"CREATE TABLE users\"",
            "\"PRAGMA journal_mode\"",
        ] {
            assert_eq!(check(&file("crates/http/src/a.rs", text)).len(), 1, "{text}");
            assert!(check(&file("crates/storage/src/a.rs", text)).is_empty(), "{text}");
        }
        assert_eq!(check(&file("a.rs", "\n\"DELETE FROM x\"")).first().map(|problem| problem.line), Some(2));
    }

    #[test]
    fn other_texts_pass() {
        for text in ["\"select a role from the list\"", "// SELECT a FROM b", "\"SELECTED\"", "\"UPDATE the docs\""] {
            assert!(check(&file("a.rs", text)).is_empty(), "{text}");
        }
    }
}
