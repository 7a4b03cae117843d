//! Text matching for SQLite: functions that fold case beyond ASCII and run in linear time.

use crate::dialect::TextMatch;
use regex::{Regex, RegexBuilder};
use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use std::sync::Arc;

/// How the message begins that says what is wrong with a pattern.
pub(super) const PATTERN_ERROR: &str = "invalid pattern";

/// Adds them to a connection.
pub(super) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("signet_lower", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.map(|text| text.to_lowercase()))
    })?;
    for mode in TextMatch::ALL {
        connection.create_scalar_function(mode.sqlite_function(), 2, flags, move |context| {
            let Some(text) = context.get::<Option<String>>(1)? else { return Ok(false) };
            Ok(compiled(context, mode)?.is_match(&text))
        })?;
    }
    Ok(())
}

/// The pattern is the same for every row of a statement, so SQLite keeps it compiled beside the argument.
fn compiled(context: &Context<'_>, mode: TextMatch) -> rusqlite::Result<Arc<Regex>> {
    type Failure = Box<dyn std::error::Error + Send + Sync>;
    context.get_or_create_aux(0, |pattern: ValueRef<'_>| -> Result<Regex, Failure> {
        let pattern = pattern.as_str()?;
        let (source, any_case) = match mode {
            TextMatch::Like => (from_like(pattern)?, false),
            TextMatch::LikeAnyCase => (from_like(pattern)?, true),
            TextMatch::Regex => (pattern.to_owned(), false),
            TextMatch::RegexAnyCase => (pattern.to_owned(), true),
            TextMatch::SimilarTo => (from_similar_to(pattern)?, false),
        };
        RegexBuilder::new(&source)
            .case_insensitive(any_case)
            .dot_matches_new_line(true)
            .size_limit(1 << 20)
            .build()
            .map_err(|error| Failure::from(format!("{PATTERN_ERROR}: {error}")))
    })
}

/// `%` is any text, `_` any character, a backslash takes the next character as it is.
fn from_like(pattern: &str) -> Result<String, String> {
    let mut source = String::from("^");
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '%' => source.push_str(".*"),
            '_' => source.push('.'),
            '\\' => source.push_str(&escaped(characters.next())?),
            other => source.push_str(&literal(other)),
        }
    }
    source.push('$');
    Ok(source)
}

fn literal(character: char) -> String {
    regex::escape(character.encode_utf8(&mut [0; 4]))
}

/// The character after a backslash.
fn escaped(character: Option<char>) -> Result<String, String> {
    character.map(literal).ok_or_else(|| format!("{PATTERN_ERROR}: it ends in a backslash"))
}

/// SQL's SIMILAR TO: the wildcards of LIKE, and `| * + ? { } ( ) [ ]` as in a regular expression.
fn from_similar_to(pattern: &str) -> Result<String, String> {
    let mut source = String::from("^(?:");
    let mut in_brackets = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => source.push_str(&escaped(characters.next())?),
            // Between brackets, wildcards stand for themselves; our engine would read more into these three.
            '&' | '~' | '[' if in_brackets && !characters.as_str().starts_with(':') => {
                source.push_str(&literal(character));
            }
            ']' if in_brackets && !source.ends_with(':') => {
                in_brackets = false;
                source.push(']');
            }
            other if in_brackets => source.push(other),
            '[' => {
                in_brackets = true;
                source.push('[');
            }
            '%' => source.push_str(".*"),
            '_' => source.push('.'),
            '.' | '^' | '$' => source.push_str(&literal(character)),
            other => source.push(other),
        }
    }
    source.push_str(")$");
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_patterns_become_anchored_expressions() {
        for (pattern, text, matches) in [
            ("%foo%", "a foo b", true),
            ("foo", "a foo", false),
            ("f_o", "fxo", true),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("a.b", "axb", false),
        ] {
            assert_eq!(Regex::new(&from_like(pattern).unwrap()).unwrap().is_match(text), matches, "{pattern} {text}");
        }
        assert!(from_like("foo\\").is_err());
    }

    #[test]
    fn similar_to_keeps_brackets_as_they_are() {
        for (pattern, text, matches) in [
            ("(foo|bar)%", "barn", true),
            ("a.b", "axb", false),
            ("[^.]", ".", false),
            ("[^.]", "x", true),
            ("[%_]", "%", true),
            ("[%_]", "x", false),
            ("[[:digit:]]+", "42", true),
            ("[[&&x~]+", "[&x~", true),
            ("a\\%", "a%", true),
        ] {
            let source = from_similar_to(pattern).unwrap();
            assert_eq!(Regex::new(&source).unwrap().is_match(text), matches, "{pattern} {text} {source}");
        }
        assert!(from_similar_to("foo\\").is_err());
    }
}
